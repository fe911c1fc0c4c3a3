//! What is known of each verdict's area even without a finding: requests, connection, lists, the road to
//! preloading, cookies. What is long is folded.

use maud::{Markup, html};

use super::icon::icon;
use super::text::{foreign, sentence};
use crate::fact::{RAMP, Standing};
use crate::report::{ConnectionJson, CookieJson, PreloadJson, Report, RequirementJson, Word};
use crate::verdict::VerdictKind;

/// Cookies that the popup lists; more are counted.
const SHOWN: usize = 20;

pub(super) fn known(report: &Report, kind: VerdictKind) -> Markup {
    let facts = &report.facts;
    match kind {
        VerdictKind::Https => html! {
            @if !facts.redirects.is_empty() {
                dl."facts small" {
                    @for hop in facts.redirects.iter().take(6) {
                        dt { @if let Some(status) = hop.status { (status) } @else { "browser" } }
                        dd { (foreign(&hop.url, 120)) @if let Some(to) = &hop.to { " → " (foreign(to, 120)) } }
                    }
                }
            }
            @if let Some(connection) = &facts.connection { (self::connection(connection)) }
        },
        VerdictKind::HstsPreload => {
            html! { @if facts.preload.domain.is_some() { (preload(&facts.preload)) } }
        }
        VerdictKind::Cookies => html! {
            (cookies(&facts.cookies))
            @if !facts.third_party_cookies.is_empty() {
                (fold("third-party", &format!("{} of other sites", facts.third_party_cookies.len()), &cookies(&facts.third_party_cookies)))
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

fn connection(connection: &ConnectionJson) -> Markup {
    let told = |word: &Option<String>| word.clone().unwrap_or_default();
    let line = match (&connection.protocol, connection.certificates.is_some()) {
        (Some(version), _) => format!("{version} {}", told(&connection.key_exchange_group)),
        (None, true) => "certificate".to_owned(),
        (None, false) => "details not exposed by this browser".to_owned(),
    };
    let rows = html! {
        dl."facts small" {
            @for (label, value) in connection.rows() { dt { (label) } dd { (foreign(&value, 200)) } }
        }
        @if let Some((why, how)) = connection.missing() { p.muted { "TLS details were not observed. " (why) " " (how) } }
    };
    fold("connection", &format!("Connection: {}", line.trim()), &rows)
}

fn preload(preload: &PreloadJson) -> Markup {
    let counted = format!(
        "Requirements: {} met, {} not, {} not observed",
        preload.count(Standing::Passed),
        preload.count(Standing::Failed),
        preload.count(Standing::Unknown)
    );
    let listed = preload.lists.chromium.listed || preload.lists.firefox.listed;
    html! {
        dl."facts small" {
            @for (name, listing) in [("Chromium", &preload.lists.chromium), ("Firefox", &preload.lists.firefox)] {
                dt { (name) }
                dd {
                    @if let Some(entry) = &listing.entry { "listed by " (foreign(entry, 253)) } @else { "not listed" }
                    span.muted { " (" (listing.list) ")" }
                }
            }
            @if let Some(words) = preload.removal_words() {
                dt { "Removal" }
                dd data-removal { (sentence(words)) (codes(&preload.removal.errors)) }
            }
            @if !preload.insecure_subdomains.is_empty() {
                dt { "Would break" }
                dd data-breaks {
                    @for (n, host) in preload.insecure_subdomains.iter().take(SHOWN).enumerate() {
                        @if n > 0 { ", " } (foreign(host, 253))
                    }
                    span.muted { " (seen over http only)" }
                }
            }
        }
        (fold("requirements", &counted, &html! {
            ul.checklist { @for each in &preload.requirements { (requirement(each)) } }
        }))
        @if let (false, Some(words)) = (listed, preload.ramp_words()) {
            (fold("ramp", &format!("Ramp-up: {words}"), &ramp(preload)))
        }
    }
}

fn requirement(requirement: &RequirementJson) -> Markup {
    let (status, word) = match requirement.state {
        Standing::Passed => ("pass", "Met: "),
        Standing::Failed => ("fail", "Not met: "),
        Standing::Unknown => ("unknown", "Unknown: "),
    };
    html! {
        li data-requirement=(requirement.requirement) data-status=(status) {
            (icon("icon", &format!("i-{status}")))
            div {
                p { span.sr { (word) } (sentence(&requirement.title)) }
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

fn ramp(preload: &PreloadJson) -> Markup {
    let reached = preload.ramp.as_ref().map_or(0, |ramp| ramp.reached);
    html! {
        ol.ramp {
            @for (n, step) in RAMP.iter().enumerate() {
                li.ramp__done[n < reached] aria-current=[(n + 1 == reached).then_some("step")] {
                    b { (step.lasts) }
                    span.ramp__word { @if n < reached { "Done" } @else if n == reached { "Next" } @else { "Later" } }
                }
            }
        }
        @if let Some(next) = preload.ramp.as_ref().and_then(|ramp| ramp.next.as_deref()) {
            @let line = format!("Strict-Transport-Security: {next}");
            p { "Next, when nothing broke at the step before:" }
            div."code code--copy" {
                pre { code { (line) } }
                button."button code__copy" type="button" data-copy=(line) aria-label="Copy next step" { "Copy" }
            }
        }
        p.muted { "hstspreload.org recommends HSTS, and preloading no longer: it holds all sub-domains, for months." }
    }
}

fn cookies(cookies: &[CookieJson]) -> Markup {
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
                            br; span.muted { "refused by " (refused.by()) ": " (refused.why) }
                        }
                        @if let Some(host) = &cookie.third_party { br; span.muted { "of " (foreign(host, 253)) } }
                    }
                }
                @if cookies.len() > SHOWN {
                    dt { "…" }
                    dd { "and " (cookies.len() - SHOWN) " more" }
                }
            }
        }
    }
}
