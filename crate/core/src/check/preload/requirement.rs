//! What the two checks of the requirements share: one finding for each code.

use super::code::words;
use crate::check::prelude::*;
use crate::fact::Step;
use crate::field::hsts::Reading;

/// The reason where there is no registrable domain.
pub(super) const NO_DOMAIN: &str = "the address is no name under a public suffix";

/// A finding for each code that `belongs`, else a gap in one of the `steps`.
pub(super) fn outcome(facts: &Facts<'_>, belongs: fn(&str) -> bool, steps: &[&str]) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else { return Outcome::NotApplicable(NO_DOMAIN) };
    if preload.is_listed() {
        return Outcome::NotApplicable("the domain is on a list already");
    }
    let mut met: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for step in preload.errors.iter().filter(|step| belongs(step.code)) {
        if !met.contains(&step.code) {
            met.push(step.code);
            findings.push(finding(facts, domain, step));
        }
    }
    match steps.iter().find_map(|step| preload.gap(step)) {
        Some(gap) if findings.is_empty() => Outcome::Unknown(gap.clone()),
        _ => Outcome::from_findings(findings),
    }
}

fn finding(facts: &Facts<'_>, domain: &str, step: &Step) -> Finding {
    let mut message = format!("hstspreload.org would refuse {}: {}.", code(domain), code(step.code));
    // Where its reading is not the browsers', both are said.
    let of_syntax = step.code.starts_with("header.parse.");
    let in_force = facts
        .first_response(domain)
        .seen()
        .is_some_and(|policy| matches!(policy.reading(facts.engine), Reading::InForce { .. }));
    if of_syntax && in_force {
        message = format!("{message} Browsers read the field all the same.");
    }
    #[cfg(feature = "offers")]
    message.push_str(&happened(facts, domain, step.code));
    let severity = if is_told(facts, domain, step.code) { Severity::Note } else { Severity::Warning };
    Finding::new(message)
        .title(words(step.code))
        .severity(severity)
        .codes(&[step.code])
        .at(Location::url(&step.url))
}

/// What a live audit saw happen where hstspreload.org would have no answer: nobody there, no TLS, or TLS and then nothing.
#[cfg(feature = "offers")]
fn happened(facts: &Facts<'_>, domain: &str, step: &str) -> String {
    let failure = facts.tls_failure(domain, None).filter(|_| step == "domain.tls.cannot_connect");
    let sentence = failure.and_then(|failure| failure.of_live());
    sentence.map_or_else(String::new, |sentence| format!(" The live audit saw this: {}.", code(sentence)))
}

/// Whether a check of the area hsts tells the same defect already, as an error or a warning.
fn is_told(facts: &Facts<'_>, domain: &str, code: &str) -> bool {
    let Observed::Seen(policy) = facts.hsts.policy(domain) else { return false };
    // That area judges the newest response, this one the first.
    if !facts.first_response(domain).seen().is_some_and(|first| first.says_the_same_as(policy)) {
        return false;
    }
    match (code, policy.reading(facts.engine)) {
        ("response.multiple_headers", _) => true,
        // Any of these errors says why nothing is in force.
        (_, Reading::Absent | Reading::Void(_)) => {
            code == "response.no_header"
                || code.starts_with("header.parse.")
                || code.starts_with("header.preloadable.max_age.")
        }
        (_, Reading::Delete { .. }) => code.starts_with("header.preloadable.max_age."),
        (_, Reading::InForce { max_age, .. }) => {
            code == "header.preloadable.max_age.below_1_year" && *max_age < facts.thresholds().hsts_warned()
        }
    }
}
