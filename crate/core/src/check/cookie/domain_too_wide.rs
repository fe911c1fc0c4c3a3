//! `cookie.domain.too-wide`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::set_cookie::AttributeKind;

declare! {
    /// # What is wrong
    ///
    /// A cookie is set with a Domain attribute, so that the domain and all hosts below it get it.
    ///
    /// # Why it matters
    ///
    /// Each of these hosts, also a forgotten one or one that somebody else runs, can read and
    /// replace it.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Domain=shop.example; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Leave Domain out: the cookie then goes to the host that set it. Keep it only where several
    /// hosts share the cookie.
    ///
    /// # When it does not apply
    ///
    /// The cookie is host-only.
    id: "cookie.domain.too-wide",
    severity: Note,
    title: "A cookie goes to every host of the domain",
    references: [Cwe(565), Zap("90033"), Rfc(6265, "§4.1.2.3")],
    fix: Remedy::words("Leave Domain out, unless several hosts share the cookie."),
    cases: [
        ("session", Remedy::lines(&[(Software::Django, "SESSION_COOKIE_DOMAIN = None")])),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_DOMAIN = None")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(_, stored)| !stored.host_only)
        .map(|(cookie, stored)| {
            let session = cookie.kind == CookieKind::Session;
            let message = if session {
                "Whoever runs one of these hosts, or breaks into it, has the sessions of them all."
            } else {
                "Each of these hosts can read and replace it."
            };
            let finding = Finding::new(message)
                .title(format!("{} goes to every host below {}", cookie.called(), code(&stored.domain)))
                .severity(if session { Severity::Warning } else { Severity::Note })
                .at(cookie.location_of(&[AttributeKind::Domain]));
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.cookie_gap())
}
