//! `cookie.set-over-http`

use super::answer;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// A response over plain http sets a session, sign-in or anti-CSRF cookie.
    ///
    /// # Why it matters
    ///
    /// Whoever is on the way reads it as it comes, and can put another one in its place.
    ///
    /// # Example
    ///
    /// ```http
    /// HTTP/1.1 301 Moved Permanently
    /// Location: https://shop.example/
    /// Set-Cookie: sessionid=…
    /// ```
    ///
    /// # How to fix
    ///
    /// Redirect http to https before the application sees the request, and set cookies over https
    /// only.
    ///
    /// # When it does not apply
    ///
    /// Addresses of this very computer. Lines with `Secure`, which browsers refuse over http
    /// (that is `cookie.refused`).
    id: "cookie.set-over-http",
    severity: Error,
    title: "A session cookie is set over http",
    references: [Cwe(319), Cwe(614), Asvs("V12.2.1")],
    fix: Remedy { summary: "Redirect http to https before the application answers.", lines: redirects!() },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(cookie, _)| cookie.kind.is_sensitive())
        .filter_map(|(cookie, _)| {
            let setting = cookie.settings.iter().rfind(|s| !s.exchange.url.is_potentially_trustworthy())?;
            let finding = Finding::new(
                "Whoever is on the way reads it as it comes, and can put another one in its place.",
            )
            .title(format!("{} is set over http", cookie.called()))
            .at(setting.location(&[]).cookie(&cookie.name));
            Some(finding)
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}
