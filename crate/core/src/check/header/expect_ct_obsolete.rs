//! `header.expect-ct.obsolete`

use super::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an Expect-CT field.
    ///
    /// # Why it matters
    ///
    /// It asked for Certificate Transparency when that was not yet demanded. Chromium demands it of every
    /// certificate since 2018, and took the field out in 2022; Firefox never read it.
    ///
    /// # Example
    ///
    /// ```http
    /// Expect-CT: max-age=86400, enforce
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete it.
    ///
    /// # When it does not apply
    ///
    /// There is no such field.
    id: "header.expect-ct.obsolete",
    severity: Note,
    title: "Expect-CT has no effect any more",
    references: [Rfc(9163, "§2.1"), Guideline("OWASP HTTP Security Response Headers Cheat Sheet")],
    fix: Remedy {
        summary: "Delete the field.",
        lines: &[
            (Software::Django, "# Django itself sends none: look into your own middleware"),
            (Software::Nginx, "proxy_hide_header Expect-CT;"),
            (Software::Apache, "Header always unset Expect-CT\nHeader unset Expect-CT"),
            (Software::Caddy, "header -Expect-CT"),
            (Software::Express, "app.use(helmet());  // helmet 6 and later send none"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"Expect-CT\")"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.OnStarting(() => { context.Response.Headers.Remove(\"Expect-CT\"); return Task.CompletedTask; }); await next(context); });"),
            (Software::Php, "header_remove('Expect-CT');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"Expect-CT\" /></customHeaders></httpProtocol></system.webServer>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["expect-ct"],
        "No browser reads it: Certificate Transparency is demanded of every certificate anyway.",
    )
}
