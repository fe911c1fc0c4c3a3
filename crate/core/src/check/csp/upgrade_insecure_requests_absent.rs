//! `csp.upgrade-insecure-requests.absent`

use super::absent;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// No policy of the page has `upgrade-insecure-requests`.
    ///
    /// # Why it matters
    ///
    /// One forgotten `http://` in the page is then refused, or sent in clear: a form, an image, a link of the site's
    /// own.
    ///
    /// # Example
    ///
    /// ```http
    /// Content-Security-Policy: default-src 'self'
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `upgrade-insecure-requests`.
    ///
    /// # When it does not apply
    ///
    /// The page is not https, or no policy is enforced. Unknown as long as nobody read the document: a `meta` element
    /// may have the directive.
    id: "csp.upgrade-insecure-requests.absent",
    severity: Note,
    title: "http addresses in the page are not changed to https",
    references: [Cwe(319), Guideline("Upgrade Insecure Requests §3.1")],
    fix: Remedy {
        summary: "Add `upgrade-insecure-requests`.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if facts.page_scheme() != Some("https") {
        return Outcome::NotApplicable("the page is not https");
    }
    absent(facts, &["upgrade-insecure-requests"], "A forgotten `http://` in the page stays what it is.")
}
