//! `cookie.partitioned.without-secure`

use super::{about, answer, refused, s, who};
use crate::check::prelude::*;
use crate::field::set_cookie::{AttributeKind, Rejection};

declare! {
    /// # What is wrong
    ///
    /// A cookie is set with `Partitioned` and without `Secure`.
    ///
    /// # Why it matters
    ///
    /// Browsers refuse it.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: chat=…; Partitioned; SameSite=None
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `Secure`.
    ///
    /// # When it does not apply
    ///
    /// The cookie has no `Partitioned`.
    id: "cookie.partitioned.without-secure",
    severity: Warning,
    title: "Partitioned without Secure: refused",
    references: [Cwe(614), Guideline("CHIPS §2.1")],
    fix: Remedy { summary: "Add `Secure`.", lines: sets_cookie!("secure=True", "secure", "Secure", "secure: true", "secure: true", "Secure = true", "'secure' => true") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = refused(facts, &[Rejection::PartitionedNotSecure])
        .map(|(cookie, _, only)| {
            let finding =
                Finding::new(format!("{} refuse{} it: `Partitioned` needs `Secure`.", who(only), s(only)))
                    .title(format!("{} is refused: Partitioned without Secure", cookie.called()))
                    .at(cookie.location_of(&[AttributeKind::Partitioned]));
            about(finding, cookie)
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}
