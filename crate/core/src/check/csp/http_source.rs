//! `csp.http-source`

use super::parts;
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// A directive names an address with `http://`, or the scheme `http:`.
    ///
    /// # Why it matters
    ///
    /// What comes over http can be read and changed on the way. Reports that are sent there tell everybody what the
    /// page loads.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: img-src http://images.shop.example
    /// ```
    ///
    /// # How to fix
    ///
    /// Write `https://`, or the host without a scheme.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page forbids http there. With `'strict-dynamic'` addresses of
    /// scripts do not count.
    id: "csp.http-source",
    severity: Warning,
    title: "The policy allows a source over http",
    references: [Cwe(319), Cwe(693), Asvs("V3.4.3"), Observatory("csp-implemented-with-insecure-scheme"), Observatory("csp-implemented-with-insecure-scheme-in-passive-content-only"), Guideline("CSP3 §6.7.2.8")],
    fix: Remedy {
        summary: "Write `https://`, or the host without a scheme.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    parts(
        facts,
        |csp, policy, directive| {
            let name = policy.text(directive.name).to_ascii_lowercase();
            let part = policy.http_source(directive)?;
            let listed = !name.starts_with("script-src") || policy.open(&name) & allows::LISTED != 0;
            // Each policy sends its own reports.
            let open = name == "report-uri" || csp.enforced.iter().all(|other| other.lets_http(&name));
            (listed && open).then_some(part)
        },
        "trusts what travels over http, where it can be read and changed.",
    )
}
