//! `csp.script.ip-source`

use super::parts;
use crate::check::prelude::*;
use crate::field::csp::is_ip_address;

declare! {
    /// # What is wrong
    ///
    /// A directive for scripts names an IP address instead of a host.
    ///
    /// # Why it matters
    ///
    /// By the specification browsers match none but 127.0.0.1, and this one is a developer's computer. Addresses
    /// change hands, and no certificate authority of the web's usual kind vouches for most of them.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' 192.0.2.7
    /// ```
    ///
    /// # How to fix
    ///
    /// Name the host.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced.
    id: "csp.script.ip-source",
    severity: Note,
    title: "Scripts may come from an IP address",
    references: [Cwe(693), Asvs("V3.4.3"), Guideline("CSP3 §6.7.2.10")],
    fix: Remedy {
        summary: "Name the host.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    parts(
        facts,
        |_, policy, directive| {
            let is_script = policy.name_starts(directive, "script-src");
            let spans = directive.values(policy.octets());
            spans.into_iter().find(|span| is_script && is_ip_address(span.of(policy.octets())))
        },
        "names an address, which browsers need not match.",
    )
}
