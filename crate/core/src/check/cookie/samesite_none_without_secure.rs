//! `cookie.samesite.none-without-secure`

use super::{about, answer, refused, who};
use crate::check::prelude::*;
use crate::field::set_cookie::{AttributeKind, Rejection};

declare! {
    /// # What is wrong
    ///
    /// A cookie is set with `SameSite=None` and without `Secure`.
    ///
    /// # Why it matters
    ///
    /// Browsers refuse it. The server sets it again and again, and never gets it back.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: widget=1; SameSite=None
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `Secure`, or leave `SameSite=None` out.
    ///
    /// # When it does not apply
    ///
    /// Another rule is broken first, such as Partitioned without Secure; each refusal is told
    /// once.
    id: "cookie.samesite.none-without-secure",
    severity: Warning,
    title: "SameSite=None without Secure: refused",
    references: [Cwe(614), Cwe(1275), Asvs("V3.3.2")],
    fix: Remedy { summary: "Add `Secure`.", lines: sets_cookie!("secure=True, samesite=\"None\"", "secure", "Secure", "secure: true, sameSite: \"none\"", "secure: true, same_site: :none", "Secure = true, SameSite = SameSiteMode.None", "'secure' => true, 'samesite' => 'None'") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SECURE = True", "secure: true", "secure: true", "SecurePolicy = CookieSecurePolicy.Always", "secure = 1"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SECURE = True")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = refused(facts, &[Rejection::SameSiteNoneNotSecure])
        .map(|(cookie, _, only)| {
            let finding = Finding::new(format!(
                "{} refuse{} it: `SameSite=None` needs `Secure`.",
                who(only),
                super::s(only)
            ));
            let title = format!("{} is refused: SameSite=None without Secure", cookie.called());
            about(finding.title(title).at(cookie.location_of(&[AttributeKind::SameSite])), cookie)
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}
