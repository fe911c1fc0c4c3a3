//! `header.coop.unsafe-none`

use super::common::{judged, secure_page, sent};
use crate::check::prelude::*;
use crate::field::policy::token;

declare! {
    /// # What is wrong
    ///
    /// The field says `unsafe-none`.
    ///
    /// # Why it matters
    ///
    /// That is what browsers do without it: the page is not isolated from other sites. Somebody decided so,
    /// or copied it.
    ///
    /// # Example
    ///
    /// ```http
    /// Cross-Origin-Opener-Policy: unsafe-none
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `same-origin` where nothing needs the opposite.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field, or browsers do not know its value. The response is no HTML document, or came
    /// over http.
    id: "header.coop.unsafe-none",
    severity: Note,
    title: "Cross-Origin-Opener-Policy is switched off",
    references: [Cwe(693), Zap("90004-3"), Observatory("coop-implemented-with-unsafe-none"), Asvs("V3.4.8"), Guideline("HTML, cross-origin opener policies")],
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
    let off = token(&lines) == Some(&b"unsafe-none"[..]);
    judged(
        page,
        NAME,
        off.then_some((CHECK.severity, "It isolates the page from nothing, as if it were not there.")),
    )
}
