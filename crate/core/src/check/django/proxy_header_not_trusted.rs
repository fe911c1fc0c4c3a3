//! `django.proxy.header-not-trusted`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// Django answers an https request with a redirect to the very same https address, again and
    /// again. It does not know that the request came over https.
    ///
    /// # Why it matters
    ///
    /// Nobody can open the site. The proxy in front ends TLS and asks Django over http; with
    /// `SECURE_SSL_REDIRECT` and without `SECURE_PROXY_SSL_HEADER` Django redirects for ever.
    /// Where the redirect is then switched off instead, Django goes on taking https for http:
    /// it sends no Strict-Transport-Security and checks no Referer of forms.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/
    /// HTTP/1.1 301 Moved Permanently
    /// Location: https://shop.example/
    /// ```
    ///
    /// # How to fix
    ///
    /// Let the proxy set `X-Forwarded-Proto` on every request, so that no client can, and let
    /// Django trust it. Both are needed: a header that Django trusts and the proxy passes on as the
    /// client sent it lets anybody pretend https.
    ///
    /// # When it does not apply
    ///
    /// The site is not known to be Django. A redirect to the same address that comes once, with a
    /// cookie perhaps, is no loop.
    id: "django.proxy.header-not-trusted",
    severity: Warning,
    title: "Django redirects https to itself without end",
    references: [Cwe(835), Rfc(9110, "§15.4")],
    fix: Remedy {
        summary: "Set `X-Forwarded-Proto` in the proxy, and trust it in Django.",
        lines: &[
            (Software::Django, "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")"),
            (Software::Nginx, "proxy_set_header X-Forwarded-Proto $scheme;"),
            (Software::Apache, "RequestHeader set X-Forwarded-Proto \"https\""),
            (Software::Caddy, "header_up X-Forwarded-Proto {scheme}"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if !facts.django().is_some_and(|django| django.is_identified()) {
        return Outcome::NotApplicable("the site is not known to be Django");
    }
    match facts.https_loop() {
        Observed::Seen(Some(exchange)) => Outcome::fail(
            Finding::new(format!("{} leads to itself again and again.", code(exchange.url.as_str())))
                .at(Location::url(&exchange.url).field("location")),
        ),
        Observed::Seen(None) => Outcome::Pass,
        Observed::Unseen(reason) => Outcome::Unknown(Gap::new(What::PageResponse, reason)),
    }
}
