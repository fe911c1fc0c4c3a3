//! `https.tls.obsolete-version`

use super::common::{page, told};
use crate::check::prelude::*;
use crate::fact::TlsVersion;

declare! {
    /// # What is wrong
    ///
    /// The connection uses TLS 1.1 or older, or the server speaks nothing newer and the browser
    /// gave up.
    ///
    /// # Why it matters
    ///
    /// These versions rest on MD5 and SHA-1 and on ciphers that have been attacked for years
    /// (BEAST, POODLE). Browsers dropped them in 2020, so most people can not reach the site.
    ///
    /// # Example
    ///
    /// ```text
    /// TLSv1.1
    /// ```
    ///
    /// # How to fix
    ///
    /// Offer TLS 1.2 and 1.3 only; update the TLS library if it knows neither.
    ///
    /// # When it does not apply
    ///
    /// The page came over http, or the browser does not tell the version (Chromium).
    id: "https.tls.obsolete-version",
    severity: Error,
    title: "An obsolete version of TLS",
    references: [Cwe(326), Asvs("V12.1.1"), Guideline(crate::knowledge::tls_guideline::NAME), Rfc(8996, "§1")],
    fix: Remedy { summary: "Offer TLS 1.3 and 1.2 only.", lines: &[(Software::Nginx, "ssl_protocols TLSv1.2 TLSv1.3;"), (Software::Apache, "SSLProtocol -all +TLSv1.2 +TLSv1.3"), (Software::Caddy, "tls {\n\tprotocols tls1.2 tls1.3\n}"), (Software::Express, "https.createServer({ minVersion: \"TLSv1.2\", key, cert }, app).listen(443);"), (Software::AspNet, "builder.WebHost.ConfigureKestrel(options => options.ConfigureHttpsDefaults(https => https.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13));")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if let Some(failure) = facts.page_tls_failure().filter(|failure| failure.is_old_version) {
        let words = code(failure.failure.error.trim_end_matches('.'));
        return Outcome::fail(
            Finding::new(format!("Browsers refuse to connect: {words}."))
                .title("The server speaks only obsolete versions of TLS")
                .at(Location::url(&failure.failure.url)),
        );
    }
    match told(facts, What::TlsDetails, |connection| &connection.protocol) {
        Err(outcome) => outcome,
        Ok(word) => match TlsVersion::parse(word) {
            None => Outcome::Unknown(Gap::new(What::TlsDetails, Reason::NotExposedByThisBrowser)),
            Some(version) if version.is_obsolete() => Outcome::fail(
                Finding::new(format!("{} can be attacked, and current browsers refuse it.", code(word)))
                    .title(format!("The connection uses {}", code(word)))
                    .at(page(facts)),
            ),
            Some(_) => Outcome::Pass,
        },
    }
}
