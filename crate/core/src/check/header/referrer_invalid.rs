//! `header.referrer.invalid`

use super::common::{document_page, judged, sent};
use crate::check::prelude::*;
use crate::field::policy::referrer_policy;

declare! {
    /// # What is wrong
    ///
    /// The field is there, and none of its values is a referrer policy.
    ///
    /// # Why it matters
    ///
    /// Browsers do what they would do without it. Who wrote it believes otherwise.
    ///
    /// # Example
    ///
    /// ```http
    /// Referrer-Policy: never
    /// ```
    ///
    /// # How to fix
    ///
    /// Write one of the policies. The old words `never`, `default` and `always` hold in a `meta` element
    /// only.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field, or one of its values is known: unknown ones beside it are how new policies
    /// come into use.
    id: "header.referrer.invalid",
    severity: Warning,
    title: "Referrer-Policy says nothing that browsers know",
    references: [Asvs("V3.4.5"), Observatory("referrer-policy-header-invalid"), Django("security.E023"), Guideline("Referrer Policy §8.1")],
    fix: Remedy {
        summary: "Send `Referrer-Policy: strict-origin-when-cross-origin`, or a stricter one.",
        lines: &[
            (Software::Django, "SECURE_REFERRER_POLICY = \"strict-origin-when-cross-origin\"  # default: \"same-origin\"; needs \"django.middleware.security.SecurityMiddleware\" in MIDDLEWARE"),
            (Software::Nginx, "proxy_hide_header Referrer-Policy;\nadd_header Referrer-Policy \"strict-origin-when-cross-origin\" always;"),
            (Software::Apache, "Header always set Referrer-Policy \"strict-origin-when-cross-origin\""),
            (Software::Caddy, "header Referrer-Policy \"strict-origin-when-cross-origin\""),
            (Software::Express, "app.use(helmet({ referrerPolicy: { policy: \"strict-origin-when-cross-origin\" } }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"Referrer-Policy\"] = \"strict-origin-when-cross-origin\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Referrer-Policy\"] = \"strict-origin-when-cross-origin\"; await next(context); });"),
            (Software::Php, "header('Referrer-Policy: strict-origin-when-cross-origin');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Referrer-Policy\" value=\"strict-origin-when-cross-origin\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Referrer-Policy: strict-origin-when-cross-origin"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "referrer-policy";
    let (page, lines) = match sent(document_page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    let bad = referrer_policy(&lines).is_none().then_some((
        CHECK.severity,
        "It is none of the eight policies, so browsers act as if it were not there.",
    ));
    judged(page, NAME, bad)
}
