//! `https.certificate.self-signed`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// No authority vouches for the certificate: it is signed with its own key.
    ///
    /// # Why it matters
    ///
    /// Anybody can make one with this name in a second, so it tells people nothing about who
    /// answers.
    ///
    /// # Example
    ///
    /// ```text
    /// issuer and subject: CN=shop-demo.com
    /// ```
    ///
    /// # How to fix
    ///
    /// Replace it with one from a public authority; inside a company, with one from the authority
    /// that its computers trust.
    ///
    /// # When it does not apply
    ///
    /// The browser names another cause, which another check tells. Where it does not tell the cause
    /// apart, and shows no certificate, this is unknown. Chromium calls a certificate signed by
    /// itself untrusted, so there `https.certificate.untrusted` tells it.
    id: "https.certificate.self-signed",
    severity: Error,
    title: "The certificate is signed by itself",
    references: [Cwe(295), Asvs("V12.2.2"), Observatory("redirection-invalid-cert")],
    fix: Remedy { summary: "Get a certificate from an authority that browsers know; it is free.", lines: &[(Software::Nginx, "ssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;\nssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;"), (Software::Apache, "SSLCertificateFile /etc/letsencrypt/live/HOST/fullchain.pem\nSSLCertificateKeyFile /etc/letsencrypt/live/HOST/privkey.pem"), (Software::Caddy, "HOST {\n\treverse_proxy localhost:8000\n}"), (Software::Express, "https.createServer({ cert: fs.readFileSync(\"/etc/letsencrypt/live/HOST/fullchain.pem\"), key: fs.readFileSync(\"/etc/letsencrypt/live/HOST/privkey.pem\") }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::SelfSigned]) {
        Ok(rejection) => refused(rejection, "Anybody can make such a certificate."),
        Err(outcome) => outcome,
    }
}
