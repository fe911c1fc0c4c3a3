//! `cookie.httponly.missing`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::{CookieFact, CookieKind};

declare! {
    /// # What is wrong
    ///
    /// A cookie is set without the attribute `HttpOnly`.
    ///
    /// # Why it matters
    ///
    /// Every script of the page can read it: the site's own, those of third parties, and one that
    /// came in by cross-site scripting. Of a session cookie that is the session.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Path=/; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Set `HttpOnly` on every cookie that no script needs.
    ///
    /// # When it does not apply
    ///
    /// Anti-CSRF cookies, which scripts must read to send the token along (Django's `csrftoken`).
    /// Cookies that were only found in the browser's store and are no session: a script may have
    /// set them, and could not have with `HttpOnly`.
    id: "cookie.httponly.missing",
    severity: Note,
    title: "Scripts can read a cookie",
    references: [
        Cwe(1004),
        Asvs("V3.3.4"),
        Zap("10010"),
        Observatory("cookies-session-without-httponly-flag"),
        Django("security.W013"),
        Django("security.W014"),
        Django("security.W015"),
        Rfc(6265, "§4.1.2.6"),
    ],
    fix: Remedy { summary: "Add `HttpOnly`, unless a script needs the cookie.", lines: sets_cookie!("httponly=True", "httponly", "HttpOnly", "httpOnly: true", "httponly: true", "HttpOnly = true", "'httponly' => true") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("HTTPONLY = True", "httpOnly: true", "httponly: true", "HttpOnly = true", "httponly = 1"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_HTTPONLY = True")])),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(cookie, stored)| !stored.http_only && cookie.kind != CookieKind::Csrf)
        .filter(|(cookie, _)| cookie.was_set() || cookie.kind == CookieKind::Session)
        .map(|(cookie, _)| finding(cookie))
        .collect();
    answer(findings, facts.cookie_gap())
}

fn finding(cookie: &CookieFact<'_>) -> Finding {
    let (severity, message) = if cookie.kind == CookieKind::Session {
        (Severity::Error, "A script that gets into the page can take the session away with it.")
    } else {
        (Severity::Note, "Every script of the page can read it, those of third parties too.")
    };
    let title = format!("Scripts can read {}", cookie.called_within());
    about(Finding::new(message).title(title).severity(severity).at(cookie.location()), cookie)
}
