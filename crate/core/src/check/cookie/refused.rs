//! `cookie.refused`

use super::{answer, s, who};
use crate::check::prelude::*;
use crate::fact::{CookieFact, CookieRefusal};
use crate::field::set_cookie::Rejection;

declare! {
    /// # What is wrong
    ///
    /// A Set-Cookie line was received, and the browser does not hold the cookie.
    ///
    /// # Why it matters
    ///
    /// The server sets it again and again and never gets it back. What it is for does not work.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: theme=dark; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// The message names the rule where it is known.
    ///
    /// # When it does not apply
    ///
    /// A more exact check names the rule (name prefix, Domain, `SameSite`, size, Partitioned), or
    /// the line deletes the cookie. Cookies that another site's page asked for: browsers follow
    /// rules of their own there.
    id: "cookie.refused",
    severity: Warning,
    title: "A browser does not keep a cookie",
    references: [Guideline("RFC 6265bis §5.6, §5.7")],
    fix: Remedy::words("Set it as browsers take it, or do not set it."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let own = || facts.cookies.iter().filter(|cookie| cookie.first_party);
    let findings: Vec<Finding> = own().filter_map(finding).collect();
    // The jar could only tell something of a line that the rules accept.
    let set_now = |cookie: &CookieFact<'_>| {
        cookie.stored.is_some() && cookie.last_setting().is_some_and(|setting| setting.recent)
    };
    let gap = facts.set_cookie_gap().or_else(|| match &facts.evidence.jar {
        Observed::Unseen(reason) if own().any(set_now) => Some(Gap::new(What::CookieJar, *reason)),
        _ if !facts.is_finished() && own().any(set_now) => {
            Some(Gap::new(What::CookieJar, Reason::StillLoading))
        }
        _ => None,
    });
    answer(findings, gap)
}

fn finding(cookie: &CookieFact<'_>) -> Option<Finding> {
    let message = match cookie.refusal? {
        CookieRefusal::Rule { rejection, only } => {
            format!("{} refuse{} it: {}.", who(only), s(only), rule(rejection)?)
        }
        CookieRefusal::SecureExists => {
            "A response over http can not replace or hide a Secure cookie of the same name.".to_owned()
        }
        CookieRefusal::NotInJar { crowded: true } => {
            "The browser keeps at most 180 cookies of a site, and drops the oldest.".to_owned()
        }
        CookieRefusal::NotInJar { crowded: false } => {
            "Its rules allow it; a setting of the browser, an extension or a script of the page may have removed it."
                .to_owned()
        }
    };
    Some(
        Finding::new(message)
            .title(format!("The browser does not keep {}", cookie.called_within()))
            .at(cookie.location()),
    )
}

/// The rule, where no more exact check names it.
const fn rule(rejection: Rejection) -> Option<&'static str> {
    match rejection {
        Rejection::Empty => Some("it has neither name nor value"),
        Rejection::Nameless => Some("it has no name"),
        Rejection::ControlOctet => Some("it holds a control character"),
        Rejection::PathInvalid => Some("its Path holds a tab"),
        Rejection::SecureOverHttp => Some("`Secure` can not be set over http"),
        Rejection::TooLarge
        | Rejection::DomainMismatch
        | Rejection::DomainPublicSuffix
        | Rejection::PrefixViolated
        | Rejection::PrefixInValue
        | Rejection::SameSiteNoneNotSecure
        | Rejection::PartitionedNotSecure
        | Rejection::Expired => None,
    }
}
