//! `header.nosniff.invalid`

use super::common::{Bad, each_host};
use crate::check::prelude::*;
use crate::field::policy::nosniff;

declare! {
    /// # What is wrong
    ///
    /// The field is there, and its first value is not `nosniff`.
    ///
    /// # Why it matters
    ///
    /// Browsers act as if it were not there, and guess what a response is.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Content-Type-Options: no-sniff
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `nosniff`, once and alone.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field: that is `header.nosniff.missing`. `nosniff, nosniff` is fine: the first
    /// value counts.
    id: "header.nosniff.invalid",
    severity: Warning,
    title: "X-Content-Type-Options says nothing that browsers know",
    references: [Cwe(693), Asvs("V3.4.4"), Zap("10021"), Observatory("x-content-type-options-header-invalid"), Django("security.W006"), Guideline("Fetch, X-Content-Type-Options")],
    fix: Remedy {
        summary: "Send `X-Content-Type-Options: nosniff`.",
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
    const NAME: &str = "x-content-type-options";
    each_host(facts, &|answer| {
        let lines = answer.lines(NAME);
        (!lines.is_empty() && !nosniff(&lines)).then_some(Bad {
            field: NAME,
            severity: CHECK.severity,
            message: "Only `nosniff` as its first value means anything; browsers act as if it were not there.",
        })
    })
}
