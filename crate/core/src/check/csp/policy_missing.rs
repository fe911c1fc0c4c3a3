//! `csp.policy.missing`

use super::{FIELD, seen};
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page comes without an enforced Content-Security-Policy.
    ///
    /// # Why it matters
    ///
    /// One piece of markup that an attacker gets into the page runs as a script of the site: nothing says which
    /// scripts are the site's own. `X-Content-Security-Policy` and `X-WebKit-CSP` are names of the trial years, which
    /// no browser reads any more.
    ///
    /// # Example
    ///
    /// ```http
    /// HTTP/1.1 200 OK
    /// Content-Type: text/html
    /// ```
    ///
    /// # How to fix
    ///
    /// Send a Content-Security-Policy with every document, first as report-only if you are not sure what it breaks.
    ///
    /// # When it does not apply
    ///
    /// The response is no document. As long as nobody read the document, a `meta` element may hold a policy, and the
    /// finding says so.
    id: "csp.policy.missing",
    severity: Warning,
    title: "No Content-Security-Policy is enforced",
    references: [Cwe(693), Asvs("V3.4.3"), Zap("10038-1"), Zap("10038-2"), Zap("10055-1"), Zap("10055-2"), Observatory("csp-not-implemented"), Guideline("CSP3 §1")],
    fix: Remedy {
        summary: "Send a Content-Security-Policy with every document, first as report-only if you are not sure what it breaks.",
        lines: sends_policy!(),
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let csp = match seen(facts) {
        Ok(csp) => csp,
        Err(outcome) => return outcome,
    };
    if !csp.enforced.is_empty() {
        return Outcome::Pass;
    }
    let mut message = if !csp.void.is_empty() {
        "There is a field, but browsers read no directive in it.".to_owned()
    } else if csp.obsolete {
        "The response has a field of the trial years alone, which no browser reads any more.".to_owned()
    } else if !csp.report_only.is_empty() {
        "The policy of this page only reports: what it would forbid still runs.".to_owned()
    } else {
        "Nothing tells the browser which scripts are the site's own.".to_owned()
    };
    let place = Location::url(&facts.site.address).field(FIELD);
    if csp.metas_unseen.is_none() {
        return Outcome::fail(Finding::new(message).at(place));
    }
    message.push_str(super::UNREAD);
    Outcome::fail(Finding::new(message).title("The response enforces no Content-Security-Policy").at(place))
}
