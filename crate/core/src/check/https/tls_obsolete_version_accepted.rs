//! `https.tls.obsolete-version-accepted`

use super::offers::{each_server, listed};
use crate::check::prelude::*;
use crate::evidence::{OfferedVersion, Offers};

declare! {
    /// # What is wrong
    ///
    /// Asked for TLS 1.0 or 1.1 and nothing newer, the server goes on.
    ///
    /// # Why it matters
    ///
    /// A current browser does not ask for them, and is not harmed. A program that knows nothing newer, or lets itself be
    /// talked down, is served over what rests on MD5, SHA-1 and CBC; RFC 8996 forbids that, and the rules of payment cards
    /// do. A server that accepts nothing newer is refused by browsers: then it is an error.
    ///
    /// # Example
    ///
    /// ```text
    /// example.com:443 accepts TLS 1.0, TLS 1.1 and TLS 1.2.
    /// ```
    ///
    /// # How to fix
    ///
    /// Offer TLS 1.2 and 1.3 only. What asks for older ones is older than 2014.
    ///
    /// # When it does not apply
    ///
    /// No server was asked: only `https-audit live` does. Any other report is without this check.
    id: "https.tls.obsolete-version-accepted",
    severity: Warning,
    title: "The server still accepts an obsolete version of TLS",
    references: [Cwe(326), Asvs("V12.1.1"), Guideline(crate::knowledge::tls_guideline::NAME), Rfc(8996, "§1")],
    fix: Remedy { summary: "Offer TLS 1.3 and 1.2 only.", lines: &[(Software::Nginx, "ssl_protocols TLSv1.2 TLSv1.3;"), (Software::Apache, "SSLProtocol -all +TLSv1.2 +TLSv1.3"), (Software::Caddy, "tls {\n\tprotocols tls1.2 tls1.3\n}"), (Software::Express, "https.createServer({ minVersion: \"TLSv1.2\", key, cert }, app).listen(443);")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    each_server(facts, of_server)
}

fn of_server(offers: &Offers) -> Result<Option<Finding>, Reason> {
    let accepted: Vec<OfferedVersion> = offers
        .versions
        .iter()
        .filter(|offer| offer.accepted == Observed::Seen(true))
        .map(|offer| offer.version)
        .collect();
    if !accepted.iter().any(|version| version.is_obsolete()) {
        let mut obsolete = offers.versions.iter().filter(|offer| offer.version.is_obsolete());
        let unseen = obsolete.find_map(|offer| match offer.accepted {
            Observed::Unseen(reason) => Some(reason),
            Observed::Seen(_) => None,
        });
        return unseen.map_or(Ok(None), Err);
    }
    let names: Vec<&str> = accepted.iter().map(|version| version.name()).collect();
    let says = format!("{} accepts {}", code(&offers.place()), listed(&names));
    // What was not answered may be accepted too.
    let refused = |offer: &&crate::evidence::VersionOffer| offer.accepted == Observed::Seen(false);
    let newer = offers.versions.iter().filter(|offer| !offer.version.is_obsolete());
    Ok(Some(if newer.clone().count() > 0 && newer.clone().all(|offer| refused(&offer)) {
        Finding::new(format!("{says}, and nothing newer: browsers refuse to connect."))
            .severity(Severity::Error)
            .title("The server speaks only obsolete versions of TLS")
    } else {
        Finding::new(format!(
            "{says}. Browsers ask for the newest; what can be talked down gets what has been broken."
        ))
    }))
}
