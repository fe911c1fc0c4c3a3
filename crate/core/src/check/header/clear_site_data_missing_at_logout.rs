//! `header.clear-site-data.missing-at-logout`

use super::common::{cut, page};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A page load whose address looks like signing out, and what it led to, had no Clear-Site-Data field.
    ///
    /// # Why it matters
    ///
    /// What the site kept in the browser (cached pages, local storage, other cookies) stays after signing
    /// out, for whoever uses the computer next.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/logout
    /// HTTP/1.1 302 Found
    /// Location: /
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `Clear-Site-Data: "cache", "cookies", "storage"` with the response that signs out; the quotes
    /// belong to it.
    ///
    /// # When it does not apply
    ///
    /// This visit has no load that looks like signing out (the last part of the address, or `action=`, is
    /// `logout`, `signout` and the like); other ways to sign out are not seen. A guess, and a note.
    id: "header.clear-site-data.missing-at-logout",
    severity: Note,
    title: "Signing out leaves data in the browser",
    references: [Cwe(613), Asvs("V14.3.1"), Guideline("Clear Site Data §3.1")],
    fix: Remedy {
        summary: "Send `Clear-Site-Data: \"cache\", \"cookies\", \"storage\"` with the response that signs out.",
        lines: &[
            (Software::Django, "response.headers[\"Clear-Site-Data\"] = '\"cache\", \"cookies\", \"storage\"'  # in the view that signs out"),
            (Software::Nginx, "location = /logout { add_header Clear-Site-Data '\"cache\", \"cookies\", \"storage\"' always; proxy_pass http://app; }"),
            (Software::Apache, "<Location \"/logout\">\nHeader always set Clear-Site-Data \"\\\"cache\\\", \\\"cookies\\\", \\\"storage\\\"\"\n</Location>"),
            (Software::Caddy, "header /logout Clear-Site-Data `\"cache\", \"cookies\", \"storage\"`"),
            (Software::Express, "res.set(\"Clear-Site-Data\", '\"cache\", \"cookies\", \"storage\"');"),
            (Software::Rails, "response.set_header(\"Clear-Site-Data\", '\"cache\", \"cookies\", \"storage\"')"),
            (Software::AspNet, "context.Response.Headers[\"Clear-Site-Data\"] = \"\\\"cache\\\", \\\"cookies\\\", \\\"storage\\\"\";"),
            (Software::Php, "header('Clear-Site-Data: \"cache\", \"cookies\", \"storage\"');"),
            (Software::Iis, "<location path=\"logout\"><system.webServer><httpProtocol><customHeaders><add name=\"Clear-Site-Data\" value=\"&quot;cache&quot;, &quot;cookies&quot;, &quot;storage&quot;\" /></customHeaders></httpProtocol></system.webServer></location>"),
            (Software::Header, "Clear-Site-Data: \"cache\", \"cookies\", \"storage\""),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "clear-site-data";
    let page = match page(facts) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let Some(first) = facts.sign_outs().next() else {
        return Outcome::NotApplicable("nothing here looks like signing out");
    };
    let sent = |exchange: &Exchange| {
        exchange.response.as_ref().seen().is_some_and(|response| response.values(NAME).next().is_some())
    };
    if facts.chain.hops.iter().any(|hop| sent(hop.exchange)) {
        return Outcome::Pass;
    }
    if !page.is_whole() {
        return cut();
    }
    Outcome::fail(
        Finding::new("What the site kept in the browser stays there, for whoever uses the computer next.")
            .at(Location::url(&first.url).field(NAME)),
    )
}
