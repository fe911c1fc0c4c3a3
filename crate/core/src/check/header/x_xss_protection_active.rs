//! `header.x-xss-protection.active`

use super::common::{Bad, each_host};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has X-XSS-Protection with a value that begins with `1`.
    ///
    /// # Why it matters
    ///
    /// The filter that it switches on could be made to block or change sound scripts, and was taken out of
    /// Edge in 2018, Chromium in 2019 and Safari in 2022. Browsers of today ignore it; in old ones it opens
    /// holes.
    ///
    /// # Example
    ///
    /// ```http
    /// X-XSS-Protection: 1; mode=block
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete it, or send `0`. What it promised a Content-Security-Policy does.
    ///
    /// # When it does not apply
    ///
    /// There is no such field, or it says `0`.
    id: "header.x-xss-protection.active",
    severity: Note,
    title: "X-XSS-Protection switches on what was given up",
    references: [Guideline("OWASP HTTP Security Response Headers Cheat Sheet"), Guideline("OWASP Secure Headers Project")],
    fix: Remedy {
        summary: "Delete it, or send `X-XSS-Protection: 0`.",
        lines: &[
            (Software::Django, "# SECURE_BROWSER_XSS_FILTER does nothing since Django 4.0: delete it"),
            (Software::Nginx, "proxy_hide_header X-XSS-Protection;"),
            (Software::Apache, "Header always set X-XSS-Protection \"0\""),
            (Software::Caddy, "header X-XSS-Protection \"0\""),
            (Software::Express, "app.use(helmet({ xXssProtection: true }));  // sends 0"),
            (Software::Rails, "config.action_dispatch.default_headers[\"X-XSS-Protection\"] = \"0\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"X-XSS-Protection\"] = \"0\"; await next(context); });"),
            (Software::Php, "header('X-XSS-Protection: 0');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"X-XSS-Protection\" value=\"0\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "X-XSS-Protection: 0"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "x-xss-protection";
    each_host(facts, &|answer| {
        (answer.line(NAME)?.first() == Some(&b'1')).then_some(Bad {
            field: NAME,
            severity: CHECK.severity,
            message: "Browsers of today ignore it; old ones can be made to block or change sound scripts by it.",
        })
    })
}
