//! The audit page: everything that is known of one page, on one page.

use maud::{Markup, html};

use super::about::about;
use super::checklist::checklist;
use super::cookie::cookies;
use super::finding::findings;
use super::icon::{full_sprite, icon};
use super::language::Language;
use super::lens::{django, others, outcomes};
use super::overview::{panels, unknown, verdicts};
use super::page::Page;
use super::request::requests;
use super::routes::routes;
use super::tls::tls;
use super::topbar::topbar;
use crate::fact::Standing;
use crate::report::{Report, scanners};
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
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
    /// It has ended, and its evidence is put together.
    Ending,
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
