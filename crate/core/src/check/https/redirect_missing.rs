//! `https.redirect.missing`

use super::common::{of_the_network, unanswered};
use crate::check::prelude::*;
use crate::fact::Ending;

declare! {
    /// # What is wrong
    ///
    /// The host answers over http, and nothing in the answers leads to https.
    ///
    /// # Why it matters
    ///
    /// Who types the name, or follows an old link, stays on http: everybody on the way can read and
    /// change the page, the password and the session with it.
    ///
    /// # Example
    ///
    /// ```http
    /// GET http://shop.example/
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Answer every http request with a 301 or 308 to the same address over https. In Django
    /// `SECURE_SSL_REDIRECT`; behind a proxy better there.
    ///
    /// # When it does not apply
    ///
    /// Nothing answers over http, or the address is of this very computer. Where the browser knew
    /// HSTS or went to https by itself, the server was not asked, and this is unknown.
    id: "https.redirect.missing",
    severity: Error,
    title: "http does not lead to https",
    references: [Cwe(319), Asvs("V12.2.1"), Django("security.W008"), Observatory("redirection-missing"), Hstspreload("redirects.http.no_redirect")],
    fix: Remedy { summary: "Redirect every http address to https on the same host, permanently.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if let Err(outcome) = of_the_network(facts) {
        return outcome;
    }
    let chain = match facts.http_chain() {
        Observed::Seen(chain) => chain,
        Observed::Unseen(reason) => return unanswered(facts, reason),
    };
    match chain.ending {
        Ending::Https(_) => Outcome::Pass,
        Ending::Unseen(to, reason) => {
            Outcome::Unknown(Gap::new(What::HttpAnswer(to.host().to_owned()), reason))
        }
        Ending::Http(last) => {
            let start = chain.start().unwrap_or(last);
            let url = code(start.url.as_str());
            let message = if std::ptr::eq(start, last) {
                format!("Who opens {url} stays there, and everybody on the way can read and change the page.")
            } else {
                format!("Who opens {url} ends at {}, still readable on the way.", code(last.url.as_str()))
            };
            Outcome::fail(
                Finding::new(message)
                    .title(format!(
                        "{} does not lead to https",
                        code(&format!("http://{}/", start.url.host()))
                    ))
                    .at(Location::url(&start.url)),
            )
        }
    }
}
