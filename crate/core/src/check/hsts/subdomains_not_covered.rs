//! `hsts.subdomains.not-covered`

use super::judged;
use crate::check::prelude::*;
use crate::fact::undotted;

declare! {
    /// # What is wrong
    ///
    /// The registrable domain's policy lacks `includeSubDomains`.
    ///
    /// # Why it matters
    ///
    /// Every name below the domain can be reached over http, also one that does not exist: whoever
    /// is on the way answers for it, gets the cookies that the domain shares, and can set some.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `includeSubDomains` once every sub-domain works over https.
    ///
    /// # When it does not apply
    ///
    /// No policy of the domain is in force (other checks say why), or the preload lists cover its
    /// sub-domains. It is a note as long as no cookie and no request of the page uses a sub-domain
    /// without a policy of its own; with the thresholds of OWASP or hstspreload.org it always is a
    /// warning, with the browsers' a note.
    id: "hsts.subdomains.not-covered",
    severity: Warning,
    title: "HSTS does not cover the sub-domains",
    references: [
        Cwe(319),
        Asvs("V3.4.1"),
        Django("security.W005"),
        Hstspreload("header.preloadable.include_sub_domains.missing"),
        Rfc(6797, "§6.1.2"),
    ],
    fix: Remedy { summary: "Add `includeSubDomains` once every sub-domain works over https.", lines: sends!(
            django: "SECURE_HSTS_INCLUDE_SUBDOMAINS = True",
            rails: "config.force_ssl = true\nconfig.ssl_options = { hsts: { expires: 31536000, subdomains: true } }",
            aspnet: "builder.Services.AddHsts(options => { options.MaxAge = TimeSpan.FromDays(365); options.IncludeSubDomains = true; });\napp.UseHsts();",
            express: "app.use(helmet({ strictTransportSecurity: { maxAge: 31536000, includeSubDomains: true } }));",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let Some(domain) = facts.site.registrable_domain.as_deref() else {
        return Outcome::NotApplicable(judged::NO_DOMAIN);
    };
    let lists = [&facts.preload.chromium, &facts.preload.firefox];
    if lists.into_iter().all(|listing| listing.listed && listing.include_subdomains) {
        return Outcome::NotApplicable("the preload lists cover the sub-domains");
    }
    let policy = match facts.hsts.policy(domain) {
        Observed::Seen(policy) => policy,
        Observed::Unseen(reason) => {
            return Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason));
        }
    };
    match policy.reading(facts.engine).in_force() {
        None => return Outcome::NotApplicable("the domain's field sets no policy"),
        Some((_, true)) => return Outcome::Pass,
        Some((_, false)) => {}
    }
    let uncovered = facts
        .exchanges()
        .map(|exchange| undotted(exchange.url.host()))
        .filter(|host| *host != domain && facts.site.holds(host) && facts.cover(host).is_none())
        .min();
    let shared = facts.cookies.iter().find(|cookie| {
        cookie.first_party && cookie.stored.as_ref().is_some_and(|s| !s.host_only && s.domain == domain)
    });
    let all = format!("Any name below {} can be reached over http", code(domain));
    let (message, severity) = match (uncovered, shared) {
        (Some(host), _) => (format!("{all}, and the page uses {}.", code(host)), Severity::Warning),
        (None, Some(cookie)) => (
            format!("{all}, and the cookie {} is shared with all of them.", code(&cookie.name)),
            Severity::Warning,
        ),
        (None, None) => (format!("{all}; nothing that was seen uses one."), Severity::Note),
    };
    let severity = facts.thresholds().subdomains.unwrap_or(severity);
    Outcome::fail(Finding::new(message).severity(severity).at(judged::location(policy, None)))
}
