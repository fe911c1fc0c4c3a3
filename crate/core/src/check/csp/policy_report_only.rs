//! `csp.policy.report-only`

use super::{of_each, place, seen};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The only policy of the page is a Content-Security-Policy-Report-Only.
    ///
    /// # Why it matters
    ///
    /// Such a policy forbids nothing. It is right while a policy is tried out, and then often forgotten.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy-Report-Only: default-src 'self'; report-uri /csp-reports
    /// ```
    ///
    /// # How to fix
    ///
    /// When the reports name nothing that the site needs, send the same policy as Content-Security-Policy.
    ///
    /// # When it does not apply
    ///
    /// There is an enforced policy too, or no policy at all.
    id: "csp.policy.report-only",
    severity: Note,
    title: "The Content-Security-Policy only reports",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10038-3"), Observatory("csp-not-implemented-but-reporting-enabled"), Guideline("CSP3 §3.2")],
    fix: Remedy {
        summary: "When the reports name nothing that the site needs, send the same policy as Content-Security-Policy.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let csp = match seen(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    match csp.report_only.first() {
        _ if !csp.enforced.is_empty() => Outcome::Pass,
        Some(policy) => Outcome::fail(
            Finding::new("Browsers report what it forbids, and run it all the same.")
                .at(place(facts, policy, None)),
        ),
        None => of_each(csp, Vec::new()),
    }
}
