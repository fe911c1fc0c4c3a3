//! One address asked, as an exchange of the evidence.

use https_audit_core::evidence::{
    Connection, ConnectionState, Exchange, Observed, Redirect, RedirectCause, ResourceKind, Response,
};
use https_audit_core::field::location;
use https_audit_core::url::Url;

use crate::connect::connect;
use crate::context::Context;
use crate::http;
use crate::judge::Seen;
use crate::tls::{of_state, secure};
use crate::trouble::Trouble;

/// Asks for an http or https address and follows nothing.
pub fn ask(context: &Context<'_>, url: &Url) -> Exchange {
    let mut exchange = begun(context, url);
    let port = url.effective_port().unwrap_or_default();
    let (wire, address) = match connect(context, url.host(), port) {
        Ok(connected) => connected,
        Err(trouble) => return failed(exchange, &trouble),
    };
    exchange.address = Some(address.to_string());
    let mut wire = wire;
    let response = if url.is_https() {
        let mut secured = match secure(context, wire, url.host(), port) {
            Ok(secured) => secured,
            Err(trouble) => return failed(exchange, &trouble),
        };
        if let Some(refusal) = &secured.refusal {
            context.refused(url, refusal);
            // What comes from here on comes after the refusal.
            exchange.at = context.clock.at();
        }
        exchange.connection = Observed::Seen(secured.connection);
        http::ask(&mut secured.stream, url, context.settings.version).map_err(Trouble::after_tls)
    } else {
        exchange.connection = Observed::Seen(in_clear());
        http::ask(&mut wire, url, context.settings.version)
    };
    match response {
        Ok(response) => answered(context, exchange, response),
        Err(trouble) => {
            let connection = exchange.connection.clone();
            Exchange { connection, ..failed(exchange, &trouble) }
        }
    }
}

fn begun(context: &Context<'_>, url: &Url) -> Exchange {
    Exchange {
        url: url.without_secrets(),
        method: "GET".to_owned(),
        kind: ResourceKind::MainFrame,
        at: context.clock.at(),
        initiator: None,
        response: crate::not_told(),
        redirect: None,
        connection: crate::not_told(),
        address: None,
        from_cache: false,
        error: None,
    }
}

/// An exchange without a response.
fn failed(exchange: Exchange, trouble: &Trouble) -> Exchange {
    let unseen = trouble.reason();
    Exchange {
        response: Observed::Unseen(unseen),
        connection: Observed::Unseen(unseen),
        error: Some(trouble.word()),
        ..exchange
    }
}

fn answered(context: &Context<'_>, exchange: Exchange, response: Response) -> Exchange {
    let to = location::of(&response).and_then(|value| (context.settings.location)(&exchange.url, value));
    let redirect = to.map(|to| Redirect { to, cause: RedirectCause::Server });
    Exchange { response: Observed::Seen(response), redirect, ..exchange }
}

/// The connection of http.
fn in_clear() -> Connection {
    of_state(ConnectionState::Insecure, &Seen::default())
}
