//! Redirect chains as hstspreload.org follows them, on what was observed.

use crate::evidence::{Exchange, Reason};
use crate::fact::{Facts, is_navigation, redirect, undotted};
use crate::url::Url;

/// Redirects that hstspreload.org follows; one more is too many.
pub(super) const MAX_REDIRECTS: usize = 3;

/// Where a page load went from one answer, by servers' redirects only.
pub(super) struct Chain<'a> {
    /// Each redirect's target, one more than [`MAX_REDIRECTS`] at most.
    pub targets: Vec<&'a Url>,
    /// What was after the last of them.
    pub end: End,
}

/// What was at the end of a chain.
pub(super) enum End {
    /// A server answered.
    Answered,
    /// The server failed.
    Failed,
    /// Nothing was seen.
    Unseen(Reason),
}

impl<'a> Chain<'a> {
    /// Follows what servers answered to page loads, from `first` on.
    pub fn follow(facts: &Facts<'a>, first: &'a Exchange) -> Self {
        let mut chain = Self { targets: Vec::new(), end: End::Answered };
        let mut from = first;
        while chain.targets.len() <= MAX_REDIRECTS
            && let Some(to) = redirect::server_target(from)
        {
            chain.targets.push(to);
            let Some(next) = response_of(facts, to) else {
                chain.end = End::without(facts, to);
                break;
            };
            from = next;
        }
        chain
    }
}

impl End {
    /// Why no answer of `url` was seen.
    fn without(facts: &Facts<'_>, url: &Url) -> Self {
        let failed = match url.scheme() {
            "https" => facts.tls_failure(url.host(), url.port()).is_some(),
            // Nobody follows a redirect there.
            scheme if scheme != "http" => true,
            _ => facts.http_refused(url.host(), url.port()).is_some(),
        };
        if failed {
            return Self::Failed;
        }
        let asked = facts.exchanges().filter(|e| is_navigation(e) && e.url == *url).last();
        Self::Unseen(asked.and_then(redirect::hidden_by).unwrap_or(Reason::NotProbed))
    }
}

/// A server's answer to a page load of this scheme and domain.
pub(super) fn answer<'a>(facts: &Facts<'a>, scheme: &str, domain: &str) -> Option<&'a Exchange> {
    newest(facts, scheme, domain, |exchange| from_server(exchange).then_some(exchange))
}

/// What `wanted` makes of a page load of this scheme and domain: the newest of `/`, which is what
/// hstspreload.org asks for, else the newest of any path to which no redirect led.
pub(super) fn newest<'a, T>(
    facts: &Facts<'a>,
    scheme: &str,
    domain: &str,
    wanted: impl Fn(&'a Exchange) -> Option<T>,
) -> Option<T> {
    let mut of_root = None;
    let mut of_another = None;
    let mut led_to: Option<&Url> = None;
    for exchange in facts.exchanges().filter(|exchange| is_navigation(exchange)) {
        let url = &exchange.url;
        if url.scheme() == scheme
            && undotted(url.host()) == domain
            && url.port().is_none()
            && let Some(found) = wanted(exchange)
        {
            if url.path() == "/" && url.query().is_none() {
                of_root = Some(found);
            } else if of_another.is_none() || led_to != Some(url) {
                of_another = Some(found);
            }
        }
        led_to = redirect::server_target(exchange);
    }
    of_root.or(of_another)
}

/// The newest server's answer to a page load of this URL.
pub(super) fn response_of<'a>(facts: &Facts<'a>, url: &Url) -> Option<&'a Exchange> {
    let url = url.without_secrets();
    facts.exchanges().filter(|exchange| from_server(exchange) && exchange.url == url).last()
}

/// A page load that a server answered; a redirect from the cache is the server's own of an
/// earlier time.
fn from_server(exchange: &Exchange) -> bool {
    is_navigation(exchange) && exchange.response.is_seen() && redirect::hidden_by(exchange).is_none()
}
