//! `https.certificate.weak-key`

use super::common::{chain, page, unreadable};
use crate::check::prelude::*;
use crate::fact::{CertificateFact, KeyKind};
use crate::knowledge::tls_guideline;

declare! {
    /// # What is wrong
    ///
    /// A certificate of the chain holds an RSA key of less than 2048 bits, or an elliptic curve of
    /// less than 256.
    ///
    /// # Why it matters
    ///
    /// Keys of that size have been, or can be, computed from the certificate. Whoever has the key
    /// answers in place of the site, and nothing shows it.
    ///
    /// # Example
    ///
    /// ```text
    /// RSA, 1024 bits
    /// ```
    ///
    /// # How to fix
    ///
    /// Make a new key (elliptic curve P-256, or RSA with 2048 bits or more) and a certificate for
    /// it; do not reuse the key.
    ///
    /// # When it does not apply
    ///
    /// The browser refused the certificate or shows none. Chromium shows only that of the server,
    /// not the chain.
    id: "https.certificate.weak-key",
    severity: Error,
    title: "The key of a certificate is too short",
    references: [Cwe(326), Guideline(tls_guideline::NAME)],
    fix: Remedy {
        summary: "Make a new key, P-256 or RSA with 2048 bits, and get a certificate for it.",
        lines: &[(Software::Nginx, "# openssl ecparam -name prime256v1 -genkey -noout -out HOST.key")],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let chain = match chain(facts) {
        Ok(chain) => chain,
        Err(outcome) => return outcome,
    };
    let findings: Vec<Finding> = chain.iter().filter_map(CertificateFact::read).filter(|c| is_weak(&c.key)).map(|c| {
        Finding::new(format!(
            "Who computes the key of {} can pose as the site; the guideline asks for RSA with {} bits or a curve of {}.",
            code(&c.subject), tls_guideline::MIN_RSA_BITS, tls_guideline::MIN_EC_BITS
        ))
        .title(format!("The key of {} is too short: {}", code(&c.subject), c.key.words()))
        .at(page(facts))
    }).collect();
    if findings.is_empty() && chain.contains(&CertificateFact::Unreadable) {
        return unreadable();
    }
    Outcome::from_findings(findings)
}

fn is_weak(key: &KeyKind) -> bool {
    match key {
        KeyKind::Rsa(bits) => *bits < tls_guideline::MIN_RSA_BITS,
        KeyKind::Ec(bits) => *bits < tls_guideline::MIN_EC_BITS,
        KeyKind::EdDsa | KeyKind::Other(_) => false,
    }
}
