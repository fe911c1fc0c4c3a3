//! The page: its address asked, and what redirects lead to, as a browser would go.

use https_audit_core::evidence::{
    Connection, ConnectionState, Exchange, Failure, Observed, RedirectCause, Visit,
};
use https_audit_core::url::Url;

use crate::context::Context;
use crate::request::ask;
use crate::trouble::word;

/// Redirects that are followed, as browsers do.
const MAX_REDIRECTS: usize = 20;

/// Visits an address. A redirect is followed to http and https, to no address twice, and not past a certificate that
/// is refused: there a browser stops too.
pub fn visit(context: &Context<'_>, url: &Url) -> Visit {
    let began_at = context.clock.at();
    let mut exchanges: Vec<Exchange> = Vec::new();
    let mut failure = None;
    let mut next = Some(url.without_secrets());
    while let Some(url) = next.take() {
        if exchanges.len() > MAX_REDIRECTS || exchanges.iter().any(|asked| asked.url == url) {
            failure = Some(word(
                "too-many-redirects",
                &format!("the redirects end nowhere; the last leads to {url}"),
            ));
            break;
        }
        let exchange = ask(context, &url);
        failure.clone_from(&exchange.error);
        let refused = is_refused(&exchange);
        if let (true, Some(_)) = (refused, &exchange.redirect) {
            failure = context.refusals().pop().map(|refusal| refusal.error);
        }
        next = led_to(&exchange).filter(|_| !refused).cloned();
        exchanges.push(exchange);
    }
    let url = exchanges.last().map_or_else(|| url.to_string(), |last| last.url.to_string());
    // Later than the answer: that one is not what the load ended with.
    let failure = failure.map(|error| Failure { url: url.clone(), error, at: context.clock.at() });
    Visit {
        url,
        began_at,
        watched: Observed::Seen(()),
        exchanges,
        dropped: 0,
        failure,
        document: crate::not_told(),
        unseen_hosts: None,
    }
}

/// The address to go on to, where an answer leads to one.
pub fn led_to(exchange: &Exchange) -> Option<&Url> {
    let redirect = exchange.redirect.as_ref().filter(|redirect| redirect.cause == RedirectCause::Server)?;
    Some(&redirect.to).filter(|to| to.is_http() || to.is_https())
}

/// It came over a connection whose certificate is refused.
pub fn is_refused(exchange: &Exchange) -> bool {
    matches!(&exchange.connection, Observed::Seen(Connection { state: ConnectionState::Broken, .. }))
}
