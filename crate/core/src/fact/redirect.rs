//! The redirect chain of the page's own load.

use crate::evidence::{Exchange, Observed, Reason, RedirectCause, Visit};
use crate::field::location;
use crate::url::Url;

/// The page's load, request by request.
#[derive(Debug, Clone, Default)]
pub struct Chain<'a> {
    /// In order. The last one is the page, when it was seen.
    pub hops: Vec<Hop<'a>>,
}

/// One request of the chain.
#[derive(Debug, Clone, Copy)]
pub struct Hop<'a> {
    /// The request and what came back.
    pub exchange: &'a Exchange,
}

impl<'a> Chain<'a> {
    pub(super) fn new(visit: Option<&'a Visit>) -> Self {
        let hops = visit
            .iter()
            .flat_map(|visit| &visit.exchanges)
            .filter(|exchange| super::is_navigation(exchange))
            .map(|exchange| Hop { exchange })
            .collect();
        Self { hops }
    }

    /// Redirects that servers made, with the hop that made each.
    pub fn server_redirects(&self) -> impl Iterator<Item = (&Hop<'a>, &'a Url)> {
        self.hops.iter().filter_map(|hop| server_target(hop.exchange).map(|to| (hop, to)))
    }
}

/// The server redirects to a host outside ASCII, which browsers find and this tool cannot: it has no
/// tables for such names (URL Standard, "domain to ASCII").
pub(super) fn leads_on_unread(exchange: &Exchange) -> bool {
    let Observed::Seen(response) = &exchange.response else { return false };
    exchange.redirect.is_none()
        && location::of(response).is_some_and(|value| {
            (!value.is_ascii() || value.contains(&b'%')) && location::target(&exchange.url, value).is_none()
        })
}

/// Why the server was never asked, when the browser itself answered this request; or why its answer
/// cannot be told.
pub(super) fn hidden_by(exchange: &Exchange) -> Option<Reason> {
    match exchange.redirect.as_ref().map(|redirect| redirect.cause) {
        Some(RedirectCause::Hsts) => Some(Reason::HiddenByHsts),
        Some(RedirectCause::HttpsUpgrade) => Some(Reason::HttpsUpgrade),
        Some(RedirectCause::Browser) => Some(Reason::NotProbed),
        Some(RedirectCause::Server) | None => match &exchange.response {
            Observed::Unseen(reason) => Some(*reason),
            Observed::Seen(_) => leads_on_unread(exchange).then_some(Reason::Unreadable),
        },
    }
}

/// Where a chain of redirects ended, as far as it was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ending<'a> {
    /// At, or on the way to, this https address.
    Https(&'a Url),
    /// A server answered over http, and sent nobody on.
    Http(&'a Exchange),
    /// The request for this http address was not seen.
    Unseen(&'a Url, Reason),
}

/// A page load over http, what followed, and where it first met https.
#[derive(Debug, Clone, PartialEq)]
pub struct HttpChain<'a> {
    /// Its requests that servers answered, in order; the first is over http.
    pub hops: Vec<&'a Exchange>,
    /// Where it first left http, or ended.
    pub ending: Ending<'a>,
}

impl<'a> HttpChain<'a> {
    /// The http request that it began with.
    pub fn start(&self) -> Option<&'a Exchange> {
        self.hops.first().copied()
    }

    /// Where the first answer led.
    pub fn first_target(&self) -> Option<&'a Url> {
        self.start().and_then(server_target)
    }
}

/// A redirect to an http address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InsecureHop<'a> {
    /// Whose answer it is.
    pub from: &'a Url,
    /// The http address.
    pub to: &'a Url,
    /// The browser knew the HSTS policy of that host and went to https instead.
    pub saved: bool,
}

/// Where a server's redirect (not the browser's own) led.
pub(super) fn server_target(exchange: &Exchange) -> Option<&Url> {
    exchange.redirect.as_ref().filter(|r| r.cause == RedirectCause::Server).map(|r| &r.to)
}

