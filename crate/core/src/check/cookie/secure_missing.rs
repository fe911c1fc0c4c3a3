//! `cookie.secure.missing`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::{CookieFact, Reach, SiteKind};

declare! {
    /// # What is wrong
    ///
    /// An https site sets a cookie without the attribute `Secure`.
    ///
    /// # Why it matters
    ///
    /// The browser sends such a cookie over http too. One link or image with an `http://` address
    /// of the host is enough, and whoever is on the way reads it. Of a session cookie that is the
    /// session.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; HttpOnly; Path=/
    /// ```
    ///
    /// # How to fix
    ///
    /// Set `Secure` on every cookie. In Django: `SESSION_COOKIE_SECURE` and `CSRF_COOKIE_SECURE`.
    ///
    /// # When it does not apply
    ///
    /// The page came over http (that is `https.page.insecure`) or from this very computer, or the
    /// browser refused the cookie.
    id: "cookie.secure.missing",
    severity: Warning,
    title: "A cookie is set without Secure",
    references: [
        Cwe(614),
        Asvs("V3.3.1"),
        Zap("10011"),
        Observatory("cookies-without-secure-flag"),
        Observatory("cookies-session-without-secure-flag"),
        Django("security.W010"),
        Django("security.W011"),
        Django("security.W012"),
        Django("security.W016"),
        Rfc(6265, "§4.1.2.5"),
    ],
    fix: Remedy { summary: "Add `Secure` to the cookie.", lines: sets_cookie!("secure=True", "secure", "Secure", "secure: true", "secure: true", "Secure = true", "'secure' => true") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SECURE = True", "secure: true", "secure: true", "SecurePolicy = CookieSecurePolicy.Always", "secure = 1"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SECURE = True")])),
        // What was never seen set may be a script's work.
        (
            "unseen",
            Remedy::words("Add `Secure` where the cookie is set, in a response or by a script."),
        ),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    if facts.page_scheme() != Some("https") {
        return Outcome::NotApplicable("the page is not https");
    }
    if facts.site.kind == SiteKind::Local {
        return Outcome::NotApplicable("the cookie never leaves this computer");
    }
    let findings =
        facts.own_cookies().filter(|(_, stored)| !stored.secure).map(|(cookie, _)| finding(cookie)).collect();
    answer(findings, facts.cookie_gap())
}

fn finding(cookie: &CookieFact<'_>) -> Finding {
    // Which address that would be is told by `cookie.reach.clear-text`.
    let message = match &cookie.reach {
        Some(Reach::ClearText { .. }) => {
            "The browser sends it over http too, where everybody on the way can read it."
        }
        Some(Reach::AfterPolicy { .. }) => "Only HSTS keeps it off http, and it ends before the cookie does.",
        _ => "Only HSTS keeps it off http; a browser that does not know the policy sends it readable.",
    };
    let severity = if cookie.kind.is_sensitive() { Severity::Error } else { Severity::Warning };
    let finding = Finding::new(message)
        .title(format!("{} is set without Secure", cookie.called()))
        .severity(severity)
        .at(cookie.location());
    let finding = if cookie.was_set() { finding } else { finding.case("unseen") };
    about(finding, cookie)
}
