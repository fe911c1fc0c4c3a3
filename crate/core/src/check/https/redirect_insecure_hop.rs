//! `https.redirect.insecure-hop`

use super::common::of_the_network;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// On the way to the page a redirect leads to an http address, after https or after the first
    /// step.
    ///
    /// # Why it matters
    ///
    /// Whoever is on the way answers that one request and sends the browser where they like; that
    /// everything else is https does not help.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/
    /// HTTP/1.1 302 Found
    /// Location: http://www.shop.example/
    /// ```
    ///
    /// # How to fix
    ///
    /// Write https into the redirect. Often the application behind a proxy does not know that the
    /// person came over https: tell it (`X-Forwarded-Proto`).
    ///
    /// # When it does not apply
    ///
    /// The first answer over http that stays on http is `https.redirect.not-https-first`.
    id: "https.redirect.insecure-hop",
    severity: Error,
    title: "A redirect goes over http",
    references: [Cwe(319), Observatory("redirection-not-to-https"), Hstspreload("redirects.insecure.initial"), Hstspreload("redirects.insecure.subsequent")],
    fix: Remedy { summary: "Name the https address in the redirect.", lines: &[
            (Software::Django, "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")"),
            (Software::Nginx, "proxy_set_header X-Forwarded-Proto $scheme;"),
            (Software::Apache, "RequestHeader set X-Forwarded-Proto \"https\""),
            (Software::Caddy, "reverse_proxy localhost:8000  # sets X-Forwarded-Proto by itself"),
            (Software::Express, "app.set(\"trust proxy\", 1);"),
            (Software::Rails, "config.assume_ssl = true"),
            (Software::AspNet, "builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedProto);\napp.UseForwardedHeaders();"),
        ] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if let Observed::Unseen(reason) = facts.page() {
        return match of_the_network(facts) {
            Err(outcome) => outcome,
            Ok(()) => Outcome::Unknown(Gap::new(What::PageResponse, reason)),
        };
    }
    let findings = facts.insecure_hops().into_iter().map(|hop| {
        let (from, to) = (code(hop.from.as_str()), code(hop.to.as_str()));
        let saved = if hop.saved {
            " This browser knew the HSTS of that host; others go there unencrypted."
        } else {
            ""
        };
        Finding::new(format!(
            "{from} sends the browser on to {to}, where anyone on the way can answer.{saved}"
        ))
        .at(Location::url(hop.from))
    });
    Outcome::from_findings(findings.collect())
}
