//! `csp.form.unrestricted`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// There is no `form-action`, or it allows `*` or a whole scheme.
    ///
    /// # Why it matters
    ///
    /// A form that gets into the page, or a changed `action`, sends what is typed or filled in by the browser to the
    /// attacker. It takes no script.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `form-action 'self'`, and whoever the forms send to. `default-src` does not cover it.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page has the directive.
    id: "csp.form.unrestricted",
    severity: Note,
    title: "Forms may send to any host",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10055-13"), Guideline("CSP3 §6.3.2")],
    fix: Remedy {
        summary: "Add `form-action 'self'`, and whoever the forms send to. `default-src` does not cover it.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["form-action"],
            bits: allows::ANY_HOST | allows::ANY_HTTPS,
            not: 0,
            says: "lets forms send to wherever an attacker likes.",
            missing: Some(" is missing, and `default-src` does not cover it: forms may send anywhere."),
        },
    )
}
