//! `header.coep.invalid`

use super::common::{judged, secure_page, sent};
use crate::check::prelude::*;
use crate::field::policy::token;

declare! {
    /// # What is wrong
    ///
    /// The field is there, and its value is none of `require-corp`, `credentialless`, `unsafe-none`, or it
    /// has more than one.
    ///
    /// # Why it matters
    ///
    /// Browsers act as if it said `unsafe-none`: the page is not isolated. Case counts, and so do quotes.
    ///
    /// # Example
    ///
    /// ```http
    /// Cross-Origin-Embedder-Policy: "require-corp"
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `require-corp`, without quotes, in lower case, once.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. The response is no HTML document, or came over http: browsers read the field
    /// in secure contexts only.
    id: "header.coep.invalid",
    severity: Warning,
    title: "Cross-Origin-Embedder-Policy says nothing that browsers know",
    references: [Cwe(693), Zap("90004-2"), Observatory("coep-header-invalid"), Rfc(9651, "§3.3"), Guideline("HTML, embedder policies")],
    fix: Remedy {
        summary: "Send `Cross-Origin-Embedder-Policy: require-corp`.",
        lines: &[
            (Software::Django, "def policy(get_response):  # in a module of yours; MIDDLEWARE += [\"shop.middleware.policy\"]\n    def middleware(request):\n        response = get_response(request)\n        response.headers[\"Cross-Origin-Embedder-Policy\"] = \"require-corp\"\n        return response\n    return middleware"),
            (Software::Nginx, "proxy_hide_header Cross-Origin-Embedder-Policy;\nadd_header Cross-Origin-Embedder-Policy \"require-corp\" always;"),
            (Software::Apache, "Header always set Cross-Origin-Embedder-Policy \"require-corp\""),
            (Software::Caddy, "header Cross-Origin-Embedder-Policy \"require-corp\""),
            (Software::Express, "app.use(helmet({ crossOriginEmbedderPolicy: true }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"Cross-Origin-Embedder-Policy\"] = \"require-corp\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Cross-Origin-Embedder-Policy\"] = \"require-corp\"; await next(context); });"),
            (Software::Php, "header('Cross-Origin-Embedder-Policy: require-corp');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Cross-Origin-Embedder-Policy\" value=\"require-corp\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Cross-Origin-Embedder-Policy: require-corp"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "cross-origin-embedder-policy";
    let (page, lines) = match sent(secure_page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    let known: [&[u8]; 3] = [b"require-corp", b"credentialless", b"unsafe-none"];
    let sound = token(&lines).is_some_and(|token| known.contains(&token));
    let bad = (!sound)
        .then_some((CHECK.severity, "Browsers know no such value, and act as if it were `unsafe-none`."));
    judged(page, NAME, bad)
}
