//! Two reports compared: what is new, what is fixed, what stayed.

use maud::{Markup, PreEscaped, html};

use super::Language;
use super::icon::icon;
use super::page::severity_icon;
use super::text::{foreign, sentence};
use crate::check::Severity;
use crate::compare::{Compared, Comparison, GradeChange, Mark, Side, SiteComparison, VerdictChange};
use crate::verdict::{Status, VerdictKind};

/// Findings of a panel that are shown; more are counted.
const SHOWN: usize = 50;

/// The comparison, to stand in a section of a page.
pub fn comparison(comparison: &Comparison, language: &Language) -> String {
    let say = |english| language.say(english);
    let with_names = comparison.sites.len() > 1;
    html! {
        @for compared in &comparison.sites { (site(compared, with_names, language)) }
        @if comparison.is_of_nothing() {
            p."callout" role="status" data-compared="nothing" {
                (say("These reports are of different sites: nothing was compared."))
            }
        }
        (alone("old", say("Only in the other report, and not compared"), &comparison.only_old))
        (alone("new", say("Only in this report, and not compared"), &comparison.only_new))
    }
    .into_string()
}

/// The comparison with a report of a file, and what can be done with that.
pub fn compared(comparison: &Comparison, file: &str, language: &Language) -> String {
    html! {
        p."section__lead" { (language.say("File")) ": " (foreign(file, 100)) }
        (PreEscaped(self::comparison(comparison, language)))
        p.callout__actions {
            button.button type="button" data-action="show-file" { (language.say("Show this report instead")) }
            button.button type="button" data-action="open-file" { (language.say("Choose another file…")) }
            button.button type="button" data-action="close-file" { (language.say("Compare with nothing")) }
        }
    }
    .into_string()
}

fn site(compared: &SiteComparison, with_name: bool, language: &Language) -> Markup {
    let say = |english| language.say(english);
    let SiteComparison { site, old, new, same_page, verdicts, grade, findings, .. } = compared;
    html! {
        div data-compared=(site) {
            @if with_name { h3 { (foreign(site, 253)) } }
            p."section__lead" {
                (say("With the report of")) " " (foreign(&old.generated_at, 40))
                @if !same_page { ": " (foreign(&old.url, 200)) }
            }
            @if !same_page {
                p.callout role="note" {
                    (say("The reports are of different pages: what only one of them has may be on the other page too."))
                    " " (foreign(&new.url, 200))
                }
            }
            @if !verdicts.is_empty() || grade.is_some() {
                dl.facts {
                    @for change in verdicts { (verdict(change, language)) }
                    @if let Some(change) = grade { (self::grade(change, language)) }
                }
            }
            div.diff {
                (panel("new", "g-plus", say("New"), &findings.new, language))
                (panel("fixed", "g-check", say("Fixed"), &findings.fixed, language))
                (panel("same", "g-same", say("Same"), &findings.same, language))
                @if !findings.newly_observed.is_empty() {
                    (panel("newly-observed", "g-plus", say("Not looked for before"), &findings.newly_observed, language))
                }
                @if !findings.no_longer_observed.is_empty() {
                    (panel("no-longer-observed", "g-chevron", say("No longer observed"), &findings.no_longer_observed, language))
                }
            }
        }
    }
}

fn panel(kind: &str, glyph: &str, title: &str, findings: &[Compared], language: &Language) -> Markup {
    html! {
        section.panel data-diff=(kind) {
            h3 { (icon("glyph", glyph)) (title) " " span.count { (findings.len()) } }
            @if findings.is_empty() {
                p.muted { (language.say("None.")) }
            } @else {
                ul {
                    @for finding in findings.iter().take(SHOWN) { (item(finding, language)) }
                    @if let Some(more) = findings.len().checked_sub(SHOWN).filter(|more| *more > 0) {
                        li.muted { (language.count(more, "{} more", "{} more")) }
                    }
                }
            }
        }
    }
}

fn item(finding: &Compared, language: &Language) -> Markup {
    let location = &finding.location;
    html! {
        li data-compared-finding=(finding.check) {
            span.status data-severity=(finding.severity.word()) {
                (icon("icon", severity_icon(finding.severity)))
                (severity(finding.severity, language))
            }
            @if let Some(was) = finding.was {
                " " span.muted { (language.fill("was: {}", &[severity(was, language)])) }
            }
            br;
            (sentence(&finding.title))
            span.mono { (finding.check) }
            @if let Some(url) = &location.url { span.mono { (foreign(url, 120)) } }
            @if let Some(why) = &finding.why { p.muted { (sentence(why)) } }
            @if let Some(accepted) = &finding.accepted {
                p.muted data-accepted {
                    @match &accepted.until {
                        Some(until) => { (language.fill("Accepted until {}:", &[until])) }
                        None => { (language.say("Accepted:")) }
                    }
                    " " (foreign(&accepted.why, 400))
                }
            }
        }
    }
}

