//! `cookie.csrf.without-samesite`

use super::{about, answer};
use crate::check::prelude::*;
use crate::fact::CookieKind;
use crate::field::set_cookie::{AttributeKind, SameSite};

declare! {
    /// # What is wrong
    ///
    /// The cookie that guards against forged requests is set without `SameSite`.
    ///
    /// # Why it matters
    ///
    /// Firefox and Safari send it with the very requests that other sites forge, so that only the
    /// second half of the token is left to stop them.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: csrftoken=…; Path=/; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// `SameSite=Lax` or `Strict`. Django does so unless `CSRF_COOKIE_SAMESITE` was changed.
    ///
    /// # When it does not apply
    ///
    /// The attribute has a value that browsers do not know (that is `cookie.samesite.invalid`).
    id: "cookie.csrf.without-samesite",
    severity: Warning,
    title: "An anti-CSRF cookie has no SameSite",
    references: [Cwe(352), Cwe(1275), Asvs("V3.3.2"), Observatory("cookies-anticsrf-without-samesite-flag")],
    fix: Remedy {
        summary: "Add `SameSite=Lax`.",
        lines: sets_cookie!("samesite=\"Lax\"", "samesite=lax", "SameSite=Lax", "sameSite: \"lax\"", "same_site: :lax", "SameSite = SameSiteMode.Lax", "'samesite' => 'Lax'"),
    },
    cases: [("csrf", Remedy::lines(&[
        (Software::Django, "CSRF_COOKIE_SAMESITE = \"Lax\""),
        (Software::AspNet, "builder.Services.AddAntiforgery(options => options.Cookie.SameSite = SameSiteMode.Lax);"),
    ]))],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts
        .own_cookies()
        .filter(|(cookie, stored)| {
            stored.same_site == SameSite::Unspecified && cookie.kind == CookieKind::Csrf
        })
        .filter(|(cookie, _)| {
            cookie.last_setting().is_none_or(|s| s.attribute(AttributeKind::SameSite).is_none())
        })
        .map(|(cookie, _)| {
            let finding =
                Finding::new("Firefox and Safari send it with the forged requests that it should stop.")
                    .title(format!("{} guards against forged requests and has no SameSite", cookie.called()))
                    .at(cookie.location());
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.cookie_gap())
}
