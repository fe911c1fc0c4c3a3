//! `header.coep.unsafe-none`

use super::common::{judged, secure_page, sent};
use crate::check::prelude::*;
use crate::field::policy::token;

declare! {
    /// # What is wrong
    ///
    /// The field says `unsafe-none`.
    ///
    /// # Why it matters
    ///
    /// That is what browsers do without it: the page is not isolated from other sites. Somebody decided so,
    /// or copied it.
    ///
    /// # Example
    ///
    /// ```http
    /// Cross-Origin-Embedder-Policy: unsafe-none
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `require-corp` where nothing needs the opposite.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field, or browsers do not know its value. The response is no HTML document, or came
    /// over http.
    id: "header.coep.unsafe-none",
    severity: Note,
    title: "Cross-Origin-Embedder-Policy is switched off",
    references: [Cwe(693), Zap("90004-2"), Observatory("coep-implemented-with-unsafe-none"), Guideline("HTML, embedder policies")],
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
    let off = token(&lines) == Some(&b"unsafe-none"[..]);
    judged(
        page,
        NAME,
        off.then_some((CHECK.severity, "It isolates the page from nothing, as if it were not there.")),
    )
}
