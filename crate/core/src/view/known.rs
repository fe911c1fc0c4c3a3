//! What is known of each verdict's area even without a finding: requests, connection, lists, the road to
//! preloading, cookies. What is long is folded.

use maud::{Markup, html};

use super::icon::icon;
use super::language::Language;
use super::text::{foreign, sentence};
use crate::fact::{RAMP, Standing};
use crate::report::{ConnectionJson, CookieJson, PreloadJson, Report, RequirementJson, Word};
use crate::verdict::VerdictKind;

/// Cookies that the popup lists; more are counted.
const SHOWN: usize = 20;

pub(super) fn known(report: &Report, kind: VerdictKind, language: &Language) -> Markup {
    let facts = &report.facts;
    match kind {
        VerdictKind::Https => html! {
            @if !facts.redirects.is_empty() {
                dl."facts small" {
                    @for hop in facts.redirects.iter().take(6) {
                        dt { @if let Some(status) = hop.status { (status) } @else { (language.say("browser")) } }
                        dd { (foreign(&hop.url, 120)) @if let Some(to) = &hop.to { " → " (foreign(to, 120)) } }
                    }
                }
            }
            @if let Some(connection) = &facts.connection { (self::connection(connection, language)) }
        },
        VerdictKind::HstsPreload => {
            html! { @if facts.preload.domain.is_some() { (preload(&facts.preload, language)) } }
        }
        VerdictKind::Cookies => html! {
            (cookies(&facts.cookies, language))
            @if !facts.third_party_cookies.is_empty() {
                (fold("third-party", &language.fill("{} of other sites", &[&facts.third_party_cookies.len().to_string()]), &cookies(&facts.third_party_cookies, language)))
            }
        },
    }
}

/// Something long under one line that says what it comes to.
pub(super) fn fold(name: &str, line: &str, content: &Markup) -> Markup {
    html! {
        details.fold data-fold=(name) {
            summary { span { (line) } (icon("glyph chevron", "g-chevron")) }
            div.fold__body { (content) }
        }
    }
}

fn connection(connection: &ConnectionJson, language: &Language) -> Markup {
    let told = |word: &Option<String>| word.clone().unwrap_or_default();
    let line = match (&connection.protocol, connection.certificates.is_some()) {
        (Some(version), _) => format!("{version} {}", told(&connection.key_exchange_group)),
        (None, true) => language.say("certificate").to_owned(),
        (None, false) => language.say("details not exposed by this browser").to_owned(),
    };
    let rows = html! {
        dl."facts small" {
            @for (label, value) in connection.rows() { dt { (self::label(label, language)) } dd { (foreign(&value, 200)) } }
        }
        @if let Some((why, how)) = connection.missing() { p.muted { (language.say("TLS details were not observed.")) " " (why) " " (how) } }
    };
    fold("connection", &language.fill("Connection: {}", &[line.trim()]), &rows)
}

/// The label of a row; what is a name everywhere stays.
fn label<'a>(label: &'a str, language: &'a Language) -> &'a str {
    match label {
        "Cipher suite" => language.say("Cipher suite"),
        "Key exchange" => language.say("Key exchange"),
        "Signature" => language.say("Signature"),
        "Overridden" => language.say("Overridden"),
        "Transparency" => language.say("Transparency"),
        "Certificate" => language.say("Certificate"),
        "Issued by" => language.say("Issued by"),
        other => other,
    }
}

/// How long a step of the ramp lasts.
fn lasts<'a>(words: &'a str, language: &'a Language) -> &'a str {
    match words {
        "5 minutes" => language.say("5 minutes"),
        "a week" => language.say("a week"),
        "a month" => language.say("a month"),
        "two years" => language.say("two years"),
        other => other,
    }
}

