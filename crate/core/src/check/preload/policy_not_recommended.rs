//! `preload.policy.not-recommended`

use crate::check::prelude::*;
use crate::fact::StepResult;

declare! {
    /// # What is wrong
    ///
    /// Nothing: the domain could be preloaded, or asks for it. It should be known what that means.
    ///
    /// # Why it matters
    ///
    /// hstspreload.org itself recommends HSTS, and preloading no longer. An entry holds the
    /// domain and every sub-domain to https, internal ones too, for months, and is slow to undo.
    ///
    /// # Example
    ///
    /// A printer at `http://printer.shop.example/` that people can no longer open.
    ///
    /// # How to fix
    ///
    /// Raise `max-age` in steps, with all sub-domains: 5 minutes, a week, a month, two years. Look
    /// for what breaks at each step, and only then decide.
    ///
    /// # When it does not apply
    ///
    /// The domain is on a list already, or a requirement is not met.
    id: "preload.policy.not-recommended",
    severity: Note,
    title: "Eligible, and preloading is no longer recommended",
    references: [Guideline("hstspreload.org, front page since 2025")],
    fix: Remedy {
        summary: "Submit nothing unless every sub-domain, internal ones too, is on https for good. Before that, \
                  raise `max-age` in steps: 5 minutes, a week, a month, two years, all with `includeSubDomains`.",
        lines: &[],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return Outcome::NotApplicable(super::requirement::NO_DOMAIN);
    };
    if preload.is_listed() {
        return Outcome::NotApplicable("the domain is on a list already");
    }
    let finding = |title: &str| {
        Outcome::fail(
            Finding::new(format!(
                "hstspreload.org recommends HSTS, not preloading: it holds {} and every sub-domain to https, \
                 internal ones too, for months, and is slow to undo.",
                code(domain)
            ))
            .title(title),
        )
    };
    match (preload.eligible(), preload.asks_for_preload) {
        (StepResult::NotEligible, _) => Outcome::Pass,
        (StepResult::Eligible, _) => finding("Eligible, and preloading is no longer recommended"),
        (StepResult::Unknown, Some(true)) => finding("Asks for preloading, which is no longer recommended"),
        (StepResult::Unknown, _) => match preload.unknown.first() {
            Some((_, gap)) => Outcome::Unknown(gap.clone()),
            None => Outcome::Pass,
        },
    }
}
