//! Whose fields the checks of this area judge, and how much each of them matters.

use crate::check::prelude::*;
use crate::fact::{Cover, HostPolicy, undotted};
use crate::field::hsts::Reading;

/// The reason where there is no such host.
pub(super) const NO_DOMAIN: &str = "the address is no name under a public suffix";

/// The hosts whose policy the verdict is about: the registrable domain, then the page's own
/// host where that is another.
pub(super) fn hosts<'f>(facts: &'f Facts<'_>) -> Vec<&'f str> {
    let Some(domain) = facts.site.registrable_domain.as_deref() else { return Vec::new() };
    let host = undotted(&facts.site.host);
    if host == domain { vec![domain] } else { vec![domain, host] }
}

/// Asks about the field of every judged host. Without a finding it is unknown as long as the
/// registrable domain's field was not seen.
pub(super) fn each<'f>(
    facts: &'f Facts<'_>,
    find: impl Fn(&'f str, &'f HostPolicy<'f>) -> Option<Finding>,
) -> Outcome {
    let hosts = hosts(facts);
    let Some(domain) = hosts.first() else { return Outcome::NotApplicable(NO_DOMAIN) };
    let findings: Vec<Finding> = hosts
        .iter()
        .filter_map(|host| match facts.hsts.policy(host) {
            Observed::Seen(policy) => find(host, policy),
            Observed::Unseen(_) => None,
        })
        .collect();
    match facts.hsts.policy(domain) {
        Observed::Unseen(reason) if findings.is_empty() => {
            Outcome::Unknown(Gap::new(What::HstsField((*domain).to_owned()), reason))
        }
        _ => Outcome::from_findings(findings),
    }
}

/// Asks about the responses that each judged host sent since the page's visit began.
/// Unknown where the page's own host sent none that could be compared.
pub(super) fn each_now<'f>(
    facts: &'f Facts<'_>,
    find: impl Fn(&'f str, &[&'f HostPolicy<'f>]) -> Option<Finding>,
) -> Outcome {
    let hosts = hosts(facts);
    let Some(host) = hosts.last() else { return Outcome::NotApplicable(NO_DOMAIN) };
    let mut findings = Vec::new();
    let mut seen = false;
    for host in &hosts {
        let responses: Vec<&HostPolicy<'_>> = facts.hsts.current(host).collect();
        seen |= !responses.is_empty();
        findings.extend(find(host, &responses));
    }
    if seen {
        return Outcome::from_findings(findings);
    }
    let reason = match (facts.hsts.policy(host), facts.page()) {
        (Observed::Unseen(reason), _) | (_, Observed::Unseen(reason)) => reason,
        (_, Observed::Seen(page)) if page.from_cache => Reason::FromCache,
        _ => Reason::NotProbed,
    };
    Outcome::Unknown(Gap::new(What::HstsField((*host).to_owned()), reason))
}

/// A warning, or a note where a list of both browsers or a parent's policy covers the host.
pub(super) fn unless_covered(facts: &Facts<'_>, host: &str) -> Severity {
    let covered = is_preloaded(facts, host) || facts.hsts.parent(host, facts.engine).is_some();
    if covered { Severity::Note } else { Severity::Warning }
}

/// How bad it is that a host's own field sets no policy. An error means that no HSTS is in
/// force for the registrable domain; a list, a parent's policy, or the domain's own where the
/// host is a sub-domain, leave a warning.
pub(super) fn severity(facts: &Facts<'_>, host: &str) -> Severity {
    if facts.cover_from_above(host).is_some() {
        return Severity::Warning;
    }
    match facts.site.registrable_domain.as_deref() {
        Some(domain) if domain != host => match facts.hsts.policy(domain) {
            Observed::Seen(_) if facts.cover(domain).is_none() => Severity::Error,
            _ => Severity::Warning,
        },
        _ => Severity::Error,
    }
}

/// Whether the lists of both browsers keep the host on https whatever its field says.
pub(super) fn is_preloaded(facts: &Facts<'_>, host: &str) -> bool {
    matches!(facts.preloaded(host), Some(Cover::Preloaded { .. }))
}

/// The reason where the chosen thresholds have no length.
pub(super) const NO_LENGTH: &str = "the chosen thresholds ask for no such length";

/// The `max-age` of a policy that lasts less than a year in this browser, where it matters:
/// a sub-domain's does not when the domain says the same, or covers it for as long.
pub(super) fn short_max_age(facts: &Facts<'_>, host: &str, policy: &HostPolicy<'_>) -> Option<u64> {
    let (max_age, _) = policy.reading(facts.engine).in_force()?;
    if let Some(Cover::Policy { max_age: from_above, .. }) = facts.hsts.parent(host, facts.engine)
        && from_above >= max_age
    {
        return None;
    }
    let domain = facts.site.registrable_domain.as_deref().filter(|domain| *domain != host);
    let same = domain.is_some_and(|domain| {
        facts.hsts.policy(domain).seen().is_some_and(|of_domain| of_domain.declared() == policy.declared())
    });
    (max_age < crate::options::YEAR && !same).then_some(max_age)
}

/// The field that decides, as a place, with the offending octets.
pub(super) fn location(policy: &HostPolicy<'_>, mark: Option<(usize, usize)>) -> Location {
    let at = Location::url(&policy.exchange.url).field("strict-transport-security");
    match policy.first() {
        Some(first) => at.value(first, mark),
        None => at,
    }
}

/// Where the value of `max-age` stands in the field.
pub(super) fn max_age_mark(policy: &HostPolicy<'_>) -> Option<(usize, usize)> {
    let field = policy.first()?;
    let name = b"max-age";
    let start = field.windows(name.len()).position(|octets| octets.eq_ignore_ascii_case(name))?;
    let rest = field.get(start..)?;
    let length = rest.iter().position(|octet| *octet == b';').unwrap_or(rest.len());
    let length = rest.get(..length)?.trim_ascii_end().len();
    Some((start, start + length))
}

/// What the field does in a browser, in words for a sentence.
pub(super) fn effect(reading: &Reading) -> String {
    match reading {
        Reading::Absent => "has none".to_owned(),
        Reading::Void(_) => "throws it away".to_owned(),
        Reading::Delete { .. } => "forgets the policy".to_owned(),
        Reading::InForce { max_age, include_subdomains } => {
            let scope = if *include_subdomains { "this host and its sub-domains" } else { "this host alone" };
            format!("keeps {scope} on https for {}", crate::time::duration(*max_age))
        }
    }
}
