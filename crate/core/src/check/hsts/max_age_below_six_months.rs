//! `hsts.max-age.below-six-months`

use super::judged;
use crate::check::prelude::*;
use crate::time::duration;

declare! {
    /// # What is wrong
    ///
    /// The policy lasts less than 180 days without another visit.
    ///
    /// # Why it matters
    ///
    /// Who comes back later than that goes over http first, and whoever is on the way can answer.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=2592000
    /// ```
    ///
    /// # How to fix
    ///
    /// Raise `max-age` step by step to a year (ASVS, hstspreload.org) or two (OWASP, Mozilla).
    ///
    /// # When it does not apply
    ///
    /// No policy is in force (other checks say why), or a parent's covers the host for longer. A
    /// domain on the preload lists of both browsers stays covered: there it is a note. With Mozilla's
    /// thresholds six months are 15768000 seconds; with the browsers' no length is asked for.
    id: "hsts.max-age.below-six-months",
    severity: Warning,
    title: "HSTS lasts less than 180 days",
    references: [
        Cwe(319),
        Asvs("V3.4.1"),
        Observatory("hsts-implemented-max-age-less-than-six-months"),
        Hstspreload("header.preloadable.max_age.below_1_year"),
        Guideline("MDN HTTP Observatory: 180 days"),
    ],
    fix: Remedy { summary: "Raise `max-age` to a year once everything works over https.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let thresholds = facts.thresholds();
    let Some(least) = thresholds.half_a_year else { return Outcome::NotApplicable(judged::NO_LENGTH) };
    judged::each(facts, |host, policy| {
        let max_age = judged::short_max_age(facts, host, policy)?;
        if max_age >= least {
            return None;
        }
        let preloaded = judged::is_preloaded(facts, host);
        Some(
            Finding::new(format!(
                "Who stays away from {} for {} or more goes over http first. {}",
                code(host),
                duration(max_age),
                thresholds.half_a_year_asked
            ))
            .title(format!("HSTS lasts {}", duration(max_age)))
            .severity(if preloaded { Severity::Note } else { Severity::Warning })
            .at(judged::location(policy, judged::max_age_mark(policy))),
        )
    })
}
