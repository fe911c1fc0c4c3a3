//! `header.cors.wildcard`

use super::common::{Bad, each_host};
use crate::check::prelude::*;
use crate::evidence::ResourceKind as Kind;

declare! {
    /// # What is wrong
    ///
    /// A page, or an answer to a script, has `Access-Control-Allow-Origin: *`.
    ///
    /// # Why it matters
    ///
    /// Every site can read it, as somebody who is not signed in. What only the network keeps away (an
    /// intranet, a device at home) is then open to every page that a person inside opens.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/api/prices
    /// Access-Control-Allow-Origin: *
    /// ```
    ///
    /// # How to fix
    ///
    /// Send it for what is public, and name single origins for the rest.
    ///
    /// # When it does not apply
    ///
    /// Scripts, style sheets, fonts, images and media: they are meant for everybody. With credentials
    /// allowed too it is `header.cors.universal-with-credentials`.
    id: "header.cors.wildcard",
    severity: Note,
    title: "Any site may read the response",
    references: [Cwe(942), Asvs("V3.4.2"), Zap("10098"), Observatory("cross-origin-resource-sharing-implemented-with-public-access")],
    fix: Remedy {
        summary: "Name the origins that need it, where the response is not meant for everybody.",
        lines: &[
            (Software::Django, "CORS_ALLOWED_ORIGINS = [\"https://app.example\"]  # package django-cors-headers; not CORS_ALLOW_ALL_ORIGINS"),
            (Software::Nginx, "# outside of server { }\nmap $http_origin $cors { default \"\"; \"https://app.example\" $http_origin; }\n# inside of it\nadd_header Access-Control-Allow-Origin $cors always;\nadd_header Vary Origin always;"),
            (Software::Apache, "SetEnvIf Origin \"^https://app\\.example$\" CORS=$0\nHeader always set Access-Control-Allow-Origin %{CORS}e env=CORS\nHeader always merge Vary Origin"),
            (Software::Caddy, "@cors header Origin https://app.example\nheader @cors Access-Control-Allow-Origin https://app.example\nheader +Vary Origin"),
            (Software::Express, "app.use(cors({ origin: [\"https://app.example\"], credentials: true }));"),
            (Software::Rails, "Rails.application.config.middleware.insert_before 0, Rack::Cors do\n  allow { origins \"https://app.example\"; resource \"/api/*\", headers: :any, credentials: true }\nend"),
            (Software::AspNet, "builder.Services.AddCors(options => options.AddDefaultPolicy(policy => policy.WithOrigins(\"https://app.example\").AllowCredentials()));"),
            (Software::Php, "if (($_SERVER['HTTP_ORIGIN'] ?? '') === 'https://app.example') { header('Access-Control-Allow-Origin: https://app.example'); header('Vary: Origin'); }"),
            (Software::Iis, "<system.webServer><cors enabled=\"true\"><add origin=\"https://app.example\" allowCredentials=\"true\" /></cors></system.webServer>"),
            (Software::Header, "Access-Control-Allow-Origin: https://app.example\nVary: Origin"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const ORIGIN: &str = "access-control-allow-origin";
    each_host(facts, &|answer| {
        let page =
            matches!(answer.exchange.kind, Kind::MainFrame | Kind::SubFrame | Kind::Fetch | Kind::Other);
        let open =
            answer.line(ORIGIN) == Some(b"*") && answer.line("access-control-allow-credentials").is_none();
        (page && open).then_some(Bad {
            field: ORIGIN,
            severity: CHECK.severity,
            message: "Every site can read it, as somebody who is not signed in. That is right for what is public only.",
        })
    })
}
