//! `cookie.size.too-large`

use super::{answer, refused, s, who};
use crate::check::prelude::*;
use crate::fact::CookieFact;
use crate::field::set_cookie::{AttributeKind as Kind, Rejection};

/// The attributes that a cookie loses when they are too long; no browser heeds others.
const KNOWN: &[Kind] = &[
    Kind::Domain,
    Kind::Path,
    Kind::Expires,
    Kind::MaxAge,
    Kind::SameSite,
    Kind::Secure,
    Kind::HttpOnly,
    Kind::Partitioned,
];

declare! {
    /// # What is wrong
    ///
    /// Name and value have more than 4,096 octets together, or an attribute has more than 1,024.
    ///
    /// # Why it matters
    ///
    /// Browsers refuse such a cookie, and ignore such an attribute.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: cart=(5,000 octets); Path=/; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Keep the data on the server and only its key in the cookie.
    ///
    /// # When it does not apply
    ///
    /// The line is shorter than that.
    id: "cookie.size.too-large",
    severity: Warning,
    title: "A cookie is too large",
    references: [Asvs("V3.3.5"), Guideline("RFC 6265bis §5.6")],
    fix: Remedy::words("Keep the data on the server, and only its key in the cookie."),
    cases: [("attribute", Remedy::words("Shorten the attribute."))],
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let mut findings: Vec<Finding> = refused(facts, &[Rejection::TooLarge])
        .map(|(cookie, _, only)| {
            Finding::new(format!(
                "{} refuse{} it: name and value may have 4,096 octets together.",
                who(only),
                s(only)
            ))
            .title(format!("{} is refused: it is too large", cookie.called()))
            .at(cookie.location())
        })
        .collect();
    findings.extend(facts.own_cookies().filter_map(|(cookie, _)| long_attribute(cookie)));
    answer(findings, facts.set_cookie_gap())
}

fn long_attribute(cookie: &CookieFact<'_>) -> Option<Finding> {
    let setting = cookie.last_setting()?;
    let long = setting.parts.attributes.iter().find(|a| a.is_too_long() && KNOWN.contains(&a.kind))?;
    // Firefox heeds flags and SameSite at any length.
    let who = match long.kind {
        Kind::Domain | Kind::Path | Kind::Expires | Kind::MaxAge => "Browsers ignore",
        _ => "Chromium ignores",
    };
    Some(
        Finding::new(format!("{who} an attribute of more than 1,024 octets."))
            .title(format!("{} has an attribute that is too long to count", cookie.called()))
            .at(cookie.location())
            .case("attribute"),
    )
}
