//! `preload.domain.not-registrable`

use crate::check::prelude::*;
use crate::fact::{SiteKind, undotted};

declare! {
    /// # What is wrong
    ///
    /// The page's host is a sub-domain, or a public suffix: hstspreload.org takes whole
    /// registrable domains only.
    ///
    /// # Why it matters
    ///
    /// What is said about preloading is about the registrable domain, not about this host.
    ///
    /// # Example
    ///
    /// `https://www.shop.example/` is judged as `shop.example`.
    ///
    /// # How to fix
    ///
    /// Nothing; look at the registrable domain's own address.
    ///
    /// # When it does not apply
    ///
    /// IP addresses and names without a public suffix.
    id: "preload.domain.not-registrable",
    severity: Note,
    title: "Preloading is judged for the registrable domain",
    references: [Hstspreload("domain.is_subdomain"), Hstspreload("domain.format.public_suffix")],
    fix: Remedy::words("Nothing to do here; the registrable domain's own address tells more."),
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let host = undotted(&facts.site.host);
    match (facts.site.registrable_domain.as_deref(), facts.site.kind) {
        (Some(domain), _) if domain == host => Outcome::Pass,
        (Some(domain), _) => Outcome::fail(
            Finding::new(format!(
                "{} is a sub-domain; only {} as a whole can be on a list.",
                code(host),
                code(domain)
            ))
            .codes(&["domain.is_subdomain"]),
        ),
        (None, SiteKind::PublicSuffix) => Outcome::fail(
            Finding::new(format!(
                "{} is a public suffix; only the domains below it can be submitted.",
                code(host)
            ))
            .codes(&["domain.format.public_suffix"]),
        ),
        (None, _) => Outcome::NotApplicable(super::requirement::NO_DOMAIN),
    }
}
