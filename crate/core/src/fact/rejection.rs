//! A certificate that the browser refused, or that the person accepted all the same.

use super::failure::failures;
use super::{CertificateCause, CertificateFact, Facts, certificate_cause};
use crate::check::code;
use crate::evidence::{Connection, ConnectionState, Exchange, Failure, Observed, PROXY};
use crate::time::rfc3339;
use crate::url::Url;

/// A refused certificate of the page's host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection<'a> {
    /// What is wrong with it, as far as the browser, or the certificate itself, tells.
    pub cause: CertificateCause,
    /// How it was seen.
    pub seen: Refusal<'a>,
    /// The https address.
    pub url: String,
}

/// How a refused certificate was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal<'a> {
    /// The load ended with the browser's error.
    Refused(&'a Failure),
    /// The page loaded, and the browser says that its certificate has an error that was
    /// overridden; with its word for the error, where it has one.
    Overridden(Option<&'a str>),
    /// The load was refused with this error, and later the page loaded all the same. Chromium
    /// says no more.
    LoadedAfter(&'a Failure),
    /// A live audit refused it with this error and read on, trusting nothing.
    ReadOn(&'a Failure),
}

impl Rejection<'_> {
    /// How it was seen, in a sentence.
    pub fn words(&self) -> String {
        match self.seen {
            Refusal::ReadOn(failure) => {
                format!(
                    "It is refused: {}. The rest came over a connection that proves nothing.",
                    error(failure)
                )
            }
            Refusal::Refused(failure) => match failure.error.strip_prefix(PROXY) {
                Some(words) => format!("The proxy that recorded it refused it: {}.", code(words)),
                None => format!("The browser refused to load the page: {}.", error(failure)),
            },
            Refusal::Overridden(Some(word)) => {
                format!(
                    "The page is shown because somebody went past the browser's warning ({}).",
                    code(word)
                )
            }
            Refusal::Overridden(None) => {
                "The page is shown because somebody went past the browser's warning.".to_owned()
            }
            Refusal::LoadedAfter(failure) => format!(
                "The browser refused it at {} ({}) and has loaded the page since: somebody went past the warning, \
                 or the server has another certificate now.",
                rfc3339(failure.at.div_euclid(1000)),
                error(failure)
            ),
        }
    }
}

/// The browser's words, without the full stop that Firefox's sentences have.
fn error(failure: &Failure) -> String {
    code(failure.error.trim_end_matches('.'))
}

/// The refused certificate of the page's host, if there is one.
pub(super) fn rejection<'a>(facts: &Facts<'a>) -> Option<Rejection<'a>> {
    let host = facts.site.url.as_ref()?.host();
    let url = format!("https://{host}/");
    if let Observed::Seen(page) = facts.page()
        && page.url.is_https()
        && let Observed::Seen(connection) = &page.connection
    {
        let before = refused_before(facts, page);
        let live = facts.evidence.recorder.browser.is_none();
        let broken = connection.state == ConnectionState::Broken;
        let seen = if let Some(failure) = before.filter(|_| live && broken) {
            Refusal::ReadOn(failure)
        } else if broken || connection.overridden.is_some() {
            Refusal::Overridden(connection.overridden.as_deref())
        } else if let Some(failure) = before.filter(|_| !connection.stated && !page.from_cache) {
            Refusal::LoadedAfter(failure)
        } else {
            return None;
        };
        return Some(Rejection {
            cause: cause(facts, page, connection, before),
            seen,
            url: page.url.to_string(),
        });
    }
    let failed = facts.page_tls_failure().filter(|failure| failure.is_certificate)?;
    let url = Url::parse(&failed.failure.url).map_or(url, |url| url.without_secrets().to_string());
    Some(Rejection { cause: failed.cause, seen: Refusal::Refused(failed.failure), url })
}

/// The newest refusal of the server's certificate before the page came.
fn refused_before<'a>(facts: &Facts<'a>, page: &Exchange) -> Option<&'a Failure> {
    failures(facts.evidence, "https", page.url.host(), page.url.port())
        .filter(|failure| failure.at <= page.at && certificate_cause(&failure.error).is_some())
        .max_by_key(|failure| failure.at)
}

/// The exactest of: the browser's word now, its word when it refused, the certificate itself.
fn cause(
    facts: &Facts<'_>,
    page: &Exchange,
    connection: &Connection,
    before: Option<&Failure>,
) -> CertificateCause {
    // `SecurityInfo.overridableErrorCategory` (Firefox).
    let told = match connection.overridden.as_deref() {
        Some("trust_error") => CertificateCause::Authority,
        Some("domain_mismatch") => CertificateCause::NameMismatch,
        Some("expired_or_not_yet_valid") => CertificateCause::Date,
        _ => CertificateCause::NotTold,
    };
    let exacter = |told: CertificateCause, exact: Option<CertificateCause>| {
        exact.filter(|&exact| told.may_be(exact)).unwrap_or(told)
    };
    let told = exacter(told, before.and_then(|failure| certificate_cause(&failure.error)));
    exacter(told, from_leaf(facts, page, told))
}

/// What the leaf itself shows to be wrong at the time of the load.
fn from_leaf(facts: &Facts<'_>, page: &Exchange, told: CertificateCause) -> Option<CertificateCause> {
    let Observed::Seen(chain) = &facts.certificates else { return None };
    let leaf = chain.first().and_then(CertificateFact::read)?;
    let at = page.at.div_euclid(1000);
    let shown = [
        (leaf.not_after < at, CertificateCause::Expired),
        (leaf.not_before > at, CertificateCause::NotYetValid),
        (leaf.covers(page.url.host()) == Some(false), CertificateCause::NameMismatch),
        (leaf.self_issued, CertificateCause::SelfSigned),
    ];
    shown.into_iter().find_map(|(is_so, cause)| (is_so && told.may_be(cause)).then_some(cause))
}
