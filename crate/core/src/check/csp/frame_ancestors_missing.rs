//! `csp.frame-ancestors.missing`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The policy of the response has no `frame-ancestors`, or one that allows everybody. In a `meta` element the
    /// directive has no effect.
    ///
    /// # Why it matters
    ///
    /// Another site can show the page in a frame, invisible above its own, and have the person click there.
    /// X-Frame-Options does against it what it can; this directive is its successor.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `frame-ancestors 'none'`, or `'self'`, to the policy of the response.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced.
    id: "csp.frame-ancestors.missing",
    severity: Note,
    title: "The policy does not say who may frame the page",
    references: [Cwe(1021), Asvs("V3.4.6"), Zap("10055-11"), Zap("10055-13"), Guideline("CSP3 §6.4.2")],
    fix: Remedy {
        summary: "Add `frame-ancestors 'none'`, or `'self'`, to the policy of the response.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["frame-ancestors"],
            bits: allows::ANY_HOST | allows::ANY_HTTPS,
            not: 0,
            says: "lets every site show the page in a frame.",
            missing: Some(" is missing, and `default-src` does not cover it."),
        },
    )
}
