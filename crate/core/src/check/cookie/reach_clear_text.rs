//! `cookie.reach.clear-text`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::{CookieFact, CookieKind, Reach, Stored};
use crate::time::duration;

declare! {
    /// # What is wrong
    ///
    /// An http address exists for which a browser would send the cookie. The answer follows from
    /// the cookie's Domain and Secure, the HSTS policies that were seen and the browsers' preload
    /// lists.
    ///
    /// # Why it matters
    ///
    /// Whoever is on the way reads the cookie. Nobody has to visit that address on purpose: one
    /// image with it, on any page, is enough, and it need not exist, since whoever controls the
    /// network answers for it.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Domain=shop.example; HttpOnly
    /// ```
    ///
    /// # How to fix
    ///
    /// Set `Secure`: it is the only thing that holds on a first visit and in every browser. Leave
    /// Domain out where one host is enough.
    ///
    /// # When it does not apply
    ///
    /// The cookie is Secure, HSTS or a preload list covers every host that gets it, or the
    /// address never leaves this computer.
    id: "cookie.reach.clear-text",
    severity: Error,
    title: "A cookie can be sent unencrypted",
    references: [Cwe(319), Cwe(614), Asvs("V3.3.1"), Zap("10011"), Rfc(6265, "§8.3")],
    fix: Remedy { summary: "Add `Secure` to the cookie.", lines: sets_cookie!("secure=True", "secure", "Secure", "secure: true", "secure: true", "Secure = true", "'secure' => true") },
    cases: [
        ("session", Remedy::lines(sets_session_cookie!("SECURE = True", "secure: true", "secure: true", "SecurePolicy = CookieSecurePolicy.Always", "secure = 1"))),
        ("csrf", Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SECURE = True")])),
        ("domain", Remedy::words("Add `Secure` to the cookie, and leave Domain out.")),
        (
            "session-domain",
            Remedy::lines(&[(Software::Django, "SESSION_COOKIE_SECURE = True\nSESSION_COOKIE_DOMAIN = None")]),
        ),
        (
            "csrf-domain",
            Remedy::lines(&[(Software::Django, "CSRF_COOKIE_SECURE = True\nCSRF_COOKIE_DOMAIN = None")]),
        ),
    ],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings =
        facts.own_cookies().filter_map(|(cookie, stored)| finding(facts, cookie, stored)).collect();
    answer(findings, facts.cookie_gap())
}

fn finding(facts: &Facts<'_>, cookie: &CookieFact<'_>, stored: &Stored) -> Option<Finding> {
    // What the recording browser sends in clear today counts most.
    let (mut today, mut title) = (true, format!("{} can be sent unencrypted", cookie.called()));
    let message = match cookie.reach.as_ref()? {
        Reach::None(_) => return None,
        Reach::ClearText { url, only: Some(engine), .. } => {
            today = *engine == facts.engine;
            title = format!("{} can be sent unencrypted in {}", cookie.called(), engine.name());
            format!(
                "The host is not on {}'s preload list: there a link to {} sends it readable.",
                engine.name(),
                code(url)
            )
        }
        Reach::ClearText { url, seen: true, .. } => {
            format!("A link to {} makes the browser send it readable.", code(url))
        }
        Reach::ClearText { url, seen: false, .. } => format!(
            "Any http address below {}, such as {}, makes the browser send it readable.",
            code(&stored.domain),
            code(url)
        ),
        Reach::AfterPolicy { url, policy } => {
            today = false;
            title = format!("{} outlives the HSTS policy that keeps it off http", cookie.called());
            format!(
                "{} after the last visit the policy is over, and {} sends it readable.",
                duration(*policy),
                code(url)
            )
        }
    };
    let severity = match (cookie.kind.is_sensitive(), today) {
        (true, true) => Severity::Error,
        (true, false) | (false, true) => Severity::Warning,
        (false, false) => Severity::Note,
    };
    let finding = Finding::new(message).title(title).severity(severity).at(cookie.location());
    let finding = about(finding, cookie);
    Some(match cookie.kind {
        _ if stored.host_only => finding,
        CookieKind::Session => finding.case("domain").case("session-domain"),
        CookieKind::Csrf => finding.case("domain").case("csrf-domain"),
        CookieKind::SignIn | CookieKind::Other => finding.case("domain"),
    })
}
