//! `header.framing.unprotected`

use super::common::{cut, document_page, judged};
use crate::check::prelude::*;
use crate::fact::Framing;
use crate::field::policy::FrameOptions;

declare! {
    /// # What is wrong
    ///
    /// The page has neither an X-Frame-Options field that browsers know nor a policy with `frame-ancestors`
    /// that keeps other sites out.
    ///
    /// # Why it matters
    ///
    /// Another site can lay the page, invisible, over its own buttons: the person clicks there and acts
    /// here, signed in (clickjacking). It can also count frames and measure loads to learn what the person
    /// sees.
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
    /// Send `X-Frame-Options: DENY` (or `SAMEORIGIN` where the site frames itself), and the same as
    /// `frame-ancestors 'none'` (`'self'`) in the Content-Security-Policy field. A policy in a `meta`
    /// element or in a report-only field says nothing of frames.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// The response is no HTML document. X-Frame-Options is there and browsers ignore it:
    /// `header.framing.invalid` says so. It is a warning and no error: a page without anything to click
    /// loses little.
    id: "header.framing.unprotected",
    severity: Warning,
    title: "Every site may put the page into a frame",
    references: [Cwe(1021), Asvs("V3.4.6"), Zap("10020-1"), Observatory("x-frame-options-not-implemented"), Django("security.W002"), Rfc(7034, "§2.1")],
    fix: Remedy {
        summary: "Send `X-Frame-Options: DENY`, or `frame-ancestors 'none'` in the Content-Security-Policy field.",
        lines: &[
            (Software::Django, "MIDDLEWARE += [\"django.middleware.clickjacking.XFrameOptionsMiddleware\"]  # where it is missing\nX_FRAME_OPTIONS = \"DENY\""),
            (Software::Nginx, "proxy_hide_header X-Frame-Options;\nadd_header X-Frame-Options \"DENY\" always;"),
            (Software::Apache, "Header always set X-Frame-Options \"DENY\""),
            (Software::Caddy, "header X-Frame-Options \"DENY\""),
            (Software::Express, "app.use(helmet({ frameguard: { action: \"deny\" } }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"X-Frame-Options\"] = \"DENY\""),
            (Software::AspNet, "builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);\napp.Use(async (context, next) => { context.Response.Headers[\"X-Frame-Options\"] = \"DENY\"; await next(context); });"),
            (Software::Php, "header('X-Frame-Options: DENY');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"X-Frame-Options\" value=\"DENY\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "X-Frame-Options: DENY"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let page = match document_page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let framing = Framing::of(page.response);
    match (framing.is_free(), framing.ancestors, framing.options) {
        (false, ..) => Outcome::Pass,
        _ if !page.is_whole() => cut(),
        (true, Some(_), _) => judged(
            page,
            "content-security-policy",
            Some((
                CHECK.severity,
                "Its `frame-ancestors` let every site in, and beside them browsers do not read X-Frame-Options.",
            )),
        ),
        (true, None, FrameOptions::Ignored) => {
            Outcome::NotApplicable("another check says why browsers ignore X-Frame-Options")
        }
        (true, ..) => judged(
            page,
            "x-frame-options",
            Some((
                CHECK.severity,
                "Another site can lay it, invisible, over its own buttons, so that a click there acts here.",
            )),
        ),
    }
}
