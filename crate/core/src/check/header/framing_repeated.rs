//! `header.framing.repeated`

use super::common::{document_page, judged, sent};
use crate::check::prelude::*;
use crate::field::policy::{FrameOptions, frame_options, members};

declare! {
    /// # What is wrong
    ///
    /// The response says X-Frame-Options more than once, in several fields or in one with commas: mostly an
    /// application and the server before it.
    ///
    /// # Why it matters
    ///
    /// Where the values differ, browsers of today refuse every frame, also the site's own: something that
    /// should work does not. Where they are alike browsers take them for one; older browsers and other
    /// tools take no value at all.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Frame-Options: DENY
    /// X-Frame-Options: SAMEORIGIN
    /// ```
    ///
    /// # How to fix
    ///
    /// Send it at one place. In nginx take the application's own away with `proxy_hide_header
    /// X-Frame-Options;`.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is one value, or none. It is a note where all values are alike. Firefox hands out several
    /// fields as one.
    id: "header.framing.repeated",
    severity: Warning,
    title: "X-Frame-Options has several values",
    references: [Cwe(1021), Zap("10020-2"), Observatory("x-frame-options-header-invalid"), Rfc(7034, "§2.1"), Guideline("HTML, X-Frame-Options")],
    fix: Remedy {
        summary: "Send it once: take away the one that the application or the server before it adds.",
        lines: &[
            (Software::Django, "MIDDLEWARE.remove(\"django.middleware.clickjacking.XFrameOptionsMiddleware\")  # if the server before it sends the field"),
            (Software::Nginx, "proxy_hide_header X-Frame-Options;\nadd_header X-Frame-Options \"DENY\" always;"),
            (Software::Apache, "Header unset X-Frame-Options\nHeader always set X-Frame-Options \"DENY\""),
            (Software::Caddy, "header >X-Frame-Options \"DENY\""),
            (Software::Express, "app.use(helmet({ frameguard: false }));  // if the server before it sends the field"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"X-Frame-Options\")"),
            (Software::AspNet, "builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);"),
            (Software::Php, "header('X-Frame-Options: DENY', true);"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"X-Frame-Options\" /><add name=\"X-Frame-Options\" value=\"DENY\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "X-Frame-Options: DENY"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "x-frame-options";
    let (page, lines) = match sent(document_page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    let bad = match frame_options(&lines) {
        _ if members(&lines).len() < 2 => None,
        FrameOptions::Conflict => {
            Some((CHECK.severity, "The values differ, so browsers refuse every frame, also the site's own."))
        }
        FrameOptions::Ignored => return Outcome::NotApplicable("another check says that browsers ignore it"),
        _ => Some((
            Severity::Note,
            "The values are alike: browsers take them for one, other readers for none.",
        )),
    };
    judged(page, NAME, bad)
}
