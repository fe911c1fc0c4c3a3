//! `hsts.field.differs-between-responses`

use super::judged;
use crate::check::prelude::*;
use crate::fact::HostPolicy;
use crate::field::octets::isomorphic_decode;

declare! {
    /// # What is wrong
    ///
    /// Responses of one host carry Strict-Transport-Security fields that say different things.
    ///
    /// # Why it matters
    ///
    /// Browsers keep whatever came last. How long the site is protected, and whether its
    /// sub-domains are, depends on the order in which a page's parts arrive.
    ///
    /// # Example
    ///
    /// ```http
    /// GET https://shop.example/
    /// Strict-Transport-Security: max-age=31536000; includeSubDomains
    ///
    /// GET https://shop.example/app.js
    /// Strict-Transport-Security: max-age=3600
    /// ```
    ///
    /// # How to fix
    ///
    /// Set the field in one place for the whole host.
    ///
    /// # When it does not apply
    ///
    /// The fields mean the same, in whatever spelling. Only responses of this visit are compared.
    /// It is a note where a preload list or a parent's policy covers the host.
    id: "hsts.field.differs-between-responses",
    severity: Warning,
    title: "One host sends different HSTS policies",
    references: [Asvs("V3.4.1"), Rfc(6797, "§7.1")],
    fix: Remedy { summary: "Set the field in one place for the whole host, the outermost server if there are several.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

/// Policies that a message quotes at most.
const QUOTED: usize = 3;

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each_now(facts, |host, responses| {
        let mut kinds: Vec<&HostPolicy<'_>> = Vec::new();
        for policy in responses.iter().copied().filter(|policy| !policy.fields.is_empty()) {
            if !kinds.iter().any(|known| known.says_the_same_as(policy)) {
                kinds.push(policy);
            }
        }
        let second = kinds.get(1)?;
        let quoted: Vec<String> = kinds
            .iter()
            .take(QUOTED)
            .filter_map(|policy| {
                let value = code(&isomorphic_decode(policy.first()?));
                Some(format!("{value} at {}", code(policy.exchange.url.as_str())))
            })
            .collect();
        Some(
            Finding::new(format!(
                "{} sends {} different ones, and browsers keep the last: {}.",
                code(host),
                kinds.len(),
                quoted.join(", ")
            ))
            .severity(judged::unless_covered(facts, host))
            .at(judged::location(second, None)),
        )
    })
}
