//! The requests that were seen, in tables of a hundred: the browser lays out only those in sight.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, clock, moment};
use super::text::{cut, foreign};
use crate::evidence::ResourceKind;
use crate::report::{Answer, RequestJson};

/// Requests of one table.
const CHUNK: usize = 100;
/// Requests that an exported report lists: it is read and printed as a whole.
const EXPORTED: usize = 300;

/// The section.
pub(super) fn requests(page: &Page<'_>) -> Markup {
    let facts = &page.report.facts;
    let shown = if page.live { facts.requests.len() } else { facts.requests.len().min(EXPORTED) };
    let beyond = facts.requests.len().saturating_sub(shown).saturating_add(facts.requests_beyond);
    let total = facts.requests.len().saturating_add(facts.requests_beyond);
    let lead = html! {
        (page.language.count(total, "{} request", "{} requests"))
        @if let Some(first) = facts.requests.first() { ", " (page.say("the first at")) " " (moment(&first.at)) " UTC" }
        ". " (page.say("An answer from the cache is not judged: the browser keeps neither its HSTS nor its cookie fields."))
    };
    let label = page.say("Requests, oldest first");
    let label = page.among(label).unwrap_or_else(|| label.to_owned());
    let content = html! {
        @if shown > 0 {
            section."data requests" aria-label=(label) tabindex="0" {
                @for (n, chunk) in facts.requests.get(..shown).unwrap_or_default().chunks(CHUNK).enumerate() {
                    div.requests__chunk { (table(page, chunk, n * CHUNK + 1)) }
                }
            }
        }
        @if beyond > 0 { p."muted small" { (page.language.count(beyond, "{} more is not listed.", "{} more are not listed.")) } }
    };
    page.section("requests", page.say("Requests"), &lead, &content)
}

fn table(page: &Page<'_>, chunk: &[RequestJson], first: usize) -> Markup {
    let last = first + chunk.len().saturating_sub(1);
    html! {
        table {
            caption.sr { (page.fill("Requests {} to {}", &[&first.to_string(), &last.to_string()])) }
            thead {
                tr {
                    th scope="col" { (page.say("Time")) }
                    th scope="col" { (page.say("Method")) }
                    th scope="col" { (page.say("Address")) }
                    th scope="col" { (page.say("For")) }
                    th.num scope="col" { (page.say("Status")) }
                    th scope="col" { (page.say("From")) }
                    th scope="col" { "HSTS" }
                    th.num scope="col" { "Set-Cookie" }
                }
            }
            tbody { @for request in chunk { (row(page, request)) } }
        }
    }
}

fn row(page: &Page<'_>, request: &RequestJson) -> Markup {
    html! {
        tr data-request {
            td { (clock(&request.at)) }
            td { (cut(&request.method, 12)) }
            th.mono scope="row" {
                @if request.insecure { span.no { (icon("glyph", "g-cross")) (page.say("in clear")) } " " }
                (foreign(&request.url, 200))
            }
            td { (kind(page, request.kind)) }
            td.num { @if let Some(status) = request.status { (status) } @else { "–" } }
            td { (from(page, request.from)) }
            td { (hsts(page, request)) }
            td.num { (request.set_cookies) }
        }
    }
}

fn kind<'p>(page: &'p Page<'_>, kind: ResourceKind) -> &'p str {
    match kind {
        ResourceKind::MainFrame => page.language.say("page"),
        ResourceKind::SubFrame => page.language.say("frame"),
        ResourceKind::Script => page.language.say("script"),
        ResourceKind::Stylesheet => page.language.say("style sheet"),
        ResourceKind::Image => page.language.say("image"),
        ResourceKind::Font => page.language.say("font"),
        ResourceKind::Media => page.language.say("media"),
        ResourceKind::Object => page.language.say("plug-in"),
        ResourceKind::Fetch => page.language.say("fetch"),
        ResourceKind::Ping => page.language.say("beacon"),
        ResourceKind::WebSocket => page.language.say("WebSocket"),
        ResourceKind::Other => page.language.say("other"),
    }
}

fn from<'p>(page: &'p Page<'_>, from: Answer) -> &'p str {
    match from {
        Answer::Network => page.language.say("network"),
        Answer::Cache => page.language.say("cache"),
        Answer::ServiceWorker => page.language.say("service worker"),
        Answer::Browser => page.language.say("browser"),
        Answer::Check => page.language.say("check"),
        Answer::NotAnswered => page.language.say("not answered"),
        Answer::NotSeen => page.language.say("not seen"),
    }
}

fn hsts(page: &Page<'_>, request: &RequestJson) -> Markup {
    let judged = matches!(request.from, Answer::Network | Answer::Check) && request.status.is_some();
    html! {
        @match &request.hsts {
            Some(field) if request.insecure => span.unset { (foreign(field, 60)) " " (page.say("(void over http)")) },
            Some(field) => span.yes { (icon("glyph", "g-check")) (foreign(field, 60)) },
            None if !judged => span.unset { (page.say("not judged")) },
            None if request.insecure => span.unset { (page.say("not expected")) },
            None => span."no no--fine" { (page.say("none")) },
        }
    }
}
