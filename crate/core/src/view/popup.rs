//! The popup: host, one sentence, three verdicts, and what was not observed.

use maud::{Markup, html};

use super::beyond::beyond;
use super::icon::{icon, sprite};
use super::known::known;
use super::language::Language;
use super::probe::{offer, probe};
use super::text::{foreign, sentence};
use super::words;
use crate::check::Severity;
use crate::fix::Software;
use crate::report::{Report, ReportFinding, summary};
use crate::url::Url;
use crate::verdict::{Status, Verdict, VerdictKind};

/// Findings of one verdict that the popup shows; more are counted.
const SHOWN: usize = 20;

/// What the popup knows besides the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PopupState {
    /// When the page was seen, in the person's own words for time, such as `10:42`.
    pub seen_at: Option<String>,
    /// The extension may not look at this site, or not at all of it: offer to ask for access.
    pub needs_access: bool,
    /// The page was not watched and a reload would help.
    pub can_reload: bool,
    /// The browser keeps extensions out of the page.
    pub restricted: bool,
    /// Where a redirect check would begin; empty where it can not be offered.
    pub probe: Vec<Url>,
}

/// The body of the popup page.
pub fn popup(report: &Report, state: &PopupState, language: &Language) -> String {
    let open = first_trouble(report);
    html! {
        (sprite())
        (header(report, state, language))
        main {
            @for kind in VerdictKind::ALL { (row(report, kind, open == Some(kind), language)) }
            (beyond(report, language))
        }
        footer.popup__foot {
            (unseen(report, &state.probe, language))
            (probe(report, &state.probe, language))
            div.popup__actions {
                button."button button--primary" type="button" data-action="open-audit" { (language.say("Open full audit")) }
                button.button type="button" data-action="copy" { (icon("glyph", "g-copy")) (language.say("Copy")) }
                button.button type="button" data-action="open-export" { (icon("glyph", "g-export")) (language.say("Export")) }
            }
            p.sr role="status" data-said {}
        }
    }
    .into_string()
}

/// The row that a person wants to see first: the first failed one, else the first warned of.
fn first_trouble(report: &Report) -> Option<VerdictKind> {
    [Status::Fail, Status::Warn].into_iter().find_map(|status| {
        VerdictKind::ALL.into_iter().find(|kind| report.verdicts.get(*kind).status == status)
    })
}

fn header(report: &Report, state: &PopupState, language: &Language) -> Markup {
    let overall = report.verdicts.overall();
    // Without access a page may have been seen all the same, where the person pressed the button on it before it
    // loaded, and one that can be reloaded is accessible by now.
    let no_access = state.needs_access && !state.can_reload && state.seen_at.is_none();
    let when = match &state.seen_at {
        _ if no_access => language.say("No access").to_owned(),
        _ if state.restricted => language.say("Restricted").to_owned(),
        Some(time) => language.fill("Seen {}", &[time]),
        None if overall == Status::NotApplicable => String::new(),
        None => language.say("Not seen yet").to_owned(),
    };
    let (sentence_for, lang) = if no_access {
        (language.say("HTTPS Audit may not look at this site yet.").to_owned(), None)
    } else if state.restricted {
        (language.say("Your browser keeps extensions out of this page.").to_owned(), None)
    } else {
        (summary(report), language.of_report())
    };
    html! {
        header.site data-status=(overall.key()) {
            (icon("icon icon--l", &format!("i-{}", overall.key())))
            div {
                div.site__host {
                    h1 data-site {
                        @if no_access && report.site.host.is_empty() { (language.say("Address hidden")) } @else { (foreign(&report.site.host, 253)) }
                    }
                    span.site__when { (when) }
                }
                p.site__summary lang=[lang] { (sentence_for) }
            }
        }
        @if state.can_reload || state.needs_access {
            div.popup__lead {
                @if state.can_reload {
                    button."button button--primary" type="button" data-action="reload" {
                        (icon("glyph", "g-again")) (language.say("Reload page"))
                    }
                }
                @if state.needs_access {
                    button.button.button--primary[!state.can_reload] type="button" data-action="grant-access" { (language.say("Allow access…")) }
                }
            }
        }
    }
}

fn row(report: &Report, kind: VerdictKind, open: bool, language: &Language) -> Markup {
    let name = words::verdict(kind, language);
    let verdict = report.verdicts.get(kind);
    html! {
        details.verdict name="verdict" data-verdict=(kind.key()) data-status=(verdict.status.key()) open[open] {
            summary {
                (icon("icon", &format!("i-{}", verdict.status.key())))
                h2.verdict__name { (name) }
                span.status__word { (words::status(verdict.status, language)) }
                (icon("glyph chevron", "g-chevron"))
                span.verdict__headline lang=[language.of_report()] { (sentence(&verdict.headline)) }
            }
            div.verdict__body tabindex="0" role="region" aria-label=(language.fill("{}: details", &[name])) {
                (body(report, kind, verdict, language))
            }
        }
    }
}

