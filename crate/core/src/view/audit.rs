//! The audit page: everything that is known of one page, on one page.

use maud::{Markup, html};
use serde::{Deserialize, Serialize};

use super::about::{about, browser};
use super::checklist::checklist;
use super::cookie::cookies;
use super::finding::findings;
use super::icon::{full_sprite, icon};
use super::language::Language;
use super::lens::{django, others, outcomes};
use super::overview::{panels, unknown, verdicts};
use super::page::{Page, clock, day, moment};
use super::probe::words;
use super::request::requests;
use super::routes::routes;
use super::text::foreign;
use super::tls::tls;
use crate::evidence::ProbeState;
use crate::fact::Standing;
use crate::report::{ProbeJson, Report, scanners};
use crate::url::Url;
use crate::verdict::{Status, VerdictKind};

/// What the audit page knows besides the report.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditState {
    /// Where a redirect check would begin; empty where it can not be offered.
    pub probe: Vec<Url>,
    /// The extension may not look at this site, or not at all of it: offer to ask for access.
    pub needs_access: bool,
    /// The page was not watched and a reload would help.
    pub can_reload: bool,
    /// The browser keeps extensions out of the page.
    pub restricted: bool,
    /// When the page was seen, in the person's own words for time, such as `10:42`.
    pub seen_at: Option<String>,
    /// Whether several pages are recorded.
    pub recording: Recording,
    /// Name of the file that the report was opened from. Then the page offers nothing that asks a site or a tab.
    pub file: Option<String>,
    /// It stands in a panel of the developer tools, which says itself what page it is about.
    pub embed: bool,
}

/// A recording of several pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recording {
    /// It can not be offered.
    #[default]
    NotOffered,
    /// It can begin.
    Off,
    /// It runs.
    On {
        /// Pages so far.
        pages: usize,
        /// Requests so far.
        requests: usize,
    },
    /// It runs in another tab, or waits there.
    Elsewhere,
    /// It has ended, and is what is shown.
    Ended {
        /// Pages.
        pages: usize,
        /// Requests.
        requests: usize,
    },
}

/// The body of the audit page.
pub fn audit(report: &Report, state: &AuditState, language: &Language) -> String {
    let page = Page { report, language, prefix: String::new(), level: 2, live: true };
    html! {
        (full_sprite())
        a."button skip" href="#main" { (page.say("Skip to the audit")) }
        (topbar(&page, state))
        div."layout audit" {
            (sidenav(&page))
            main #main tabindex="-1" {
                (hints(&page, state))
                section.section #overview aria-labelledby="h-overview" {
                    (page.heading(0, Some("h-overview"), Some("sr"), &html! { (page.say("Overview")) }))
                    (verdicts(&page))
                    (panels(&page, true))
                }
                (checklist(&page))
                (tls(&page))
                (cookies(&page))
                (findings(&page))
                (outcomes(&page))
                (routes(&page))
                (requests(&page))
                (django(&page))
                (others(&page))
                (compare(&page))
                (about(&page))
            }
        }
    }
    .into_string()
}

