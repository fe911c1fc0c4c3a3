//! `header.permissions.feature-policy-deprecated`

use super::common::present;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has a Feature-Policy field.
    ///
    /// # Why it matters
    ///
    /// The field was renamed and got another form in 2020. Chromium still reads the old one for the time
    /// being, no other browser does, and where both name a feature the new one counts.
    ///
    /// # Example
    ///
    /// ```http
    /// Feature-Policy: camera 'none'
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Permissions-Policy: camera=()` instead.
    ///
    /// # When it does not apply
    ///
    /// There is no such field.
    id: "header.permissions.feature-policy-deprecated",
    severity: Note,
    title: "Feature-Policy is the old name of Permissions-Policy",
    references: [Zap("10063-2"), Guideline("Permissions Policy, appendix")],
    fix: Remedy {
        summary: "Send Permissions-Policy instead, in its own form.",
        lines: &[
            (Software::Django, "def policy(get_response):  # in a module of yours; MIDDLEWARE += [\"shop.middleware.policy\"]\n    def middleware(request):\n        response = get_response(request)\n        del response.headers[\"Feature-Policy\"]\n        response.headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"\n        return response\n    return middleware"),
            (Software::Nginx, "proxy_hide_header Feature-Policy;\nproxy_hide_header Permissions-Policy;\nadd_header Permissions-Policy \"camera=(), geolocation=(), microphone=()\" always;"),
            (Software::Apache, "Header always set Permissions-Policy \"camera=(), geolocation=(), microphone=()\""),
            (Software::Caddy, "header Permissions-Policy \"camera=(), geolocation=(), microphone=()\""),
            (Software::Express, "app.use((req, res, next) => { res.set(\"Permissions-Policy\", \"camera=(), geolocation=(), microphone=()\"); next(); });"),
            (Software::Rails, "Rails.application.config.permissions_policy { |policy| policy.camera :none; policy.geolocation :none; policy.microphone :none }\nRails.application.config.action_dispatch.default_headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"  # Rails itself still sends Feature-Policy"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"; await next(context); });"),
            (Software::Php, "header('Permissions-Policy: camera=(), geolocation=(), microphone=()');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Permissions-Policy\" value=\"camera=(), geolocation=(), microphone=()\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Permissions-Policy: camera=(), geolocation=(), microphone=()"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    present(
        facts,
        CHECK.severity,
        &["feature-policy"],
        "Only Chromium still reads it, and Permissions-Policy stands above it.",
    )
}
