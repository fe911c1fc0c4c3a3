//! `hsts.max-age.missing`

use super::judged;
use crate::check::prelude::*;
use crate::field::hsts::{Reading, Void, VoidReason};

declare! {
    /// # What is wrong
    ///
    /// The Strict-Transport-Security field has no `max-age`, the one directive that it must have.
    ///
    /// # Why it matters
    ///
    /// Browsers ignore the field as a whole: no policy is learned.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: includeSubDomains; preload
    /// ```
    ///
    /// # How to fix
    ///
    /// Add `max-age` with a number of seconds; begin with a short one and raise it.
    ///
    /// # When it does not apply
    ///
    /// There is no field at all, or it has a `max-age` that is wrong in itself (that is
    /// `hsts.field.void`).
    id: "hsts.max-age.missing",
    severity: Error,
    title: "The Strict-Transport-Security field has no max-age",
    references: [Cwe(319), Asvs("V3.4.1"), Zap("10035-5"), Observatory("hsts-header-invalid"), Rfc(6797, "§6.1.1")],
    fix: Remedy { summary: "Add `max-age`; begin with an hour, then raise it.", lines: sends_hsts!("3600") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each(facts, |host, policy| match policy.reading(facts.engine) {
        Reading::Void(Void { reason: VoidReason::MaxAgeMissing, .. }) => Some(
            Finding::new(format!(
                "Without it browsers ignore the field, and {} has no policy (RFC 6797 §6.1.1).",
                code(host)
            ))
            .severity(judged::severity(facts, host))
            .at(judged::location(policy, None)),
        ),
        _ => None,
    })
}
