//! `header.coep.missing`

use super::common::{missing, secure_page};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page has no Cross-Origin-Embedder-Policy field.
    ///
    /// # Why it matters
    ///
    /// Whatever the page loads from other sites comes into its process, also what those sites never meant
    /// for it. With the field (and Cross-Origin-Opener-Policy) the page is isolated, and may use precise
    /// timers and shared memory.
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
    /// Send `Cross-Origin-Embedder-Policy: require-corp`, after every image, script and frame of other
    /// origins came with a Cross-Origin-Resource-Policy or with CORS; `credentialless` asks less of them.
    /// Try it as report-only first.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// The response is no HTML document, or came over http: browsers read the field in secure contexts
    /// only. A note: only pages that want to be isolated need it, and it breaks embeds that do not join in.
    id: "header.coep.missing",
    severity: Note,
    title: "The page may load what did not agree to be loaded",
    references: [Cwe(693), Zap("90004-2"), Observatory("coep-not-implemented"), Guideline("HTML, embedder policies")],
    fix: Remedy {
        summary: "Send `Cross-Origin-Embedder-Policy: require-corp` (or `credentialless`) where the page should be isolated.",
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
    missing(
        secure_page(facts),
        &["cross-origin-embedder-policy"],
        "What it loads from other sites need not have agreed to that, and the page can not be isolated.",
    )
}
