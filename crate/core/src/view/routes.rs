//! The routes of a recorded session: which of its responses lack what.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, clock, day};
use super::text::{cut, foreign};
use crate::report::{COLUMNS, CellJson, RouteJson, SessionJson};

/// Routes that are shown: as many as a report has that was made here.
const SHOWN: usize = 300;
/// Statuses that are shown of one.
const STATUSES: usize = 20;

/// The section; nothing where no session was recorded.
pub(super) fn routes(page: &Page<'_>) -> Markup {
    let Some(session) = &page.report.facts.session else { return html! {} };
    let lead = html! {
        (page.language.count(session.pages, "{} page", "{} pages")) ", "
        (day(&session.began_at)) " " (clock(&session.began_at)) "–" (clock(&session.ended_at)) " UTC. "
        (page.say("A cell says how many responses of the route have the field; a dash, that it would mean nothing there."))
        @if session.elsewhere > 0 {
            " " (page.language.count(usize::try_from(session.elsewhere).unwrap_or(usize::MAX), "{} page of another site was passed; nothing of it was kept.", "{} pages of other sites were passed; nothing of them was kept."))
        }
    };
    let beyond = session.routes.len().saturating_sub(SHOWN).saturating_add(session.routes_beyond);
    let content = html! {
        @if session.dropped > 0 {
            div.callout data-status="unknown" {
                (icon("icon", "i-unknown"))
                p { (page.language.count(usize::try_from(session.dropped).unwrap_or(usize::MAX), "{} page more was opened and not kept: the recording was full.", "{} pages more were opened and not kept: the recording was full.")) }
            }
        }
        (matrix(page, session))
        @if beyond > 0 {
            p."muted small" { (page.language.count(beyond, "{} more is not listed.", "{} more are not listed.")) }
        }
    };
    page.section("routes", page.say("Routes"), &lead, &content)
}

fn matrix(page: &Page<'_>, session: &SessionJson) -> Markup {
    let mut heads = vec![page.say("Route")];
    heads.extend(COLUMNS.map(|(_, name)| name));
    heads.push("Set-Cookie");
    let body = html! { tbody { @for route in session.routes.iter().take(SHOWN) { (row(page, route)) } } };
    page.table(page.say("Routes by header field"), "matrix", &heads, &body)
}

fn row(page: &Page<'_>, route: &RouteJson) -> Markup {
    let statuses: Vec<String> = route.statuses.iter().take(STATUSES).map(ToString::to_string).collect();
    html! {
        tr data-route {
            th scope="row" {
                span.mono { (cut(&route.method, 12)) " " (foreign(&route.url, 200)) } br;
                span."muted small" {
                    (page.language.count(route.requests, "{} request", "{} requests"))
                    @if !statuses.is_empty() { ", " (statuses.join(", ")) }
                }
            }
            @for (name, _) in COLUMNS {
                td data-field=(name) { (cell(page, route.fields.iter().find(|cell| cell.field == name))) }
            }
            td { @if route.set_cookies > 0 { (route.set_cookies) } @else { span.unset { "–" } } }
        }
    }
}

fn cell(page: &Page<'_>, cell: Option<&CellJson>) -> Markup {
    let none = CellJson { field: "".into(), sent: 0, missing: 0, unseen: 0 };
    let CellJson { sent, missing, unseen, .. } = cell.unwrap_or(&none);
    let of = sent.saturating_add(*missing);
    html! {
        @match (sent, missing, unseen) {
            (0, 0, 0) => span.unset { "–" },
            (0, 0, _) => span.unset { (page.say("not seen")) },
            (_, 0, _) => span.yes { (icon("glyph", "g-check")) (page.say("sent")) },
            (0, ..) => span.no { (icon("glyph", "g-cross")) (page.say("missing")) },
            _ => span.no { (icon("glyph", "g-cross")) (page.fill("{} of {}", &[&sent.to_string(), &of.to_string()])) },
        }
    }
}
