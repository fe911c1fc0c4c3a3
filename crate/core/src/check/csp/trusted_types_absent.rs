//! `csp.trusted-types.absent`

use super::absent;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// No policy of the page has `require-trusted-types-for 'script'`.
    ///
    /// # Why it matters
    ///
    /// With it, `innerHTML` and the like take no text that the site's own function has not seen, which ends most
    /// cross-site scripting inside scripts.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Try `require-trusted-types-for 'script'` as report-only, mend what it reports, then enforce it.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced. Unknown as long as nobody read the document: a `meta` element may have the directive.
    id: "csp.trusted-types.absent",
    severity: Note,
    title: "Scripts may write text into the page as markup",
    references: [Cwe(79), Guideline("Trusted Types §4.3.1")],
    fix: Remedy {
        summary: "Try `require-trusted-types-for 'script'` as report-only, mend what it reports, then enforce it.",
        lines: sends_policy!(
            "; require-trusted-types-for 'script'",
            ", \"require-trusted-types-for\": [\"'script'\"]",
            ", \"require-trusted-types-for\": [\"'script'\"]",
            "; policy.require_trusted_types_for :script"
        ),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    absent(facts, &["require-trusted-types-for"], "Text that reaches innerHTML or eval() is taken as it is.")
}