fn topbar(page: &Page<'_>, state: &AuditState) -> Markup {
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
            Recording::Elsewhere => span.topbar__said data-recording="elsewhere" { (page.say("Another tab is recorded")) },
            Recording::Ended { pages, requests } => {
                span.topbar__said data-recording="ended" { (page.say("Recorded")) ": " (numbers(pages, requests)) }
                button.button type="button" data-action="drop-record" title=(page.say("Forgets the recording; what was exported stays.")) {
                    (icon("glyph", "g-cross")) (page.say("Discard recording"))
                }
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

fn sidenav(page: &Page<'_>) -> Markup {
    let report = page.report;
    let preload = &report.facts.preload;
    let status = |status: Status| {
        html! {
            span data-status=(status.key()) { (icon("icon", &format!("i-{}", status.key()))) span.sr { (page.status_word(status)) } }
        }
    };
    let number = |number: usize| html! { span.n { (crate::text::grouped(number)) } };
    let of_verdict = |kind: VerdictKind| status(report.verdicts.get(kind).status);
    let met = preload.count(Standing::Passed).to_string();
    let of_all =
        html! { span.n { (page.fill("{} of {}", &[&met, &preload.requirements.len().to_string()])) } };
    let requests = report.facts.requests.len().saturating_add(report.facts.requests_beyond);
    let links = [
        ("overview", page.say("Overview"), html! {}, true),
        ("preload", page.say("Preload checklist"), of_all, true),
        ("tls", page.say("HTTPS & TLS"), of_verdict(VerdictKind::Https), true),
        ("cookies", page.say("Cookies"), of_verdict(VerdictKind::Cookies), true),
        ("findings", page.say("Findings"), number(report.findings.len()), true),
        (
            "routes",
            page.say("Routes"),
            number(report.facts.session.as_ref().map_or(0, |session| session.routes.len())),
            report.facts.session.is_some(),
        ),
        ("requests", page.say("Requests"), number(requests), true),
        (
            "django",
            page.say("Django lens"),
            number(report.facts.django.checks.iter().filter(|check| check.state.is_said()).count()),
            report.facts.django.identified,
        ),
        ("scanners", page.say("Scanners"), html! {}, !scanners(report).is_empty()),
        ("t-unseen", page.say("Not observed"), number(unknown(report).len()), true),
        ("compare", page.say("Compare"), html! {}, true),
        ("about", page.say("About"), html! {}, true),
    ];
    html! {
        nav.sidenav aria-label=(page.say("Sections")) {
            ul {
                @for (id, name, count, shown) in links {
                    @if shown { li { a href={ "#" (id) } { (name) " " (count) } } }
                }
            }
        }
    }
}

/// What stands in the way of seeing more, and what to do about it.
fn hints(page: &Page<'_>, state: &AuditState) -> Markup {
    if state.file.is_some() {
        return html! {};
    }
    html! {
        @match state.recording {
            Recording::On { .. } => div.callout {
                (icon("icon", "g-record"))
                p { (page.say("Use the site in its tab: open its pages, sign in, go to its other hosts. Then stop. As long as this page is open, what the pages hold is read too.")) }
            },
            Recording::Ended { pages: 0, .. } => div.callout data-status="unknown" {
                (icon("icon", "i-unknown"))
                p { (page.say("Nothing was recorded: no page of the site was seen in the tab.")) }
            },
            _ => {},
        }
        @if state.restricted {
            div.callout data-status="unknown" {
                (icon("icon", "i-unknown"))
                p { (page.say("Your browser keeps extensions out of this page.")) }
            }
        }
        @if state.needs_access || state.can_reload {
            div.callout data-status="unknown" {
                (icon("icon", "i-unknown"))
                div {
                    @if state.needs_access { p { (page.say("HTTPS Audit may not look at this site, or not at all of it.")) } }
                    @if state.can_reload { p { (page.say("The page was open before it was watched: reload it to see its requests.")) } }
                    p.callout__actions {
                        @if state.can_reload {
                            button."button button--primary" type="button" data-action="reload" { (icon("glyph", "g-again")) (page.say("Reload page")) }
                        }
                        @if state.needs_access {
                            button.button type="button" data-action="grant-access" { (page.say("Allow access…")) }
                        }
                    }
                }
            }
        }
    }
}

/// Where the comparison with another report goes; the page's program fills it.
fn compare(page: &Page<'_>) -> Markup {
    let content = html! {
        div.drop data-compare {
            p { (page.say("Drop a report or an evidence file here to see what is new, what is fixed and what stayed.")) }
            button.button type="button" data-action="open-file" { (icon("glyph", "g-open")) (page.say("Choose a file…")) }
        }
    };
    page.section("compare", page.say("Compare"), &html! {}, &content)
}
