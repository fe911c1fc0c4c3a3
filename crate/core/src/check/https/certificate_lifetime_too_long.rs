//! `https.certificate.lifetime-too-long`

use super::common::{leaf, page};
use crate::check::prelude::*;
use crate::knowledge::tls_guideline;
use crate::time::rfc3339;

declare! {
    /// # What is wrong
    ///
    /// The certificate is valid for more days than the guideline allows: 366; for public
    /// authorities 200 days from 2026-03-15, 100 from 2027-03-15 and 47 from 2029-03-15.
    ///
    /// # Why it matters
    ///
    /// Whoever gets hold of the key can use it until the last day, since revocation hardly reaches
    /// browsers. Long lifetimes also mean that nobody has practised the renewal.
    ///
    /// # Example
    ///
    /// ```text
    /// not before: 2025-06-01
    /// not after: 2027-06-01
    /// ```
    ///
    /// # How to fix
    ///
    /// Use an authority with automatic renewal (ACME) and certificates of 90 days or less.
    ///
    /// # When it does not apply
    ///
    /// The browser refused the certificate or shows none. The schedule of the CA/Browser Forum does
    /// not bind a private authority, so only the guideline counts there.
    id: "https.certificate.lifetime-too-long",
    severity: Note,
    title: "The certificate is valid for too long",
    references: [Guideline(tls_guideline::NAME), Guideline("CA/Browser Forum SC-081v3")],
    fix: Remedy::words("Get certificates of 90 days or less, renewed by a machine."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let leaf = match leaf(facts) {
        Ok(leaf) => leaf,
        Err(outcome) => return outcome,
    };
    let most = tls_guideline::max_lifetime_days(leaf.not_before, !facts.is_private_authority());
    let days = leaf.lifetime() / 86_400;
    if leaf.lifetime() <= most * 86_400 {
        return Outcome::Pass;
    }
    Outcome::fail(
        Finding::new(format!(
            "Whoever gets its key can pose as the site for up to {days} days; at most {most} are allowed for a \
             certificate that began on {}.",
            rfc3339(leaf.not_before).get(..10).unwrap_or_default()
        ))
        .title(format!("The certificate is valid for {days} days"))
        .at(page(facts)),
    )
}