/// Redirects that are followed; browsers give up after 20.
const MAX_HOPS: usize = 20;

impl<'a> super::Facts<'a> {
    /// What `http://` of the page's own host led to, by the servers' answers alone.
    pub fn http_chain(&self) -> Observed<HttpChain<'a>> {
        self.http_answer(&self.site.host).map(|start| self.chain_from(start))
    }

    /// Every chain that begins over http at a host of the site: the one of the page's own
    /// host, and the page's own load. Without any, why.
    pub fn http_chains(&self) -> Observed<Vec<HttpChain<'a>>> {
        let own = self.http_chain();
        let reason = match &own {
            Observed::Unseen(reason) => Some(*reason),
            Observed::Seen(_) => None,
        };
        let mut chains: Vec<HttpChain<'a>> = own.seen().into_iter().collect();
        let hops = self.chain.hops.iter().map(|hop| hop.exchange);
        let load = hops.clone().find(|hop| self.site.holds(hop.url.host()));
        let load = load.filter(|hop| hop.url.is_http() && hop.response.is_seen() && !hop.from_cache);
        if let Some(start) = load
            && !chains.iter().any(|chain| chain.start().is_some_and(|known| known.url == start.url))
        {
            chains.push(self.chain_from(start));
        }
        match reason {
            Some(reason) if chains.is_empty() => Observed::Unseen(reason),
            _ => Observed::Seen(chains),
        }
    }

    /// Redirects to an http address after the first step, of the page's own load and of what
    /// `http://` of its host led to.
    pub fn insecure_hops(&self) -> Vec<InsecureHop<'a>> {
        let chains = self.http_chains().seen().unwrap_or_default();
        let is_start = |exchange: &Exchange| {
            let first = self.chain.hops.first().filter(|hop| hop.exchange.url.is_http());
            first.is_some_and(|hop| std::ptr::eq(hop.exchange, exchange))
                || chains.iter().filter_map(HttpChain::start).any(|start| std::ptr::eq(start, exchange))
        };
        let load = self.chain.hops.iter().map(|hop| hop.exchange);
        let hops = load.chain(chains.iter().flat_map(|chain| chain.hops.iter().copied()));
        let mut found: Vec<InsecureHop<'a>> = Vec::new();
        for exchange in hops.filter(|exchange| !is_start(exchange)) {
            let Some(to) = server_target(exchange).filter(|to| !to.is_potentially_trustworthy()) else {
                continue;
            };
            let saved = self.exchanges().any(|e| e.url == *to && hidden_by(e) == Some(Reason::HiddenByHsts));
            if !found.iter().any(|hop| hop.from == &exchange.url && hop.to == to) {
                found.push(InsecureHop { from: &exchange.url, to, saved });
            }
        }
        found
    }

    fn chain_from(&self, start: &'a Exchange) -> HttpChain<'a> {
        let mut hops = vec![start];
        let mut current = start;
        let ending = loop {
            let Some(to) = server_target(current) else { break Ending::Http(current) };
            if !to.is_http() {
                break Ending::Https(to);
            }
            let followed = |e: &&Exchange| hops.iter().any(|hop| std::ptr::eq(*hop, *e));
            let asked = self.exchanges().filter(|e| super::is_navigation(e) && e.url == *to);
            // The very next request for it is the one that this redirect caused.
            let next = asked.filter(|e| e.at >= current.at && !followed(e)).min_by_key(|e| e.at);
            let Some(next) = next else {
                let is_loop = hops.iter().any(|hop| hop.url == *to);
                break if is_loop { Ending::Http(current) } else { Ending::Unseen(to, Reason::NotProbed) };
            };
            if let Some(reason) = hidden_by(next) {
                break Ending::Unseen(to, reason);
            }
            if hops.len() >= MAX_HOPS {
                break Ending::Http(current);
            }
            hops.push(next);
            current = next;
        };
        HttpChain { hops, ending }
    }
}
