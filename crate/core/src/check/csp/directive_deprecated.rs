//! `csp.directive.deprecated`

use super::directives;
use crate::check::prelude::*;
use crate::field::csp::{Known, State, known};

declare! {
    /// # What is wrong
    ///
    /// A directive that browsers once had, or that was only proposed, such as `plugin-types` or
    /// `block-all-mixed-content`.
    ///
    /// # Why it matters
    ///
    /// It does nothing today. Where it was a protection, another field or directive has taken its place:
    /// Referrer-Policy for `referrer`, Cross-Origin-Opener-Policy for `disown-opener`.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'; block-all-mixed-content
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete it.
    ///
    /// # When it does not apply
    ///
    /// There is no policy.
    id: "csp.directive.deprecated",
    severity: Note,
    title: "The policy has a directive that browsers no longer know",
    references: [Cwe(693), Zap("10055-3"), Guideline("CSP3 §6")],
    fix: Remedy {
        summary: "Delete it.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    directives(
        facts,
        |policy, d| d.state == State::Counts && known(d.name.of(policy.octets())) == Known::Deprecated,
        "has no effect in today's browsers.",
    )
}
