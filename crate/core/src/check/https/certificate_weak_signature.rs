//! `https.certificate.weak-signature`

use super::common::{chain, page, unreadable};
use crate::check::prelude::*;
use crate::fact::{CertificateFact, SignatureHash};

declare! {
    /// # What is wrong
    ///
    /// The signature of a certificate of the chain is over a SHA-1 or MD5 hash.
    ///
    /// # Why it matters
    ///
    /// For both hashes two documents with the same value can be made. With MD5 that gave
    /// researchers an authority of their own in 2008; browsers have refused SHA-1 from public
    /// authorities since 2017.
    ///
    /// # Example
    ///
    /// ```text
    /// sha1WithRSAEncryption
    /// ```
    ///
    /// # How to fix
    ///
    /// Have the certificate issued anew. Inside a company, change the default of its authority
    /// first.
    ///
    /// # When it does not apply
    ///
    /// The browser refused the certificate or shows none. The signature of a root counts for
    /// nothing: it is trusted because the browser has it. Chromium shows only the certificate of
    /// the server, not the chain.
    id: "https.certificate.weak-signature",
    severity: Error,
    title: "A certificate is signed with a broken hash",
    references: [Cwe(327), Hstspreload("domain.tls.sha1"), Guideline(crate::knowledge::tls_guideline::NAME)],
    fix: Remedy::words("Get a certificate that is signed with SHA-256 or better."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let chain = match chain(facts) {
        Ok(chain) => chain,
        Err(outcome) => return outcome,
    };
    let signed = chain.iter().enumerate().filter_map(|(n, certificate)| Some((n, certificate.read()?)));
    let findings: Vec<Finding> = signed
        .filter(|(n, c)| *n == 0 || !(c.self_issued || c.built_in_root == Some(true)))
        .filter(|(_, c)| matches!(c.hash, Some(SignatureHash::Md5 | SignatureHash::Sha1)))
        .map(|(_, c)| {
            Finding::new(format!(
                "A second certificate with the same signature can be made: {} no longer proves who issued it.",
                code(&c.signature)
            ))
            .title(format!("{} is signed with {}", code(&c.subject), code(&c.signature)))
            .at(page(facts))
        })
        .collect();
    if findings.is_empty() && chain.contains(&CertificateFact::Unreadable) {
        return unreadable();
    }
    Outcome::from_findings(findings)
}
