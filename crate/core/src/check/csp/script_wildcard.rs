//! `csp.script.wildcard`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive allows `*`, or there is neither `script-src` nor `default-src`.
    ///
    /// # Why it matters
    ///
    /// A script element with an address of the attacker's runs. Without any directive for scripts, inline ones and
    /// `eval()` are allowed too.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src *
    /// ```
    ///
    /// # How to fix
    ///
    /// Name what the site needs: `script-src` with a nonce, or `'self'`.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page names the hosts. With `'strict-dynamic'` the star does
    /// not count.
    id: "csp.script.wildcard",
    severity: Error,
    title: "Scripts may come from any host",
    references: [Cwe(79), Cwe(693), Asvs("V3.4.3"), Zap("10055-4"), Observatory("csp-implemented-with-unsafe-inline"), Guideline("CSP3 §6.7.2.8")],
    fix: Remedy {
        summary: "Name what the site needs: `script-src` with a nonce, or `'self'`.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["script-src", "script-src-elem"],
            bits: allows::ANY_HOST,
            not: 0,
            says: "lets scripts come from any host.",
            missing: Some(" is missing, and so is `default-src`: every script runs, inline ones too."),
        },
    )
}
