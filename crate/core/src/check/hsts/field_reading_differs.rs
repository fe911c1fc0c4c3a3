//! `hsts.field.reading-differs`

use super::judged;
use crate::check::prelude::*;
use crate::field::hsts::Reading;

declare! {
    /// # What is wrong
    ///
    /// Chromium and Firefox read the Strict-Transport-Security field differently.
    ///
    /// # Why it matters
    ///
    /// The site is protected in one browser and not, or not as far, in the other.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000; preload=
    /// ```
    ///
    /// # How to fix
    ///
    /// Write the field plainly: `max-age` in digits, `includeSubDomains`, `preload`, nothing else.
    ///
    /// # When it does not apply
    ///
    /// They differ only in how long they keep a policy: Chromium never longer than a year. Where
    /// this browser throws the field away, `hsts.field.void` tells, and this is a note beside it.
    id: "hsts.field.reading-differs",
    severity: Warning,
    title: "Browsers read the Strict-Transport-Security field differently",
    references: [Rfc(6797, "§6.1")],
    fix: Remedy { summary: "Write the field plainly, without empty values, special characters or huge numbers.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each(facts, |_, policy| {
        if policy.browsers_agree() {
            return None;
        }
        let (chromium, firefox) = (&policy.chromium, &policy.firefox);
        let mark = match (chromium, firefox) {
            (Reading::Void(void), _) | (_, Reading::Void(void)) => Some((void.span.start, void.span.end)),
            _ => None,
        };
        let told = matches!(policy.reading(facts.engine), Reading::Void(_));
        Some(
            Finding::new(format!(
                "Chromium {}; Firefox {}.",
                judged::effect(chromium),
                judged::effect(firefox)
            ))
            .severity(if told { Severity::Note } else { Severity::Warning })
            .at(judged::location(policy, mark)),
        )
    })
}
