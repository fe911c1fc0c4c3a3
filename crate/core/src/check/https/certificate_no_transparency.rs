//! `https.certificate.no-transparency`

use super::common::{page, told};
use crate::check::prelude::*;
use crate::evidence::Transparency;

declare! {
    /// # What is wrong
    ///
    /// The certificate comes from a public authority, but without enough timestamps of Certificate
    /// Transparency logs.
    ///
    /// # Why it matters
    ///
    /// What is not in the logs can not be watched there: a certificate for this name that should
    /// not exist would go unseen. Chromium and Safari refuse such certificates, and Firefox begins
    /// to.
    ///
    /// # Example
    ///
    /// ```text
    /// certificateTransparencyStatus: policy_not_enough_scts
    /// ```
    ///
    /// # How to fix
    ///
    /// Have it issued anew with timestamps inside the certificate. If the name must not be public,
    /// use a private authority.
    ///
    /// # When it does not apply
    ///
    /// The authority is private, so that the browser asks for no log, or the browser does not tell
    /// (Chromium).
    id: "https.certificate.no-transparency",
    severity: Warning,
    title: "The certificate is not in the public logs",
    references: [Rfc(6962, "§1"), Guideline("Certificate Transparency policy of the browser")],
    fix: Remedy::words("Get a certificate whose authority logs it; every public authority does."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let what = match told(facts, What::Transparency, |connection| &connection.transparency) {
        Ok(Transparency::Compliant) => return Outcome::Pass,
        Ok(Transparency::NotApplicable) => {
            return Outcome::NotApplicable("the browser asks for no log of this authority");
        }
        Ok(Transparency::NotEnoughTimestamps) => "too few logs have it",
        Ok(Transparency::NotDiverse) => "its logs are run by too few operators",
        Err(outcome) => return outcome,
    };
    Outcome::fail(
        Finding::new(format!("By the browser's policy {what}; browsers that insist on it refuse the site."))
            .at(page(facts)),
    )
}
