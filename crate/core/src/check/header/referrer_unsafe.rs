//! `header.referrer.unsafe`

use super::common::{cut, document_page};
use crate::check::prelude::*;
use crate::field::policy::{ReferrerPolicy, referrer_policy, referrer_policy_of_meta};

declare! {
    /// # What is wrong
    ///
    /// The policy that counts sends the whole address to other sites (`unsafe-url`,
    /// `no-referrer-when-downgrade`), or the origin also to http (`origin`, `origin-when-cross-origin`).
    ///
    /// # Why it matters
    ///
    /// Every site that the page links to or loads from reads addresses with search words, document names or
    /// tokens in them; with `unsafe-url` and over http everybody on the way does too.
    ///
    /// # Example
    ///
    /// ```http
    /// Referrer-Policy: unsafe-url
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `strict-origin-when-cross-origin`, `same-origin`, `strict-origin` or `no-referrer`. Of several
    /// values in one field the last that a browser knows counts; a `meta name=referrer` element stands
    /// above the field.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no policy: browsers have a sound default. `origin` and `origin-when-cross-origin` are a
    /// note: they tell the host only.
    id: "header.referrer.unsafe",
    severity: Warning,
    title: "Other sites learn more of the address than they need",
    references: [Cwe(200), Asvs("V3.4.5"), Observatory("referrer-policy-unsafe"), Guideline("Referrer Policy §3")],
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
    let page = match document_page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let metas = facts.document().seen().map_or(&[][..], |document| &document.metas);
    let in_meta =
        metas.iter().rfind(|meta| meta.name == NAME && referrer_policy_of_meta(&meta.value).is_some());
    let policy = match in_meta {
        Some(meta) => referrer_policy_of_meta(&meta.value),
        None => referrer_policy(&page.lines(NAME)),
    };
    let (severity, message) = match policy {
        Some(ReferrerPolicy::UnsafeUrl) => (
            CHECK.severity,
            "Every site that it links to or loads from learns its whole address, also over http.",
        ),
        Some(ReferrerPolicy::NoReferrerWhenDowngrade) => {
            (CHECK.severity, "Every https site that it links to or loads from learns its whole address.")
        }
        Some(ReferrerPolicy::Origin | ReferrerPolicy::OriginWhenCrossOrigin) => {
            (Severity::Note, "Its origin goes out over http too, where everybody on the way reads it.")
        }
        Some(_) => return Outcome::Pass,
        None if page.is_whole() => {
            return Outcome::NotApplicable("the page sets no policy that browsers know");
        }
        None => return cut(),
    };
    let place = page.place().field(NAME);
    let place = match in_meta {
        Some(meta) => place.value(&meta.value, None),
        None => page.at(NAME),
    };
    Outcome::fail(Finding::new(message).severity(severity).at(place))
}
