//! `csp.policy.unparsable`

use super::{about, of_each, place, seen};
use crate::check::prelude::*;
use crate::field::csp::State;

declare! {
    /// # What is wrong
    ///
    /// A policy, a directive or a source expression is written so that browsers read nothing in it, or something else
    /// than was meant: a keyword without its quotes, a forgotten semicolon, a letter outside ASCII.
    ///
    /// # Why it matters
    ///
    /// The browser says nothing on the page and goes on without that part. What it should have allowed is forbidden,
    /// or what it should have forbidden is allowed.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src self object-src 'none'
    /// ```
    ///
    /// # How to fix
    ///
    /// Write keywords, nonces and hashes in single quotes, a semicolon between directives, and host names in ASCII.
    ///
    /// # When it does not apply
    ///
    /// There is no policy. Unknown where nothing is wrong in the response and nobody read the document.
    id: "csp.policy.unparsable",
    severity: Note,
    title: "A part of the Content-Security-Policy is not read",
    references: [Cwe(693), Zap("10055-3"), Zap("10055-9"), Observatory("csp-header-invalid"), Guideline("CSP3 §2.2.1"), Guideline("CSP3 §2.3.1")],
    fix: Remedy {
        summary: "Write keywords, nonces and hashes in single quotes, a semicolon between directives, and host names in ASCII.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let csp = match seen(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    let mut findings = Vec::new();
    for policy in &csp.void {
        let message = "Browsers read no directive in this policy, and drop it.";
        findings.push(Finding::new(message).at(place(facts, policy, Some(policy.policy.span))));
    }
    for policy in csp.all() {
        for directive in &policy.policy.directives {
            if directive.state == State::NotAscii {
                let says = "has a letter outside ASCII: browsers pass over the whole directive.";
                findings.push(about(facts, policy, directive, directive.name, says));
            } else if let Some(part) = policy.slip(directive) {
                let says =
                    "does not say what was meant: browsers ignore it, or take it for the name of a host.";
                findings.push(about(facts, policy, directive, part, says));
            }
        }
    }
    match csp.all().next() {
        None if !findings.is_empty() => Outcome::from_findings(findings),
        _ => of_each(csp, findings),
    }
}
