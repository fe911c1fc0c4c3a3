//! `hsts.field.repeated`

use super::judged;
use crate::check::prelude::*;
use crate::fact::HostPolicy;
use crate::field::hsts::Reading;

declare! {
    /// # What is wrong
    ///
    /// One response carries more than one Strict-Transport-Security field.
    ///
    /// # Why it matters
    ///
    /// Browsers use the first and ignore the others, also when the first is void. Which is first
    /// depends on what stands between server and browser. hstspreload.org refuses such a response.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=300
    /// Strict-Transport-Security: max-age=31536000; includeSubDomains
    /// ```
    ///
    /// # How to fix
    ///
    /// Set the field in one place: the application or the proxy, not both.
    ///
    /// # When it does not apply
    ///
    /// The responses carry one field or none. Firefox hands out only the first, so that there the
    /// repetition itself cannot be seen.
    id: "hsts.field.repeated",
    severity: Warning,
    title: "More than one Strict-Transport-Security field",
    references: [Zap("10035-3"), Hstspreload("response.multiple_headers"), Rfc(6797, "§8.1")],
    fix: Remedy { summary: "Set the field in one place, the application or the proxy, not in both.", lines: &[
            (Software::Django, "SECURE_HSTS_SECONDS = 0  # when the proxy sends the field"),
            (Software::Nginx, "proxy_hide_header Strict-Transport-Security;  # when nginx adds its own"),
            (Software::Apache, "Header onsuccess unset Strict-Transport-Security\nHeader always set Strict-Transport-Security \"max-age=31536000\""),
            (Software::Caddy, "header >Strict-Transport-Security \"max-age=31536000\""),
            (Software::Express, "app.use(helmet({ strictTransportSecurity: false }));  // when the proxy sends the field"),
            (Software::Rails, "config.ssl_options = { hsts: false }  # when the proxy sends the field"),
        ] },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    let outcome = found(facts);
    match facts.preload.gap("repeated") {
        Some(gap) if outcome == Outcome::Pass => Outcome::Unknown(gap.clone()),
        _ => outcome,
    }
}

fn found(facts: &Facts<'_>) -> Outcome {
    judged::each(facts, |host, policy| {
        let repeats = |policy: &&HostPolicy<'_>| policy.fields.len() > 1;
        let policy = Some(policy).filter(repeats).or_else(|| facts.hsts.current(host).find(repeats))?;
        let first = match policy.reading(facts.engine) {
            Reading::Void(_) => "The first is void, and browsers do not look at the others",
            _ => "Browsers use the first and ignore the others",
        };
        Some(
            Finding::new(format!("{} came with {} of them. {first}.", code(host), policy.fields.len()))
                .at(judged::location(policy, None)),
        )
    })
}
