//! `https.tls.weak-cipher`

use super::common::{page, told};
use crate::check::prelude::*;
use crate::fact::suite_weakness;

declare! {
    /// # What is wrong
    ///
    /// Browser and server agreed on a cipher suite that the guideline leaves out.
    ///
    /// # Why it matters
    ///
    /// Without ECDHE, whoever gets the key of the server later can read all that was recorded
    /// before. CBC, 3DES and RC4 have been attacked in practice.
    ///
    /// # Example
    ///
    /// ```text
    /// TLS_RSA_WITH_AES_128_CBC_SHA
    /// ```
    ///
    /// # How to fix
    ///
    /// Enable TLS 1.3, and for TLS 1.2 only suites with ECDHE and AES-GCM or ChaCha20-Poly1305. All
    /// browsers of the last ten years have them.
    ///
    /// # When it does not apply
    ///
    /// The page came over http, or the browser does not tell the suite (Chromium).
    id: "https.tls.weak-cipher",
    severity: Warning,
    title: "A weak cipher suite",
    references: [Cwe(327), Asvs("V12.1.2"), Hstspreload("tls.obsolete_cipher_suite"), Guideline(crate::knowledge::tls_guideline::NAME)],
    fix: Remedy { summary: "Offer the guideline's suites only: ECDHE with AES-GCM or ChaCha20.", lines: &[(Software::Nginx, "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;"), (Software::Apache, "SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"), (Software::Caddy, "tls {\n\tciphers TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n}")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let suite = match told(facts, What::TlsDetails, |connection| &connection.cipher_suite) {
        Ok(suite) => suite,
        Err(outcome) => return outcome,
    };
    match suite_weakness(suite) {
        None => Outcome::Pass,
        Some(weakness) => Outcome::fail(
            Finding::new(format!("The connection uses {}: {weakness}.", code(suite)))
                .title(format!("Weak cipher suite {}", code(suite)))
                .at(page(facts)),
        ),
    }
}
