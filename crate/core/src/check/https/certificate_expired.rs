//! `https.certificate.expired`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// The certificate of the site was valid once, and is no longer.
    ///
    /// # Why it matters
    ///
    /// Browsers show a full-page warning instead of the site. Whoever gets past it has no proof of
    /// who answers: the key of an old certificate may long be in other hands, and nobody lists it
    /// as revoked any more.
    ///
    /// # Example
    ///
    /// ```text
    /// not after: 2026-09-29
    /// ```
    ///
    /// # How to fix
    ///
    /// Renew it now, and have it renewed automatically when a third of its lifetime is left. Reload
    /// the server afterwards: many renewals fail only there.
    ///
    /// # When it does not apply
    ///
    /// The browser names another cause, which another check tells. Where it does not tell the cause
    /// apart, and shows no certificate, this is unknown.
    id: "https.certificate.expired",
    severity: Error,
    title: "The certificate has expired",
    references: [Cwe(298), Asvs("V12.2.2"), Observatory("redirection-invalid-cert")],
    fix: Remedy { summary: "Renew the certificate, and let a machine do it from now on.", lines: &[(Software::Nginx, "# certbot renew --deploy-hook \"nginx -s reload\""), (Software::Apache, "# certbot renew --deploy-hook \"apachectl graceful\"")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::Expired]) {
        Ok(rejection) => refused(rejection, "Its last day is over."),
        Err(outcome) => outcome,
    }
}
