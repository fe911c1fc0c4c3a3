//! The first thing on the page: one sentence, three verdicts, the grade, what to do first, what was not observed.

use maud::{Markup, html};

use super::icon::icon;
use super::page::{Page, unseen};
use super::text::{breaking, cut, sentence};
use crate::check::{Severity, Unknown};
use crate::grade::Grade;
use crate::observatory::{Algorithm, Test, modifier};
use crate::report::{Report, summary};
use crate::verdict::VerdictKind;

/// Things not observed that stand in sight; more are folded.
const IN_SIGHT: usize = 3;
/// Things not observed that are shown at all.
const MOST: usize = 100;
/// Findings under "Fix first".
const FIRST: usize = 3;

/// The sentence and the three verdicts.
pub(super) fn verdicts(page: &Page<'_>) -> Markup {
    html! {
        p.lead { (summary(page.report)) }
        div."grid grid--3" { @for kind in VerdictKind::ALL { (card(page, kind)) } }
    }
}

fn card(page: &Page<'_>, kind: VerdictKind) -> Markup {
    let verdict = page.report.verdicts.get(kind);
    let severities: Vec<Severity> = page.report.findings_of(kind).map(|finding| finding.severity).collect();
    let found = page.counted(&severities);
    let missing = verdict.unknown.len();
    html! {
        article.card data-verdict=(kind.key()) data-status=(verdict.status.key()) {
            div.card__head {
                (page.heading(1, None, None, &html! { (page.verdict_name(kind)) }))
                (page.status(verdict.status))
            }
            p.card__headline { (sentence(&verdict.headline)) }
            p.card__counts {
                @if !found.is_empty() { span { (found) } }
                @if missing > 0 { span { (page.language.count(missing, "{} not observed", "{} not observed")) } }
            }
        }
    }
}

/// Grade, what to do first and, where `with_unseen`, what was not observed.
pub(super) fn panels(page: &Page<'_>, with_unseen: bool) -> Markup {
    let missing = unknown(page.report);
    html! {
        div.grid.grid--3[with_unseen].grid--over[with_unseen].grid--2[!with_unseen] {
            (page.panel("grade", &html! { (page.say("Grade")) }, None, &grade(page)))
            (page.panel("first", &html! { (page.say("Fix first")) }, None, &first(page)))
            @if with_unseen {
                @let title = html! { (page.say("Not observed")) " " span.muted { (missing.len()) } };
                (page.panel("unseen", &title, None, &not_observed(page, &missing, IN_SIGHT)))
            }
        }
    }
}

/// What no verdict could see, none twice.
pub(super) fn unknown(report: &Report) -> Vec<&Unknown> {
    let mut all: Vec<&Unknown> = Vec::new();
    for kind in VerdictKind::ALL {
        for unknown in report.verdicts.get(kind).unknown.iter().take(MOST) {
            if !all.iter().any(|known| known.what == unknown.what) {
                all.push(unknown);
            }
        }
    }
    all
}

/// The list of them; what is beyond `in_sight` is folded.
pub(super) fn not_observed(page: &Page<'_>, missing: &[&Unknown], in_sight: usize) -> Markup {
    let item = |unknown: &Unknown| unseen(&unknown.what, &unknown.why, &unknown.how);
    let folded = missing.get(in_sight..).unwrap_or_default();
    html! {
        @if missing.is_empty() { p.muted { (page.say("Everything that was looked for was seen.")) } } @else {
            ul.unseen-list { @for unknown in missing.iter().take(in_sight) { (item(unknown)) } }
        }
        @if !folded.is_empty() {
            details.fold data-fold="unseen" {
                summary {
                    span { (page.language.count(folded.len(), "{} more not observed", "{} more not observed")) }
                    (icon("glyph chevron", "g-chevron"))
                }
                ul."unseen-list fold__body" { @for unknown in folded { (item(unknown)) } }
            }
        }
    }
}

fn first(page: &Page<'_>) -> Markup {
    let ids = super::finding::ids(page);
    let open = page.report.findings.iter().zip(&ids).filter(|(finding, _)| finding.accepted.is_none());
    let open: Vec<_> = open.take(FIRST).collect();
    html! {
        @if open.is_empty() { p.muted { (page.say("Nothing was found that needs mending.")) } } @else {
            ol.next {
                @for (finding, id) in open {
                    li {
                        div {
                            a href={ "#" (id) } { (sentence(&finding.title)) } br;
                            span."muted small" { (sentence(&finding.fix.summary)) }
                        }
                    }
                }
            }
        }
    }
}

