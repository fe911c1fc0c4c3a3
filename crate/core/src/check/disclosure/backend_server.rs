//! `disclosure.backend-server`

use crate::check::header::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an X-Backend-Server field.
    ///
    /// # Why it matters
    ///
    /// It gives away names of machines inside the network, and which of them answered: a map for whoever
    /// gets a first foot in.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Backend-Server: app-03.internal.example
    /// ```
    ///
    /// # How to fix
    ///
    /// Take it away at the outermost server; keep it in the log.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Responses of other sites.
    id: "disclosure.backend-server",
    severity: Note,
    title: "The proxy tells which server is behind it",
    references: [Cwe(497), Asvs("V13.4.6"), Zap("10039")],
    fix: Remedy {
        summary: "Take the field away at the outermost server.",
        lines: &[
            (Software::Nginx, "proxy_hide_header X-Backend-Server;"),
            (Software::Apache, "Header always unset X-Backend-Server\nHeader unset X-Backend-Server"),
            (Software::Caddy, "header -X-Backend-Server"),
            (Software::Express, "app.use((req, res, next) => { res.removeHeader(\"X-Backend-Server\"); next(); });"),
            (Software::Rails, "config.action_dispatch.default_headers.delete(\"X-Backend-Server\")"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.OnStarting(() => { context.Response.Headers.Remove(\"X-Backend-Server\"); return Task.CompletedTask; }); await next(context); });"),
            (Software::Php, "header_remove('X-Backend-Server');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><remove name=\"X-Backend-Server\" /></customHeaders></httpProtocol></system.webServer>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["x-backend-server"],
        "It gives away the name of a machine inside the network.",
    )
}
