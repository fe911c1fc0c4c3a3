//! `header.cors.universal-with-credentials`

use super::common::{Answer, Bad, each_host, page};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response allows the origin `null`, or every origin, together with
    /// `Access-Control-Allow-Credentials: true`.
    ///
    /// # Why it matters
    ///
    /// Any page can make itself the origin `null` by a sandboxed frame. It then asks in the person's name
    /// and reads what comes back: account data, anti-CSRF tokens.
    ///
    /// # Example
    ///
    /// ```http
    /// Access-Control-Allow-Origin: null
    /// Access-Control-Allow-Credentials: true
    /// ```
    ///
    /// # How to fix
    ///
    /// Compare the request's Origin with a list of your own, and send back that one, with `Vary: Origin`.
    /// Never send `null`, and never send back what came unseen.
    ///
    /// # When it does not apply
    ///
    /// The response has no such pair. `*` with credentials is a warning: browsers refuse to hand out the
    /// answer, but a server that says so means to, and the usual next step is to send back any Origin.
    /// Whether a server sends back any Origin only shows when one asks with a made-up one; this tool does
    /// not, so without a telling response the answer is unknown.
    id: "header.cors.universal-with-credentials",
    severity: Error,
    title: "Any site may read responses made for the signed-in person",
    references: [Cwe(942), Asvs("V3.4.2"), Zap("10098"), Observatory("cross-origin-resource-sharing-implemented-with-universal-access"), Guideline("Fetch, CORS protocol and credentials")],
    fix: Remedy {
        summary: "Allow single origins from a list, and credentials for those alone.",
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
    let credentials = |answer: Answer<'_>| answer.line("access-control-allow-credentials") == Some(b"true");
    let outcome = each_host(facts, &|answer| {
        let (severity, message) = match answer.line(ORIGIN)? {
            _ if !credentials(answer) => return None,
            b"null" => (
                CHECK.severity,
                "Any page can make itself the origin `null`, ask in the person's name and read the answer.",
            ),
            b"*" => (
                Severity::Warning,
                "Browsers refuse to hand it out so, but the server means every site to read it in the person's name.",
            ),
            _ => return None,
        };
        Some(Bad { field: ORIGIN, severity, message })
    });
    match (outcome, page(facts)) {
        // Whether it sends back any origin nobody asked.
        (Outcome::Pass, Ok(page)) if page.line(ORIGIN).is_none() || credentials(page) => {
            let browser = facts.evidence.recorder.browser.is_some();
            let reason = if browser { Reason::NotProbed } else { Reason::NotInInput };
            Outcome::Unknown(Gap::new(What::CrossOriginAnswer(page.exchange.url.origin()), reason))
        }
        (outcome, _) => outcome,
    }
}
