//! `cookie.prefix.absent`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::set_cookie::NamePrefix;

declare! {
    /// # What is wrong
    ///
    /// A session cookie meets all that `__Host-` demands (Secure, `Path=/`, no Domain), and its
    /// name does not say so.
    ///
    /// # Why it matters
    ///
    /// A server can not see who set a cookie. Another host of the domain can plant one of the
    /// same name and make a person use a session that is not theirs; with the prefix browsers
    /// refuse that.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; HttpOnly; Path=/; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Rename the cookie. Everybody has to sign in once more.
    ///
    /// # When it does not apply
    ///
    /// The cookie is not a session, carries a prefix already, or lacks Secure, is sent to other
    /// hosts or has another path: then the prefix would make browsers refuse it.
    id: "cookie.prefix.absent",
    severity: Note,
    title: "A session cookie could carry the prefix __Host-",
    references: [Cwe(565), Asvs("V3.3.3"), Guideline("RFC 6265bis §4.1.3.2")],
    fix: Remedy {
        summary: "Put `__Host-` in front of the name.",
        lines: &[(Software::Django, "SESSION_COOKIE_NAME = \"__Host-{cookie}\"")],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(cookie, _)| cookie.kind == CookieKind::Session)
        .filter(|(cookie, _)| NamePrefix::of(cookie.name.as_bytes()).is_none())
        .filter(|(_, stored)| stored.secure && stored.host_only && stored.path == "/")
        .map(|(cookie, _)| {
            let finding = Finding::new(
                "Another host of the domain can plant a cookie of this name; the prefix stops that.",
            )
            .title(format!("{} could carry the prefix __Host-", cookie.called()))
            .at(cookie.location());
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.cookie_gap())
}
