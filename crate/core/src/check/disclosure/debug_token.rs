//! `disclosure.debug-token`

use crate::check::header::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has an X-Debug-Token or X-Debug-Token-Link field.
    ///
    /// # Why it matters
    ///
    /// Symfony's profiler runs. Where its pages (`/_profiler`) can be opened too, they show every request
    /// with its cookies, sessions, queries, settings and secrets. A warning: whether they can be opened is
    /// not tried.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Debug-Token: 4f1c2e
    /// X-Debug-Token-Link: https://shop.example/_profiler/4f1c2e
    /// ```
    ///
    /// # How to fix
    ///
    /// Run with `APP_ENV=prod` and `APP_DEBUG=0`, and load `WebProfilerBundle` in the environments `dev`
    /// and `test` alone.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Responses of other sites.
    id: "disclosure.debug-token",
    severity: Warning,
    title: "A profiler is switched on in public",
    references: [Cwe(489), Asvs("V13.4.2"), Zap("10056")],
    fix: Remedy {
        summary: "Run Symfony with `APP_ENV=prod` and `APP_DEBUG=0`.",
        lines: &[
            (Software::Nginx, "location /_profiler { deny all; }\nproxy_hide_header X-Debug-Token;\nproxy_hide_header X-Debug-Token-Link;"),
            (Software::Apache, "<Location \"/_profiler\">\nRequire all denied\n</Location>\nHeader always unset X-Debug-Token\nHeader always unset X-Debug-Token-Link"),
            (Software::Caddy, "respond /_profiler* 403\nheader -X-Debug-Token\nheader -X-Debug-Token-Link"),
            (Software::Php, "APP_ENV=prod\nAPP_DEBUG=0"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["x-debug-token", "x-debug-token-link"],
        "A profiler runs: where its pages can be opened too, they show sessions, queries and secrets.",
    )
}
