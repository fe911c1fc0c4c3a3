//! `header.coop.missing`

use super::common::{missing, secure_page};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page has no Cross-Origin-Opener-Policy field.
    ///
    /// # Why it matters
    ///
    /// A site that opens the page in a window, or that the page opens, keeps a reference to it: it can send
    /// it elsewhere, count its frames, and shares a process with it where that leaks through side channels
    /// (Spectre).
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/account
    /// HTTP/1.1 200 OK
    /// Content-Type: text/html
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Cross-Origin-Opener-Policy: same-origin`, or `same-origin-allow-popups` where the page itself
    /// opens windows for payment or sign-in that must answer.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// The response is no HTML document, or came over http: browsers read the field in secure contexts
    /// only. A note: it is a second line of defence.
    id: "header.coop.missing",
    severity: Note,
    title: "Windows of other sites keep a handle on the page",
    references: [Cwe(693), Asvs("V3.4.8"), Zap("90004-3"), Observatory("coop-not-implemented"), Guideline("HTML, cross-origin opener policies")],
    fix: Remedy {
        summary: "Send `Cross-Origin-Opener-Policy: same-origin`.",
        lines: &[
            (Software::Django, "SECURE_CROSS_ORIGIN_OPENER_POLICY = \"same-origin\"  # the default; needs \"django.middleware.security.SecurityMiddleware\" in MIDDLEWARE"),
            (Software::Nginx, "proxy_hide_header Cross-Origin-Opener-Policy;\nadd_header Cross-Origin-Opener-Policy \"same-origin\" always;"),
            (Software::Apache, "Header always set Cross-Origin-Opener-Policy \"same-origin\""),
            (Software::Caddy, "header Cross-Origin-Opener-Policy \"same-origin\""),
            (Software::Express, "app.use(helmet({ crossOriginOpenerPolicy: { policy: \"same-origin\" } }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"Cross-Origin-Opener-Policy\"] = \"same-origin\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Cross-Origin-Opener-Policy\"] = \"same-origin\"; await next(context); });"),
            (Software::Php, "header('Cross-Origin-Opener-Policy: same-origin');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Cross-Origin-Opener-Policy\" value=\"same-origin\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Cross-Origin-Opener-Policy: same-origin"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    missing(
        secure_page(facts),
        &["cross-origin-opener-policy"],
        "A site that opens it in a window can send it elsewhere and count its frames.",
    )
}
