//! `https.certificate.untrusted`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// The browser finds no way from the certificate to an authority that it trusts.
    ///
    /// # Why it matters
    ///
    /// Nobody the browser knows vouches for who answers. The same is seen when somebody on the way
    /// puts his own certificate in.
    ///
    /// # Example
    ///
    /// ```text
    /// net::ERR_CERT_AUTHORITY_INVALID
    /// ```
    ///
    /// # How to fix
    ///
    /// Most often the intermediate certificate is missing: configure the full chain. Otherwise get
    /// a certificate from a public authority. If other people do not see this, something on the way
    /// (a proxy, a virus scanner) answers in place of the site.
    ///
    /// # When it does not apply
    ///
    /// The browser names another cause, which another check tells. Where it does not tell the cause
    /// apart, and shows no certificate, this is unknown.
    id: "https.certificate.untrusted",
    severity: Error,
    title: "No trusted authority signed the certificate",
    references: [Cwe(295), Asvs("V12.2.2"), Observatory("redirection-invalid-cert"), Hstspreload("domain.tls.invalid_cert_chain")],
    fix: Remedy { summary: "Send the whole chain, from an authority that browsers know.", lines: &[(Software::Nginx, "ssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;\nssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;"), (Software::Apache, "SSLCertificateFile /etc/letsencrypt/live/HOST/fullchain.pem\nSSLCertificateKeyFile /etc/letsencrypt/live/HOST/privkey.pem"), (Software::Caddy, "HOST {\n\treverse_proxy localhost:8000\n}"), (Software::Express, "https.createServer({ cert: fs.readFileSync(\"/etc/letsencrypt/live/HOST/fullchain.pem\"), key: fs.readFileSync(\"/etc/letsencrypt/live/HOST/privkey.pem\") }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::Untrusted, CertificateCause::Authority]) {
        Ok(rejection) => refused(rejection, "No authority that is trusted here vouches for it."),
        Err(outcome) => outcome,
    }
}
