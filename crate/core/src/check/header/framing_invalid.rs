//! `header.framing.invalid`

use super::common::{document_page, judged, sent};
use crate::check::prelude::*;
use crate::fact::Framing;
use crate::field::policy::FrameOptions;

declare! {
    /// # What is wrong
    ///
    /// X-Frame-Options is there, and browsers ignore it: its value is neither `DENY` nor `SAMEORIGIN`, or
    /// it stands in a `meta` element.
    ///
    /// # Why it matters
    ///
    /// Who wrote it believes in a protection that does not exist: every site may put the page into a frame.
    /// `ALLOW-FROM` was never read by Chromium and Safari, and Firefox gave it up in 2019; `ALLOWALL`
    /// allows what is allowed anyway.
    ///
    /// # Example
    ///
    /// ```http
    /// X-Frame-Options: ALLOW-FROM https://partner.example/
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `DENY` or `SAMEORIGIN`. To let single sites in, name them in `frame-ancestors` of the
    /// Content-Security-Policy field.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. It is a note where a policy's `frame-ancestors` protects the page: then
    /// browsers do not read X-Frame-Options at all. Several values that differ are
    /// `header.framing.repeated`.
    id: "header.framing.invalid",
    severity: Warning,
    title: "X-Frame-Options says nothing that browsers know",
    references: [Cwe(1021), Asvs("V3.4.6"), Zap("10020-4"), Zap("10020-3"), Observatory("x-frame-options-header-invalid"), Observatory("x-frame-options-allow-from-origin"), Rfc(7034, "§2.1"), Guideline("HTML, X-Frame-Options")],
    fix: Remedy {
        summary: "Send `DENY` or `SAMEORIGIN` as a response header field; name single sites in `frame-ancestors`.",
        lines: &[
            (Software::Django, "X_FRAME_OPTIONS = \"DENY\"  # with \"django.middleware.clickjacking.XFrameOptionsMiddleware\" in MIDDLEWARE"),
            (Software::Nginx, "proxy_hide_header X-Frame-Options;\nadd_header X-Frame-Options \"DENY\" always;"),
            (Software::Apache, "Header always set X-Frame-Options \"DENY\""),
            (Software::Caddy, "header X-Frame-Options \"DENY\""),
            (Software::Express, "app.use(helmet({ frameguard: { action: \"deny\" } }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"X-Frame-Options\"] = \"DENY\""),
            (Software::AspNet, "builder.Services.AddAntiforgery(options => options.SuppressXFrameOptionsHeader = true);\napp.Use(async (context, next) => { context.Response.Headers[\"X-Frame-Options\"] = \"DENY\"; await next(context); });"),
            (Software::Php, "header('X-Frame-Options: DENY');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"X-Frame-Options\" value=\"DENY\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "X-Frame-Options: DENY"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "x-frame-options";
    let page = match document_page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let framing = Framing::of(page.response);
    let severity = if framing.is_free() { CHECK.severity } else { Severity::Note };
    let metas = facts.document().seen().map_or(&[][..], |document| &document.metas);
    if framing.options == FrameOptions::Ignored {
        judged(
            page,
            NAME,
            Some((severity, "Browsers know `DENY` and `SAMEORIGIN` only, and pass over the rest.")),
        )
    } else if let Some(meta) = metas.iter().find(|meta| meta.name == NAME) {
        let finding =
            Finding::new("Browsers take it from the response header field alone.").severity(severity);
        Outcome::fail(
            finding.title("X-Frame-Options stands in a meta element, where it is ignored").at(Location::url(
                &facts.site.address,
            )
            .field(NAME)
            .value(&meta.value, None)),
        )
    } else {
        sent(Ok(page), NAME).map_or_else(|outcome| outcome, |_| Outcome::Pass)
    }
}
