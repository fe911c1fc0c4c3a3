//! `cookie.lifetime.too-long`

use super::answer;
use crate::check::prelude::*;
use crate::fact::{CookieFact, CookieKind, Stored};
use crate::field::set_cookie::AttributeKind;
use crate::time::duration;

declare! {
    /// # What is wrong
    ///
    /// A cookie asks for more than 400 days, or a session cookie for more than 30.
    ///
    /// # Why it matters
    ///
    /// Browsers end every cookie after 400 days, so that a longer life is only on paper. A stolen
    /// session stays usable as long as its cookie, unless the server ends it earlier.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Max-Age=31536000; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Ask for the time that is needed. Django's `SESSION_COOKIE_AGE` is two weeks.
    ///
    /// # When it does not apply
    ///
    /// The cookie has no end of its own: it goes when the browser closes. With OWASP's thresholds a
    /// session may last 12 hours (ASVS 4.0.3 V3.3.2); with the browsers' only the 400 days count.
    id: "cookie.lifetime.too-long",
    severity: Note,
    title: "A cookie lasts very long",
    references: [Cwe(613), Guideline("RFC 6265bis §5.5")],
    fix: Remedy::words("Ask for the time that is needed."),
    cases: [(
        "session",
        Remedy {
            summary: "Two weeks are usual for a session.",
            lines: &[(Software::Django, "SESSION_COOKIE_AGE = 1209600")],
        },
    )],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings =
        facts.own_cookies().filter_map(|(cookie, stored)| finding(facts, cookie, stored)).collect();
    answer(findings, facts.cookie_gap())
}

fn finding(facts: &Facts<'_>, cookie: &CookieFact<'_>, stored: &Stored) -> Option<Finding> {
    let setting = cookie.last_setting();
    let place = cookie.location_of(&[AttributeKind::MaxAge, AttributeKind::Expires]);
    // Of a cookie that was only found stored, what is left of its life is the least it can be.
    let begins = setting.map_or_else(|| facts.seen_until(), crate::fact::Setting::received_at);
    let lasts = stored.expires_at.map_or(0, |end| end.saturating_sub(begins));
    let long = facts.thresholds().session_cookie;
    if cookie.kind == CookieKind::Session && long.is_some_and(|long| lasts > long) {
        let time = duration(lasts.unsigned_abs());
        return Some(
            Finding::new(format!(
                "A stolen session stays usable for {time}, unless the server ends it earlier."
            ))
            .title(format!("{} lasts {time}", cookie.called()))
            .at(place)
            .case("session"),
        );
    }
    setting.filter(|setting| setting.is_lifetime_cut(facts.engine)).map(|_| {
        Finding::new("Browsers end it after 400 days.")
            .title(format!("{} asks for more than 400 days", cookie.called()))
            .at(place)
    })
}
