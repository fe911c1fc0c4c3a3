//! `preload.list.not-in-all-browsers`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// One browser's preload list holds the domain and the other's does not.
    ///
    /// # Why it matters
    ///
    /// The first visit is protected in one browser only. Mozilla drops entries whose site it could
    /// not verify, and lists change at different times.
    ///
    /// # Example
    ///
    /// A domain whose field was gone while Firefox's list was made.
    ///
    /// # How to fix
    ///
    /// Meet every requirement and stay reachable; the lists catch up with new releases.
    ///
    /// # When it does not apply
    ///
    /// The domain is on no list.
    id: "preload.list.not-in-all-browsers",
    severity: Note,
    title: "On one browser's preload list only",
    references: [Guideline("hstspreload.org, other browsers")],
    fix: Remedy::words("Meet every requirement and wait for the next releases; nothing can be submitted to Firefox."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return Outcome::NotApplicable(super::requirement::NO_DOMAIN);
    };
    let (on, off) = match (preload.chromium.listed, preload.firefox.listed) {
        (true, true) => return Outcome::Pass,
        (false, false) => return Outcome::NotApplicable("the domain is on no list"),
        (true, false) => (&preload.chromium, &preload.firefox),
        (false, true) => (&preload.firefox, &preload.chromium),
    };
    Outcome::fail(Finding::new(format!(
        "{} is on the list of {}, not on that of {}.",
        code(domain),
        on.list,
        off.list
    )))
}
