//! `header.permissions.missing`

use super::common::{document_page, missing};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page has no Permissions-Policy field.
    ///
    /// # Why it matters
    ///
    /// What the site never uses (camera, microphone, position) stays within reach of a script that should
    /// not be there, and of frames that are allowed it. The field takes it away for good.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/
    /// HTTP/1.1 200 OK
    /// Content-Type: text/html
    /// ```
    ///
    /// # How to fix
    ///
    /// Name what the site does not use, each with an empty list: `camera=(), geolocation=(),
    /// microphone=()`.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// The response is no HTML document. A note: browsers ask the person before they grant any of it, and
    /// Firefox and Safari do not read the field.
    id: "header.permissions.missing",
    severity: Note,
    title: "The page sets no permissions policy",
    references: [Cwe(693), Zap("10063-1"), Guideline("Permissions Policy §5.2")],
    fix: Remedy {
        summary: "Send a Permissions-Policy that takes away what the site does not use.",
        lines: &[
            (Software::Django, "def policy(get_response):  # in a module of yours; MIDDLEWARE += [\"shop.middleware.policy\"]\n    def middleware(request):\n        response = get_response(request)\n        response.headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"\n        return response\n    return middleware"),
            (Software::Nginx, "proxy_hide_header Permissions-Policy;\nadd_header Permissions-Policy \"camera=(), geolocation=(), microphone=()\" always;"),
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
    missing(
        document_page(facts),
        &["permissions-policy", "feature-policy"],
        "A script or a frame that should not be there may ask for camera, microphone or position in the site's name.",
    )
}
