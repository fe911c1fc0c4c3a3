//! `header.referrer.missing`

use super::common::{document_page, missing};
use crate::check::prelude::*;
use crate::field::policy::referrer_policy_of_meta;

declare! {
    /// # What is wrong
    ///
    /// The page has neither a Referrer-Policy field nor a `meta name=referrer` element.
    ///
    /// # Why it matters
    ///
    /// Browsers then send the page's origin to other sites (`strict-origin-when-cross-origin`), and its
    /// whole address within the site. That is the browser's choice and not the site's: older browsers send
    /// the whole address, query included, to everybody.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/reset?token=…
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Referrer-Policy: strict-origin-when-cross-origin`, or `same-origin` or `no-referrer` where
    /// addresses hold what nobody else should read.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// The response is no HTML document. A `meta` element says it. A note: every browser of today has a
    /// sound default.
    id: "header.referrer.missing",
    severity: Note,
    title: "The page sets no referrer policy",
    references: [Cwe(200), Asvs("V3.4.5"), Observatory("referrer-policy-not-implemented"), Django("security.W022"), Guideline("Referrer Policy §4")],
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
    let metas = facts.document().seen().map_or(&[][..], |document| &document.metas);
    let in_meta =
        metas.iter().any(|meta| meta.name == NAME && referrer_policy_of_meta(&meta.value).is_some());
    match missing(
        document_page(facts),
        &[NAME],
        "Which part of its address other sites learn is left to the browser.",
    ) {
        Outcome::Fail(_) if in_meta => Outcome::Pass,
        outcome => outcome,
    }
}
