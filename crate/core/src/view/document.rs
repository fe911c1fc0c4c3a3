//! The exported report: one HTML file that holds everything it shows, to read and to print.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::about::{about, seen};
use super::checklist::checklist;
use super::cookie::cookies;
use super::finding::findings;
use super::icon::full_sprite;
use super::language::Language;
use super::lens::{django, others, outcomes};
use super::overview::{not_observed, panels, unknown, verdicts};
use super::page::{Page, moment};
use super::request::requests;
use super::routes::routes;
use super::text::{breaking, cut, foreign};
use super::tls::tls;
use crate::report::{Report, scanners};

/// The sheet of all pages.
pub const SHEET: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/style.css"));

/// Nothing may be loaded, no script may run.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/// Reports as one HTML file, in English: no script, and nothing from elsewhere.
pub fn document(reports: &[Report]) -> String {
    document_with(reports, SHEET)
}

/// The same with a sheet that was read elsewhere; the extension has it as a file.
pub fn document_with(reports: &[Report], sheet: &str) -> String {
    let language = Language::default();
    let many = reports.len() > 1;
    let pages: Vec<Page<'_>> = reports
        .iter()
        .enumerate()
        .map(|(n, report)| Page {
            report,
            language: &language,
            prefix: if many { format!("s{}-", n + 1) } else { "r-".to_owned() },
            level: if many { 3 } else { 2 },
            live: false,
        })
        .collect();
    let title = match reports {
        [report] => format!("{}: HTTPS Audit", cut(&report.site.host, 50)),
        reports => format!("HTTPS Audit of {} sites", reports.len()),
    };
    html! {
        (DOCTYPE)
        html lang="en" data-ready {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (title) }
                // What would end the element early is in no sheet; a sheet that was changed could hold it.
                style { (PreEscaped(sheet.replace("</", "<\\/"))) }
            }
            body.report {
                (full_sprite())
                main.report__page {
                    @if many { (contents(&pages)) }
                    @for page in &pages { (site(page)) }
                    @if pages.is_empty() { h1 { "No site was audited" } }
                }
            }
        }
    }
    .into_string()
}

/// The list of sites, of a file that has several.
fn contents(pages: &[Page<'_>]) -> Markup {
    html! {
        header.report__head {
            div { p.kicker { "HTTPS Audit report" } h1 { (pages.len()) " sites" } }
        }
        nav aria-label="Sites" {
            ol.toc {
                @for page in pages {
                    li {
                        (page.status(page.report.verdicts.overall())) " "
                        a href={ "#" (page.id("site")) } { (name(page.report)) }
                    }
                }
            }
        }
    }
}

fn name(report: &Report) -> Markup {
    html! { @if report.site.host.is_empty() { "Address hidden" } @else { (foreign(&report.site.host, 253)) } }
}

/// One report.
fn site(page: &Page<'_>) -> Markup {
    let report = page.report;
    let many = page.level > 2;
    let missing = unknown(report);
    html! {
        article.report__site id=(page.id("site")) {
            header.report__head data-status=(report.verdicts.overall().key()) {
                div {
                    @if !many { p.kicker { "HTTPS Audit report" } }
                    @if many { h2 data-site { (name(report)) } } @else { h1 data-site { (name(report)) } }
                    p."mono small" { (breaking(&report.site.url, 300)) }
                }
                dl.facts {
                    dt { "Generated" } dd { (moment(&report.generated_at)) " UTC" }
                    (seen(page))
                    dt { "Tool" } dd { (cut(&report.tool.name, 40)) " " (cut(&report.tool.version, 40)) }
                }
            }
            section.section id=(page.id("overview")) aria-label=[page.among("Verdicts")] aria-labelledby=[page.alone("h-overview")] {
                (page.heading(0, Some("h-overview"), Some("sr"), &html! { "Verdicts" }))
                (verdicts(page))
                (panels(page, false))
                (sections(page))
            }
            (page.section("unseen", "Not observed", &html! {
                (page.language.count(missing.len(), "{} thing, counted neither for nor against the site.", "{} things, counted neither for nor against the site."))
            }, &html! { div.panel { (not_observed(page, &missing, usize::MAX)) } }))
            (findings(page))
            (checklist(page))
            (tls(page))
            (cookies(page))
            (routes(page))
            (requests(page))
            (django(page))
            (others(page))
            (outcomes(page))
            (about(page))
        }
    }
}

/// What else there is of one site.
fn sections(page: &Page<'_>) -> Markup {
    let shown = [
        ("unseen", "Not observed", true),
        ("findings", "Findings", true),
        ("preload", "Preload checklist", true),
        ("tls", "HTTPS & TLS", true),
        ("cookies", "Cookies", true),
        ("routes", "Routes", page.report.facts.session.is_some()),
        ("requests", "Requests", true),
        ("django", "Django lens", page.report.facts.django.identified),
        ("scanners", "What scanners will say", !scanners(page.report).is_empty()),
        ("about", "About this report", true),
    ];
    html! {
        nav.no-print aria-label=(page.among("Contents").unwrap_or_else(|| "Contents".to_owned())) {
            ul.toc {
                @for (id, title, _) in shown.iter().filter(|(.., shown)| *shown) {
                    li { a href={ "#" (page.id(id)) } { (title) } }
                }
            }
        }
    }
}
