//! `hsts.max-age.zero`

use super::judged;
use crate::check::prelude::*;
use crate::field::hsts::Reading;

declare! {
    /// # What is wrong
    ///
    /// `max-age=0` tells browsers to forget the host's HSTS policy.
    ///
    /// # Why it matters
    ///
    /// Whoever had the policy loses it with this response; http links go out unencrypted again.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=0
    /// ```
    ///
    /// # How to fix
    ///
    /// Send a `max-age` of a year or more, unless the site really goes back to http.
    ///
    /// # When it does not apply
    ///
    /// The field is void in another way. A domain that a preload list covers stays covered: there
    /// it is a note.
    id: "hsts.max-age.zero",
    severity: Error,
    title: "`max-age=0` switches HSTS off",
    references: [
        Cwe(319),
        Asvs("V3.4.1"),
        Zap("10035-2"),
        Observatory("hsts-implemented-max-age-less-than-six-months"),
        Hstspreload("header.preloadable.max_age.zero"),
        Rfc(6797, "§6.1.1"),
    ],
    fix: Remedy { summary: "Send a `max-age` above zero; begin with an hour, then raise it.", lines: sends_hsts!("3600") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each(facts, |host, policy| {
        let Reading::Delete { .. } = policy.reading(facts.engine) else { return None };
        let preloaded = judged::is_preloaded(facts, host);
        let message = if preloaded {
            format!(
                "The preload lists keep {} on https as long as they hold it; the field does not.",
                code(host)
            )
        } else if facts.cover_from_above(host).is_some() {
            format!("It removes nothing: a policy from above covers {} all the same.", code(host))
        } else {
            format!("Every browser that loads this forgets the policy of {}.", code(host))
        };
        let severity = if preloaded { Severity::Note } else { judged::severity(facts, host) };
        Some(
            Finding::new(message)
                .severity(severity)
                .at(judged::location(policy, judged::max_age_mark(policy))),
        )
    })
}
