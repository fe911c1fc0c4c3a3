//! `preload.field.sent-but-not-listed`

use crate::check::prelude::*;

declare! {
    /// # What is wrong
    ///
    /// The field says `preload`, and the domain is on no browser's list.
    ///
    /// # Why it matters
    ///
    /// Anybody can submit the domain at hstspreload.org: the directive is the owner's consent. Then
    /// every sub-domain is held to https for months, internal ones too.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000; includeSubDomains; preload
    /// ```
    ///
    /// # How to fix
    ///
    /// Submit the domain if that is meant; otherwise leave `preload` out.
    ///
    /// # When it does not apply
    ///
    /// The domain is on a list, also when a submission is still on its way into a browser's
    /// release. It is a note as long as no requirement is known to fail.
    id: "preload.field.sent-but-not-listed",
    severity: Warning,
    title: "`preload` is sent, and the domain is on no list",
    references: [Guideline("hstspreload.org, opting in and out")],
    fix: Remedy { summary: "Submit the domain at hstspreload.org if that is meant; otherwise leave `preload` out.", lines: sends!(
            django: "SECURE_HSTS_PRELOAD = False",
            rails: "config.force_ssl = true\nconfig.ssl_options = { hsts: { expires: 31536000, subdomains: true } }",
            aspnet: "builder.Services.AddHsts(options => { options.MaxAge = TimeSpan.FromDays(365); options.IncludeSubDomains = true; });\napp.UseHsts();",
            express: "app.use(helmet({ strictTransportSecurity: { maxAge: 31536000, includeSubDomains: true } }));",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains"
        ) },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let preload = &facts.preload;
    let Some(domain) = preload.domain.as_deref() else {
        return Outcome::NotApplicable(super::requirement::NO_DOMAIN);
    };
    if preload.is_listed() {
        return Outcome::NotApplicable("the domain is on a list");
    }
    match (preload.asks_for_preload, facts.first_response(domain)) {
        (Some(true), Observed::Seen(policy)) => {
            let (message, severity) = if preload.errors.is_empty() {
                (
                    format!(
                        "Anybody can submit {} at hstspreload.org, with all its sub-domains.",
                        code(domain)
                    ),
                    Severity::Note,
                )
            } else {
                (
                    format!(
                        "{} asks to be preloaded, and hstspreload.org would refuse it as it is.",
                        code(domain)
                    ),
                    Severity::Warning,
                )
            };
            let mut at = Location::url(&policy.exchange.url).field("strict-transport-security");
            if let Some(first) = policy.first() {
                at = at.value(first, None);
            }
            Outcome::fail(Finding::new(message).severity(severity).at(at))
        }
        (None, Observed::Unseen(reason)) => {
            Outcome::Unknown(Gap::new(What::HstsField(domain.to_owned()), reason))
        }
        _ => Outcome::Pass,
    }
}