/// The first findings, and how many more there are.
pub(super) fn list(findings: &[&ReportFinding], order: &[Software], language: &Language) -> Markup {
    html! {
        @for finding in findings.iter().take(SHOWN) { (self::finding(finding, order, language)) }
        @if let Some(more) = findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            p.muted { (language.fill("And {} more: the copied report lists all.", &[&more.to_string()])) }
        }
    }
}

fn body(report: &Report, kind: VerdictKind, verdict: &Verdict, language: &Language) -> Markup {
    let findings: Vec<&ReportFinding> = report.findings_of(kind).collect();
    html! {
        (list(&findings, &report.fix_order(), language))
        (known(report, kind, language))
        @if !verdict.unknown.is_empty() {
            dl."facts small" {
                @for unknown in &verdict.unknown {
                    dt { (language.say("Missing")) }
                    dd lang=[language.of_report()] { (sentence(&unknown.what)) }
                }
            }
        }
    }
}

fn finding(finding: &ReportFinding, order: &[Software], language: &Language) -> Markup {
    let word = match finding.severity {
        Severity::Error => language.say("Error:"),
        Severity::Warning => language.say("Warning:"),
        Severity::Note => language.say("Note:"),
    };
    let lines =
        order.iter().find_map(|software| finding.fix.lines.get(software).map(|lines| (software, lines)));
    html! {
        article."finding finding--mini" data-finding=(finding.check) data-severity=(finding.severity.word()) lang=[language.of_report()] {
            h3.finding__title {
                span.finding__sev lang=[language.own()] { (word) } " " (sentence(&finding.title)) " "
                a.finding__page href={ "checks.html#" (finding.check) } target="_blank" lang=[language.own()] title=(language.fill("What {} is about", &[&finding.check])) aria-label=(language.fill("About {}", &[&finding.check])) { "?" }
            }
            p.finding__part { b lang=[language.own()] { (language.say("Why")) } " " (sentence(&finding.message)) }
            p.finding__part { b lang=[language.own()] { (language.say("Fix")) } " " (sentence(&finding.fix.summary)) }
            @if let Some((software, lines)) = lines {
                p.finding__part.muted lang=[language.own()] { (language.fill("For {}:", &[software.name()])) }
                div."code code--copy" {
                    pre { code { (lines) } }
                    button."button code__copy" type="button" data-copy=(lines) lang=[language.own()] aria-label=(language.say("Copy fix")) { (language.say("Copy")) }
                }
            }
        }
    }
}

/// The first things that were not observed: they decide, or would tell more.
fn unseen(report: &Report, starts: &[Url], language: &Language) -> Markup {
    let mut told: Vec<&crate::check::Unknown> = Vec::new();
    // What left a verdict undecided comes first.
    let undecided = |kind: &VerdictKind| report.verdicts.get(*kind).status == Status::Unknown;
    let (first, then): (Vec<_>, Vec<_>) = VerdictKind::ALL.into_iter().partition(undecided);
    for kind in first.into_iter().chain(then) {
        for unknown in &report.verdicts.get(kind).unknown {
            if !told.iter().any(|known| known.what == unknown.what) {
                told.push(unknown);
            }
        }
    }
    // Under what the offered check would tell stands the offer; what else is missing waits in the fold, unless it left
    // a verdict undecided.
    let offered = report.facts.probe.is_none() && !starts.is_empty();
    let decided = VerdictKind::ALL.iter().all(|kind| !undecided(kind));
    let of_check =
        |unknown: &&crate::check::Unknown| unknown.how.contains("`Check redirects` in the extension");
    let first =
        if offered && decided { told.iter().position(of_check) } else { (!told.is_empty()).then_some(0) };
    let first = first.map(|at| told.remove(at));
    html! {
        @if first.is_some() || offered {
            div.unseen data-unknown[first.is_some()] {
                @if let Some(first) = first {
                    div.unseen__row {
                        (icon("icon", "i-unknown"))
                        p.unseen__what {
                            (language.say("Not observed:")) " "
                            (sentence(&first.what)) ". "
                            span.unseen__why lang=[language.of_report()] { (first.why) }
                        }
                        // The offer says it better.
                        @if !offered || !of_check(&first) {
                            span {}
                            p."unseen__how muted" lang=[language.of_report()] { (sentence(&first.how)) }
                        }
                    }
                }
                (offer(report, starts, language))
            }
        }
        @if !told.is_empty() {
            details.unseen-more {
                summary {
                    (language.fill(if first.is_some() { "{} more not observed" } else { "{} not observed" }, &[&told.len().to_string()]))
                    (icon("glyph chevron", "g-chevron"))
                }
                ul.unseen-list tabindex="0" aria-label=(language.say("Not observed")) {
                    @for unknown in told {
                        li data-unknown lang=[language.of_report()] {
                            (icon("icon", "i-unknown"))
                            div {
                                p.unseen__what { (sentence(&unknown.what)) ". " span.unseen__why { (unknown.why) } }
                                p.muted { (sentence(&unknown.how)) }
                            }
                        }
                    }
                }
            }
        }
    }
}
