//! `preload.list.at-risk`

use super::code::words;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The domain is on a browser's preload list, and no longer meets the requirements.
    ///
    /// # Why it matters
    ///
    /// hstspreload.org scans the listed domains. One that fails twice over more than 30 days is
    /// removed, and with a later browser version the protection is gone.
    ///
    /// # Example
    ///
    /// A listed domain whose field lost `includeSubDomains`.
    ///
    /// # How to fix
    ///
    /// Meet every requirement again, on the registrable domain itself.
    ///
    /// # When it does not apply
    ///
    /// The domain is on no list, a list covers it by a parent's entry, or it asks for removal
    /// (that is `preload.field.removal-requested`).
    id: "preload.list.at-risk",
    severity: Warning,
    title: "Listed, but the requirements are no longer met",
    references: [Guideline("hstspreload.org, automated removal")],
    fix: Remedy { summary: "Meet every requirement again, or ask for removal by a field without `preload`.", lines: sends!(
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
    if preload.asks_for_removal == Some(true) {
        return Outcome::NotApplicable("the domain asks to be removed");
    }
    let mut codes: Vec<&'static str> = Vec::new();
    for step in &preload.errors {
        if !codes.contains(&step.code) {
            codes.push(step.code);
        }
    }
    let Some(first) = preload.errors.first() else {
        return match preload.unknown.first() {
            // No server is asked over http as long as the list holds the domain: never seen
            // means never seen, and no defect either.
            Some((_, gap)) => Outcome::Unknown(gap.clone()),
            None => Outcome::Pass,
        };
    };
    let named: Vec<String> = codes.iter().map(|step| code(step)).collect();
    Outcome::fail(
        Finding::new(format!(
            "{} is listed, and hstspreload.org would refuse it today: {}.",
            code(domain),
            named.join(", ")
        ))
        .title(format!("Listed, but: {}", lower_first(words(first.code))))
        .codes(&codes)
        .at(Location::url(&first.url)),
    )
}

/// For the middle of a sentence; what begins with an abbreviation or code stays.
fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if first.is_ascii_uppercase() && !second.is_ascii_uppercase() => {
            format!("{}{}", first.to_ascii_lowercase(), characters.as_str())
        }
        _ => text.to_owned(),
    }
}
