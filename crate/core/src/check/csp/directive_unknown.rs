//! `csp.directive.unknown`

use super::directives;
use crate::check::prelude::*;
use crate::field::csp::{Known, State, known};

declare! {
    /// # What is wrong
    ///
    /// A directive has a name that no browser knows, most often misspelt.
    ///
    /// # Why it matters
    ///
    /// Browsers pass over it, so what it should have forbidden is allowed.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'; script-scr 'none'
    /// ```
    ///
    /// # How to fix
    ///
    /// Correct its name, or delete it.
    ///
    /// # When it does not apply
    ///
    /// There is no policy.
    id: "csp.directive.unknown",
    severity: Note,
    title: "The policy has a directive that does not exist",
    references: [Cwe(693), Zap("10055-3"), Observatory("csp-header-invalid"), Guideline("CSP3 §6")],
    fix: Remedy {
        summary: "Correct its name, or delete it.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    directives(
        facts,
        |policy, d| d.state == State::Counts && known(d.name.of(policy.octets())) == Known::Unknown,
        "is no directive that a browser knows: it is passed over.",
    )
}