fn grade(page: &Page<'_>) -> Markup {
    let Some(grade) = &page.report.grade else {
        return html! {
            p.grade__letter { "–" }
            p.muted { (page.say("No grade: no page was seen, or it is an error page.")) }
        };
    };
    let letter = |letter: &str| cut(letter, 3).replace('-', "−");
    let of_hundred = |low: i16, high: i16| {
        if low == high {
            page.fill("{} of 100", &[&low.to_string()])
        } else {
            page.fill("{} to {} of 100", &[&low.to_string(), &high.to_string()])
        }
    };
    let (worst, best) = match (&grade.low, &grade.high) {
        (Some(low), Some(high)) => ((&low.letter, low.score), (&high.letter, high.score)),
        _ => ((&grade.letter, grade.score), (&grade.letter, grade.score)),
    };
    html! {
        p.grade__letter data-score=(grade.score) {
            span data-letter {
                @if worst.0 == best.0 { (letter(worst.0)) }
                @else { (page.fill("{} to {}", &[&letter(worst.0), &letter(best.0)])) }
            }
            " " small { (of_hundred(worst.1, best.1)) }
        }
        (scale(grade.score, worst.1, best.1))
        (sum(page, grade))
        p.panel__foot {
            @if grade.low.is_some() {
                (page.fill("The sum is of what was seen: {}. What was not seen may still take from it, or add to it.", &[&letter(&grade.letter)])) " "
            }
            (page.say("Algorithm")) ": " (cut(&grade.algorithm, 80)) "."
        }
    }
}

/// A bar up to the score; where not everything was seen, up to the least that it can be, and pale up to the most.
fn scale(score: i16, low: i16, high: i16) -> Markup {
    let along = |score: i16| i32::from(score.clamp(0, 100)) * 3;
    html! {
        svg.scale viewBox="0 0 300 8" preserveAspectRatio="none" aria-hidden="true" {
            rect.scale__track width="300" height="8" {}
            rect.scale__fill width=(along(low)) height="8" {}
            @if low < high {
                rect.scale__range x=(along(low)) width=(along(high) - along(low)) height="8" {}
                rect.scale__fill x=((along(score) - 2).max(0)) width="4" height="8" {}
            }
            path.scale__tick d="M75 0h1v8h-1zM135 0h1v8h-1zM180 0h1v8h-1zM210 0h1v8h-1zM240 0h1v8h-1zM270 0h1v8h-1z" {}
        }
    }
}

/// What each result code adds or takes. What adds counts from 90 on.
fn sum(page: &Page<'_>, grade: &Grade) -> Markup {
    let outcomes = page.report.facts.observatory.iter();
    let worth: Vec<(Test, &str, i16)> = Test::ALL
        .into_iter()
        .zip(outcomes)
        .filter_map(|(test, code)| {
            let code: &str = code.as_ref()?;
            Some((test, code, modifier(code, Algorithm::Six)))
        })
        .collect();
    let unseen: Vec<&str> = Test::ALL
        .into_iter()
        .zip(&page.report.facts.observatory)
        .filter(|(_, code)| code.is_none())
        .map(|(test, _)| test_name(page, test))
        .collect();
    let taken: i16 = worth.iter().map(|(.., worth)| *worth).filter(|worth| *worth < 0).sum();
    let adds = 100 + taken >= 90;
    let row = |(test, code, worth): &(Test, &str, i16)| {
        html! {
            tr {
                th scope="row" { (test_name(page, *test)) span.code-id { (breaking(code, 90)) } }
                td { @if *worth < 0 { "−" (worth.unsigned_abs()) } @else if adds { "+" (worth) } @else { span.muted { "(+" (worth) ")" } } }
            }
        }
    };
    html! {
        table.sum {
            caption.sr { (page.say("How the score comes about")) }
            tbody {
                tr { th scope="row" { (page.say("Start")) } td { "100" } }
                @for each in worth.iter().filter(|(.., worth)| *worth < 0) { (row(each)) }
                @for each in worth.iter().filter(|(.., worth)| *worth > 0) { (row(each)) }
                @if !adds && worth.iter().any(|(.., worth)| *worth > 0) {
                    tr { td.muted colspan="2" { (page.say("What adds to the score counts from 90 on.")) } }
                }
                @if !unseen.is_empty() {
                    tr { th scope="row" { (page.say("Not observed")) span.code-id { (unseen.join(", ")) } } td { "?" } }
                }
                tr { th scope="row" { (page.say("Score")) } td { (grade.score) } }
            }
        }
    }
}

/// What the Observatory looks at in a test.
fn test_name<'p>(page: &'p Page<'_>, test: Test) -> &'p str {
    match test {
        Test::Csp => "Content-Security-Policy",
        Test::Cookies => page.language.say("Cookies"),
        Test::Cors => page.language.say("Cross-origin sharing"),
        Test::Redirection => page.language.say("Redirection to https"),
        Test::Referrer => "Referrer-Policy",
        Test::Hsts => "Strict-Transport-Security",
        Test::Integrity => page.language.say("Subresource integrity"),
        Test::ContentType => "X-Content-Type-Options",
        Test::Framing => "X-Frame-Options",
        Test::Corp => "Cross-Origin-Resource-Policy",
        Test::Coop => "Cross-Origin-Opener-Policy",
        Test::Coep => "Cross-Origin-Embedder-Policy",
    }
}
