//! `csp.style.unsafe-inline`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The styles' directive has `'unsafe-inline'` and neither a nonce nor a hash, or no directive restricts styles.
    ///
    /// # Why it matters
    ///
    /// A style that gets into the page can hide what is there, show what is not, and send out attribute values piece
    /// by piece.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: style-src 'self' 'unsafe-inline'
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete `'unsafe-inline'`; move inline styles into files, or give them a nonce.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page forbids inline styles.
    id: "csp.style.unsafe-inline",
    severity: Note,
    title: "The policy allows every inline style",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10055-6"), Observatory("csp-implemented-with-unsafe-inline-in-style-src-only"), Guideline("CSP3 §6.7.3.2")],
    fix: Remedy {
        summary: "Delete `'unsafe-inline'`; move inline styles into files, or give them a nonce.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["style-src", "style-src-elem", "style-src-attr"],
            bits: allows::INLINE,
            not: 0,
            says: "lets every inline style apply that gets into the page.",
            missing: Some(" is missing, and so is `default-src`: every inline style applies."),
        },
    )
}
