//! `csp.script.no-strict-dynamic`

use super::{TOLD_ELSEWHERE, about, enforced};
use crate::check::prelude::*;
use crate::fact::allows;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive lists hosts or schemes and has no `'strict-dynamic'`.
    ///
    /// # Why it matters
    ///
    /// Lists of hosts are hard to keep and easily undone: one address on them that serves JSONP, old libraries or
    /// uploads is enough.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' https://static.shop.example
    /// ```
    ///
    /// # How to fix
    ///
    /// Give each script a nonce or a hash, and add `'strict-dynamic'`.
    ///
    /// # When it does not apply
    ///
    /// No enforced policy restricts scripts, or one of them trusts none by host.
    id: "csp.script.no-strict-dynamic",
    severity: Note,
    title: "Scripts are trusted by host",
    references: [Cwe(693), Asvs("V3.4.3"), Guideline("CSP3 §8.2"), Guideline("csp-evaluator: strict CSP")],
    fix: Remedy {
        summary: "Give each script a nonce or a hash, and add `'strict-dynamic'`.",
        lines: sends_nonce_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let csp = match enforced(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    let mut first = None;
    let mut restricted = false;
    for policy in &csp.enforced {
        let Some(directive) = policy.answers("script-src") else { continue };
        restricted = true;
        match policy.witness(directive, allows::LISTED, 0) {
            Some(part) if policy.open("script-src") & allows::STRICT_DYNAMIC == 0 => {
                first = first.or(Some((policy, directive, part)));
            }
            // The others can only forbid more.
            _ => return Outcome::Pass,
        }
    }
    match first {
        Some((policy, directive, part)) => Outcome::fail(about(
            facts,
            policy,
            directive,
            part,
            "trusts all that comes from there, where a nonce would trust one script.",
        )),
        None if restricted => Outcome::Pass,
        None => Outcome::NotApplicable(TOLD_ELSEWHERE),
    }
}
