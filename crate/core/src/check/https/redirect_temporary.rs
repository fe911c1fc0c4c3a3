//! `https.redirect.temporary`

use super::common::http_chains;
use crate::check::prelude::*;
use crate::fact::Ending;

declare! {
    /// # What is wrong
    ///
    /// The redirect from http to https has the status 302, 303 or 307.
    ///
    /// # Why it matters
    ///
    /// Browsers and search engines keep a permanent redirect and go to https by themselves the next
    /// time; a temporary one makes every visit begin over http. With HSTS it hardly matters.
    ///
    /// # Example
    ///
    /// ```http
    /// HTTP/1.1 302 Found
    /// Location: https://shop.example/
    /// ```
    ///
    /// # How to fix
    ///
    /// Use 301, or 308 where the method must stay the same.
    ///
    /// # When it does not apply
    ///
    /// http does not lead to https, or was not asked.
    id: "https.redirect.temporary",
    severity: Note,
    title: "The redirect to https is temporary",
    references: [Rfc(9110, "§15.4")],
    fix: Remedy { summary: "Redirect with 301 or 308.", lines: redirects!("SECURE_SSL_REDIRECT = True  # sends 301") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let chains = match http_chains(facts) {
        Ok(chains) => chains,
        Err(outcome) => return outcome,
    };
    let to_https: Vec<_> = chains
        .iter()
        .filter(|chain| matches!(chain.ending, Ending::Https(_)))
        .filter_map(|chain| {
            let last = chain.hops.last()?;
            Some((&last.url, last.response.as_ref().seen()?.status))
        })
        .collect();
    if to_https.is_empty() {
        return Outcome::NotApplicable("no redirect from http to https was seen");
    }
    let temporary = to_https.into_iter().filter(|(_, status)| matches!(status, 302 | 303 | 307));
    Outcome::from_findings(
        temporary
            .map(|(url, status)| {
                Finding::new(format!(
                    "{} answers {status}: nobody keeps it, and the next visit begins over http.",
                    code(url.as_str())
                ))
                .at(Location::url(url))
            })
            .collect(),
    )
}
