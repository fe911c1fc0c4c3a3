//! Every finding in full: what was seen, why it matters, what to do, who else describes it.

use litemap::LiteMap;
use maud::{Markup, html};

use super::baseline::baseline;
use super::icon::icon;
use super::page::{Page, block, severity_icon};
use super::reference::references;
use super::text::{cut, foreign, lines, marked, sentence};
use crate::check::{Location, Severity};
use crate::fix::{Fix, Software};
use crate::report::ReportFinding;

/// Findings that are shown. An audit has fewer; a file that was opened can hold more.
const SHOWN: usize = 2_000;
/// Characters of a raw value that are shown.
const VALUE: usize = 600;
/// Characters of the lines to paste.
const LINES: usize = 4_000;

/// The section.
pub(super) fn findings(page: &Page<'_>) -> Markup {
    let findings = &page.report.findings;
    let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
    let order = page.report.fix_order();
    let likely = page.report.facts.software.first().map(|fact| fact.software);
    let lead = html! {
        @if findings.is_empty() { (page.say("Nothing was found. What was not observed stands above.")) } @else {
            (page.counted(&severities)) "."
            @if let Some(software) = likely {
                " " (page.fill("Fixes are shown for {} first, because the site looks like one.", &[software.name()]))
            }
        }
    };
    let content = html! {
        (baseline(page))
        @if page.live && !findings.is_empty() { (filter(page, &severities)) }
        div.findings {
            @for (finding, id) in findings.iter().zip(ids(page)).take(SHOWN) { (self::finding(page, finding, &id, &order)) }
        }
        @if findings.len() > SHOWN {
            p.muted { (page.language.count(findings.len() - SHOWN, "and {} more", "and {} more")) }
        }
    };
    page.section("findings", page.say("Findings"), &lead, &content)
}

/// The element ids of the findings: the same for the same finding in every report, none twice.
pub(super) fn ids(page: &Page<'_>) -> Vec<String> {
    let mut met: LiteMap<String, usize> = LiteMap::new();
    let id = |finding: &ReportFinding| {
        // One of a file that was opened can be anything.
        let word: String = finding.fingerprint.chars().filter(char::is_ascii_alphanumeric).take(32).collect();
        let times = met.entry(word.clone()).or_insert(0);
        *times += 1;
        match times {
            1 => page.id(&format!("f-{word}")),
            times => page.id(&format!("f-{word}-{times}")),
        }
    };
    page.report.findings.iter().take(SHOWN).map(id).collect()
}

/// The area of a check: the first word of its id.
fn area(check: &str) -> String {
    cut(check.split('.').next().unwrap_or_default(), 40)
}

fn area_name<'p>(page: &'p Page<'_>, area: &'p str) -> &'p str {
    match area {
        "https" => page.language.say("HTTPS"),
        "hsts" => page.language.say("HSTS"),
        "preload" => page.language.say("Preload"),
        "cookie" => page.language.say("Cookies"),
        "header" => page.language.say("Header fields"),
        "csp" => page.language.say("Content policy"),
        "content" => page.language.say("Content"),
        "disclosure" => page.language.say("Disclosure"),
        other => other,
    }
}

/// What narrows the list; the page's program does it.
fn filter(page: &Page<'_>, severities: &[Severity]) -> Markup {
    let mut areas: Vec<String> = Vec::new();
    for finding in page.report.findings.iter().take(SHOWN) {
        let area = area(&finding.check);
        if areas.len() < 40 && !areas.contains(&area) {
            areas.push(area);
        }
    }
    areas.sort_unstable();
    let total = severities.len().min(SHOWN).to_string();
    let label = page.say("Search findings");
    html! {
        form.filter role="search" aria-label=(page.say("Findings")) {
            input.field type="search" data-filter="text" placeholder=(label) aria-label=(label) autocomplete="off" spellcheck="false";
            fieldset {
                legend.sr { (page.say("Severity")) }
                @for severity in [Severity::Error, Severity::Warning, Severity::Note] {
                    @let number = severities.iter().filter(|known| **known == severity).count();
                    label data-severity=(severity.word()) {
                        input type="checkbox" checked data-filter=(severity.word());
                        (page.severity_word(severity)) " " span.filter__count { (number) }
                    }
                }
            }
            label {
                (page.say("Area")) " "
                select.field data-filter="area" {
                    option value="" { (page.say("All")) }
                    @for area in &areas { option value=(area) { (area_name(page, area)) } }
                }
            }
            span.filter__count role="status" data-shown { (page.fill("{} of {} shown", &[&total, &total])) }
        }
        p."panel muted" data-none-shown hidden { (page.say("No finding matches. Clear the search, or tick more severities.")) }
    }
}

