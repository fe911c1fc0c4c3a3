//! `header.nosniff.missing`

use super::common::{Bad, each_host};
use crate::check::prelude::*;
use crate::evidence::ResourceKind as Kind;

declare! {
    /// # What is wrong
    ///
    /// A response has no `X-Content-Type-Options: nosniff`: the page, a frame, a script, a style sheet, or
    /// what a script asked for.
    ///
    /// # Why it matters
    ///
    /// A browser may then run as a script what the server calls something else, and guess the type of what
    /// has none. An upload that passes for an image becomes code of the site.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/uploads/photo
    /// HTTP/1.1 200 OK
    /// Content-Type: text/plain
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `X-Content-Type-Options: nosniff` with every response, and the right Content-Type with it.
    /// Django's middleware does not see files that a server before it hands out: send it there too.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// Redirects and responses without content. Images, fonts and media alone: browsers take those by their
    /// content. Responses of other sites.
    id: "header.nosniff.missing",
    severity: Warning,
    title: "Browsers may guess what a response is",
    references: [Cwe(693), Asvs("V3.4.4"), Zap("10021"), Observatory("x-content-type-options-not-implemented"), Django("security.W006"), Guideline("Fetch, X-Content-Type-Options")],
    fix: Remedy {
        summary: "Send `X-Content-Type-Options: nosniff` with every response.",
        lines: &[
            (Software::Django, "SECURE_CONTENT_TYPE_NOSNIFF = True  # the default; needs \"django.middleware.security.SecurityMiddleware\" in MIDDLEWARE"),
            (Software::Nginx, "proxy_hide_header X-Content-Type-Options;\nadd_header X-Content-Type-Options \"nosniff\" always;"),
            (Software::Apache, "Header always set X-Content-Type-Options \"nosniff\""),
            (Software::Caddy, "header X-Content-Type-Options \"nosniff\""),
            (Software::Express, "app.use(helmet({ xContentTypeOptions: true }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"X-Content-Type-Options\"] = \"nosniff\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"X-Content-Type-Options\"] = \"nosniff\"; await next(context); });"),
            (Software::Php, "header('X-Content-Type-Options: nosniff');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"X-Content-Type-Options\" value=\"nosniff\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "X-Content-Type-Options: nosniff"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    each_host(facts, &|answer| {
        let read = !matches!(
            answer.exchange.kind,
            Kind::Image | Kind::Font | Kind::Media | Kind::Ping | Kind::WebSocket
        );
        let missing = answer.line("x-content-type-options").is_none();
        (read && missing && answer.has_content() && answer.is_whole()).then_some(Bad {
            field: "x-content-type-options",
            severity: CHECK.severity,
            message: "Without `nosniff` a browser may run as a script what the server calls something else.",
        })
    })
}
