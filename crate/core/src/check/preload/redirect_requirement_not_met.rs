//! `preload.redirect.requirement-not-met`

use super::requirement;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The domain's TLS, its redirects or its www host are not as hstspreload.org asks for. Each
    /// finding names that site's own code.
    ///
    /// # Why it matters
    ///
    /// The domain cannot be put on the browsers' preload lists. Where http leads to www first,
    /// browsers never learn the domain's own policy.
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
    /// Redirect http to https on the same host first, then anywhere; at most three redirects, none
    /// to http; a good certificate on the domain and on www.
    ///
    /// # When it does not apply
    ///
    /// The domain is on a list already (then `preload.list.at-risk` judges).
    id: "preload.redirect.requirement-not-met",
    severity: Warning,
    title: "Redirects or TLS do not meet a requirement for preloading",
    references: [Guideline("hstspreload.org, submission requirements")],
    fix: Remedy { summary: "Redirect http to https on the same host first, and from there to www if need be.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    requirement::outcome(
        facts,
        |code| code.starts_with("redirects.") || code.starts_with("domain."),
        &["http", "redirects", "tls", "www"],
    )
}
