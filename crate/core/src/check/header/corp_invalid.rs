//! `header.corp.invalid`

use super::common::{Bad, each_host};
use crate::check::prelude::*;
use crate::field::policy::whole;

declare! {
    /// # What is wrong
    ///
    /// The field is there, and its value is none of `same-origin`, `same-site`, `cross-origin`, or it has
    /// more than one.
    ///
    /// # Why it matters
    ///
    /// Browsers act as if it were not there: other sites may load the response.
    ///
    /// # Example
    ///
    /// ```http
    /// Cross-Origin-Resource-Policy: self
    /// ```
    ///
    /// # How to fix
    ///
    /// Send one of the three words, in lower case, once.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field.
    id: "header.corp.invalid",
    severity: Warning,
    title: "Cross-Origin-Resource-Policy says nothing that browsers know",
    references: [Cwe(693), Zap("90004-1"), Observatory("corp-header-invalid"), Guideline("Fetch, Cross-Origin-Resource-Policy")],
    fix: Remedy {
        summary: "Send `Cross-Origin-Resource-Policy: same-origin`.",
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
    let known: [&[u8]; 3] = [b"same-origin", b"same-site", b"cross-origin"];
    each_host(facts, &|answer| {
        let lines = answer.lines(NAME);
        let sound = lines.is_empty() || whole(&lines).is_some_and(|value| known.contains(&value));
        (!sound).then_some(Bad {
            field: NAME,
            severity: CHECK.severity,
            message: "Browsers know no such value, and act as if the field were not there.",
        })
    })
}
