//! `cookie.samesite.none-without-secure`

use super::{answer, django, refused, who};
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
    fix: Remedy::words("Add `Secure`."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings =
        refused(facts, &[Rejection::SameSiteNoneNotSecure])
            .map(|(cookie, _, only)| {
                Finding::new(format!(
                    "{} refuse{} it: `SameSite=None` needs `Secure`.",
                    who(only),
                    super::s(only)
                ))
                .title(format!("{} is refused: SameSite=None without Secure", cookie.called()))
                .at(cookie.location_of(&[AttributeKind::SameSite]))
                .fix(Fix::new("Add `Secure`.").lines(
                    Software::Django,
                    django(cookie, "SECURE = True", "secure=True, samesite=\"None\""),
                ))
            })
            .collect();
    answer(findings, facts.set_cookie_gap())
}
