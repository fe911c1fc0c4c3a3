//! `https.tls.no-post-quantum`

use super::common::{page, told};
use crate::check::prelude::*;
use crate::fact::is_hybrid;

declare! {
    /// # What is wrong
    ///
    /// The keys of the connection were agreed on with an elliptic curve alone.
    ///
    /// # Why it matters
    ///
    /// What is recorded today can be read once a large quantum computer exists. It matters for what
    /// must stay secret for ten years or more; current browsers offer the hybrid key exchange by
    /// themselves.
    ///
    /// # Example
    ///
    /// ```text
    /// X25519
    /// ```
    ///
    /// # How to fix
    ///
    /// Update the TLS library and put X25519MLKEM768 first in the list of groups.
    ///
    /// # When it does not apply
    ///
    /// The page came over http, or the browser does not tell the group (Chromium, and Firefox for a
    /// resumed session).
    id: "https.tls.no-post-quantum",
    severity: Note,
    title: "The key exchange does not hold against a quantum computer",
    references: [Guideline(crate::knowledge::tls_guideline::NAME)],
    fix: Remedy { summary: "Offer X25519MLKEM768 first; it needs TLS 1.3 and OpenSSL 3.5 or newer.", lines: &[(Software::Nginx, "ssl_ecdh_curve X25519MLKEM768:X25519:prime256v1:secp384r1;"), (Software::Apache, "SSLOpenSSLConfCmd Curves X25519MLKEM768:X25519:prime256v1:secp384r1"), (Software::Caddy, "tls {\n\tcurves x25519mlkem768 x25519 secp256r1\n}"), (Software::Express, "https.createServer({ ecdhCurve: \"X25519MLKEM768:X25519:P-256\", key, cert }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let group = match told(facts, What::TlsDetails, |connection| &connection.key_exchange_group) {
        Ok(group) => group,
        Err(outcome) => return outcome,
    };
    match is_hybrid(group) {
        None => Outcome::Unknown(Gap::new(What::TlsDetails, Reason::NotExposedByThisBrowser)),
        Some(true) => Outcome::Pass,
        Some(false) => Outcome::fail(
            Finding::new(format!(
                "The key exchange is {}: who records the connection now may read it in some years.",
                code(group)
            ))
            .at(page(facts)),
        ),
    }
}
