//! `https.redirect.too-long`

use super::common::of_the_network;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The site sends the browser on more than three times before the page comes.
    ///
    /// # Why it matters
    ///
    /// Each step costs a round trip, and each is one more place where a http address can slip in.
    /// hstspreload.org refuses such a chain.
    ///
    /// # Example
    ///
    /// ```text
    /// http://shop.example/ → https://shop.example/ → https://www.shop.example/ → /en → /en/home
    /// ```
    ///
    /// # How to fix
    ///
    /// Redirect http to https on the same host, then straight to where the page is.
    ///
    /// # When it does not apply
    ///
    /// The load of the page was not seen. Redirects of other sites, a sign-in service for example,
    /// do not count.
    id: "https.redirect.too-long",
    severity: Warning,
    title: "More than three redirects lead to the page",
    references: [Hstspreload("redirects.too_many")],
    fix: Remedy::words("Send people to the final address in one or two steps."),
    since: "0.1.0",
}

/// Redirects that hstspreload.org takes.
const MOST: usize = 3;

fn run(facts: &Facts<'_>) -> Outcome {
    if let Err(outcome) = of_the_network(facts) {
        return outcome;
    }
    let own = || facts.chain.server_redirects().filter(|(hop, _)| facts.site.holds(hop.exchange.url.host()));
    match (own().count(), own().next(), facts.page()) {
        (n, Some((first, _)), _) if n > MOST => Outcome::fail(
            Finding::new(format!(
                "{} takes {n} redirects to the page; hstspreload.org allows {MOST}.",
                code(first.exchange.url.as_str())
            ))
            .title(format!("{n} redirects lead to the page"))
            .at(Location::url(&first.exchange.url)),
        ),
        (_, _, Observed::Unseen(reason)) => Outcome::Unknown(Gap::new(What::PageResponse, reason)),
        _ => Outcome::Pass,
    }
}
