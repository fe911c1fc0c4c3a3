//! The preload checklist: hstspreload.org's requirements, the lists, what is in force, the steps to take.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, block, codes, status_as};
use super::text::{cut, foreign, sentence};
use crate::fact::{RAMP, Standing};
use crate::field::{Engine, hsts};
use crate::report::{PreloadJson, RequirementJson};
use crate::time::duration;
use crate::verdict::Status;

/// Hosts that are named; more are counted.
const SHOWN: usize = 20;

/// The section.
pub(super) fn checklist(page: &Page<'_>) -> Markup {
    let preload = &page.report.facts.preload;
    let title = page.say("Preload checklist");
    let Some(domain) = &preload.domain else {
        let headline = &page.report.verdicts.hsts_preload.headline;
        return page.section("preload", title, &html! {}, &html! { p.panel { (sentence(headline)) } });
    };
    let number = |standing| preload.count(standing).to_string();
    let lead = page.fill(
        "The requirements of hstspreload.org for {}: {} met, {} not met, {} not observed.",
        &[
            &cut(domain, 253),
            &number(Standing::Passed),
            &number(Standing::Failed),
            &number(Standing::Unknown),
        ],
    );
    let content = html! {
        div."grid grid--wide" {
            (requirements(page, preload))
            div.grid {
                (page.panel("lists", &html! { (page.say("On the browsers’ lists")) }, None, &lists(page, preload)))
                (page.panel("force", &html! { (page.say("In force now")) }, None, &in_force(page)))
                @if let Some(words) = preload.removal_words() {
                    (page.panel("removal", &html! { (page.say("Removal")) }, None, &html! {
                        p.small data-removal { (sentence(words)) (codes(preload.removal.errors.iter().map(AsRef::as_ref))) }
                    }))
                }
                @if !preload.insecure_subdomains.is_empty() {
                    (page.panel("breaks", &html! { (page.say("Preloading would break")) }, Some(Status::Warn), &breaks(page, preload)))
                }
            }
        }
        @if preload.ramp.is_some() {
            (page.panel("ramp", &html! { (page.say("The way there")) }, None, &ramp(page, preload)))
        }
    };
    page.section("preload", title, &html! { (lead) }, &content)
}

fn requirements(page: &Page<'_>, preload: &PreloadJson) -> Markup {
    let heads = [page.say("Result"), page.say("Requirement")];
    let body =
        html! { tbody { @for each in preload.requirements.iter().take(50) { (requirement(page, each)) } } };
    page.table(page.say("Requirements of hstspreload.org"), "checks", &heads, &body)
}

fn requirement(page: &Page<'_>, requirement: &RequirementJson) -> Markup {
    let (status, word) = match requirement.state {
        Standing::Passed => (Status::Pass, page.say("Met")),
        Standing::Failed => (Status::Fail, page.say("Not met")),
        Standing::Unknown => (Status::Unknown, page.say("Unknown")),
    };
    html! {
        tr data-requirement=(cut(requirement.requirement.as_ref(), 80)) data-status=(status.key()) {
            td { (status_as(status, word)) }
            th scope="row" {
                (sentence(requirement.title.as_ref()))
                @if let Some(why) = &requirement.why { span."muted small block" { (sentence(why.as_ref())) } }
                (codes(requirement.codes.iter().map(AsRef::as_ref)))
            }
        }
    }
}

fn lists(page: &Page<'_>, preload: &PreloadJson) -> Markup {
    html! {
        dl.facts {
            @for (name, listing) in [("Chromium", &preload.lists.chromium), ("Firefox", &preload.lists.firefox)] {
                dt { (name) }
                dd {
                    @match &listing.entry {
                        Some(entry) => { (page.say("listed by")) " " (foreign(entry, 253)) },
                        None => { (page.say("not listed")) },
                    }
                    br;
                    span."muted small" { (page.say("list of")) " " (cut(&listing.list, 60)) }
                }
            }
        }
        p.panel__foot { (page.say("The lists differ: each browser ships its own, and only a browser update changes it.")) }
    }
}

