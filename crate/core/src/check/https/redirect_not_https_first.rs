//! `https.redirect.not-https-first`

use super::common::http_chains;
use crate::check::prelude::*;
use crate::fact::{Ending, undotted};

declare! {
    /// # What is wrong
    ///
    /// The first redirect from http stays on http, or goes to another host at once.
    ///
    /// # Why it matters
    ///
    /// The browser never meets https on the name that the person typed, so it can not learn its
    /// HSTS, and the next visit begins over http again.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/
    /// HTTP/1.1 301 Moved Permanently
    /// Location: https://www.shop.example/
    /// ```
    ///
    /// # How to fix
    ///
    /// Two steps: `http://NAME` to `https://NAME`, which sends the HSTS field, and only from there to
    /// www or elsewhere.
    ///
    /// # When it does not apply
    ///
    /// http does not lead to https at all, which is `https.redirect.missing`, or was not asked.
    id: "https.redirect.not-https-first",
    severity: Warning,
    title: "http does not lead to https on the same host first",
    references: [Observatory("redirection-not-to-https-on-initial-redirection"), Observatory("redirection-off-host-from-http"), Hstspreload("redirects.http.www_first"), Hstspreload("redirects.http.first_redirect.insecure")],
    fix: Remedy {
        summary: "Redirect first to https on the same host, then to the other host.",
        lines: &[(Software::Nginx, "return 301 https://$host$request_uri;")],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let chains = match http_chains(facts) {
        Ok(chains) => chains,
        Err(outcome) => return outcome,
    };
    let redirected: Vec<_> = chains
        .iter()
        .filter(|chain| !matches!(chain.ending, Ending::Http(_)))
        .filter_map(|chain| Some((&chain.start()?.url, chain.first_target()?)))
        .collect();
    if redirected.is_empty() {
        return Outcome::NotApplicable("http does not lead to https, which another check tells");
    }
    let findings = redirected
        .into_iter()
        .filter(|(from, to)| !to.is_https() || undotted(from.host()) != undotted(to.host()));
    Outcome::from_findings(
        findings
            .map(|(from, to)| {
                let where_to = if to.is_https() { "to another host" } else { "on over http" };
                Finding::new(format!(
                    "{} leads {where_to} first, to {}: browsers can not learn HSTS for {}.",
                    code(from.as_str()),
                    code(to.as_str()),
                    code(from.host())
                ))
                .at(Location::url(from))
            })
            .collect(),
    )
}
