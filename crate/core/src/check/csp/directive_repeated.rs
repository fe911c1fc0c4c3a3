//! `csp.directive.repeated`

use super::directives;
use crate::check::prelude::*;
use crate::field::csp::State;

declare! {
    /// # What is wrong
    ///
    /// One policy has the same directive twice.
    ///
    /// # Why it matters
    ///
    /// The first one counts, the second is passed over. Who added it to allow or to forbid something did neither.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: script-src 'self'; script-src 'none'
    /// ```
    ///
    /// # How to fix
    ///
    /// Write each directive once, with all its sources.
    ///
    /// # When it does not apply
    ///
    /// There is no policy. Two policies may each have the directive: then both count.
    id: "csp.directive.repeated",
    severity: Note,
    title: "A directive stands twice in one policy",
    references: [Cwe(693), Zap("10055-3"), Observatory("csp-implemented-but-duplicate-directives"), Guideline("CSP3 §2.2.1")],
    fix: Remedy {
        summary: "Write each directive once, with all its sources.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    directives(
        facts,
        |_, directive| directive.state == State::Repeated,
        "stands there for the second time: the first one counts.",
    )
}
