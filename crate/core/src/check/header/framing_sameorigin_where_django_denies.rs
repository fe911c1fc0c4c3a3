//! `header.framing.sameorigin-where-django-denies`

use crate::check::prelude::*;
use crate::fact::State;

declare! {
    /// # What is wrong
    ///
    /// A Django site sends `X-Frame-Options: SAMEORIGIN`, where Django's default is `DENY`.
    ///
    /// # Why it matters
    ///
    /// Pages of the site may frame each other. One page in which a visitor can place a frame is
    /// then enough to lay another page under the visitors' clicks. Django's `check --deploy` says
    /// security.W019 for it.
    ///
    /// # Example
    ///
    /// ```http
    /// HTTP/1.1 200 OK
    /// X-Frame-Options: SAMEORIGIN
    /// Set-Cookie: csrftoken=…; Max-Age=31449600; Path=/; SameSite=Lax; Secure
    /// ```
    ///
    /// # How to fix
    ///
    /// Take `X_FRAME_OPTIONS` out of the settings, and give the views that must be framed the
    /// decorator `xframe_options_sameorigin`.
    ///
    /// # When it does not apply
    ///
    /// The site is not known to be Django, or sends no such field.
    id: "header.framing.sameorigin-where-django-denies",
    severity: Note,
    title: "X-Frame-Options is SAMEORIGIN where Django denies",
    references: [Cwe(1021), Asvs("V3.4.6"), Django("security.W019"), Rfc(7034, "§2.1")],
    fix: Remedy {
        summary: "Send `DENY`, and allow single views to be framed.",
        lines: &[
            (Software::Django, "X_FRAME_OPTIONS = \"DENY\""),
            (Software::Nginx, "proxy_hide_header X-Frame-Options; add_header X-Frame-Options \"DENY\" always;"),
            (Software::Apache, "Header always set X-Frame-Options \"DENY\""),
            (Software::Caddy, "header >X-Frame-Options \"DENY\""),
            (Software::Header, "X-Frame-Options: DENY"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some((state, exchange)) = facts.django_framing() else {
        return Outcome::NotApplicable("no response of Django's with X-Frame-Options was seen");
    };
    if state == State::Clear {
        return Outcome::Pass;
    }
    Outcome::fail(
        Finding::new("Django's own default is `DENY`; with this, pages of the site may frame each other.")
            .at(Location::url(&exchange.url).field("x-frame-options").text("SAMEORIGIN")),
    )
}
