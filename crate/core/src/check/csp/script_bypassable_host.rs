//! `csp.script.bypassable-host`

use super::{about, enforced};
use crate::check::prelude::*;
use crate::knowledge::How;

declare! {
    /// # What is wrong
    ///
    /// The scripts' directive allows a host that is known to serve JSONP or old Angular.
    ///
    /// # Why it matters
    ///
    /// With the address of a JSONP service an attacker has a function of theirs called, and old Angular runs what
    /// stands in attributes. Both are scripts of a host that the policy trusts.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self' https://cdnjs.cloudflare.com
    /// ```
    ///
    /// # How to fix
    ///
    /// Trust scripts by nonce and `'strict-dynamic'`, or serve the library yourself.
    ///
    /// # When it does not apply
    ///
    /// No policy is enforced, or another policy of the page forbids that host. With `'strict-dynamic'` hosts do not
    /// count. The hosts are csp-evaluator's list (`extension/data/csp-bypasses.txt`); a host that is not on it may
    /// serve such things too.
    id: "csp.script.bypassable-host",
    severity: Error,
    title: "The policy allows a host that undoes it",
    references: [Cwe(79), Cwe(693), Asvs("V3.4.3"), Guideline("csp-evaluator: script allowlist bypass")],
    fix: Remedy {
        summary: "Trust scripts by nonce and `'strict-dynamic'`, or serve the library yourself.",
        lines: sends_nonce_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let csp = match enforced(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    let mut findings = Vec::new();
    for (n, name) in ["script-src", "script-src-elem"].into_iter().enumerate() {
        if n > 0 && !csp.has(name) {
            continue;
        }
        for policy in &csp.enforced {
            let Some(directive) = policy.answers(name) else { continue };
            for (part, bypass) in csp.bypasses(name, policy, directive, &facts.knowledge.csp_bypasses) {
                let says = match bypass.how {
                    How::Angular => {
                        "allows a host that serves AngularJS, which runs what stands in attributes."
                    }
                    _ => "allows a host that serves JSONP, which calls whatever function an attacker names.",
                };
                findings.push(about(facts, policy, directive, part, says));
            }
        }
    }
    Outcome::from_findings(findings)
}
