//! `disclosure.powered-by`

use crate::check::header::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an X-Powered-By field.
    ///
    /// # Why it matters
    ///
    /// It names the language or the framework, often with its version, for no use of the browser. Whoever
    /// looks for sites with a known hole finds this one by a search. A note: updating counts more than
    /// hiding.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Powered-By: PHP/8.1.2
    /// ```
    ///
    /// # How to fix
    ///
    /// Switch it off where it is made; a proxy can take it away too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Responses of other sites.
    id: "disclosure.powered-by",
    severity: Note,
    title: "The server tells what it is made with",
    references: [Cwe(497), Asvs("V13.4.6"), Zap("10037")],
    fix: Remedy {
        summary: "Switch the field off.",
        lines: &[
            (Software::Nginx, "proxy_hide_header X-Powered-By;"),
            (Software::Apache, "Header always unset X-Powered-By\nHeader unset X-Powered-By"),
            (Software::Caddy, "header -X-Powered-By"),
            (Software::Express, "app.disable(\"x-powered-by\");"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"X-Powered-By\")"),
            (Software::AspNet, "# ASP.NET Core sends none: IIS before it does"),
            (Software::Php, "expose_php = Off"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"X-Powered-By\" /></customHeaders></httpProtocol></system.webServer>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["x-powered-by"],
        "It names the language or framework, for no use of any browser.",
    )
}
