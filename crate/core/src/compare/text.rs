//! A comparison in lines of plain text, and in Markdown.

use std::fmt::Write;

use super::{Compared, Comparison, Findings, GradeChange, Mark, Side, SiteComparison};
use crate::baseline::Told;
use crate::export::{markdown_code, markdown_words};
use crate::report::{Accepted, clean};

/// What is told first: a heading, its findings, and whether each is told or only counted where there are many.
fn groups(findings: &Findings) -> [(&'static str, &[Compared]); 5] {
    [
        ("New", &findings.new),
        ("Fixed", &findings.fixed),
        ("Seen for the first time: not looked for before", &findings.newly_observed),
        ("No longer observed: may be there still", &findings.no_longer_observed),
        ("Same", &findings.same),
    ]
}

/// The comparison in lines of plain text. It holds no control characters but line feeds.
pub fn to_text(comparison: &Comparison) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_text(&mut out, comparison);
    out
}

/// The comparison in Markdown, for an issue tracker.
pub fn to_markdown(comparison: &Comparison) -> String {
    let mut out = String::new();
    let _ = write_markdown(&mut out, comparison);
    out
}

/// What a build wants to know of it, after its own report: how many of what, and what is new or fixed. In plain text.
pub fn news_text(comparison: &Comparison) -> String {
    let mut out = String::new();
    for site in &comparison.sites {
        let (name, of) = (clean(&site.site), clean(&site.old.generated_at));
        let _ = writeln!(out, "{name}, against {of}: {}", counted(&site.findings));
        for (what, finding) in news(site) {
            let (title, check) = (clean(&finding.title), clean(&finding.check));
            let _ = writeln!(out, "  {what}, {}: {title} [{check}]", severity(finding));
        }
    }
    for (what, sides) in alone(comparison) {
        let _ = writeln!(out, "{what}");
        for side in sides {
            let _ = writeln!(out, "  {}", clean(&side.url));
        }
    }
    out
}

/// The same in Markdown.
pub fn news_markdown(comparison: &Comparison) -> String {
    let mut out = "# Since the earlier report\n\n".to_owned();
    for site in &comparison.sites {
        let (name, of) = (markdown_code(&site.site), markdown_words(&site.old.generated_at));
        let _ = writeln!(out, "- {name}, against {of}: {}", counted(&site.findings));
        for (what, finding) in news(site) {
            let (title, check) = (markdown_words(&finding.title), markdown_code(&finding.check));
            let _ = writeln!(out, "  - {what}, {}: {title} ({check})", severity(finding));
        }
    }
    for (what, sides) in alone(comparison) {
        let _ = writeln!(out, "- {what}");
        for side in sides {
            let _ = writeln!(out, "  - {}", markdown_code(&side.url));
        }
    }
    out
}

/// What is another than it was: new, worse, fixed.
fn news(site: &SiteComparison) -> impl Iterator<Item = (&'static str, &Compared)> {
    let findings = &site.findings;
    let new = findings.new.iter().map(|finding| ("new", finding));
    let worse = findings.same.iter().filter(|finding| finding.is_worse()).map(|finding| ("worse", finding));
    new.chain(worse).chain(findings.fixed.iter().map(|finding| ("fixed", finding)))
}

fn write_text(out: &mut String, comparison: &Comparison) -> std::fmt::Result {
    for (n, site) in comparison.sites.iter().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        writeln!(out, "{}: {}", clean(&site.site), counted(&site.findings))?;
        for (name, side) in [("old", &site.old), ("new", &site.new)] {
            writeln!(out, "  {name} {}, {}", clean(&side.generated_at), clean(&side.url))?;
        }
        if !site.same_page {
            writeln!(out, "  {OTHER_PAGE}")?;
        }
        for change in &site.verdicts {
            let (from, to) = (change.from.word(), change.to.word());
            writeln!(out, "  {:<13} {from} before, {to} now", change.verdict.name())?;
        }
        if let Some(change) = &site.grade {
            writeln!(out, "  {:<13} {}", "Grade", clean(&grade(change)))?;
        }
        for (name, findings) in groups(&site.findings).into_iter().filter(|(_, all)| !all.is_empty()) {
            writeln!(out, "\n{name}")?;
            for finding in findings {
                write_finding(out, finding)?;
            }
        }
    }
    for (what, sides) in alone(comparison) {
        writeln!(out, "\n{what}")?;
        for side in sides {
            writeln!(out, "  {}", clean(&side.url))?;
        }
    }
    for (n, line) in comparison.baseline.iter().flat_map(Told::lines).enumerate() {
        writeln!(out, "{}{}", if n == 0 { "\n" } else { "" }, clean(&line))?;
    }
    Ok(())
}

