//! `header.coop.invalid`

use super::common::{judged, secure_page, sent};
use crate::check::prelude::*;
use crate::field::policy::token;

declare! {
    /// # What is wrong
    ///
    /// The field is there, and its value is none of `same-origin`, `same-origin-allow-popups`,
    /// `noopener-allow-popups`, `unsafe-none`, or it has more than one.
    ///
    /// # Why it matters
    ///
    /// Browsers act as if it said `unsafe-none`: the page is not isolated. Case counts, and so do quotes.
    ///
    /// # Example
    ///
    /// ```http
    /// Cross-Origin-Opener-Policy: "same-origin"
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `same-origin`, without quotes, in lower case, once.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. The response is no HTML document, or came over http: browsers read the field
    /// in secure contexts only.
    id: "header.coop.invalid",
    severity: Warning,
    title: "Cross-Origin-Opener-Policy says nothing that browsers know",
    references: [Cwe(693), Zap("90004-3"), Observatory("coop-header-invalid"), Django("security.E024"), Asvs("V3.4.8"), Rfc(9651, "§3.3"), Guideline("HTML, cross-origin opener policies")],
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
    const NAME: &str = "cross-origin-opener-policy";
    let (page, lines) = match sent(secure_page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    let known: [&[u8]; 4] =
        [b"same-origin", b"same-origin-allow-popups", b"noopener-allow-popups", b"unsafe-none"];
    let sound = token(&lines).is_some_and(|token| known.contains(&token));
    let bad = (!sound)
        .then_some((CHECK.severity, "Browsers know no such value, and act as if it were `unsafe-none`."));
    judged(page, NAME, bad)
}
