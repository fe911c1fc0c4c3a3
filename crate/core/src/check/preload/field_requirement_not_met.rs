//! `preload.field.requirement-not-met`

use super::requirement;
use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The registrable domain's Strict-Transport-Security field lacks what hstspreload.org asks
    /// for. Each finding names that site's own code.
    ///
    /// # Why it matters
    ///
    /// The domain cannot be put on the browsers' preload lists. Its scanner is stricter than
    /// browsers in some points and more lenient in others.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000
    /// ```
    ///
    /// # How to fix
    ///
    /// Only if the domain shall be preloaded: a year or more, all sub-domains, and `preload`.
    ///
    /// # When it does not apply
    ///
    /// The domain is on a list already (then `preload.list.at-risk` judges). A defect that a check
    /// of the area hsts tells already is a note here.
    id: "preload.field.requirement-not-met",
    severity: Warning,
    title: "The field does not meet a requirement for preloading",
    references: [Guideline("hstspreload.org, submission requirements")],
    fix: Remedy { summary: "Only if the domain and every sub-domain shall be on https for good: send all three directives.", lines: sends!(
            django: "SECURE_HSTS_SECONDS = 31536000\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\nSECURE_HSTS_PRELOAD = True",
            rails: "config.force_ssl = true\nconfig.ssl_options = { hsts: { expires: 31536000, subdomains: true, preload: true } }",
            aspnet: "builder.Services.AddHsts(options => { options.MaxAge = TimeSpan.FromDays(365); options.IncludeSubDomains = true; options.Preload = true; });\napp.UseHsts();",
            express: "app.use(helmet({ strictTransportSecurity: { maxAge: 31536000, includeSubDomains: true, preload: true } }));",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let ended = facts.preload.errors.iter().any(|step| step.code.starts_with("domain.tls."));
    if ended && !facts.preload.is_listed() {
        return Outcome::NotApplicable("hstspreload.org looks at no field when TLS fails");
    }
    requirement::outcome(
        facts,
        |code| code.starts_with("header.") || code.starts_with("response."),
        &["header"],
    )
}
