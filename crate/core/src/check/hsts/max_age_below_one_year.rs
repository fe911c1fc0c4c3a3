//! `hsts.max-age.below-one-year`

use super::judged;
use crate::check::prelude::*;
use crate::time::duration;

declare! {
    /// # What is wrong
    ///
    /// The policy lasts less than a year without another visit.
    ///
    /// # Why it matters
    ///
    /// A year is what ASVS asks for, and Lighthouse and hstspreload.org with it; who comes back
    /// later goes over http first.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=15768000
    /// ```
    ///
    /// # How to fix
    ///
    /// Raise `max-age` to a year, or to two as OWASP and Mozilla advise. Chromium keeps at most one.
    ///
    /// # When it does not apply
    ///
    /// The policy lasts less than 180 days (that is `hsts.max-age.below-six-months`), none is in
    /// force, or a parent's covers the host for longer. With the thresholds of OWASP or
    /// hstspreload.org it is a warning; those of Mozilla and the browsers ask for no year.
    id: "hsts.max-age.below-one-year",
    severity: Note,
    title: "HSTS lasts less than a year",
    references: [Cwe(319), Asvs("V3.4.1"), Hstspreload("header.preloadable.max_age.below_1_year")],
    fix: Remedy { summary: "Raise `max-age` to a year.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let thresholds = facts.thresholds();
    let Some(severity) = thresholds.year else { return Outcome::NotApplicable(judged::NO_LENGTH) };
    judged::each(facts, |host, policy| {
        let max_age = judged::short_max_age(facts, host, policy)?;
        if thresholds.half_a_year.is_some_and(|least| max_age < least) {
            return None;
        }
        Some(
            Finding::new(format!(
                "The policy of {} lasts {}; {}.",
                code(host),
                duration(max_age),
                thresholds.year_asked
            ))
            .severity(if judged::is_preloaded(facts, host) { Severity::Note } else { severity })
            .at(judged::location(policy, judged::max_age_mark(policy))),
        )
    })
}
