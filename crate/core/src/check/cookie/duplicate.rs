//! `cookie.duplicate`

use super::answer;
use crate::check::prelude::*;
use crate::fact::{CookieFact, Setting};
use crate::field::Engine;
use crate::field::set_cookie::StoredCookie;

declare! {
    /// # What is wrong
    ///
    /// One response sets the same cookie (name, domain and path) more than once, with different
    /// attributes.
    ///
    /// # Why it matters
    ///
    /// The last line wins. Which one that is often hangs on the order of two layers of software,
    /// so that `Secure` or `HttpOnly` comes and goes.
    ///
    /// # Example
    ///
    /// ```http
    /// Set-Cookie: sessionid=…; Secure; HttpOnly
    /// ```
    ///
    /// # How to fix
    ///
    /// Set it in one place.
    ///
    /// # When it does not apply
    ///
    /// The lines are alike but for the value, or one only deletes the cookie.
    id: "cookie.duplicate",
    severity: Warning,
    title: "A response sets one cookie twice",
    references: [Rfc(6265, "§4.1.1")],
    fix: Remedy::words("Set the cookie in one place."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let findings = facts.own_cookies().filter_map(|(cookie, _)| finding(cookie, facts.engine)).collect();
    answer(findings, facts.set_cookie_gap())
}

fn finding(cookie: &CookieFact<'_>, engine: Engine) -> Option<Finding> {
    let again = cookie.settings.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        (std::ptr::eq(first.exchange, second.exchange) && differs(first, second, engine)).then_some(second)
    })?;
    Some(
        Finding::new("The last line wins, and with it its attributes.")
            .title(format!("{} is set twice with different attributes", cookie.called()))
            .at(again.location(&[]).cookie(&cookie.name)),
    )
}

fn differs(first: &Setting<'_>, second: &Setting<'_>, engine: Engine) -> bool {
    let attributes =
        |cookie: &StoredCookie| (cookie.secure, cookie.http_only, cookie.same_site, cookie.expires_at);
    first.reading(engine).cookie().map(attributes) != second.reading(engine).cookie().map(attributes)
}
