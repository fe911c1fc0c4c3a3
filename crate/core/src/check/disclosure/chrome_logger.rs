//! `disclosure.chrome-logger`

use crate::check::header::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an X-ChromeLogger-Data or X-ChromePhp-Data field.
    ///
    /// # Why it matters
    ///
    /// The field holds log lines of the server, in base64, for an extension that shows them in the console.
    /// Everybody can decode it: paths, queries, variables, at times passwords.
    ///
    /// # Example
    ///
    /// ```http
    /// X-ChromeLogger-Data: eyJ2ZXJzaW9uIjoiNC4wIn0=
    /// ```
    ///
    /// # How to fix
    ///
    /// Switch the logger off outside of development.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Responses of other sites.
    id: "disclosure.chrome-logger",
    severity: Warning,
    title: "The server sends its log to every visitor",
    references: [Cwe(532), Asvs("V13.4.2"), Zap("10052")],
    fix: Remedy {
        summary: "Switch the logger off in production.",
        lines: &[
            (Software::Nginx, "proxy_hide_header X-ChromeLogger-Data;\nproxy_hide_header X-ChromePhp-Data;"),
            (Software::Apache, "Header always unset X-ChromeLogger-Data\nHeader unset X-ChromeLogger-Data"),
            (Software::Caddy, "header -X-ChromeLogger-Data"),
            (Software::Express, "app.use((req, res, next) => { res.removeHeader(\"X-ChromeLogger-Data\"); next(); });"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"X-ChromeLogger-Data\")"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.OnStarting(() => { context.Response.Headers.Remove(\"X-ChromeLogger-Data\"); return Task.CompletedTask; }); await next(context); });"),
            (Software::Php, "if ($debug) { ChromePhp::log($value); }"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"X-ChromeLogger-Data\" /></customHeaders></httpProtocol></system.webServer>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["x-chromelogger-data", "x-chromephp-data"],
        "Everybody can decode it: it is the server's log, with paths, queries and variables.",
    )
}
