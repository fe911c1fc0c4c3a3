//! `csp.script.unsafe-inline`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive has `'unsafe-inline'`, and neither a nonce, a hash nor `'strict-dynamic'` that would
    /// disable it.
    ///
    /// # Why it matters
    ///
    /// A script or an event handler that gets into the page's markup runs. That is what a policy is meant to prevent.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' 'unsafe-inline'
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete `'unsafe-inline'`; move inline scripts into files, or give each its nonce.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page forbids inline scripts: each must allow them.
    id: "csp.script.unsafe-inline",
    severity: Error,
    title: "The policy allows every inline script",
    references: [Cwe(79), Cwe(693), Asvs("V3.4.3"), Zap("10055-5"), Observatory("csp-implemented-with-unsafe-inline"), Guideline("CSP3 §6.7.3.2")],
    fix: Remedy {
        summary: "Delete `'unsafe-inline'`; move inline scripts into files, or give each its nonce.",
        lines: sends_nonce_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["script-src", "script-src-elem", "script-src-attr"],
            bits: allows::INLINE,
            not: 0,
            says: "lets every inline script and event handler run that gets into the page.",
            missing: None,
        },
    )
}
