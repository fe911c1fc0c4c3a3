//! `csp.script.nonce-too-short`

use super::parts;
use crate::check::prelude::*;
use crate::field::Span;
use crate::field::csp::{Source, classify};

/// Characters that csp-evaluator asks for.
const LEAST: usize = 8;

declare! {
    /// # What is wrong
    ///
    /// A nonce has fewer than 8 characters.
    ///
    /// # Why it matters
    ///
    /// Who guesses the nonce of a page can have a script run. CSP3 asks for 128 bits at random, which are 22
    /// characters in Base64; csp-evaluator's limit of 8 is the one used here.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'nonce-1234'
    /// ```
    ///
    /// # How to fix
    ///
    /// Take 16 random octets for every response, in Base64.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced. Whether a nonce is random and new each time does not show in one response.
    id: "csp.script.nonce-too-short",
    severity: Warning,
    title: "A nonce is too short",
    references: [Cwe(330), Cwe(693), Asvs("V3.4.3"), Guideline("CSP3 §7.1"), Guideline("csp-evaluator: nonce length")],
    fix: Remedy {
        summary: "Take 16 random octets for every response, in Base64.",
        lines: sends_nonce_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    parts(
        facts,
        |_, policy, directive| {
            let is_short = |span: &Span| match classify(span.of(policy.octets())) {
                Source::Nonce(value) => value.len() < LEAST,
                _ => false,
            };
            directive.values(policy.octets()).into_iter().find(is_short)
        },
        "is short enough to be guessed.",
    )
}
