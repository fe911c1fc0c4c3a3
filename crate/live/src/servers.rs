//! Which servers are asked what else they accept: the one that was named, and the one where its redirects end.

use https_audit_core::evidence::{Evidence, Exchange, Offers};
use https_audit_core::url::Url;

use crate::context::Context;
use crate::hello::offers;
use crate::trouble;

/// Asks them. A server that was not reached over https is not asked again.
pub fn asked(context: &Context<'_>, evidence: &Evidence, url: &Url) -> Vec<Offers> {
    let page = evidence.visits.last().and_then(|visit| Url::parse(&visit.url));
    let mut servers: Vec<(&str, u16)> = Vec::new();
    for url in [page.as_ref(), Some(url)].into_iter().flatten() {
        let server = server(url);
        if !servers.contains(&server) && is_reached(evidence, server) {
            servers.push(server);
        }
    }
    servers.into_iter().map(|(host, port)| offers(context, host, port)).collect()
}

/// Host and port of an address over https; of an http one, the host's usual port.
fn server(url: &Url) -> (&str, u16) {
    let port = url.effective_port().filter(|_| url.is_https()).unwrap_or(443);
    (url.host(), port)
}

/// Somebody took a connection there.
fn is_reached(evidence: &Evidence, there: (&str, u16)) -> bool {
    let visits = evidence.visits.iter().flat_map(|visit| &visit.exchanges);
    let mut all = visits.chain(evidence.probe.iter().flat_map(|probe| &probe.exchanges));
    all.any(|exchange| exchange.url.is_https() && server(&exchange.url) == there && was_reached(exchange))
}

/// Somebody answered, whatever it was; who takes a connection of http and is silent did not.
pub fn was_reached(exchange: &Exchange) -> bool {
    exchange.response.is_seen()
        || (exchange.url.is_https() && exchange.connection.is_seen())
        || exchange.error.as_deref().is_some_and(trouble::was_reached)
}
