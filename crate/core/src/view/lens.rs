//! What other tools will say of the site: Django's `check --deploy`, scanners; and what our own checks came to.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, status_as};
use super::text::{breaking, cut, sentence};
use crate::fact::State;
use crate::report::{CheckOutcome, DeployCheckJson, scanners};
use crate::verdict::Status;

/// Rows of one table that are shown.
const SHOWN: usize = 500;

/// The Django section; nothing where the site is not identified as Django.
pub(super) fn django(page: &Page<'_>) -> Markup {
    let django = &page.report.facts.django;
    if !django.identified {
        return html! {};
    }
    let states = [
        (State::Observed, page.say("Observed"), page.say("read from what the site sent")),
        (State::Inferred, page.say("Inferred"), page.say("likely, from several signs together")),
        (State::Clear, page.say("Clear"), page.say("looked for, and not there")),
        (State::NotObservable, page.say("Not observable"), page.say("only the project itself can tell")),
    ];
    let heads = [page.say("Check"), page.say("Prediction"), page.say("Basis"), page.say("Fix")];
    let body = html! {
        @for (state, name, explained) in states {
            @let of_state = django.checks.iter().filter(|check| check.state == state);
            @if of_state.clone().next().is_some() {
                tbody {
                    tr.data__group { th colspan="4" scope="rowgroup" { (name) " " span { (explained) } } }
                    @for check in of_state.take(SHOWN) { (deploy_check(page, check)) }
                }
            }
        }
    };
    let content = html! {
        div.panel {
            (page.heading(1, None, Some("panel__title"), &html! { (page.say("Looks like Django")) }))
            p.tags { @for evidence in django.evidence.iter().take(12) { span.tag { (sentence(evidence)) } } }
        }
        (page.table(page.say("What check --deploy is expected to report"), "django", &heads, &body))
    };
    let lead =
        sentence(page.say("What `manage.py check --deploy` is expected to report, predicted from outside."));
    page.section("django", page.say("Django lens"), &lead, &content)
}

fn deploy_check(page: &Page<'_>, check: &DeployCheckJson) -> Markup {
    let (status, word) = match check.state {
        State::Observed => (Status::Fail, page.say("Reported")),
        State::Inferred => (Status::Warn, page.say("Likely reported")),
        State::Clear => (Status::Pass, page.say("Silent")),
        State::NotObservable => (Status::Unknown, page.say("Unknown")),
    };
    html! {
        tr data-django=(cut(&check.id, 40)) data-state=(check.state.word()) {
            th."mono nowrap" scope="row" { (cut(&check.id, 40)) }
            td { (status_as(status, word)) }
            td { (sentence(&check.why)) @if let Some(evidence) = &check.evidence { " " (sentence(evidence)) } }
            td {
                @match &check.setting {
                    Some(setting) if check.state.is_said() => span.mono { (breaking(setting, 200)) },
                    _ if check.state == State::NotObservable => { (page.say("run")) " " span.mono { "check --deploy" } },
                    _ => {},
                }
            }
        }
    }
}

/// What a pentest or a scanner will say, tool by tool.
pub(super) fn others(page: &Page<'_>) -> Markup {
    let all = scanners(page.report);
    if all.is_empty() {
        return html! {};
    }
    let content = html! {
        div."grid grid--2" {
            @for (n, (tool, ids)) in all.iter().enumerate() {
                @let ids = html! { p.tags { @for id in ids.iter().take(SHOWN) { span."tag mono" { (breaking(id, 120)) } } } };
                (page.panel(&format!("tool-{n}"), &html! { (tool) }, None, &ids))
            }
        }
    };
    let lead = html! { (page.say("The names under which other tools will report the same, as far as it was seen.")) };
    page.section("scanners", page.say("What scanners will say"), &lead, &content)
}

/// The checks that found nothing, and why.
pub(super) fn outcomes(page: &Page<'_>) -> Markup {
    let of = |outcome: &'static str| page.report.checks.iter().filter(move |check| check.outcome == outcome);
    let (passed, none, unknown) = (of("pass").count(), of("not-applicable").count(), of("unknown").count());
    let line = page.fill(
        "Checks without a finding: {} passed, {} not applicable, {} unknown",
        &[&passed.to_string(), &none.to_string(), &unknown.to_string()],
    );
    let heads = [page.say("Outcome"), page.say("Check"), page.say("Reason")];
    let groups = [
        ("unknown", Status::Unknown, page.say("Unknown")),
        ("pass", Status::Pass, page.say("Passed")),
        ("not-applicable", Status::NotApplicable, page.say("Not applicable")),
    ];
    let row = |status: Status, word: &str, check: &CheckOutcome| {
        html! {
            tr data-check=(cut(&check.id, 120)) data-outcome=(status.key()) {
                td { (status_as(status, word)) }
                th.mono scope="row" { (breaking(&check.id, 120)) }
                td { @if let Some(reason) = &check.reason { (sentence(reason)) } }
            }
        }
    };
    let body = html! {
        tbody {
            @for (outcome, status, word) in groups {
                @for check in of(outcome).take(SHOWN) { (row(status, word, check)) }
            }
        }
    };
    html! {
        @if passed + none + unknown > 0 {
            details."fold fold--wide" data-fold="outcomes" {
                summary { span { (line) } (icon("glyph chevron", "g-chevron")) }
                (page.table(page.say("Checks without a finding"), "outcomes", &heads, &body))
            }
        }
    }
}
