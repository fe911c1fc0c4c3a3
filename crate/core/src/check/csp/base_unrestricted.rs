//! `csp.base.unrestricted`

use super::{Question, open};
use crate::check::prelude::*;
use crate::fact::{PagePolicy, allows};

declare! {
    /// # What is wrong
    ///
    /// There is no `base-uri`, or it allows `*` or a whole scheme. An error where scripts are trusted by a nonce, or
    /// by a hash with `'strict-dynamic'`; otherwise a note.
    ///
    /// # Why it matters
    ///
    /// A `base` element that gets into the page sends every relative address elsewhere. A script that is trusted by
    /// its nonce then comes from the attacker's host.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'nonce-…'; object-src 'none'
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `base-uri 'none'`, or `'self'` where the page needs the element. `default-src` does not cover it.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page has the directive.
    id: "csp.base.unrestricted",
    severity: Error,
    title: "A base element may point anywhere",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10055-13"), Guideline("CSP3 §6.3.1")],
    fix: Remedy {
        summary: "Add `base-uri 'none'`, or `'self'` where the page needs the element. `default-src` does not cover it.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let question = Question {
        names: &["base-uri"],
        bits: allows::ANY_HOST | allows::ANY_HTTPS | allows::DATA,
        not: 0,
        says: "lets a `base` element send every relative address to an attacker's host.",
        missing: Some(" is missing: a `base` element can send every relative address elsewhere."),
    };
    match open(facts, &question) {
        Ok(mut findings) => {
            let csp = &facts.csp;
            if !csp.has("base-uri") && !csp.enforced.iter().any(trusts_relative) {
                for finding in &mut findings {
                    finding.severity = Some(Severity::Note);
                }
            }
            Outcome::from_findings(findings)
        }
        Err(outcome) => outcome,
    }
}

/// Whether a script is trusted wherever its relative address leads.
fn trusts_relative(policy: &PagePolicy<'_>) -> bool {
    let open = policy.open("script-src");
    open & allows::NONCE != 0
        || open & (allows::HASH | allows::STRICT_DYNAMIC) == allows::HASH | allows::STRICT_DYNAMIC
}
