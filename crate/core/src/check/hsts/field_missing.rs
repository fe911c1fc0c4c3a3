//! `hsts.field.missing`

use super::judged;
use crate::check::prelude::*;
use crate::fact::{Cover, HostPolicy};

declare! {
    /// # What is wrong
    ///
    /// The site's https responses carry no Strict-Transport-Security field.
    ///
    /// # Why it matters
    ///
    /// Nothing makes a browser use https on the next visit. Whoever is on the way answers the
    /// first http request and keeps the person there.
    ///
    /// # Example
    ///
    /// ```http
    /// HTTP/1.1 200 OK
    /// Content-Type: text/html
    /// ```
    ///
    /// # How to fix
    ///
    /// Send the field on every https response; begin with a short `max-age` and raise it.
    ///
    /// # When it does not apply
    ///
    /// A preload list or a parent domain's policy covers the host already. On a sub-domain whose
    /// registrable domain was not seen it is a note: that domain's policy may cover it.
    id: "hsts.field.missing",
    severity: Error,
    title: "No Strict-Transport-Security field",
    references: [
        Cwe(319),
        Cwe(523),
        Asvs("V3.4.1"),
        Zap("10035-1"),
        Observatory("hsts-not-implemented"),
        Django("security.W004"),
        Hstspreload("response.no_header"),
        Rfc(6797, "§7.1"),
    ],
    fix: Remedy { summary: "Send the field on every https response; begin with an hour, then raise it.", lines: sends_hsts!("3600") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let hosts = judged::hosts(facts);
    let Some(domain) = hosts.first().copied() else { return Outcome::NotApplicable(judged::NO_DOMAIN) };
    let mut findings = Vec::new();
    let mut covered = None;
    for host in hosts.iter().copied() {
        let Observed::Seen(policy) = facts.hsts.policy(host) else { continue };
        if has_field(facts, host, policy) {
            continue;
        }
        match facts.cover_from_above(host) {
            Some(Cover::Policy { .. }) => covered = Some("a parent domain's policy covers the host"),
            Some(_) => covered = Some("the preload list covers the host"),
            // The domain lacks it already: one defect, told once.
            None if !findings.is_empty() => {}
            None => findings.push(finding(facts, domain, host, policy)),
        }
    }
    match (facts.hsts.policy(domain), covered) {
        _ if !findings.is_empty() => Outcome::Fail(findings),
        (_, Some(covered)) => Outcome::NotApplicable(covered),
        (Observed::Unseen(reason), None) => {
            Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason))
        }
        (Observed::Seen(_), None) => Outcome::Pass,
    }
}

/// Some response of now has it; where there is none of now, the one that speaks for the host.
fn has_field(facts: &Facts<'_>, host: &str, policy: &HostPolicy<'_>) -> bool {
    let mut current = facts.hsts.current(host).peekable();
    if current.peek().is_none() { !policy.fields.is_empty() } else { current.any(|p| !p.fields.is_empty()) }
}

fn finding(facts: &Facts<'_>, domain: &str, host: &str, policy: &HostPolicy<'_>) -> Finding {
    let unseen = host != domain && !facts.hsts.policy(domain).is_seen();
    let message = if unseen {
        format!(
            "{} sends none of its own. Whether a policy of {} covers it was not seen.",
            code(host),
            code(domain)
        )
    } else {
        format!(
            "A browser that is sent to {} goes there unencrypted, and whoever is on the way can answer.",
            code(&format!("http://{host}/"))
        )
    };
    let severity = if unseen { Severity::Note } else { judged::severity(facts, host) };
    Finding::new(message).severity(severity).at(judged::location(policy, None))
}