fn finding(page: &Page<'_>, finding: &ReportFinding, id: &str, order: &[Software]) -> Markup {
    let check = cut(&finding.check, 120);
    html! {
        details."finding finding--full".finding--accepted[finding.accepted.is_some()] id=(id) open[!page.live]
            data-finding=(check) data-severity=(finding.severity.word()) data-area=(area(&finding.check))
            data-fingerprint=(cut(&finding.fingerprint, 64)) data-accepted[finding.accepted.is_some()] {
            summary {
                (icon("icon", severity_icon(finding.severity)))
                (page.heading(1, None, Some("finding__title"), &sentence(&finding.title)))
                span.finding__sevword {
                    @if finding.accepted.is_some() { span.tag { (page.say("Accepted")) } " " }
                    (page.severity_word(finding.severity))
                }
                (icon("glyph chevron", "g-chevron"))
                span."finding__id mono" { (check) }
            }
            div.finding__body {
                @if let Some(accepted) = &finding.accepted {
                    p.finding__accepted {
                        b { (page.say("Accepted by the baseline:")) } " " (foreign(&accepted.why, 400))
                        @if let Some(until) = &accepted.until { " " (page.fill("Until {}.", &[&cut(until, 20)])) }
                    }
                }
                (evidence(page, &finding.location))
                div { span.label { (page.say("Why it matters")) } p { (sentence(&finding.message)) } }
                (fix(page, &finding.fix, id, order))
                (references(page, &finding.references))
                @if page.live { (actions(page, finding, &check)) }
            }
        }
    }
}

/// The raw value with what offends in it, and where it is.
fn evidence(page: &Page<'_>, location: &Location) -> Markup {
    let named = location.field.is_some() || location.value.is_some();
    html! {
        @if named || location.url.is_some() {
            div {
                span.label { (page.say("Evidence")) }
                @if named {
                    div.code {
                        pre dir="auto" {
                            code {
                                @if let Some(field) = &location.field { (cut(field, 80)) ": " }
                                @if let Some(value) = &location.value { (marked(value, location.mark, VALUE)) }
                                @else { span.unset { (page.say("(not sent)")) } }
                            }
                        }
                    }
                }
                @if let Some(url) = &location.url { p."small muted finding__where" { (foreign(url, 400)) } }
            }
        }
    }
}

/// One sentence, and the lines for each software; radio buttons choose, with no program.
fn fix(page: &Page<'_>, fix: &Fix, id: &str, order: &[Software]) -> Markup {
    let known: Vec<(Software, String)> = order
        .iter()
        .filter_map(|software| Some((*software, lines(fix.lines.get(software)?, LINES))))
        .collect();
    html! {
        div { span.label { (page.say("Fix")) } p { (sentence(&fix.summary)) } }
        @if !known.is_empty() {
            fieldset.stack {
                legend.sr { (page.say("Show the fix for")) }
                div.stack__bar {
                    @for (n, (software, _)) in known.iter().enumerate() {
                        label { input type="radio" name=(id) value=(software.word()) checked[n == 0]; (software.name()) }
                    }
                }
                @for (software, lines) in &known {
                    div.stack__fix data-stack=(software.word()) {
                        (block(page, None, lines, &page.fill("Copy the fix for {}", &[software.name()])))
                    }
                }
            }
        }
    }
}

fn actions(page: &Page<'_>, finding: &ReportFinding, check: &str) -> Markup {
    html! {
        p.finding__actions {
            @if finding.accepted.is_none() {
                button.button type="button" data-action="accept" data-fingerprint=(cut(&finding.fingerprint, 64)) {
                    (page.say("Accept…"))
                }
            }
            a."button button--quiet" href={ "checks.html#" (check) } target="_blank" { (page.say("About this check")) }
        }
    }
}
