//! Beyond the three verdicts: headers and content, the Observatory's grade, Django's `check --deploy`, and what
//! scanners will say.

use maud::{Markup, html};

use super::icon::icon;
use super::known::fold;
use super::language::Language;
use super::page::severity_icon;
use super::popup::list;
use super::text::sentence;
use crate::fact::State;
use crate::grade::Grade;
use crate::report::{DeployCheckJson, DjangoJson, Report, ReportFinding, scanners};

/// What was found and feeds no verdict: headers, policies, what the page's content gives away.
pub(super) fn beyond(report: &Report, language: &Language) -> Markup {
    let findings: Vec<&ReportFinding> =
        report.findings.iter().filter(|finding| finding.verdict().is_none()).collect();
    let Some(worst) = findings.first() else { return html! {} };
    let (glyph, number) = (severity_icon(worst.severity), findings.len());
    html! {
        details.verdict name="verdict" data-fold="beyond" data-severity=(worst.severity.word()) {
            summary {
                (icon("icon", glyph))
                h2.verdict__name { (language.say("Headers and content")) }
                span.status__word { (language.count(number, "{} finding", "{} findings")) }
                (icon("glyph chevron", "g-chevron"))
                span.verdict__headline { (grade(report, language)) }
            }
            div.verdict__body tabindex="0" role="region" aria-label=(language.fill("{}: details", &[language.say("Headers and content")])) {
                (list(&findings, &report.fix_order(), language))
                @if report.facts.django.identified { (django(&report.facts.django, language)) }
                (others(report, language))
            }
        }
    }
}

/// What MDN HTTP Observatory's grade is, or between what; the report says by which algorithm.
fn grade(report: &Report, language: &Language) -> String {
    match &report.grade {
        Some(Grade { low: Some(low), high: Some(high), letter, .. }) if low.letter == high.letter => language
            .fill(
                "MDN Observatory: {} ({} to {}).",
                &[letter, &low.score.to_string(), &high.score.to_string()],
            ),
        Some(Grade { low: Some(low), high: Some(high), letter, .. }) => language
            .fill("MDN Observatory: {} to {}; {} for what was seen.", &[&low.letter, &high.letter, letter]),
        Some(Grade { letter, score, .. }) => {
            language.fill("MDN Observatory: {} ({}).", &[letter, &score.to_string()])
        }
        None => language.say("Beyond the three verdicts.").to_owned(),
    }
}

/// Each id of `check --deploy`, what is wrong before what is not.
fn django(django: &DjangoJson, language: &Language) -> Markup {
    let line = language.fill("Django's check --deploy: {}", &[&django.counted()]);
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
fn others(report: &Report, language: &Language) -> Markup {
    let all = scanners(report);
    if all.is_empty() {
        return html! {};
    }
    let content = html! {
        dl."facts facts--stacked small" {
            @for (tool, ids) in &all { dt { (tool) } dd { (ids.join(", ")) } }
        }
        p.muted { (language.say("As far as was seen.")) }
    };
    fold("scanners", language.say("What scanners will say"), &content)
}
