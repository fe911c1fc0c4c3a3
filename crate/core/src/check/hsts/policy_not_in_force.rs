//! `hsts.policy.not-in-force`

use super::judged;
use crate::check::prelude::*;
use crate::fact::{HostPolicy, undotted};
use crate::field::hsts::Reading;

declare! {
    /// # What is wrong
    ///
    /// The server answered the page over plain http and did not lead on to https.
    ///
    /// # Why it matters
    ///
    /// A browser that knew an HSTS policy of this host would not have asked over http, and none
    /// can be learned there: browsers ignore the field over http.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/
    /// HTTP/1.1 200 OK
    /// Strict-Transport-Security: max-age=31536000
    /// ```
    ///
    /// # How to fix
    ///
    /// Redirect http to https on the same host, and send the field there.
    ///
    /// # When it does not apply
    ///
    /// The page is https, or its https responses were seen without a policy (then the check of
    /// their field tells), or the input is no browser's and shows a policy over https.
    id: "hsts.policy.not-in-force",
    severity: Error,
    title: "No HSTS is in force: the page came over http",
    references: [
        Cwe(319),
        Asvs("V3.4.1"),
        Observatory("hsts-not-implemented-no-https"),
        Django("security.W008"),
        Rfc(6797, "§7.2"),
        Rfc(6797, "§8.1"),
    ],
    fix: Remedy { summary: "Redirect http to https on the same host, and send the field over https.", lines: redirects!("SECURE_SSL_REDIRECT = True\nSECURE_HSTS_SECONDS = 3600") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(domain) = facts.site.registrable_domain.as_deref() else {
        return Outcome::NotApplicable(judged::NO_DOMAIN);
    };
    let host = undotted(&facts.site.host);
    if facts.page_scheme() != Some("http") {
        return Outcome::NotApplicable("the page is https");
    }
    let response = match facts.page().and_then(|page| page.response.as_ref()) {
        Observed::Seen(response) => response,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::PageResponse, reason)),
    };
    let later = |policy: &&HostPolicy<'_>| {
        facts.page().seen().is_some_and(|page| policy.exchange.at > page.at)
            && policy.reading(facts.engine).in_force().is_some()
    };
    if facts.evidence.recording.is_some() && facts.hsts.policy(host).seen().as_ref().is_some_and(later) {
        return Outcome::NotApplicable("the session learned the policy after this page");
    }
    let over_https = facts.hsts.policy(host).seen().map(|policy| policy.reading(facts.engine));
    if over_https.is_some_and(|reading| !matches!(reading, Reading::InForce { .. })) {
        return Outcome::NotApplicable("the check of the field over https tells why");
    }
    let in_browser = facts.evidence.recorder.browser.is_some();
    if !in_browser && facts.cover(host).is_some() {
        return Outcome::Pass;
    }
    let message = if response.values("strict-transport-security").next().is_some() {
        "The server sends the field over http only, where browsers ignore it."
    } else if in_browser {
        "The server answered over http and did not lead to https, so this browser knows no policy of it."
    } else {
        "The server answered over http and did not lead to https, where alone a policy can be learned."
    };
    // A policy of the domain itself, which does not reach this host, is in force all the same.
    let severity =
        if host != domain && facts.cover(domain).is_some() { Severity::Warning } else { Severity::Error };
    let url = facts.site.url.as_ref().map_or_else(String::new, ToString::to_string);
    Outcome::fail(Finding::new(message).severity(severity).at(Location::url(url)))
}
