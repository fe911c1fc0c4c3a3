//! `csp.script.scheme-only`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive allows a whole scheme: `https:`, `http:` or `data:`.
    ///
    /// # Why it matters
    ///
    /// Everybody has an https host, and a `data:` address is the script itself. Such a policy stops nobody.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' https:
    /// ```
    ///
    /// # How to fix
    ///
    /// Name what the site needs: `script-src` with a nonce, or `'self'`.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page names the hosts. With `'strict-dynamic'` schemes do not
    /// count.
    id: "csp.script.scheme-only",
    severity: Error,
    title: "Scripts may come from any address of a scheme",
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
            bits: allows::ANY_HTTPS | allows::DATA,
            not: allows::ANY_HOST,
            says: "lets scripts come from wherever an attacker likes.",
            missing: None,
        },
    )
}
