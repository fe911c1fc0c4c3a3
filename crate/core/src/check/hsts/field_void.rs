//! `hsts.field.void`

use super::judged;
use crate::check::prelude::*;
use crate::fact::HostPolicy;
use crate::field::Engine;
use crate::field::hsts::{Reading, Void, VoidReason};

declare! {
    /// # What is wrong
    ///
    /// The Strict-Transport-Security field breaks its syntax, and browsers ignore all of it.
    ///
    /// # Why it matters
    ///
    /// The field looks as if it protected the site and does nothing: browsers neither learn a
    /// policy nor renew the one they had.
    ///
    /// # Example
    ///
    /// ```http
    /// Strict-Transport-Security: max-age=31536000, includeSubDomains
    /// ```
    ///
    /// # How to fix
    ///
    /// Directives end with a semicolon, `max-age` stands once and is a number of seconds,
    /// `includeSubDomains` stands once and has no value.
    ///
    /// # When it does not apply
    ///
    /// The field only lacks `max-age` (that is `hsts.max-age.missing`), or only the other
    /// browser throws it away (that is `hsts.field.reading-differs`).
    id: "hsts.field.void",
    severity: Error,
    title: "Browsers throw the Strict-Transport-Security field away",
    references: [
        Cwe(319),
        Asvs("V3.4.1"),
        Zap("10035-7"),
        Zap("10035-8"),
        Observatory("hsts-header-invalid"),
        Rfc(6797, "§6.1"),
        Rfc(6797, "§8.1"),
    ],
    fix: Remedy { summary: "Write it as browsers read it: directives end with a semicolon, each stands once.", lines: sends_hsts!("31536000") },
    since: "0.1.0",
}

fn run(facts: &Facts<'_>) -> Outcome {
    judged::each(facts, |host, policy| match policy.reading(facts.engine) {
        Reading::Void(void) if void.reason != VoidReason::MaxAgeMissing => {
            Some(finding(facts, host, policy, void))
        }
        _ => None,
    })
}

fn finding(facts: &Facts<'_>, host: &str, policy: &HostPolicy<'_>, void: &Void) -> Finding {
    let token = void.span.of(policy.first().unwrap_or_default());
    let token = code(&crate::field::octets::isomorphic_decode(token));
    let (what, clause) = words(&void.reason, &token);
    let mut message = format!("{what} ({clause}); with it the whole field is void.");
    let other = match facts.engine {
        Engine::Chromium => (Engine::Firefox, "Firefox"),
        Engine::Firefox => (Engine::Chromium, "Chromium"),
    };
    let reads_otherwise = [
        (!matches!(policy.reading(other.0), Reading::Void(_))).then_some(other.1),
        // Its scanner is more lenient with some fields that no browser takes.
        policy
            .preload_site
            .as_ref()
            .is_some_and(|parsed| parsed.errors.is_empty() && parsed.policy.max_age.is_some())
            .then_some("hstspreload.org"),
    ];
    let names: Vec<&str> = reads_otherwise.into_iter().flatten().collect();
    match names.as_slice() {
        [] => {}
        [one] => message = format!("{message} {one} reads it all the same."),
        _ => message = format!("{message} {} read it all the same.", names.join(" and ")),
    }
    let mut finding = Finding::new(message)
        .severity(judged::severity(facts, host))
        .at(judged::location(policy, Some((void.span.start, void.span.end))));
    if !matches!(policy.reading(other.0), Reading::Void(_)) {
        let browser = match facts.engine {
            Engine::Chromium => "Chromium",
            Engine::Firefox => "Firefox",
        };
        finding = finding.title(format!("{browser} throws the Strict-Transport-Security field away"));
    }
    finding
}

/// What is wrong with the token, and the clause that says so.
fn words(reason: &VoidReason, token: &str) -> (String, &'static str) {
    use VoidReason as R;
    const SYNTAX: &str = "RFC 6797 §6.1";
    const MAX_AGE: &str = "RFC 6797 §6.1.1";
    match reason {
        R::MaxAgeMissing => ("`max-age` is missing".to_owned(), MAX_AGE),
        R::MaxAgeEmpty => ("`max-age` has no value".to_owned(), MAX_AGE),
        R::MaxAgeNotDigits { .. } => {
            (format!("`max-age` takes a number of seconds in digits, not {token}"), MAX_AGE)
        }
        R::MaxAgeTooLarge { .. } => (format!("`max-age` is too large a number: {token}"), MAX_AGE),
        R::Repeated { directive } => (format!("{} stands there twice", code(directive)), SYNTAX),
        R::IncludeSubDomainsValue => ("`includeSubDomains` takes no value".to_owned(), "RFC 6797 §6.1.2"),
        R::Comma => ("A comma ends no directive, only a semicolon does".to_owned(), SYNTAX),
        R::ExtraWord { .. } => (
            format!("{token} stands after a complete directive; a semicolon may be missing before it"),
            SYNTAX,
        ),
        R::NameEmpty => ("A directive has no name before its equals sign".to_owned(), SYNTAX),
        R::NameNotToken { .. } => (format!("{token} cannot be the name of a directive"), SYNTAX),
        R::ValueEmpty { name } => (format!("{} has an equals sign and no value", code(name)), SYNTAX),
        R::ValueNotToken { name } => (format!("The value of {} needs quotes: {token}", code(name)), SYNTAX),
        R::Quote => ("A quotation mark is out of place".to_owned(), SYNTAX),
        R::QuotedOctet => ("A quoted value holds something other than printable ASCII".to_owned(), SYNTAX),
        R::LineOctet => ("The field holds NUL, CR or LF".to_owned(), SYNTAX),
    }
}
