//! `cookie.domain.refused`

use super::{answer, refused, s, who};
use crate::check::prelude::*;
use crate::field::set_cookie::{AttributeKind, Rejection};

declare! {
    /// # What is wrong
    ///
    /// The Domain attribute is a public suffix (such as `com` or `github.io`), or neither the
    /// host nor a parent of it.
    ///
    /// # Why it matters
    ///
    /// Browsers refuse the cookie.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: region=eu; Domain=org
    /// ```
    ///
    /// # How to fix
    ///
    /// Leave Domain out, or name the registrable domain or a host below it that this host lies
    /// in.
    ///
    /// # When it does not apply
    ///
    /// The host is itself a public suffix and names itself: the cookie becomes host-only.
    id: "cookie.domain.refused",
    severity: Warning,
    title: "A cookie asks for a domain that it can not have",
    references: [Rfc(6265, "§5.3"), Guideline("RFC 6265bis §5.7")],
    fix: Remedy::words("Leave Domain out."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = refused(facts, &[Rejection::DomainMismatch, Rejection::DomainPublicSuffix])
        .map(|(cookie, rejection, only)| {
            let why = if rejection == Rejection::DomainPublicSuffix {
                "the Domain is a public suffix, which many sites share"
            } else {
                "the Domain is neither the host nor a parent of it"
            };
            Finding::new(format!("{} refuse{} it: {why}.", who(only), s(only)))
                .title(format!("{} is refused: it can not have that Domain", cookie.called()))
                .at(cookie.location_of(&[AttributeKind::Domain]))
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}
