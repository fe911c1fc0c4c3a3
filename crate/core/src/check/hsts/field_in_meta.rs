//! `hsts.field.in-meta`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The page says Strict-Transport-Security in a `meta http-equiv` element.
    ///
    /// # Why it matters
    ///
    /// Browsers ignore it there. Who wrote it believes in a protection that does not exist.
    ///
    /// # Example
    ///
    /// ```html
    /// <meta http-equiv="Strict-Transport-Security" content="max-age=31536000">
    /// ```
    ///
    /// # How to fix
    ///
    /// Send it as a response header field over https, and delete the element.
    ///
    /// # When it does not apply
    ///
    /// The address has no registrable domain. Unknown as long as nobody read the page; the extension does when
    /// its popup is opened.
    id: "hsts.field.in-meta",
    severity: Warning,
    title: "Strict-Transport-Security stands in a meta element, where it is ignored",
    references: [Zap("10035-6"), Rfc(6797, "§8.5")],
    fix: Remedy { summary: "Send it as a response header field, and delete the element.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    const NAME: &str = "strict-transport-security";
    if facts.site.registrable_domain.is_none() {
        return Outcome::NotApplicable(super::judged::NO_DOMAIN);
    }
    let document = match facts.document() {
        Observed::Seen(document) => document,
        Observed::Unseen(reason) => return Outcome::Unknown(Gap::new(What::Document, reason)),
    };
    match document.metas.iter().find(|meta| meta.name.eq_ignore_ascii_case(NAME)) {
        Some(meta) => {
            Outcome::fail(
                Finding::new("Browsers take the policy from the response header field alone.")
                    .at(Location::url(&facts.site.address).field(NAME).value(&meta.value, None)),
            )
        }
        None if document.beyond.metas > 0 => Outcome::Unknown(Gap::new(What::Document, Reason::OverLimit)),
        None => Outcome::Pass,
    }
}
