//! `preload.field.removal-requested`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The domain is on a preload list, and its field has a `max-age` and no `preload`: that asks
    /// for removal.
    ///
    /// # Why it matters
    ///
    /// Whoever enters the domain in the removal form has it taken off the lists. It takes months
    /// until every browser has the new list.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000; includeSubDomains
    /// ```
    ///
    /// # How to fix
    ///
    /// Send `preload` again if the domain shall stay.
    ///
    /// # When it does not apply
    ///
    /// The domain has no entry of its own on a list.
    id: "preload.field.removal-requested",
    severity: Note,
    title: "The field asks to take the domain off the preload lists",
    references: [Guideline("hstspreload.org, removal")],
    fix: Remedy { summary: "Send `preload` again if the domain shall stay on the lists.", lines: sends!(
            django: "SECURE_HSTS_SECONDS = 31536000\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\nSECURE_HSTS_PRELOAD = True",
            rails: "config.force_ssl = true\nconfig.ssl_options = { hsts: { expires: 31536000, subdomains: true, preload: true } }",
            aspnet: "builder.Services.AddHsts(options => { options.MaxAge = TimeSpan.FromDays(365); options.IncludeSubDomains = true; options.Preload = true; });\napp.UseHsts();",
            express: "app.use(helmet({ strictTransportSecurity: { maxAge: 31536000, includeSubDomains: true, preload: true } }));",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return Outcome::NotApplicable(super::requirement::NO_DOMAIN);
    };
    if !preload.has_own_entry() {
        return Outcome::NotApplicable("the domain has no entry of its own");
    }
    match (preload.asks_for_removal, facts.first_response(domain)) {
        (Some(true), Observed::Seen(policy)) => {
            let mut at = Location::url(&policy.exchange.url).field("strict-transport-security");
            if let Some(first) = policy.first() {
                at = at.value(first, None);
            }
            Outcome::fail(
                Finding::new(format!(
                    "{} is listed, and its field has no `preload`: the removal form would take it.",
                    code(domain)
                ))
                .at(at),
            )
        }
        (None, Observed::Unseen(reason)) => {
            Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason))
        }
        _ => Outcome::Pass,
    }
}
