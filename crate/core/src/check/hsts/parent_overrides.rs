//! `hsts.parent.overrides`

use super::judged;
use crate::check::prelude::*;
use crate::fact::{Cover, undotted};
use crate::field::hsts::Reading;

declare! {
    /// # What is wrong
    ///
    /// What a host says of HSTS is not what holds for it: a policy from above covers it although
    /// its own field says otherwise, or the domain's policy stops short of it.
    ///
    /// # Why it matters
    ///
    /// A sub-domain cannot switch off its parent's policy, and is not protected by a parent's
    /// policy without `includeSubDomains`. Both surprise people who look at one host only.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/
    /// Strict-Transport-Security: max-age=31536000
    ///
    /// GET https://www.shop.example/
    /// HTTP/1.1 200 OK
    /// ```
    ///
    /// # How to fix
    ///
    /// Let the parent say `includeSubDomains`, or every host send its own field.
    ///
    /// # When it does not apply
    ///
    /// The page is on the registrable domain itself, or its host sends a policy of its own.
    id: "hsts.parent.overrides",
    severity: Note,
    title: "Another host's policy decides here",
    references: [Rfc(6797, "§8.2")],
    fix: Remedy { summary: "Send the same policy from every host, and `includeSubDomains` from the domain.", lines: sends!(
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
    let host = undotted(&facts.site.host);
    if host == domain {
        return Outcome::NotApplicable("the page is on the registrable domain itself");
    }
    let policy = match facts.hsts.policy(host) {
        Observed::Seen(policy) => policy,
        Observed::Unseen(reason) => {
            return Outcome::Unknown(Gap::new(What::HstsField(host.to_owned()), reason));
        }
    };
    let own = policy.reading(facts.engine);
    if let Reading::InForce { .. } = own {
        return Outcome::Pass;
    }
    let says = match own {
        Reading::Delete { .. } => "says `max-age=0`, which switches nothing off",
        Reading::Void(_) => "sends a void field",
        _ => "sends no field",
    };
    let message = match facts.cover_from_above(host) {
        Some(Cover::Policy { host: above, .. }) => {
            format!("{} {says}; the policy of {} covers it.", code(host), code(&above))
        }
        Some(Cover::Preloaded { entry } | Cover::PreloadedIn { entry, .. }) => {
            format!("{} {says}; the preload list covers it by the entry {}.", code(host), code(&entry))
        }
        None => match facts.hsts.policy(domain) {
            Observed::Unseen(reason) => {
                return Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason));
            }
            Observed::Seen(_) if facts.cover(domain).is_some() => {
                format!("{} {says}; {} is protected, but not the names below it.", code(host), code(domain))
            }
            Observed::Seen(_) => return Outcome::NotApplicable("no policy above is in force"),
        },
    };
    Outcome::fail(Finding::new(message).at(judged::location(policy, None)))
}
