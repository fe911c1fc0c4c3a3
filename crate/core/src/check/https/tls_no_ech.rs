//! `https.tls.no-ech`

use super::common::{page, told};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The connection was made without Encrypted Client Hello.
    ///
    /// # Why it matters
    ///
    /// Everything in the connection is encrypted but the name of the site, which everybody on the
    /// way can read. For most sites that is no weakness; for some it tells what a person is
    /// interested in.
    ///
    /// # Example
    ///
    /// ```text
    /// usedEch: false
    /// ```
    ///
    /// # How to fix
    ///
    /// Turn on ECH at the CDN, or in a server that has it, and publish its keys in an HTTPS record
    /// in DNS.
    ///
    /// # When it does not apply
    ///
    /// The page came over http, or the browser does not tell (Chromium). The browser uses ECH only
    /// with DNS over HTTPS, so it may be the setting of the person and not of the site.
    id: "https.tls.no-ech",
    severity: Note,
    title: "The name of the site is sent readable",
    references: [Asvs("V12.1.5")],
    fix: Remedy::words("Publish an ECH configuration in DNS; most CDNs do it by a switch."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match told(facts, What::EncryptedClientHello, |connection| &connection.encrypted_client_hello) {
        Err(outcome) => outcome,
        Ok(true) => Outcome::Pass,
        Ok(false) => Outcome::fail(
            Finding::new(format!(
                "Everybody on the way can read that {} is visited.",
                code(&facts.site.host)
            ))
            .at(page(facts)),
        ),
    }
}
