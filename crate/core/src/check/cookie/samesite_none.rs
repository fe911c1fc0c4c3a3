//! `cookie.samesite.none`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::set_cookie::{AttributeKind, SameSite};

declare! {
    /// # What is wrong
    ///
    /// A cookie is set with `SameSite=None`.
    ///
    /// # Why it matters
    ///
    /// Every other site can make the browser send it along: with a form that posts to this site
    /// (cross-site request forgery), or to recognise the person.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Secure; SameSite=None
    /// ```
    ///
    /// # How to fix
    ///
    /// `SameSite=Lax`, unless other sites embed this one and need the cookie there; then also
    /// `Partitioned`.
    ///
    /// # When it does not apply
    ///
    /// The cookie lacks Secure as well, so that browsers refuse it (that is
    /// `cookie.samesite.none-without-secure`).
    id: "cookie.samesite.none",
    severity: Note,
    title: "A cookie is sent with requests from other sites",
    references: [Cwe(1275), Asvs("V3.3.2"), Zap("10054-2")],
    fix: Remedy { summary: "Set `SameSite=Lax`, unless other sites embed this one.", lines: sets_cookie!("samesite=\"Lax\"", "samesite=lax", "SameSite=Lax", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "'samesite' => 'Lax'") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SAMESITE = \"Lax\"", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "samesite = Lax"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SAMESITE = \"Lax\"")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(_, stored)| stored.same_site == SameSite::None)
        .map(|(cookie, _)| {
            let (severity, message) = if cookie.kind == CookieKind::Session {
                (
                    Severity::Warning,
                    "A form on any other site can act with the session of whoever is signed in.",
                )
            } else {
                (Severity::Note, "Any other site can make the browser send it along.")
            };
            let finding = Finding::new(message)
                .title(format!("{} is sent with requests from other sites", cookie.called()))
                .severity(severity)
                .at(cookie.location_of(&[AttributeKind::SameSite]));
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.cookie_gap())
}
