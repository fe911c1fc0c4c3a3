//! What several checks of the connection answer alike.

use litemap::LiteMap;

use crate::check::prelude::*;
use crate::evidence::{Connection, ConnectionState};
use crate::fact::{CertificateCause, CertificateFact, HttpChain, InsecureRequest, Rejection, SiteKind, X509};

/// The refused certificate, if it was refused for one of `mine`; else the check's answer.
///
/// Each refusal is told once: a check that asks for another cause does not apply, and one
/// whose cause the browser leaves open is unknown.
pub(super) fn refused_for<'f, 'a>(
    facts: &'f Facts<'a>,
    mine: &[CertificateCause],
) -> Result<&'f Rejection<'a>, Outcome> {
    let Some(rejection) = &facts.rejection else { return Err(accepted(facts)) };
    if mine.contains(&rejection.cause) {
        Ok(rejection)
    } else if mine.iter().any(|&cause| rejection.cause.may_be(cause)) {
        Err(Outcome::Unknown(Gap::new(What::Certificate, Reason::NotExposedByThisBrowser)))
    } else {
        Err(Outcome::NotApplicable("another check names what is wrong with the certificate"))
    }
}

/// The answer where nothing shows that the certificate was refused.
fn accepted(facts: &Facts<'_>) -> Outcome {
    match connection(facts) {
        Err(outcome) => outcome,
        // Only the browser's own word rules out that somebody went past its warning before
        // anything was watched: Chromium remembers that for a week.
        Ok(connection) if !connection.stated || connection.state == ConnectionState::Insecure => {
            Outcome::Unknown(Gap::new(What::Certificate, Reason::NotExposedByThisBrowser))
        }
        Ok(_) => Outcome::Pass,
    }
}

/// A finding about a refused certificate.
pub(super) fn refused(rejection: &Rejection<'_>, what: &str) -> Outcome {
    Outcome::fail(Finding::new(format!("{what} {}", rejection.words())).at(Location::url(&rejection.url)))
}

/// The connection of an https page; else the check's answer.
pub(super) fn connection<'a>(facts: &Facts<'a>) -> Result<&'a Connection, Outcome> {
    if facts.page_scheme() != Some("https") {
        return Err(Outcome::NotApplicable("the page is not https"));
    }
    match facts.connection() {
        Observed::Seen(connection) => Ok(connection),
        Observed::Unseen(_) if facts.rejection.is_some() => {
            Err(Outcome::NotApplicable("the browser refused the certificate, and there was no connection"))
        }
        Observed::Unseen(reason) => Err(Outcome::Unknown(Gap::new(What::Connection, reason))),
    }
}

/// Something the browser tells of the connection of an https page; else the check's answer.
pub(super) fn told<'a, T>(
    facts: &Facts<'a>,
    what: What,
    part: impl Fn(&'a Connection) -> &'a Observed<T>,
) -> Result<&'a T, Outcome> {
    match part(connection(facts)?) {
        Observed::Seen(value) => Ok(value),
        Observed::Unseen(reason) => Err(Outcome::Unknown(Gap::new(what, *reason))),
    }
}

/// The certificates of an https page, leaf first and at least one; else the check's answer.
pub(super) fn chain<'f>(facts: &'f Facts<'_>) -> Result<&'f [CertificateFact], Outcome> {
    connection(facts)?;
    match &facts.certificates {
        Observed::Seen(chain) if !chain.is_empty() => Ok(chain),
        Observed::Seen(_) => {
            Err(Outcome::Unknown(Gap::new(What::Certificate, Reason::NotExposedByThisBrowser)))
        }
        Observed::Unseen(reason) => Err(Outcome::Unknown(Gap::new(What::Certificate, *reason))),
    }
}

/// The server's own certificate; else the check's answer.
pub(super) fn leaf<'f>(facts: &'f Facts<'_>) -> Result<&'f X509, Outcome> {
    chain(facts)?.first().and_then(CertificateFact::read).ok_or_else(unreadable)
}

/// The answer where a certificate is there and can't be read.
pub(super) fn unreadable() -> Outcome {
    Outcome::Unknown(Gap::new(What::Certificate, Reason::Unreadable))
}

/// Where the page is.
pub(super) fn page(facts: &Facts<'_>) -> Location {
    Location::url(&facts.site.address)
}

/// What the site answers over http, chain by chain; else the check's answer.
pub(super) fn http_chains<'a>(facts: &Facts<'a>) -> Result<Vec<HttpChain<'a>>, Outcome> {
    of_the_network(facts)?;
    match facts.http_chains() {
        Observed::Seen(chains) => Ok(chains),
        Observed::Unseen(reason) => Err(unanswered(facts, reason)),
    }
}

/// The answer where `http://` of the page's host was not seen.
pub(super) fn unanswered(facts: &Facts<'_>, reason: Reason) -> Outcome {
    let host = &facts.site.host;
    if facts.http_refused(host, None).is_some() {
        return Outcome::NotApplicable("nothing answers over http");
    }
    Outcome::Unknown(Gap::new(What::HttpAnswer(host.clone()), reason))
}

/// Only for pages that travel over a network.
pub(super) fn of_the_network(facts: &Facts<'_>) -> Result<(), Outcome> {
    match facts.site.kind {
        SiteKind::BrowserPage => Err(Outcome::NotApplicable("not a page of the web")),
        SiteKind::Local => Err(Outcome::NotApplicable("the page never leaves this computer")),
        _ => Ok(()),
    }
}

/// Findings about http sub-resources, one for each host that they come from.
pub(super) fn mixed(
    facts: &Facts<'_>,
    active: bool,
    finding: impl Fn(&InsecureRequest<'_>, &str) -> Finding,
) -> Outcome {
    if facts.page_scheme() == Some("http") {
        return Outcome::NotApplicable("the page itself is not https");
    }
    let mut by_host: LiteMap<&str, Vec<&InsecureRequest<'_>>> = LiteMap::new();
    for request in facts.insecure_requests.iter().filter(|request| request.active == active) {
        by_host.entry(request.url.host()).or_default().push(request);
    }
    let findings: Vec<Finding> = by_host
        .values()
        .filter_map(|requests| {
            // What really went out, or was refused, says more than what was saved in time.
            let worst = requests.iter().min_by_key(|request| request.upgraded)?;
            let more = match requests.len() {
                1 => String::new(),
                n => format!(" The same holds for {} more from this host.", n - 1),
            };
            Some(finding(worst, &more).at(Location::url(worst.url)))
        })
        .collect();
    if findings.is_empty()
        && let Observed::Unseen(reason) = facts.mixed_content_seen(active)
    {
        // That whole hosts were out of sight says more than that some requests are.
        return Outcome::Unknown(match facts.unseen_hosts() {
            Some(hidden) => Gap::new(What::OtherHosts, hidden),
            None => Gap::new(What::MixedContent, reason),
        });
    }
    Outcome::from_findings(findings)
}
