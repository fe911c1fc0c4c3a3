//! HTTPS Audit, live: asks a site's http and https servers itself and hands what they said to the core as evidence.
//!
//! ```text
//! address ─▶ plan of requests ─▶ connection (TCP, TLS) ─▶ Exchange ─▶ Evidence
//! ```
//!
//! Three kinds of question: the page itself with its redirects (`visit`), the redirect check of hstspreload.org (`steps`),
//! and which versions and suites of TLS the servers accept besides what they agreed to here (`servers`, `hello`).
//! TLS is `rustls`; http is a small client of its own, since the core wants every field line, octet for octet and
//! in order, one redirect at a time, and the details of each connection, which no http library hands out.
//!
//! It is polite: it sends no cookie and no credentials, asks with GET, names itself, reads no body, keeps to a rate for
//! each host and to a bound of time, octets and requests everywhere. It judges nothing but certificates: that is the
//! browser's part elsewhere, and here nobody else's.

mod clock;
mod connect;
mod context;
mod hello;
mod http;
mod judge;
mod pace;
mod place;
mod request;
mod roots;
mod servers;
mod steps;
mod tls;
mod trouble;
mod visit;

use https_audit_core::evidence::{Evidence, Observed, Recorder};
use https_audit_core::fact::Site;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::url::Url;

pub use context::{Location, Settings};
pub use place::{ConnectTo, NoPlace, Resolve};
pub use roots::{NoRoots, Roots};

use context::Context;

/// The recorder's name in evidence, without its version.
pub const RECORDER: &str = "https-audit live";

/// Many sites, at a common rate.
pub struct Live {
    settings: Settings,
    pace: pace::Pace,
}

/// What was found out of one address.
#[derive(Debug)]
pub struct Look {
    /// All of it.
    pub evidence: Evidence,
    /// No server answered anything: why, of the first request.
    pub unreachable: Option<String>,
    /// No page was seen, whoever answered what: why, of its last request.
    pub unseen: Option<String>,
}

impl Live {
    /// Ready to ask.
    pub fn new(settings: Settings) -> Self {
        Self { pace: pace::Pace::new(settings.rate), settings }
    }

    /// Asks everything about one address, an http or https one.
    ///
    /// A failure is evidence too, so this always comes to an end with some: in [`Settings::timeout`] for each of a
    /// bounded number of requests.
    pub fn look(&self, url: &Url, knowledge: &Knowledge<'_>) -> Look {
        let context = Context::new(&self.settings, &self.pace);
        let name = format!("{RECORDER} {}", self.settings.version);
        let mut evidence = Evidence::new(Recorder { name, browser: None });
        let page = visit::visit(&context, url);
        let sites = [Site::new(&page.url, knowledge), Site::new(url.as_str(), knowledge)];
        evidence.visits.push(page);
        evidence.probe = steps::steps(&context, &sites, &evidence);
        evidence.earlier_failures = context.refusals();
        evidence.offers = servers::asked(&context, &evidence, url);
        let (unreachable, unseen) = (unreachable(&evidence), unseen(&evidence));
        Look { evidence, unreachable, unseen }
    }
}

/// Why there is no page.
fn unseen(evidence: &Evidence) -> Option<String> {
    let last = evidence.visits.last().and_then(|visit| visit.exchanges.last());
    if last.is_some_and(|exchange| exchange.response.is_seen()) {
        return None;
    }
    let error = last.and_then(|exchange| exchange.error.as_deref());
    Some(error.map_or_else(|| "it was not answered".to_owned(), |error| trouble::sentence(error).to_owned()))
}

/// Why no server answered anything.
fn unreachable(evidence: &Evidence) -> Option<String> {
    let visits = evidence.visits.iter().flat_map(|visit| &visit.exchanges);
    let probed = evidence.probe.iter().flat_map(|probe| &probe.exchanges);
    if visits.clone().chain(probed).any(servers::was_reached) {
        return None;
    }
    let first = visits.clone().find_map(|exchange| exchange.error.as_deref());
    Some(
        first
            .map_or_else(|| "nothing could be asked".to_owned(), |error| trouble::sentence(error).to_owned()),
    )
}

/// What was not asked, and by whom it is told.
const fn not_told<T>() -> Observed<T> {
    Observed::Unseen(https_audit_core::evidence::Reason::NotInInput)
}
