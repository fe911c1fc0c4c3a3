//! Beyond the three verdicts: headers and content, the Observatory's grade, Django's `check --deploy`, and what
//! scanners will say.

use maud::{Markup, html};

use super::icon::icon;
use super::known::fold;
use super::page::severity_icon;
use super::popup::list;
use super::text::sentence;
use crate::fact::State;
use crate::grade::Grade;
use crate::report::{DeployCheckJson, DjangoJson, Report, ReportFinding, scanners};

/// What was found and feeds no verdict: headers, policies, what the page's content gives away.
pub(super) fn beyond(report: &Report) -> Markup {
    let findings: Vec<&ReportFinding> =
        report.findings.iter().filter(|finding| finding.verdict().is_none()).collect();
    let Some(worst) = findings.first() else { return html! {} };
    let (glyph, number) = (severity_icon(worst.severity), findings.len());
    html! {
        details.verdict name="verdict" data-fold="beyond" data-severity=(worst.severity.word()) {
            summary {
                (icon("icon", glyph))
                h2.verdict__name { "Headers and content" }
                span.status__word { (number) @if number == 1 { " finding" } @else { " findings" } }
                (icon("glyph chevron", "g-chevron"))
                span.verdict__headline { (grade(report)) }
            }
            div.verdict__body tabindex="0" role="region" aria-label="Headers and content: details" {
                (list(&findings, &report.fix_order()))
                @if report.facts.django.identified { (django(&report.facts.django)) }
                (others(report))
            }
        }
    }
}

/// What MDN HTTP Observatory's grade is, or between what; the report says by which algorithm.
fn grade(report: &Report) -> String {
    match &report.grade {
        Some(Grade { low: Some(low), high: Some(high), letter, .. }) if low.letter == high.letter => {
            format!("MDN Observatory: {letter} ({} to {}).", low.score, high.score)
        }
        Some(Grade { low: Some(low), high: Some(high), letter, .. }) => {
            format!("MDN Observatory: {} to {}; {letter} for what was seen.", low.letter, high.letter)
        }
        Some(Grade { letter, score, .. }) => format!("MDN Observatory: {letter} ({score})."),
        None => "Beyond the three verdicts.".to_owned(),
    }
}

/// Each id of `check --deploy`, what is wrong before what is not.
fn django(django: &DjangoJson) -> Markup {
    let line = format!("Django's check --deploy: {}", django.counted());
    let content = html! { ul.checklist { @for check in django.by_state() { (deploy_check(check)) } } };
    fold("django", &line, &content)
}

fn deploy_check(check: &DeployCheckJson) -> Markup {
    let status = match check.state {
        State::Observed => "fail",
        State::Inferred => "warn",
        State::Clear => "pass",
        State::NotObservable => "unknown",
    };
    html! {
        li data-django=(check.id) data-state=(check.state.word()) {
            (icon("icon", &format!("i-{status}")))
            div {
                p { (check.id) ": " (check.state.in_words()) }
                p.muted {
                    (check.why)
                    @if let Some(evidence) = &check.evidence { " " (sentence(evidence)) }
                }
                @if let (true, Some(setting)) = (check.state.is_said(), &check.setting) { span.codeid { (setting) } }
            }
        }
    }
}

/// What the site is told by other tools.
fn others(report: &Report) -> Markup {
    let all = scanners(report);
    if all.is_empty() {
        return html! {};
    }
    let content = html! {
        dl."facts facts--stacked small" {
            @for (tool, ids) in &all { dt { (tool) } dd { (ids.join(", ")) } }
        }
        p.muted { "As far as was seen." }
    };
    fold("scanners", "What scanners will say", &content)
}
