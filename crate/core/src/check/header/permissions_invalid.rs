//! `header.permissions.invalid`

use super::common::{document_page, sent};
use crate::check::prelude::*;
use crate::field::dictionary::fault;

declare! {
    /// # What is wrong
    ///
    /// The field is no dictionary of structured fields (RFC 9651), mostly because it is written as
    /// Feature-Policy was.
    ///
    /// # Why it matters
    ///
    /// Chromium drops it as a whole: nothing is taken away. One mistake in one of many lines has the same
    /// effect.
    ///
    /// # Example
    ///
    /// ```http
    /// Permissions-Policy: camera 'none'; geolocation 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Write `camera=(), geolocation=(self)`: an equals sign, a list in parentheses, `self` without quotes,
    /// other origins in double quotes, commas between the members and none at the end.
    ///
    /// In nginx, `always` sends the field on errors too, and one `add_header` inside a `location` drops all
    /// those of the `server` block: repeat them there. In Apache, `Header always` covers errors too.
    ///
    /// # When it does not apply
    ///
    /// There is no such field. Names of features that a browser does not know are fine.
    id: "header.permissions.invalid",
    severity: Warning,
    title: "Permissions-Policy is not in the form that browsers read",
    references: [Cwe(693), Zap("10063-1"), Rfc(9651, "§3.2"), Guideline("Permissions Policy §5.2")],
    fix: Remedy {
        summary: "Write it as `camera=(), geolocation=(self \"https://maps.example\")`.",
        lines: &[
            (Software::Django, "def policy(get_response):  # in a module of yours; MIDDLEWARE += [\"shop.middleware.policy\"]\n    def middleware(request):\n        response = get_response(request)\n        response.headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"\n        return response\n    return middleware"),
            (Software::Nginx, "proxy_hide_header Permissions-Policy;\nadd_header Permissions-Policy \"camera=(), geolocation=(), microphone=()\" always;"),
            (Software::Apache, "Header always set Permissions-Policy \"camera=(), geolocation=(), microphone=()\""),
            (Software::Caddy, "header Permissions-Policy \"camera=(), geolocation=(), microphone=()\""),
            (Software::Express, "app.use((req, res, next) => { res.set(\"Permissions-Policy\", \"camera=(), geolocation=(), microphone=()\"); next(); });"),
            (Software::Rails, "Rails.application.config.permissions_policy { |policy| policy.camera :none; policy.geolocation :none; policy.microphone :none }\nRails.application.config.action_dispatch.default_headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"  # Rails itself still sends Feature-Policy"),
            (Software::AspNet, "app.Use(async (context, next) => { context.Response.Headers[\"Permissions-Policy\"] = \"camera=(), geolocation=(), microphone=()\"; await next(context); });"),
            (Software::Php, "header('Permissions-Policy: camera=(), geolocation=(), microphone=()');"),
            (Software::Iis, "<system.webServer><httpProtocol><customHeaders><add name=\"Permissions-Policy\" value=\"camera=(), geolocation=(), microphone=()\" /></customHeaders></httpProtocol></system.webServer>"),
            (Software::Header, "Permissions-Policy: camera=(), geolocation=(), microphone=()"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "permissions-policy";
    let (page, lines) = match sent(document_page(facts), NAME) {
        Ok(sent) => sent,
        Err(outcome) => return outcome,
    };
    let Some(at) = fault(&lines) else { return Outcome::Pass };
    let mut place = page.at(NAME);
    place = place.marked(Some((at, at + 1)));
    Outcome::fail(
        Finding::new("From the marked place on it is no list of `feature=(…)`, so Chromium drops all of it.")
            .at(place),
    )
}
