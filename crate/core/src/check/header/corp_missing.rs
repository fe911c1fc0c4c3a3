//! `header.corp.missing`

use super::common::{Bad, each_host};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response has no Cross-Origin-Resource-Policy field.
    ///
    /// # Why it matters
    ///
    /// Other sites can name it as an image, script or style sheet, and learn from that whether it is there,
    /// how large it is, and through side channels perhaps more (cross-site leaks, Spectre).
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/invoices/17.png
    /// HTTP/1.1 200 OK
    /// Content-Type: image/png
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Cross-Origin-Resource-Policy: same-origin`, `same-site` where other hosts of the site load it,
    /// and `cross-origin` for what is meant for everybody.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// Redirects and responses without content. Responses that any origin may read
    /// (`Access-Control-Allow-Origin: *`). Responses of other sites. A note: browsers keep most of it out
    /// by themselves (opaque response blocking).
    id: "header.corp.missing",
    severity: Note,
    title: "Other sites may load the response into their pages",
    references: [Cwe(693), Zap("90004-1"), Observatory("corp-not-implemented"), Guideline("Fetch, Cross-Origin-Resource-Policy")],
    fix: Remedy {
        summary: "Send `Cross-Origin-Resource-Policy: same-origin`, or `cross-origin` for what is meant for everybody.",
        lines: &[
            (Software::Django, "def policy(get_response):  # in a module of yours; MIDDLEWARE += [\"shop.middleware.policy\"]\n    def middleware(request):\n        response = get_response(request)\n        response.headers[\"Cross-Origin-Resource-Policy\"] = \"same-origin\"\n        return response\n    return middleware"),
            (Software::Nginx, "proxy_hide_header Cross-Origin-Resource-Policy;\nadd_header Cross-Origin-Resource-Policy \"same-origin\" always;"),
            (Software::Apache, "Header always set Cross-Origin-Resource-Policy \"same-origin\""),
            (Software::Caddy, "header Cross-Origin-Resource-Policy \"same-origin\""),
            (Software::Express, "app.use(helmet({ crossOriginResourcePolicy: { policy: \"same-origin\" } }));"),
            (Software::Rails, "config.action_dispatch.default_headers[\"Cross-Origin-Resource-Policy\"] = \"same-origin\""),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Cross-Origin-Resource-Policy\"] = \"same-origin\"; await next(context); });"),
            (Software::Php, "header('Cross-Origin-Resource-Policy: same-origin');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Cross-Origin-Resource-Policy\" value=\"same-origin\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Cross-Origin-Resource-Policy: same-origin"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "cross-origin-resource-policy";
    each_host(facts, &|answer| {
        let said = answer.line(NAME).is_some() || answer.line("access-control-allow-origin") == Some(b"*");
        (!said && answer.has_content() && answer.is_whole()).then_some(Bad {
            field: NAME,
            severity: CHECK.severity,
            message: "Other sites can name it as an image or script, and learn whether it is there and how large it is.",
        })
    })
}
