//! What a report is, what it stands on, and what its words mean.

use maud::{Markup, html};

use super::page::{Page, moment};
use super::text::{cut, foreign};
use crate::knowledge::tls_guideline;
use crate::verdict::Status;

/// When and with what the page was seen, and what of it.
pub(super) fn seen(page: &Page<'_>) -> Markup {
    let facts = &page.report.facts;
    let cookies = facts.cookies.len() + facts.third_party_cookies.len();
    let requests = facts.requests.len().saturating_add(facts.requests_beyond);
    html! {
        @if let Some(at) = &facts.seen.at { dt { (page.say("Seen at")) } dd { (moment(at)) " UTC" } }
        dt { (page.say("Seen with")) }
        dd { (browser(page)) }
        dt { (page.say("Captured")) }
        dd {
            (page.language.count(requests, "{} request", "{} requests")) ", "
            (page.language.count(cookies, "{} cookie", "{} cookies"))
        }
    }
}

/// The browser and its version, or what recorded it.
pub(super) fn browser(page: &Page<'_>) -> Markup {
    let seen = &page.report.facts.seen;
    html! {
        @match &seen.browser {
            Some(browser) => { (browser.engine.name()) " " (foreign(&browser.version, 40)) },
            None => { (foreign(&seen.recorder, 80)) },
        }
    }
}

/// The section.
pub(super) fn about(page: &Page<'_>) -> Markup {
    let report = page.report;
    let lists = &report.facts.preload.lists;
    let words = [
        (Status::Pass, page.say("Seen, and nothing wrong with it.")),
        (Status::Warn, page.say("A weakness was found.")),
        (Status::Fail, page.say("Something can be read or changed on the way, or the rules are broken.")),
        (
            Status::Unknown,
            page.say("What decides was not observed. It counts neither for nor against the site."),
        ),
        (Status::NotApplicable, page.say("The question does not arise for this address.")),
    ];
    let content = html! {
        div."grid grid--2" {
            (page.panel("report", &html! { (page.say("This report")) }, None, &html! {
                dl.facts {
                    dt { (page.say("Made")) } dd { (moment(&report.generated_at)) " UTC" }
                    dt { (page.say("Tool")) } dd { (cut(&report.tool.name, 40)) " " (cut(&report.tool.version, 40)) }
                    dt { (page.say("Schema")) } dd.mono { (cut(&report.schema, 60)) }
                    (seen(page))
                    dt { (page.say("Preload lists")) } dd { (cut(&lists.chromium.list, 60)) br; (cut(&lists.firefox.list, 60)) }
                    dt { (page.say("TLS guideline")) } dd { (tls_guideline::NAME) }
                }
            }))
            (page.panel("words", &html! { (page.say("Its words")) }, None, &html! {
                dl."facts facts--words" {
                    @for (status, words) in words { dt { (page.status(status)) } dd { (words) } }
                }
                p.panel__foot {
                    @if page.report.facts.session.is_some() {
                        (page.say("It tells what a browser can see from outside, in one session. Pages that were not opened in it, the server and its code were not looked at. The same evidence gives the same report."))
                    } @else { (page.say("It tells what a browser can see from outside, at one moment. Other pages of the site, its server and its code were not looked at. The same evidence gives the same report.")) }
                }
            }))
        }
    };
    page.section("about", page.say("About this report"), &html! {}, &content)
}
