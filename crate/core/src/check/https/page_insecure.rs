//! `https.page.insecure`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page came over plain http.
    ///
    /// # Why it matters
    ///
    /// Everybody on the way, from the café's router to the provider, can read and change the page
    /// and what is typed into it.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Serve the site over https and redirect http to it, permanently. In Django:
    /// `SECURE_SSL_REDIRECT = True`.
    ///
    /// # When it does not apply
    ///
    /// Addresses of this very computer, which browsers trust without TLS (Secure Contexts §3.1).
    id: "https.page.insecure",
    severity: Error,
    title: "The page is not encrypted",
    references: [
        Cwe(319),
        Asvs("V12.2.1"),
        Observatory("hsts-not-implemented-no-https"),
        Django("security.W008"),
    ],
    fix: Remedy { summary: "Serve it over https, and redirect http there.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(url) = &facts.site.url else {
        return Outcome::NotApplicable("not a page of the web");
    };
    if url.is_https() {
        return Outcome::Pass;
    }
    if url.is_potentially_trustworthy() {
        return Outcome::NotApplicable("the page never leaves this computer");
    }
    // The address alone decides: a load that failed shows no page, though.
    if facts.visit.is_some_and(|visit| visit.failure.is_some()) {
        return Outcome::Unknown(Gap::new(What::PageResponse, Reason::LoadFailed));
    }
    // A redirect shows none either.
    if facts.leads_on() {
        let reason = match facts.page() {
            Observed::Unseen(reason) => reason,
            Observed::Seen(_) => Reason::NotInInput,
        };
        return Outcome::Unknown(Gap::new(What::PageResponse, reason));
    }
    Outcome::fail(
        Finding::new(format!("Anyone on the way can read and change {}.", code(url.as_str())))
            .at(Location::url(url)),
    )
}