/// The field that the page's host sent last.
fn in_force(page: &Page<'_>) -> Markup {
    let report = page.report;
    let host = |url: &str| {
        crate::url::Url::parse(url).is_some_and(|url| url.is_https() && url.host() == report.site.host)
    };
    let from_hops =
        report.facts.redirects.iter().rev().find(|hop| host(&hop.url)).and_then(|hop| hop.hsts.as_ref());
    let field = from_hops.or_else(|| {
        report
            .facts
            .requests
            .iter()
            .rev()
            .find(|request| host(&request.url) && request.hsts.is_some())?
            .hsts
            .as_ref()
    });
    html! {
        @match field {
            Some(field) => {
                div.code { span.code__file { "Strict-Transport-Security" } pre { code { (cut(field, 200)) } } }
                @if let Some(octets) = octets(field) {
                    dl.facts { @for engine in Engine::ALL { dt { (engine.name()) } dd { (stored(page, engine, &octets)) } } }
                }
                p.panel__foot { (page.say("The field that the page’s host sent last, and what each browser makes of it.")) }
            },
            None => {
                p.small { (page.say("No field of the page’s host was seen.")) }
                p."small muted" { (sentence(&report.verdicts.hsts_preload.headline)) }
            },
        }
    }
}

/// The octets of a field; none where it was cut.
fn octets(field: &str) -> Option<Vec<u8>> {
    field.chars().map(|c| u8::try_from(c).ok()).collect()
}

/// What a browser stores of a field.
fn stored(page: &Page<'_>, engine: Engine, field: &[u8]) -> String {
    match hsts::read(engine, &[field]).in_force() {
        Some((seconds, true)) => page.fill("{}, with all sub-domains", &[&duration(seconds)]),
        Some((seconds, false)) => page.fill("{}, this host only", &[&duration(seconds)]),
        None => page.say("nothing in force").to_owned(),
    }
}

fn breaks(page: &Page<'_>, preload: &PreloadJson) -> Markup {
    let hosts = &preload.insecure_subdomains;
    html! {
        p.small { (page.say("Seen over http only:")) }
        ul.small data-breaks { @for host in hosts.iter().take(SHOWN) { li { code { (foreign(host, 253)) } } } }
        @if hosts.len() > SHOWN {
            p."small muted" { (page.language.count(hosts.len() - SHOWN, "and {} more", "and {} more")) }
        }
    }
}

fn ramp(page: &Page<'_>, preload: &PreloadJson) -> Markup {
    let reached = preload.ramp.as_ref().map_or(0, |ramp| ramp.reached);
    let lasts =
        [page.say("5 minutes"), page.say("a week"), page.say("a month"), page.say("two years, listed")];
    html! {
        ol.ramp {
            @for (n, (step, lasts)) in RAMP.iter().zip(lasts).enumerate() {
                @let is_next = n == reached;
                li.ramp__done[n < reached].ramp__now[is_next] aria-current=[(n + 1 == reached).then_some("step")] {
                    span.ramp__word {
                        @if n < reached { (icon("glyph", "g-check")) (page.say("Done")) }
                        @else if is_next { (page.say("Next")) } @else { (page.say("Later")) }
                    }
                    b { (lasts) }
                    span.mono { (step.field) }
                }
            }
        }
        @if let Some(next) = preload.ramp.as_ref().and_then(|ramp| ramp.next.as_ref()) {
            p.ramp__next { (page.say("Send this when nothing broke at the step before:")) }
            (block(page, None, &format!("Strict-Transport-Security: {}", cut(next.as_ref(), 200)), page.say("Copy next step")))
        }
        p.panel__foot { (page.say("hstspreload.org recommends HSTS, and preloading no longer: it holds all sub-domains, for months, and removal takes as long.")) }
    }
}
