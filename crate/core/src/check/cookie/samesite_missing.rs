//! `cookie.samesite.missing`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::set_cookie::{AttributeKind, SameSite};

declare! {
    /// # What is wrong
    ///
    /// A cookie is set without the attribute `SameSite`.
    ///
    /// # Why it matters
    ///
    /// Browsers disagree then. Chromium treats it as Lax; Firefox and Safari send it with every
    /// request that another site causes.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: cart_id=…; Path=/; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Say what is meant: `SameSite=Lax` for most cookies, `Strict` where no link from outside
    /// needs it, `None` only for what other sites embed.
    ///
    /// # When it does not apply
    ///
    /// Anti-CSRF cookies (that is `cookie.csrf.without-samesite`), and an attribute with a value
    /// that browsers do not know (that is `cookie.samesite.invalid`). With OWASP's thresholds it is
    /// a warning.
    id: "cookie.samesite.missing",
    severity: Note,
    title: "A cookie has no SameSite",
    references: [Cwe(1275), Asvs("V3.3.2"), Zap("10054-1")],
    fix: Remedy { summary: "Add `SameSite=Lax`.", lines: sets_cookie!("samesite=\"Lax\"", "samesite=lax", "SameSite=Lax", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "'samesite' => 'Lax'") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SAMESITE = \"Lax\"", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "samesite = Lax"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SAMESITE = \"Lax\"")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(cookie, stored)| {
            stored.same_site == SameSite::Unspecified && cookie.kind != CookieKind::Csrf
        })
        .filter(|(cookie, _)| {
            cookie.last_setting().is_none_or(|s| s.attribute(AttributeKind::SameSite).is_none())
        })
        .map(|(cookie, _)| {
            let finding = Finding::new(
                "Chromium treats it as Lax; Firefox and Safari send it with requests that other sites cause.",
            );
            let finding = finding.severity(facts.thresholds().same_site);
            about(finding.title(format!("{} has no SameSite", cookie.called())).at(cookie.location()), cookie)
        })
        .collect();
    answer(findings, facts.cookie_gap())
}
