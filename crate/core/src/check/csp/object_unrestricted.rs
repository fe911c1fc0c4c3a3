//! `csp.object.unrestricted`

use super::{Question, answer};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// `object-src` allows `*` or a whole scheme, or there is neither `object-src` nor `default-src`.
    ///
    /// # Why it matters
    ///
    /// An `object` or `embed` element with an address of the attacker's is loaded into the page. With plug-ins that
    /// was a way to run scripts; today it shows a document of another site in yours.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self'; object-src *
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `object-src 'none'`.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page restricts it.
    id: "csp.object.unrestricted",
    severity: Error,
    title: "Plug-in content may come from any host",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10055-4"), Observatory("csp-implemented-with-unsafe-inline"), Guideline("CSP3 §6.1.10")],
    fix: Remedy {
        summary: "Add `object-src 'none'`.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    answer(
        facts,
        &Question {
            names: &["object-src"],
            bits: allows::ANY_HOST | allows::ANY_HTTPS | allows::DATA,
            not: 0,
            says: "lets `object` and `embed` load from wherever an attacker likes.",
            missing: Some(" is missing, and so is `default-src`: `object` and `embed` load from anywhere."),
        },
    )
}
