//! `cookie.prefix.violated`

use super::{answer, refused, s, who};
use crate::check::prelude::*;
use crate::field::set_cookie::{AttributeKind, NamePrefix, Rejection};

declare! {
    /// # What is wrong
    ///
    /// The name begins with `__Secure-`, `__Host-`, `__Http-` or `__Host-Http-`, and an attribute
    /// that the prefix demands is not there.
    ///
    /// # Why it matters
    ///
    /// Browsers refuse it.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: __Host-cart=3; Path=/; Secure; Domain=shop.example
    /// ```
    ///
    /// # How to fix
    ///
    /// `__Secure-` needs Secure. `__Host-` needs Secure, `Path=/` and no Domain. `__Http-` needs
    /// Secure and `HttpOnly`, `__Host-Http-` all of them. All need https.
    ///
    /// # When it does not apply
    ///
    /// The name has no such prefix. Letter case does not matter.
    id: "cookie.prefix.violated",
    severity: Warning,
    title: "A cookie breaks the rules of its name",
    references: [Asvs("V3.3.3"), Guideline("RFC 6265bis §4.1.3")],
    fix: Remedy::words("Give the cookie what its prefix demands, or another name."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = refused(facts, &[Rejection::PrefixViolated, Rejection::PrefixInValue])
        .map(|(cookie, rejection, only)| {
            let refuses = format!("{} refuse{} it", who(only), s(only));
            let message = match NamePrefix::of(cookie.name.as_bytes()) {
                Some(prefix) if rejection == Rejection::PrefixViolated => {
                    format!("{refuses}: {} demands {}.", code(prefix.text()), demands(prefix))
                }
                _ => format!("{refuses}: it has no name, and a value that looks like a name with a prefix."),
            };
            Finding::new(message)
                .title(format!("{} is refused: it breaks the rules of its name", cookie.called()))
                .at(cookie.location_of(&[AttributeKind::Domain]))
        })
        .collect();
    answer(findings, facts.set_cookie_gap())
}

const fn demands(prefix: NamePrefix) -> &'static str {
    match prefix {
        NamePrefix::Secure => "`Secure`, set over https",
        NamePrefix::Host => "`Secure`, `Path=/` and no Domain, set over https",
        NamePrefix::Http => "`Secure` and `HttpOnly`, set over https",
        NamePrefix::HostHttp => "`Secure`, `HttpOnly`, `Path=/` and no Domain, set over https",
    }
}
