//! The popup: host, one sentence, three verdicts, and what was not observed.

use maud::{Markup, html};

use super::beyond::beyond;
use super::icon::{icon, sprite};
use super::known::known;
use super::probe::{offer, probe};
use super::text::{foreign, sentence};
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
pub fn popup(report: &Report, state: &PopupState) -> String {
    let open = first_trouble(report);
    html! {
        (sprite())
        (header(report, state))
        main {
            @for kind in VerdictKind::ALL { (row(report, kind, open == Some(kind))) }
            (beyond(report))
        }
        footer.popup__foot {
            (unseen(report, &state.probe))
            (probe(report, &state.probe))
            div.popup__actions {
                button.button type="button" data-action="copy" { (icon("glyph", "g-copy")) "Copy report" }
                button.button type="button" data-export="evidence" { (icon("glyph", "g-export")) "Export" }
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

fn header(report: &Report, state: &PopupState) -> Markup {
    let overall = report.verdicts.overall();
    // Without access a page may have been seen all the same, where the person pressed the button on it before it
    // loaded, and one that can be reloaded is accessible by now.
    let no_access = state.needs_access && !state.can_reload && state.seen_at.is_none();
    let when = match &state.seen_at {
        _ if no_access => "No access".to_owned(),
        _ if state.restricted => "Restricted".to_owned(),
        Some(time) => format!("Seen {time}"),
        None if overall == Status::NotApplicable => String::new(),
        None => "Not seen yet".to_owned(),
    };
    let sentence_for = if no_access {
        "HTTPS Audit may not look at this site yet.".to_owned()
    } else if state.restricted {
        "Your browser keeps extensions out of this page.".to_owned()
    } else {
        summary(report)
    };
    html! {
        header.site data-status=(overall.key()) {
            (icon("icon icon--l", &format!("i-{}", overall.key())))
            div {
                div.site__host {
                    h1 data-site {
                        @if no_access && report.site.host.is_empty() { "Address hidden" } @else { (foreign(&report.site.host, 253)) }
                    }
                    span.site__when { (when) }
                }
                p.site__summary { (sentence_for) }
            }
        }
        @if state.can_reload || state.needs_access {
            div.popup__lead {
                @if state.can_reload {
                    button."button button--primary" type="button" data-action="reload" {
                        (icon("glyph", "g-again")) "Reload page"
                    }
                }
                @if state.needs_access {
                    button.button.button--primary[!state.can_reload] type="button" data-action="grant-access" { "Allow access…" }
                }
            }
        }
    }
}

fn row(report: &Report, kind: VerdictKind, open: bool) -> Markup {
    let verdict = report.verdicts.get(kind);
    html! {
        details.verdict name="verdict" data-verdict=(kind.key()) data-status=(verdict.status.key()) open[open] {
            summary {
                (icon("icon", &format!("i-{}", verdict.status.key())))
                h2.verdict__name { (kind.name()) }
                span.status__word { (verdict.status.word()) }
                (icon("glyph chevron", "g-chevron"))
                span.verdict__headline { (sentence(&verdict.headline)) }
            }
            div.verdict__body tabindex="0" role="region" aria-label={ (kind.name()) ": details" } {
                (body(report, kind, verdict))
            }
        }
    }
}

/// The first findings, and how many more there are.
pub(super) fn list(findings: &[&ReportFinding], order: &[Software]) -> Markup {
    html! {
        @for finding in findings.iter().take(SHOWN) { (self::finding(finding, order)) }
        @if let Some(more) = findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            p.muted { "And " (more) " more: the copied report lists all." }
        }
    }
}

fn body(report: &Report, kind: VerdictKind, verdict: &Verdict) -> Markup {
    let findings: Vec<&ReportFinding> = report.findings_of(kind).collect();
    html! {
        (list(&findings, &report.fix_order()))
        (known(report, kind))
        @if !verdict.unknown.is_empty() {
            dl."facts small" {
                @for unknown in &verdict.unknown {
                    dt { "Missing" }
                    dd { (sentence(&unknown.what)) }
                }
            }
        }
    }
}

fn finding(finding: &ReportFinding, order: &[Software]) -> Markup {
    let word = match finding.severity {
        Severity::Error => "Error:",
        Severity::Warning => "Warning:",
        Severity::Note => "Note:",
    };
    let lines =
        order.iter().find_map(|software| finding.fix.lines.get(software).map(|lines| (software, lines)));
    html! {
        article."finding finding--mini" data-finding=(finding.check) data-severity=(finding.severity.word()) {
            h3.finding__title {
                span.finding__sev { (word) } " " (sentence(&finding.title)) " "
                a.finding__page href={ "checks.html#" (finding.check) } target="_blank" title={ "What " (finding.check) " is about" } aria-label={ "About " (finding.check) } { "?" }
            }
            p.finding__part { b { "Why" } " " (sentence(&finding.message)) }
            p.finding__part { b { "Fix" } " " (sentence(&finding.fix.summary)) }
            @if let Some((software, lines)) = lines {
                p.finding__part.muted { "For " (software.name()) ":" }
                div."code code--copy" {
                    pre { code { (lines) } }
                    button."button code__copy" type="button" data-copy=(lines) aria-label="Copy fix" { "Copy" }
                }
            }
        }
    }
}

/// The first things that were not observed: they decide, or would tell more.
fn unseen(report: &Report, starts: &[Url]) -> Markup {
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
                            "Not observed: " (sentence(&first.what)) ". "
                            span.unseen__why { (first.why) }
                        }
                        // The offer says it better.
                        @if !offered || !of_check(&first) {
                            span {}
                            p."unseen__how muted" { (sentence(&first.how)) }
                        }
                    }
                }
                (offer(report, starts))
            }
        }
        @if !told.is_empty() {
            details.unseen-more {
                summary {
                    (told.len()) @if first.is_some() { " more" } " not observed"
                    (icon("glyph chevron", "g-chevron"))
                }
                ul.unseen-list tabindex="0" aria-label="Not observed" {
                    @for unknown in told {
                        li data-unknown {
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
