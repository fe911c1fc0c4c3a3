//! `disclosure.session-id-in-url`

use crate::check::header::common::page;
use crate::check::prelude::*;
use crate::field::session_id::without_id;

declare! {
    /// # What is wrong
    ///
    /// An address of the site carries what looks like a session id: `;jsessionid=…`, `?PHPSESSID=…`,
    /// `/(S(…))/`.
    ///
    /// # Why it matters
    ///
    /// Addresses end up in histories, logs, bookmarks and in what other sites are told (Referer). Whoever
    /// reads one has the session; and who sends one to somebody else can share it (session fixation).
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/cart;jsessionid=0123456789ABCDEF
    /// ```
    ///
    /// # How to fix
    ///
    /// Keep the session in a cookie alone, and end sessions whose ids stood in addresses.
    ///
    /// # When it does not apply
    ///
    /// No address of the site in this visit has a parameter of a known name with eight characters or more.
    /// The finding names the address without it.
    id: "disclosure.session-id-in-url",
    severity: Warning,
    title: "A session id stands in an address",
    references: [Cwe(598), Asvs("V14.2.1"), Zap("3-1"), Rfc(9110, "§17.9")],
    fix: Remedy {
        summary: "Keep the session in a cookie alone.",
        lines: &[
            (Software::Django, "SESSION_ENGINE = \"django.contrib.sessions.backends.db\"  # the default: Django knows cookies only"),
            (Software::AspNet, "builder.Services.AddSession();  // ASP.NET Core knows cookies only"),
            (Software::Php, "session.use_only_cookies = 1\nsession.use_trans_sid = 0"),
            (Software::Iis, "<system.web><sessionState cookieless=\"UseCookies\" /></system.web>"),
        ],
    },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let page = page(facts);
    let all = facts.visit.map_or(&[][..], |visit| &visit.exchanges);
    let shown = facts.site.url.iter();
    let asked = all.iter().map(|exchange| &exchange.url).filter(|url| facts.site.holds(url.host()));
    let found: Vec<String> = shown.chain(asked).filter_map(without_id).collect();
    match (found.first(), page) {
        (Some(first), _) => Outcome::fail(
            Finding::new("Whoever reads the address, in a log, a history or a Referer, has the session.")
                .at(Location::url(first)),
        ),
        (None, Err(outcome)) => outcome,
        (None, Ok(_)) => Outcome::Pass,
    }
}
