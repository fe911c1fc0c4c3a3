//! `csp.script.unsafe-eval`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive has `'unsafe-eval'`.
    ///
    /// # Why it matters
    ///
    /// Text that reaches `eval()`, `new Function()` or `setTimeout()` with a string runs as a script, also where an
    /// attacker wrote it.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' 'unsafe-eval'
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete `'unsafe-eval'`; for WebAssembly alone `'wasm-unsafe-eval'` is enough.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page forbids it.
    id: "csp.script.unsafe-eval",
    severity: Note,
    title: "The policy allows eval()",
    references: [Cwe(95), Cwe(693), Asvs("V3.4.3"), Zap("10055-10"), Observatory("csp-implemented-with-unsafe-eval"), Guideline("CSP3 §4.4")],
    fix: Remedy {
        summary: "Delete `'unsafe-eval'`; for WebAssembly alone `'wasm-unsafe-eval'` is enough.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["script-src"],
            bits: allows::EVAL,
            not: 0,
            says: "lets text run as a script that reaches eval() and the like.",
            missing: None,
        },
    )
}