fn verdict(change: &VerdictChange, language: &Language) -> Markup {
    let name = match change.verdict {
        VerdictKind::Https => language.say("HTTPS"),
        VerdictKind::HstsPreload => language.say("HSTS preload"),
        VerdictKind::Cookies => language.say("Cookies"),
    };
    html! {
        dt { (name) }
        dd data-verdict-change=(change.verdict.key()) data-from=(change.from.key()) data-to=(change.to.key()) {
            (status(change.from, language)) " → " (status(change.to, language))
        }
    }
}

fn status(status: Status, language: &Language) -> Markup {
    let word = match status {
        Status::Pass => language.say("Pass"),
        Status::Warn => language.say("Warning"),
        Status::Fail => language.say("Fail"),
        Status::Unknown => language.say("Unknown"),
        Status::NotApplicable => language.say("Not applicable"),
    };
    html! {
        span.status data-status=(status.key()) { (icon("icon", &format!("i-{}", status.key()))) (word) }
    }
}

fn severity(severity: Severity, language: &Language) -> &str {
    match severity {
        Severity::Error => language.say("Error"),
        Severity::Warning => language.say("Warning"),
        Severity::Note => language.say("Note"),
    }
}

fn grade(change: &GradeChange, language: &Language) -> Markup {
    let mark = |mark: &Option<Mark>| {
        html! {
            @if let Some(mark) = mark { (foreign(&mark.letter, 8)) " (" (mark.score) ")" }
            @else { (language.say("none")) }
        }
    };
    html! {
        dt { (language.say("Grade")) }
        dd data-grade-change { (mark(&change.from)) " → " (mark(&change.to)) }
    }
}

fn alone(side: &str, title: &str, sites: &[Side]) -> Markup {
    html! {
        @if !sites.is_empty() {
            section.panel data-alone=(side) {
                h3 { (title) " " span.count { (sites.len()) } }
                ul { @for site in sites { li { (foreign(&site.url, 200)) } } }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::comparison;
    use crate::compare::compare;
    use crate::report::{Report, read_reports};
    use crate::verdict::Status;
    use crate::view::Language;

    const SITE: &str = include_str!("../../../../tests/golden/weak-session-cookie.json");
    const OTHER: &str = include_str!("../../../../tests/golden/preloaded.json");

    fn report(text: &str) -> Report {
        read_reports(text.as_bytes()).expect("golden").remove(0)
    }

    #[test]
    fn every_finding_stands_in_its_panel() {
        let (mut old, mut new) = (report(SITE), report(SITE));
        new.findings.remove(0);
        old.findings[0].title = "Once there".to_owned();
        old.findings.pop();
        old.verdicts.https.status = Status::Unknown;
        new.findings[0].title = "<img src=x onerror=alert(1)>".to_owned();
        let same = new.findings.len() - 1;
        let html = comparison(&compare(&[old], &[new]), &Language::default());
        for (kind, count) in [("new", 1), ("fixed", 1), ("same", same)] {
            let (_, panel) = html.split_once(&format!("data-diff=\"{kind}\"")).expect(kind);
            let panel = panel.split("</section>").next().unwrap_or_default();
            assert_eq!(panel.matches("<li").count(), count, "{panel}");
            assert!(panel.contains(&format!("<span class=\"count\">{count}</span>")), "{panel}");
            assert_eq!(panel.contains("Once there"), kind == "fixed");
        }
        assert!(html.contains(r#"data-from="unknown" data-to="pass""#) && !html.contains("<img"), "{html}");
    }

    #[test]
    fn other_sites_are_said_to_be_others() {
        let words =
            "These reports are of different sites: nothing was compared.\nde Von verschiedenen Seiten.\n";
        let german = Language::of("de", words);
        let html = comparison(&compare(&[report(SITE)], &[report(OTHER)]), &german);
        assert!(html.contains("Von verschiedenen Seiten.") && html.contains("hstspreload.org"), "{html}");
    }
}
