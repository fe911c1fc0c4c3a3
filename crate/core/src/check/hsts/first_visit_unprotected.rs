//! `hsts.first-visit.unprotected`

use super::judged;
use crate::check::prelude::*;
use crate::time::duration;

declare! {
    /// # What is wrong
    ///
    /// The policy holds only in browsers that have been here: the domain is on no preload list.
    ///
    /// # Why it matters
    ///
    /// The very first request, and the first one after the policy has run out, may go over http,
    /// and whoever is on the way can answer it.
    ///
    /// # Example
    ///
    /// A new browser, and a link to `http://shop.example/`.
    ///
    /// # How to fix
    ///
    /// Nothing needs to be: a long `max-age` leaves only the first visit. Preloading closes that
    /// gap too, for all sub-domains and for months.
    ///
    /// # When it does not apply
    ///
    /// No policy is in force at all. A domain on a browser's list passes.
    id: "hsts.first-visit.unprotected",
    severity: Note,
    title: "The first visit is not protected",
    references: [Rfc(6797, "§14.6")],
    fix: Remedy::words(
        "Keep `max-age` at a year or more; preloading would cover the first visit too, with all it costs.",
    ),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(domain) = facts.site.registrable_domain.as_deref() else {
        return Outcome::NotApplicable(judged::NO_DOMAIN);
    };
    if facts.preload.is_listed() {
        return Outcome::Pass;
    }
    match (facts.hsts.own(domain, facts.engine), facts.hsts.policy(domain)) {
        (Some(own), Observed::Seen(policy)) => Outcome::fail(
            Finding::new(format!(
                "Only browsers that opened {} over https within {} go there by https at once.",
                code(domain),
                duration(own.max_age)
            ))
            .at(judged::location(policy, None)),
        ),
        (None, Observed::Unseen(reason)) => {
            Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason))
        }
        _ => Outcome::NotApplicable("no policy of the domain is in force"),
    }
}
