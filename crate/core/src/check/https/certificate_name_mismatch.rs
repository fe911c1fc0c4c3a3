//! `https.certificate.name-mismatch`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// The certificate of the site is made out to other names.
    ///
    /// # Why it matters
    ///
    /// It proves that somebody else answers. That is what an attacker with a certificate of his own
    /// looks like, and browsers warn accordingly.
    ///
    /// # Example
    ///
    /// ```text
    /// https://shop-demo.com/ answers with a certificate for other-demo.net
    /// ```
    ///
    /// # How to fix
    ///
    /// Add the name to the certificate (subjectAltName; the common name no longer counts), and make
    /// sure that the server picks it for this host: a default server or a CDN often answers with
    /// its own.
    ///
    /// # When it does not apply
    ///
    /// The browser names another cause, which another check tells. Where it does not tell the cause
    /// apart, and shows no certificate, this is unknown.
    id: "https.certificate.name-mismatch",
    severity: Error,
    title: "The certificate is for another name",
    references: [Cwe(297), Asvs("V12.2.2"), Observatory("redirection-invalid-cert"), Rfc(9525, "§6.3")],
    fix: Remedy { summary: "Get a certificate that lists this name, and configure it for this host.", lines: &[(Software::Nginx, "server_name HOST;\nssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;\nssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;"), (Software::Apache, "ServerName HOST\nSSLCertificateFile /etc/letsencrypt/live/HOST/fullchain.pem\nSSLCertificateKeyFile /etc/letsencrypt/live/HOST/privkey.pem"), (Software::Caddy, "HOST {\n\treverse_proxy localhost:8000\n}"), (Software::Express, "https.createServer({ cert: fs.readFileSync(\"/etc/letsencrypt/live/HOST/fullchain.pem\"), key: fs.readFileSync(\"/etc/letsencrypt/live/HOST/privkey.pem\") }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::NameMismatch]) {
        Ok(rejection) => refused(rejection, "It proves the identity of another host."),
        Err(outcome) => outcome,
    }
}
