//! `header.hpkp.obsolete`

use super::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has a Public-Key-Pins or Public-Key-Pins-Report-Only field.
    ///
    /// # Why it matters
    ///
    /// It tied a host to keys. Lost keys made sites unreachable, attackers could hold them hostage by it,
    /// and every browser took it out by 2020. It protects nothing, and old clients still obey it.
    ///
    /// # Example
    ///
    /// ```http
    /// Public-Key-Pins: pin-sha256="…"; max-age=5184000
    /// ```
    ///
    /// # How to fix
    ///
    /// Delete it. A CAA record in DNS says who may issue certificates for the domain.
    ///
    /// # When it does not apply
    ///
    /// There is no such field.
    id: "header.hpkp.obsolete",
    severity: Note,
    title: "Public-Key-Pins has no effect any more",
    references: [Rfc(7469, "§2.1"), Guideline("OWASP HTTP Security Response Headers Cheat Sheet")],
    fix: Remedy {
        summary: "Delete the field; a CAA record in DNS does part of what it was for.",
        lines: &[
            (Software::Django, "# Django itself sends none: look into your own middleware"),
            (Software::Nginx, "proxy_hide_header Public-Key-Pins;"),
            (Software::Apache, "Header always unset Public-Key-Pins\nHeader unset Public-Key-Pins"),
            (Software::Caddy, "header -Public-Key-Pins"),
            (Software::Express, "app.use((req, res, next) => { res.removeHeader(\"Public-Key-Pins\"); next(); });"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"Public-Key-Pins\")"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.OnStarting(() => { context.Response.Headers.Remove(\"Public-Key-Pins\"); return Task.CompletedTask; }); await next(context); });"),
            (Software::Php, "header_remove('Public-Key-Pins');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"Public-Key-Pins\" /></customHeaders></httpProtocol></system.webServer>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["public-key-pins", "public-key-pins-report-only"],
        "No browser reads it any more, and an old client with it can lock itself out.",
    )
}
