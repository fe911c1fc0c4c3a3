//! The bar on top of the audit page: which page, when it was seen, and the buttons.

use maud::{Markup, html};

use super::about::browser;
use super::audit::{AuditState, Recording};
use super::icon::icon;
use super::page::{Page, clock, day, moment};
use super::probe::words;
use super::text::foreign;
use crate::evidence::ProbeState;
use crate::report::ProbeJson;
use crate::url::Url;

/// The bar on top: what it is about, and what can be done.
pub(super) fn topbar(page: &Page<'_>, state: &AuditState) -> Markup {
    let report = page.report;
    let overall = report.verdicts.overall();
    let live = state.file.is_none();
    html! {
        header.topbar data-status=(overall.key()) {
            (icon("icon icon--l", &format!("i-{}", overall.key())))
            div.topbar__id {
                h1 data-site {
                    @if report.site.host.is_empty() { (page.say("Address hidden")) } @else { (foreign(&report.site.host, 253)) }
                }
                p { (seen(page, state)) }
            }
            div.topbar__actions {
                @if live { (probe(page, &state.probe)) (record(page, state.recording)) }
                @if let Some(file) = &state.file {
                    span.tag { (page.say("File")) ": " (foreign(file, 60)) }
                    button.button type="button" data-action="close-file" { (page.say("Show the tab again")) }
                }
                button.button type="button" data-action="open-file" { (icon("glyph", "g-open")) (page.say("Open…")) }
                button.button type="button" data-action="copy" { (icon("glyph", "g-copy")) (page.say("Copy")) }
                (export(page, live))
            }
        }
    }
}

/// Address, time and browser.
fn seen(page: &Page<'_>, state: &AuditState) -> Markup {
    let facts = &page.report.facts;
    html! {
        (foreign(&page.report.site.url, 300)) " · "
        @match (&state.seen_at, &facts.seen.at) {
            _ if facts.session.is_some() => {
                @if let Some(session) = &facts.session {
                    (page.say("recorded")) " " (day(&session.began_at)) " " (clock(&session.began_at)) "–" (clock(&session.ended_at)) " UTC"
                }
            },
            (Some(time), _) => { (page.fill("seen {}", &[time])) },
            (None, Some(at)) if state.file.is_some() => { (page.say("seen")) " " (moment(at)) " UTC" },
            (None, _) if state.restricted => { (page.say("restricted")) },
            (None, _) => { (page.say("not seen yet")) },
        }
        " · "
        (browser(page))
    }
}

/// The one button of the redirect check: to begin, to stop, or to begin again.
fn probe(page: &Page<'_>, starts: &[Url]) -> Markup {
    let asked = page.report.facts.probe.as_ref();
    let said = words(starts, page.language);
    html! {
        @match asked {
            _ if starts.is_empty() => {},
            Some(ProbeJson { state: ProbeState::Running, requests, .. }) => {
                span.topbar__said role="status" data-probe=(ProbeState::Running.word()) {
                    span.busy {}
                    (page.fill("{} of at least {} answered", &[&requests.len().to_string(), &starts.len().max(requests.len()).to_string()]))
                }
                button.button type="button" data-action="stop-probe" { (page.say("Stop")) }
            },
            Some(probe) => button.button type="button" data-action="probe" data-probe=(probe.state.word()) title=(said) { (icon("glyph", "g-again")) (page.say("Check again")) },
            None => button.button type="button" data-action="probe" data-probe="none" title=(said) { (icon("glyph", "g-again")) (page.say("Check redirects")) },
        }
    }
}

fn record(page: &Page<'_>, recording: Recording) -> Markup {
    let discard = html! {
        button.button type="button" data-action="drop-record" title=(page.say("Forgets the recording; what was exported stays.")) {
            (icon("glyph", "g-cross")) (page.say("Discard recording"))
        }
    };
    let numbers = |pages: usize, requests: usize| {
        html! {
            (page.language.count(pages, "{} page", "{} pages")) ", " (page.language.count(requests, "{} request", "{} requests"))
        }
    };
    html! {
        @match recording {
            Recording::NotOffered => {},
            Recording::Off => button.button type="button" data-action="record" title=(page.say("Keeps every page that this tab opens, until you stop.")) {
                (icon("glyph", "g-record")) (page.say("Record"))
            },
            Recording::On { pages, requests } => {
                span.topbar__said data-recording="on" { span.recording {} (numbers(pages, requests)) }
                button.button type="button" data-action="stop-record" { (icon("glyph", "g-stop")) (page.say("Stop recording")) }
            },
            Recording::Ending => {
                span.topbar__said data-recording="ending" { span.busy {} (page.say("Recorded")) }
                (discard)
            },
            Recording::Elsewhere => {
                span.topbar__said data-recording="elsewhere" { (page.say("Another tab is recorded")) }
                button.button type="button" data-action="open-record" { (icon("glyph", "g-open")) (page.say("Show recording")) }
                (discard)
            },
            Recording::Ended { pages, requests } => {
                span.topbar__said data-recording="ended" { (page.say("Recorded")) ": " (numbers(pages, requests)) }
                (discard)
            },
        }
    }
}

/// The menu of files. Evidence is what the tab was seen to do: an opened report has none.
fn export(page: &Page<'_>, live: bool) -> Markup {
    let item = |format: &str, name: &str, explained: &str| {
        html! { button.menu__item type="button" data-export=(format) { (name) span { (explained) } } }
    };
    html! {
        details.menu id="export" {
            summary."button button--primary" { (icon("glyph", "g-export")) (page.say("Export")) }
            div.menu__list {
                (item("html", page.say("Report"), page.say("One HTML file to read or print")))
                (item("json", "JSON", page.say("The report for other programs")))
                (item("markdown", "Markdown", page.say("For an issue or a pull request")))
                (item("csv", "CSV", page.say("Findings as a table")))
                hr;
                (item("sarif", "SARIF", page.say("For code scanning")))
                (item("junit", "JUnit XML", page.say("For a CI job")))
                @if live { (item("evidence", page.say("Evidence"), page.say("What was captured, to audit again later"))) }
            }
        }
    }
}
