//! The report as plain text, for a terminal or a message.

use std::fmt::Write;

use super::{Report, ReportFinding, summary};
use crate::baseline::Told;
use crate::check::Severity;
use crate::fix::Software;
use crate::text::steers;
use crate::verdict::VerdictKind;

/// Cookies that the text lists; JSON has all.
const COOKIES: usize = 200;

/// For how many kinds of software a fix shows lines where fewer were identified; the check's page has all.
const SHOWN: usize = 2;

/// The report in lines of plain text. It holds no control characters but line feeds.
pub fn to_text(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut out, report);
    out
}

fn write_report(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "{}", clean(&report.site.url))?;
    writeln!(out, "{}\n", summary(report))?;
    for kind in VerdictKind::ALL {
        let verdict = report.verdicts.get(kind);
        writeln!(out, "{:<13} {:<15} {}", kind.name(), verdict.status.word(), clean(&verdict.headline))?;
    }
    if let Some(grade) = &report.grade {
        writeln!(out, "{:<13} {}", "Grade", clean(&grade.words()))?;
    }
    if let Some(profile) = report.facts.profile {
        writeln!(out, "{:<13} {}", "Thresholds", profile.name())?;
    }
    let shown = shown(report);
    for kind in VerdictKind::ALL {
        let verdict = report.verdicts.get(kind);
        if verdict.findings.is_empty() && verdict.unknown.is_empty() {
            continue;
        }
        writeln!(out, "\n{}", kind.name())?;
        for finding in report.findings_of(kind) {
            write_finding(out, finding, &shown)?;
        }
        for unknown in &verdict.unknown {
            writeln!(out, "  not observed: {}", clean(&unknown.what))?;
            writeln!(out, "    {} {}", clean(&unknown.why), clean(&unknown.how))?;
        }
    }
    let mut beyond = report.findings.iter().filter(|finding| finding.verdict().is_none()).peekable();
    if beyond.peek().is_some() {
        writeln!(out, "\nHeaders and content")?;
    }
    for finding in beyond {
        write_finding(out, finding, &shown)?;
    }
    let facts = &report.facts;
    if let Some(connection) = &facts.connection {
        connection.write(out)?;
    }
    if let Some(session) = &facts.session {
        session.write(out)?;
    }
    facts.preload.write(out)?;
    if !(facts.cookies.is_empty() && facts.third_party_cookies.is_empty()) {
        writeln!(out, "\nCookies seen")?;
    }
    for cookie in facts.cookies.iter().chain(&facts.third_party_cookies).take(COOKIES) {
        cookie.write(out)?;
    }
    facts.django.write(out)?;
    #[cfg(feature = "settings")]
    super::settings::write(&facts.settings, out)?;
    write_scanners(out, report)?;
    for (n, line) in report.baseline.iter().flat_map(Told::lines).enumerate() {
        writeln!(out, "{}{}", if n == 0 { "\n" } else { "" }, clean(&line))?;
    }
    let count = |severity| report.findings.iter().filter(|f| f.severity == severity).count();
    writeln!(
        out,
        "\n{}, {}, {}",
        plural(count(Severity::Error), "error"),
        plural(count(Severity::Warning), "warning"),
        plural(count(Severity::Note), "note")
    )
}

/// The software whose lines are shown: what was identified, and the field itself for everything else.
fn shown(report: &Report) -> Vec<Software> {
    let mut order = report.fix_order();
    order.retain(|software| *software != Software::Header);
    order.truncate(SHOWN.max(report.facts.software.len()));
    order.push(Software::Header);
    order
}

fn write_finding(out: &mut String, finding: &ReportFinding, shown: &[Software]) -> std::fmt::Result {
    writeln!(out, "  {}: {} [{}]", finding.severity.word(), clean(&finding.title), clean(&finding.check))?;
    writeln!(out, "    {}", clean(&finding.message))?;
    if let Some(value) = &finding.location.value {
        let field = finding.location.field.as_deref().unwrap_or("value");
        writeln!(out, "    {}: {}", clean(field), clean(value))?;
    }
    if let Some(url) = &finding.location.url {
        writeln!(out, "    at {}", clean(url))?;
    }
    if let Some(accepted) = &finding.accepted {
        writeln!(out, "    {}", clean(&accepted.words()))?;
    }
    writeln!(out, "    fix: {}", clean(&finding.fix.summary))?;
    for software in shown {
        for line in finding.fix.lines.get(software).iter().flat_map(|lines| lines.lines()) {
            writeln!(out, "      {:<13} {}", software.name(), clean(line))?;
        }
    }
    Ok(())
}

/// What other tools call what was found.
fn write_scanners(out: &mut String, report: &Report) -> std::fmt::Result {
    let scanners = super::scanners(report);
    if !scanners.is_empty() {
        writeln!(out, "\nWhat scanners will say, as far as was seen")?;
    }
    for (tool, ids) in scanners {
        writeln!(out, "  {tool}: {}", clean(&ids.join(", ")))?;
    }
    Ok(())
}

/// A site's text without anything that could steer a terminal or reorder a line.
pub(crate) fn clean(text: &str) -> String {
    text.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

fn plural(n: usize, word: &str) -> String {
    if n == 1 { format!("1 {word}") } else { format!("{n} {word}s") }
}

#[cfg(test)]
mod tests {
    use super::{clean, steers};

    #[test]
    fn nothing_of_a_site_steers_the_terminal() {
        let all: String = ('\0'..=char::MAX).filter(|&c| steers(c)).collect();
        assert!(!all.is_empty() && clean(&all).chars().all(|c| c == char::REPLACEMENT_CHARACTER));
        assert_eq!(clean("Grüße `a`"), "Grüße `a`");
    }
}
