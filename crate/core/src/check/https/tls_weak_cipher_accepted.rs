//! `https.tls.weak-cipher-accepted`

use super::offers::{each_server, listed};
use crate::check::prelude::*;
use crate::evidence::Offers;
use crate::fact::offered_weakness;

/// Suites of one weakness that are named.
const NAMED: usize = 6;

declare! {
    /// # What is wrong
    ///
    /// The server accepts cipher suites that the guideline leaves out, where a client offers nothing else.
    ///
    /// # Why it matters
    ///
    /// A current browser offers better ones, and the server may prefer them. A suite without encryption or authentication,
    /// with short keys (EXPORT), RC4 or 3DES has no use but for an attack; without ECDHE, what was recorded can be read with
    /// the server's key later; CBC has been attacked many times.
    ///
    /// # Example
    ///
    /// ```text
    /// TLS_RSA_WITH_AES_128_CBC_SHA
    /// ```
    ///
    /// # How to fix
    ///
    /// For TLS 1.2 offer the guideline's suites only, with ECDHE and AES-GCM or ChaCha20-Poly1305. The suites of TLS 1.0 and
    /// 1.1 are all weak: they go with the versions.
    ///
    /// # When it does not apply
    ///
    /// No server was asked: only `https-audit live` does. Any other report is without this check. Suites of TLS 1.3 are not
    /// asked for, nor those with a shared key or password.
    id: "https.tls.weak-cipher-accepted",
    severity: Warning,
    title: "The server accepts weak cipher suites",
    references: [Cwe(327), Asvs("V12.1.2"), Guideline(crate::knowledge::tls_guideline::NAME)],
    fix: Remedy { summary: "Offer the guideline's suites only: ECDHE with AES-GCM or ChaCha20.", lines: &[(Software::Nginx, "ssl_ciphers ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305;"), (Software::Apache, "SSLCipherSuite ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305"), (Software::Caddy, "tls {\n\tciphers TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n}")] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    each_server(facts, of_server)
}

fn of_server(offers: &Offers) -> Result<Option<Finding>, Reason> {
    let mut suites: Vec<&str> =
        offers.versions.iter().flat_map(|offer| &offer.weak_suites).map(String::as_str).collect();
    suites.sort_unstable();
    suites.dedup();
    // Not refused and not answered: why, of the version or of its suites.
    let unseen = offers.versions.iter().find_map(|offer| match offer.accepted {
        Observed::Unseen(reason) if offer.version < crate::evidence::OfferedVersion::Tls13 => Some(reason),
        _ => offer.more,
    });
    if suites.is_empty() {
        return unseen.map_or(Ok(None), Err);
    }
    let mut by_weakness: Vec<(&str, Vec<&str>)> = Vec::new();
    for suite in &suites {
        let weakness = offered_weakness(suite);
        match by_weakness.iter_mut().find(|(known, _)| *known == weakness) {
            Some((_, of_weakness)) => of_weakness.push(suite),
            None => by_weakness.push((weakness, vec![suite])),
        }
    }
    by_weakness.sort_unstable();
    let told: Vec<String> = by_weakness.iter().map(|(weakness, suites)| group(weakness, suites)).collect();
    let more = if unseen.is_some() { " There may be more: not all were answered." } else { "" };
    let title = match suites.len() {
        1 => "The server accepts a weak cipher suite".to_owned(),
        n => format!("The server accepts {n} weak cipher suites"),
    };
    let versions: Vec<&str> = offers
        .versions
        .iter()
        .filter(|offer| !offer.weak_suites.is_empty())
        .map(|offer| offer.version.name())
        .collect();
    let place = code(&offers.place());
    let message = format!("{place} accepts, with {}: {}.{more}", listed(&versions), told.join("; "));
    Ok(Some(Finding::new(message).title(title)))
}

/// Suites with what is wrong with them.
fn group(weakness: &str, suites: &[&str]) -> String {
    let mut names: Vec<String> = suites.iter().take(NAMED).map(|suite| code(suite)).collect();
    if let Some(more) = suites.len().checked_sub(NAMED).filter(|more| *more > 0) {
        names.push(format!("{more} more"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("{} ({weakness})", listed(&names))
}
