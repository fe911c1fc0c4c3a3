//! `cookie.third-party.unpartitioned`

use super::answer;
use crate::check::prelude::*;
use crate::fact::CookieFact;
use crate::field::Engine;
use crate::field::set_cookie::SameSite;

declare! {
    /// # What is wrong
    ///
    /// A host of another site, whose resource the page loads, sets a cookie for use on every
    /// site, without `Partitioned`.
    ///
    /// # Why it matters
    ///
    /// It follows people from site to site. Browsers that block such cookies drop it, and what it
    /// is for fails there; a partitioned one would be kept, apart for each site.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: chat=…; Secure; SameSite=None
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `Partitioned`, where the cookie is not meant to recognise people on other sites.
    ///
    /// # When it does not apply
    ///
    /// The cookie belongs to the page's own site, or browsers keep it out of other sites' pages
    /// anyway (`SameSite` Strict and Lax; Chromium also without `SameSite`).
    id: "cookie.third-party.unpartitioned",
    severity: Note,
    title: "A third-party cookie without Partitioned",
    references: [Guideline("CHIPS §1")],
    fix: Remedy {
        summary: "Let the other site add `Partitioned`, or do without its resource.",
        lines: &[(Software::Header, "Set-Cookie: NAME=…; Secure; SameSite=None; Partitioned")],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .cookies
        .iter()
        .filter(|cookie| !cookie.first_party && is_unpartitioned(cookie, facts.engine))
        .map(|cookie| {
            let host = cookie.last_setting().map_or("", |setting| setting.exchange.url.host());
            Finding::new(
                "It can follow people from site to site; browsers that block third-party cookies drop it.",
            )
            .title(format!(
                "{} of {} is a third-party cookie without Partitioned",
                cookie.called(),
                code(host)
            ))
            .at(cookie.location())
        })
        .collect();
    answer(findings, facts.sub_resource_gap())
}

fn is_unpartitioned(cookie: &CookieFact<'_>, engine: Engine) -> bool {
    let Some((setting, stored)) = cookie.last_setting().zip(cookie.stored.as_ref()) else { return false };
    let sent_along = match stored.same_site {
        SameSite::None => true,
        SameSite::Unspecified => engine == Engine::Firefox,
        SameSite::Lax | SameSite::Strict => false,
    };
    setting.recent && setting.cross_site && sent_along && !stored.partitioned
}
