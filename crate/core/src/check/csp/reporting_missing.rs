//! `csp.reporting.missing`

use super::absent;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// No policy of the page has `report-uri` or `report-to`.
    ///
    /// # Why it matters
    ///
    /// What the policy breaks, and what an attacker tries, stays unknown to the site.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `report-uri` with an address of yours; Firefox knows no `report-to` in every version.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced.
    id: "csp.reporting.missing",
    severity: Note,
    title: "Nobody is told what the policy forbids",
    references: [Asvs("V3.4.7"), Guideline("CSP3 §5")],
    fix: Remedy {
        summary: "Add `report-uri` with an address of yours; Firefox knows no `report-to` in every version.",
        lines: sends_policy!(
            "; report-uri /csp-reports",
            ", \"report-uri\": [\"/csp-reports\"]",
            ", \"report-uri\": [\"/csp-reports\"]",
            "; policy.report_uri \"/csp-reports\""
        ),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    absent(facts, &["report-uri", "report-to"], "Browsers report nothing of what they refuse.")
}
