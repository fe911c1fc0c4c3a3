//! `hsts.field.some-responses-only`

use super::judged;
use crate::check::prelude::*;
use crate::fact::HostPolicy;

declare! {
    /// # What is wrong
    ///
    /// Some https responses of a host carry the Strict-Transport-Security field and others of the
    /// same host do not: redirects, errors, an API, static files.
    ///
    /// # Why it matters
    ///
    /// A browser whose first contact is one of the others learns no policy, and a visit that only
    /// loads those does not renew it.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/missing
    /// HTTP/1.1 404 Not Found
    /// ```
    ///
    /// # How to fix
    ///
    /// Send the field from the outermost server, on every status (nginx: `always`).
    ///
    /// # When it does not apply
    ///
    /// No response carries it (that is `hsts.field.missing`). Answers from the cache and 304 do
    /// not count: they need not repeat it. It is a note where a preload list or a parent's policy
    /// covers the host.
    id: "hsts.field.some-responses-only",
    severity: Warning,
    title: "Not every response carries the Strict-Transport-Security field",
    references: [Asvs("V3.4.1"), Rfc(6797, "§7.1")],
    fix: Remedy { summary: "Send the field from the outermost server, on every response and every status.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each_now(facts, |host, responses| {
        let (with, without): (Vec<&HostPolicy<'_>>, Vec<&HostPolicy<'_>>) =
            responses.iter().copied().partition(|policy| !policy.fields.is_empty());
        let first = without.first().filter(|_| !with.is_empty())?;
        let status = first.exchange.response.as_ref().seen().map_or(0, |response| response.status);
        let all = with.len() + without.len();
        Some(
            Finding::new(format!(
                "{} of {all} responses of {} came without it, such as {} (status {status}).",
                without.len(),
                code(host),
                code(first.exchange.url.as_str())
            ))
            .severity(judged::unless_covered(facts, host))
            .at(judged::location(first, None)),
        )
    })
}