fn write_finding(out: &mut String, finding: &Compared) -> std::fmt::Result {
    writeln!(out, "  {}: {} [{}]", severity(finding), clean(&finding.title), clean(&finding.check))?;
    if let Some(url) = &finding.location.url {
        writeln!(out, "    at {}", clean(url))?;
    }
    if let Some(why) = &finding.why {
        writeln!(out, "    {}", clean(why))?;
    }
    if let Some(accepted) = &finding.accepted {
        writeln!(out, "    {}", clean(&accepted.words()))?;
    }
    Ok(())
}

fn write_markdown(out: &mut String, comparison: &Comparison) -> std::fmt::Result {
    for site in &comparison.sites {
        let SiteComparison { site, old, new, same_page, verdicts, grade: of_grade, findings, .. } = site;
        writeln!(out, "# HTTPS Audit, compared: {}\n", markdown_code(site))?;
        writeln!(out, "{}.\n", counted(findings))?;
        for (name, side) in [("Old", old), ("New", new)] {
            writeln!(out, "- {name}: {}, {}", markdown_code(&side.url), markdown_words(&side.generated_at))?;
        }
        if !same_page {
            writeln!(out, "- {OTHER_PAGE}")?;
        }
        if !verdicts.is_empty() || of_grade.is_some() {
            writeln!(out, "\n| | Before | Now |\n| --- | --- | --- |")?;
        }
        for change in verdicts {
            writeln!(out, "| {} | {} | {} |", change.verdict.name(), change.from.word(), change.to.word())?;
        }
        if let Some(change) = of_grade {
            let [from, to] = [&change.from, &change.to].map(|mark| markdown_words(&words(mark.as_ref())));
            writeln!(out, "| Grade | {from} | {to} |")?;
        }
        for (name, findings) in groups(findings).into_iter().filter(|(_, all)| !all.is_empty()) {
            writeln!(out, "\n## {name}\n")?;
            for finding in findings {
                write!(out, "- {}: {}", severity(finding), markdown_words(&finding.title))?;
                write!(out, " ({})", markdown_code(&finding.check))?;
                if let Some(url) = &finding.location.url {
                    write!(out, " at {}", markdown_code(url))?;
                }
                for more in finding.why.iter().cloned().chain(finding.accepted.iter().map(Accepted::words)) {
                    write!(out, "; {}", markdown_words(&more))?;
                }
                out.push('\n');
            }
        }
        out.push('\n');
    }
    for (what, sides) in alone(comparison) {
        writeln!(out, "{what}\n")?;
        for side in sides {
            writeln!(out, "- {}", markdown_code(&side.url))?;
        }
        out.push('\n');
    }
    for line in comparison.baseline.iter().flat_map(Told::lines) {
        writeln!(out, "- {}", markdown_words(line.trim_start()))?;
    }
    Ok(())
}

const OTHER_PAGE: &str =
    "The reports are of different pages: what only one of them has may be on the other page too.";

/// Sites of one of the two.
fn alone(comparison: &Comparison) -> impl Iterator<Item = (&'static str, &[Side])> {
    let all = [
        ("Only in the old one, and not compared:", comparison.only_old.as_slice()),
        ("Only in the new one, and not compared:", comparison.only_new.as_slice()),
    ];
    all.into_iter().filter(|(_, sides)| !sides.is_empty())
}

fn counted(findings: &Findings) -> String {
    let [new, fixed, same, first, gone] = findings.counts();
    let mut words = format!("{new} new, {fixed} fixed, {same} same");
    for (number, what) in [(first, "not looked for before"), (gone, "no longer observed")] {
        if number > 0 {
            let _ = write!(words, ", {number} {what}");
        }
    }
    words
}

fn severity(finding: &Compared) -> String {
    let is = finding.severity.word();
    finding.was.map_or_else(|| is.to_owned(), |was| format!("{is}, was {}", was.word()))
}

fn grade(change: &GradeChange) -> String {
    format!("{} before, {} now", words(change.from.as_ref()), words(change.to.as_ref()))
}

fn words(mark: Option<&Mark>) -> String {
    mark.map_or_else(|| "none".to_owned(), |mark| format!("{} ({})", mark.letter, mark.score))
}