fn preload(preload: &PreloadJson, language: &Language) -> Markup {
    let count = |standing| preload.count(standing).to_string();
    let counted = language.fill(
        "Requirements: {} met, {} not, {} not observed",
        &[&count(Standing::Passed), &count(Standing::Failed), &count(Standing::Unknown)],
    );
    let listed = preload.lists.chromium.listed || preload.lists.firefox.listed;
    html! {
        dl."facts small" {
            @for (name, listing) in [("Chromium", &preload.lists.chromium), ("Firefox", &preload.lists.firefox)] {
                dt { (name) }
                dd {
                    @if let Some(entry) = &listing.entry { (language.weave("listed by {}", &[&foreign(entry, 253)])) } @else { (language.say("not listed")) }
                    span.muted { " (" (listing.list) ")" }
                }
            }
            @if let Some(words) = preload.removal_words() {
                dt { (language.say("Removal")) }
                dd data-removal lang=[language.of_report()] { (sentence(words)) (codes(&preload.removal.errors)) }
            }
            @if !preload.insecure_subdomains.is_empty() {
                dt { (language.say("Would break")) }
                dd data-breaks {
                    @for (n, host) in preload.insecure_subdomains.iter().take(SHOWN).enumerate() {
                        @if n > 0 { ", " } (foreign(host, 253))
                    }
                    span.muted { " (" (language.say("seen over http only")) ")" }
                }
            }
        }
        (fold("requirements", &counted, &html! {
            ul.checklist { @for each in &preload.requirements { (requirement(each, language)) } }
        }))
        @if let (false, Some(words)) = (listed, preload.ramp_words()) {
            (fold("ramp", &language.fill("Ramp-up: {}", &[&words]), &ramp(preload, language)))
        }
    }
}

fn requirement(requirement: &RequirementJson, language: &Language) -> Markup {
    let (status, word) = match requirement.state {
        Standing::Passed => ("pass", language.say("Met:")),
        Standing::Failed => ("fail", language.say("Not met:")),
        Standing::Unknown => ("unknown", language.say("Unknown:")),
    };
    html! {
        li data-requirement=(requirement.requirement) data-status=(status) {
            (icon("icon", &format!("i-{status}")))
            div {
                p { span.sr { (word) " " } (sentence(&requirement.title)) }
                @if let Some(why) = &requirement.why { p.muted { (why) } }
                (codes(&requirement.codes))
            }
        }
    }
}

/// Codes of hstspreload.org, which may break at their dots.
fn codes(codes: &[Word]) -> Markup {
    html! {
        @for code in codes {
            span.codeid {
                @for (n, part) in code.split('.').enumerate() { @if n > 0 { "." wbr; } (part) }
            }
        }
    }
}

fn ramp(preload: &PreloadJson, language: &Language) -> Markup {
    let reached = preload.ramp.as_ref().map_or(0, |ramp| ramp.reached);
    html! {
        ol.ramp {
            @for (n, step) in RAMP.iter().enumerate() {
                li.ramp__done[n < reached] aria-current=[(n + 1 == reached).then_some("step")] {
                    b { (lasts(step.lasts, language)) }
                    span.ramp__word { @if n < reached { (language.say("Done")) } @else if n == reached { (language.say("Next")) } @else { (language.say("Later")) } }
                }
            }
        }
        @if let Some(next) = preload.ramp.as_ref().and_then(|ramp| ramp.next.as_deref()) {
            @let line = format!("Strict-Transport-Security: {next}");
            p { (language.say("Next, when nothing broke at the step before:")) }
            div."code code--copy" {
                pre { code { (line) } }
                button."button code__copy" type="button" data-copy=(line) aria-label=(language.say("Copy next step")) { (language.say("Copy")) }
            }
        }
        p.muted { (language.say("hstspreload.org recommends HSTS, and preloading no longer: it holds all sub-domains, for months.")) }
    }
}

fn cookies(cookies: &[CookieJson], language: &Language) -> Markup {
    html! {
        @if !cookies.is_empty() {
            dl."facts small" {
                @for cookie in cookies.iter().take(SHOWN) {
                    dt { (foreign(cookie.called(), 40)) }
                    dd data-cookie=(cookie.name) {
                        (cookie.attributes())
                        @if let Some(reach) = cookie.reach() { br; span.muted { (sentence(&reach)) } }
                        @if let Some(origin) = cookie.origin() { br; span.muted { (origin) } }
                        @if let Some(changed) = cookie.changed() { br; span.muted data-changed { (sentence(&changed)) } }
                        @if let (Some(refused), true) = (&cookie.refused, cookie.domain.is_some()) {
                            br; span.muted { (language.fill("refused by {}: {}", &[refused.by(), &refused.why])) }
                        }
                        @if let Some(host) = &cookie.third_party { br; span.muted { (language.weave("of {}", &[&foreign(host, 253)])) } }
                    }
                }
                @if cookies.len() > SHOWN {
                    dt { "…" }
                    dd { (language.fill("and {} more", &[&(cookies.len() - SHOWN).to_string()])) }
                }
            }
        }
    }
}
