//! `https.certificate.not-yet-valid`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// The validity of the certificate begins in the future.
    ///
    /// # Why it matters
    ///
    /// Browsers show a full-page warning instead of the site. Often the clock of the computer that
    /// made the certificate, or of the one that looks at it, is wrong.
    ///
    /// # Example
    ///
    /// ```text
    /// not before: 2027-01-01
    /// ```
    ///
    /// # How to fix
    ///
    /// Put the former certificate back until that day, or get one that begins now. Compare the
    /// clocks first.
    ///
    /// # When it does not apply
    ///
    /// The browser names another cause, which another check tells. Where it does not tell the cause
    /// apart, and shows no certificate, this is unknown.
    id: "https.certificate.not-yet-valid",
    severity: Error,
    title: "The certificate is not valid yet",
    references: [Cwe(298), Asvs("V12.2.2"), Observatory("redirection-invalid-cert")],
    fix: Remedy::words("Use the certificate from its first day on; check the clocks of the server and of this computer."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::NotYetValid]) {
        Ok(rejection) => refused(rejection, "Its first day is still to come."),
        Err(outcome) => outcome,
    }
}
