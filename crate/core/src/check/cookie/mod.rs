//! Can a cookie travel in clear, and do the browsers take it as it was meant?
//!
//! A cookie counts as the browser holds it where its jar was seen, so a cookie that a script set
//! is judged like one of a Set-Cookie line; without a jar it counts as the recording browser's
//! rules store the line. Each refusal is told by exactly one check: the one that names the rule,
//! else `cookie.refused`.

pub mod csrf_without_samesite;
pub mod domain_refused;
pub mod domain_too_wide;
pub mod duplicate;
pub mod httponly_missing;
pub mod lifetime_too_long;
mod line;
pub mod partitioned_without_secure;
pub mod prefix_absent;
pub mod prefix_violated;
pub mod reach_clear_text;
pub mod refused;
pub mod rotation_missing;
pub mod samesite_invalid;
pub mod samesite_missing;
pub mod samesite_none;
pub mod samesite_none_without_secure;
pub mod secure_missing;
pub mod set_over_http;
pub mod size_too_large;
pub mod third_party_unpartitioned;

pub use line::line_findings;

use super::{Finding, Gap, Outcome};
use crate::fact::{CookieFact, CookieKind, CookieRefusal, Facts};
use crate::field::Engine;
use crate::field::set_cookie::Rejection;

/// Fails with the findings. Without any, it is unknown what was not observed.
fn answer(findings: Vec<Finding>, gap: Option<Gap>) -> Outcome {
    match gap {
        Some(gap) if findings.is_empty() => Outcome::Unknown(gap),
        _ => Outcome::from_findings(findings),
    }
}

/// The site's cookies that a browser refuses for one of these reasons, and the only engine that
/// does where the other takes them.
fn refused<'f, 'a>(
    facts: &'f Facts<'a>,
    reasons: &'f [Rejection],
) -> impl Iterator<Item = (&'f CookieFact<'a>, Rejection, Option<Engine>)> {
    facts.cookies.iter().filter(|cookie| cookie.first_party).filter_map(|cookie| match cookie.refusal {
        Some(CookieRefusal::Rule { rejection, only }) if reasons.contains(&rejection) => {
            Some((cookie, rejection, only))
        }
        _ => None,
    })
}

/// Who refuses, at the start of a sentence.
const fn who(only: Option<Engine>) -> &'static str {
    match only {
        Some(engine) => engine.name(),
        None => "Browsers",
    }
}

/// The verb's ending after [`who`].
const fn s(only: Option<Engine>) -> &'static str {
    if only.is_some() { "s" } else { "" }
}

/// The finding with what its fix says of the cookie: its name, and the case of the cookies that Django has settings for.
fn about(finding: Finding, cookie: &CookieFact<'_>) -> Finding {
    let finding = finding.value("cookie", cookie.name_for_lines());
    match cookie.kind {
        CookieKind::Session => finding.case("session"),
        CookieKind::Csrf => finding.case("csrf"),
        CookieKind::SignIn | CookieKind::Other => finding,
    }
}
