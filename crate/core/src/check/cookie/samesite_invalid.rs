//! `cookie.samesite.invalid`

use super::{about, answer};
use crate::check::prelude::*;
use crate::field::set_cookie::{AttributeKind, SameSite};

declare! {
    /// # What is wrong
    ///
    /// The last `SameSite` of a Set-Cookie line is empty or has another value than Strict, Lax
    /// and None.
    ///
    /// # Why it matters
    ///
    /// Browsers act as if it were not there, also when an earlier one on the line was right.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: lang=en; Secure; SameSite=Sloppy
    /// ```
    ///
    /// # How to fix
    ///
    /// Write `Strict`, `Lax` or `None`, once.
    ///
    /// # When it does not apply
    ///
    /// The browser refuses the cookie for another reason.
    id: "cookie.samesite.invalid",
    severity: Warning,
    title: "A SameSite that no browser knows",
    references: [Cwe(1275), Zap("10054-3"), Observatory("cookies-samesite-flag-invalid")],
    fix: Remedy { summary: "Write `SameSite=Lax`, `Strict` or `None`.", lines: sets_cookie!("samesite=\"Lax\"", "samesite=lax", "SameSite=Lax", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "'samesite' => 'Lax'") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SAMESITE = \"Lax\"", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "samesite = Lax"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SAMESITE = \"Lax\"")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(_, stored)| stored.same_site == SameSite::Unspecified)
        .filter_map(|(cookie, _)| Some((cookie, cookie.last_setting()?.value_of(AttributeKind::SameSite)?)))
        .map(|(cookie, value)| {
            let title = if value.is_empty() {
                format!("{} has an empty SameSite", cookie.called())
            } else {
                format!("{} has a SameSite that no browser knows", cookie.called())
            };
            let finding = Finding::new(
                "Browsers act as if it had none: Chromium treats it as Lax, Firefox and Safari as None.",
            )
            .title(title)
            .at(cookie.location_of(&[AttributeKind::SameSite]));
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}
