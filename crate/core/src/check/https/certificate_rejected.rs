//! `https.certificate.rejected`

use super::common::{refused, refused_for};
use crate::check::prelude::*;
use crate::fact::CertificateCause;

declare! {
    /// # What is wrong
    ///
    /// The browser refused the certificate of the site, or somebody went past its warning, and what
    /// exactly is wrong is not told.
    ///
    /// # Why it matters
    ///
    /// A certificate is the only proof that the answer comes from this site and not from somebody
    /// on the way. Without it the encryption is with anybody, and people who learn to click
    /// warnings away will do so when it matters.
    ///
    /// # Example
    ///
    /// ```text
    /// net::ERR_CERT_DATE_INVALID
    /// ```
    ///
    /// # How to fix
    ///
    /// Get a certificate for exactly this name from an authority that browsers know, send the chain
    /// with it, and renew it by a machine. `openssl s_client -connect HOST:443` shows what the
    /// server sends.
    ///
    /// # When it does not apply
    ///
    /// A more exact check tells the refusal: `https.certificate.expired`, `.not-yet-valid`,
    /// `.name-mismatch`, `.self-signed` or `.untrusted`. Chromium says of a date only that it is
    /// wrong, so that both are told here; and it does not tell that somebody went past its warning
    /// before the extension watched.
    id: "https.certificate.rejected",
    severity: Error,
    title: "The browser refuses the certificate",
    references: [Cwe(295), Asvs("V12.2.2"), Observatory("redirection-invalid-cert"), Hstspreload("domain.tls.invalid_cert_chain")],
    fix: Remedy { summary: "Install a certificate that browsers trust, for this name, with its whole chain.", lines: &[(Software::Nginx, "ssl_certificate /etc/letsencrypt/live/HOST/fullchain.pem;\nssl_certificate_key /etc/letsencrypt/live/HOST/privkey.pem;"), (Software::Apache, "SSLCertificateFile /etc/letsencrypt/live/HOST/fullchain.pem\nSSLCertificateKeyFile /etc/letsencrypt/live/HOST/privkey.pem"), (Software::Caddy, "HOST {\n\treverse_proxy localhost:8000\n}"), (Software::Express, "https.createServer({ cert: fs.readFileSync(\"/etc/letsencrypt/live/HOST/fullchain.pem\"), key: fs.readFileSync(\"/etc/letsencrypt/live/HOST/privkey.pem\") }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    match refused_for(facts, &[CertificateCause::Date, CertificateCause::Other, CertificateCause::NotTold]) {
        Ok(rejection) => refused(rejection, what(rejection.cause)),
        Err(outcome) => outcome,
    }
}

fn what(cause: CertificateCause) -> &'static str {
    match cause {
        CertificateCause::Date => "It is expired or not yet valid; the browser tells not which.",
        _ => "Nothing proves who answers.",
    }
}
