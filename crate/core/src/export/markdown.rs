//! Markdown that can be pasted into an issue tracker as it is (GitHub's dialect, on the base of `CommonMark`).
//!
//! A tracker makes more of a text than its syntax says: addresses become links, `@name` and `#1` references, after
//! every escape is gone. It leaves code alone, so everything that is not plain words is written as code.

use std::fmt::Write;

use super::text::{accepted, lines, unknown, visible};
use crate::check::Severity;
use crate::report::{CookieJson, Report, ReportFinding};
use crate::verdict::VerdictKind;

// GitHub takes 65,536 characters; what follows each part has its room. JSON and CSV have everything.
/// Octets after which a finding is told in a line.
const IN_FULL: usize = 36_000;
/// Octets after which findings are counted.
const IN_LINES: usize = 46_000;
/// Octets after which cookies are counted.
const COOKIES: usize = 58_000;
/// Characters of one span of code; a finding's value is shorter, a cookie's name need not be.
const CODE: usize = 500;

pub(super) fn markdown(reports: &[Report]) -> String {
    reports.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(report: &Report) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_report(&mut out, report);
    out
}

fn write_report(out: &mut String, report: &Report) -> std::fmt::Result {
    writeln!(out, "# HTTPS Audit: {}\n", code(&report.site.host))?;
    writeln!(out, "Of {}, {}.\n", code(&report.site.url), words(&report.generated_at))?;
    writeln!(out, "| Verdict | Status | |\n| --- | --- | --- |")?;
    for kind in VerdictKind::ALL {
        let verdict = report.verdicts.get(kind);
        writeln!(out, "| {} | {} | {} |", kind.name(), verdict.status.word(), words(&verdict.headline))?;
    }
    if let Some(grade) = &report.grade {
        writeln!(out, "\nGrade: {}", words(&grade.words()))?;
    }
    write_findings(out, report)?;
    let unknown = unknown(report);
    if !unknown.is_empty() {
        writeln!(out, "\n## Not observed\n")?;
    }
    for [what, why, how] in unknown {
        writeln!(out, "- {}: {} {}", words(what), words(why), words(how))?;
    }
    write_cookies(out, report)?;
    writeln!(out, "\nMade by {} {}.", code(&report.tool.name), words(&report.tool.version))
}

/// In full, then in a line each, then by their number.
fn write_findings(out: &mut String, report: &Report) -> std::fmt::Result {
    let mut findings = report.findings.iter();
    if findings.len() > 0 {
        writeln!(out, "\n## Findings")?;
    }
    while out.len() <= IN_FULL {
        let Some(finding) = findings.next() else { return Ok(()) };
        write_finding(out, report, finding)?;
    }
    if findings.len() > 0 {
        writeln!(out, "\nThe others in short, since a tracker takes no more:\n")?;
    }
    while let Some(finding) = findings.next() {
        if out.len() > IN_LINES {
            return writeln!(out, "- and {} more", 1 + findings.len());
        }
        let title = words(&finding.title);
        writeln!(out, "- {}: {title} ({})", severity(finding), code(&finding.check))?;
    }
    Ok(())
}

const fn severity(finding: &ReportFinding) -> &'static str {
    match finding.severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Note => "Note",
    }
}

fn write_finding(out: &mut String, report: &Report, finding: &ReportFinding) -> std::fmt::Result {
    writeln!(out, "\n### {}: {}\n", severity(finding), words(&finding.title))?;
    writeln!(out, "{}\n", words(&finding.message))?;
    writeln!(out, "- Check: {}", code(&finding.check))?;
    let place = &finding.location;
    for (name, part) in
        [("At", &place.url), ("Field", &place.field), ("Cookie", &place.cookie), ("Value", &place.value)]
    {
        if let Some(part) = part {
            writeln!(out, "- {name}: {}", code(part))?;
        }
    }
    if let Some(why) = &finding.accepted {
        writeln!(out, "- Baseline: {}", words(&accepted(&why.why, why.until.as_deref())))?;
    }
    writeln!(out, "- Fix: {}", words(&finding.fix.summary))?;
    if let Some(fix) = lines(report, finding) {
        writeln!(out, "\n{}:\n\n{}", fix.name, fenced(fix.lines))?;
    }
    Ok(())
}

fn write_cookies(out: &mut String, report: &Report) -> std::fmt::Result {
    let facts = &report.facts;
    let all: Vec<&CookieJson> = facts.cookies.iter().chain(&facts.third_party_cookies).collect();
    if all.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Cookies seen\n\n| Cookie | Attributes | In clear | |\n| --- | --- | --- | --- |")?;
    for (n, cookie) in all.iter().enumerate() {
        if out.len() > COOKIES {
            return writeln!(out, "| and {} more | | | |", all.len() - n);
        }
        let mut more: Vec<String> = [cookie.origin().map(str::to_owned), cookie.changed()]
            .into_iter()
            .flatten()
            .map(|more| words(&more))
            .collect();
        if let Some(refused) = cookie.refused.as_ref().filter(|_| cookie.domain.is_some()) {
            more.push(words(&format!("refused by {}: {}", refused.by(), refused.why)));
        }
        more.extend(cookie.third_party.as_ref().map(|host| format!("third-party, of {}", code(host))));
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            code(cookie.called()),
            words(&cookie.attributes()),
            cookie.reach().map_or_else(String::new, |reach| words(&reach)),
            more.join("; ")
        )?;
    }
    Ok(())
}

/// A sentence of a report: its code as code, and of the rest each word that a renderer could make something of.
pub(crate) fn words(sentence: &str) -> String {
    let mut out = String::new();
    for (n, part) in sentence.split('`').enumerate() {
        if n % 2 == 1 {
            if out.ends_with('`') {
                // Two runs of back-ticks that touch would be one.
                out.push(' ');
            }
            out.push_str(&code(part));
            continue;
        }
        for (n, word) in part.split(' ').enumerate() {
            if n > 0 {
                out.push(' ');
            }
            if is_plain(word) && !(out.trim_end().is_empty() && begins_block(word)) {
                out.push_str(word);
                continue;
            }
            // What ends a sentence stays outside.
            let ends = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
            let ends = if ends.is_empty() { word } else { ends };
            if out.ends_with('`') {
                out.push(' ');
            }
            out.push_str(&code(ends));
            out.push_str(word.get(ends.len()..).unwrap_or_default());
        }
    }
    out
}

/// Whether no renderer makes anything of a word: letters, digits and what sentences are written with. A colon inside
/// could be an address or an emoji, and `www.` begins a link.
fn is_plain(word: &str) -> bool {
    let body = word.trim_end_matches(':');
    body.chars().all(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '.' | ','
                    | ';'
                    | '('
                    | ')'
                    | '\''
                    | '’'
                    | '"'
                    | '?'
                    | '!'
                    | '%'
                    | '/'
                    | '-'
                    | '–'
                    | '—'
                    | '…'
                    | '§'
            )
    }) && word.len() - body.len() <= 1
        && !body.to_ascii_lowercase().contains("www.")
        && !is_reference(body)
}

/// What GitHub takes for an issue (`GH-1`) or a commit (seven hexadecimal digits or more).
fn is_reference(word: &str) -> bool {
    let is_hash = |part: &str| part.len() >= 7 && part.bytes().all(|octet| octet.is_ascii_hexdigit());
    word.to_ascii_lowercase().contains("gh-") || word.split(|c: char| !c.is_ascii_alphanumeric()).any(is_hash)
}

/// Whether a line that begins with this word is another kind of block: a list, a rule, an ordered list.
fn begins_block(word: &str) -> bool {
    word.starts_with('-') || word.starts_with(|c: char| c.is_ascii_digit()) && word.ends_with(['.', ')'])
}

/// A text as code, on one line; also in a table, whose cells end at `|` even there.
pub(crate) fn code(text: &str) -> String {
    let mut kept: String = text.chars().take(CODE).collect();
    if kept.len() < text.len() {
        kept.push('…');
    }
    let text = visible(&kept).replace('|', "\\u{7c}");
    if text.trim_matches(' ').is_empty() {
        return "(empty)".to_owned();
    }
    let marks = "`".repeat(1 + longest_run(&text));
    // One space on each side is the renderer's own, which it needs beside a back-tick and takes from a text that has both.
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

/// Lines as a block of code.
pub(super) fn fenced(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(visible).collect();
    let lines = lines.join("\n");
    let marks = "`".repeat(3.max(1 + longest_run(&lines)));
    format!("{marks}\n{lines}\n{marks}")
}

/// Back-ticks that stand side by side, at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{code, fenced, words};

    #[test]
    fn what_a_renderer_takes_for_something_is_code() {
        for (sentence, shown) in [
            ("Cookie `sid` has no Secure.", "Cookie `sid` has no Secure."),
            ("Open https://a.test/ once.", "Open `https://a.test/` once."),
            ("the host www.a.test", "the host `www.a.test`"),
            ("@name, #1 and GH-1: <b>", "`@name`, `#1` and `GH-1`: `<b>`"),
            ("- a 1. [x](y)", "`-` a 1. `[x](y)`"),
            ("1. a", "`1`. a"),
            ("see deadbeef :smile: a_b", "see `deadbeef` `:smile`: `a_b`"),
            ("`a``b`", "`a` `b`"),
        ] {
            assert_eq!(words(sentence), shown);
        }
    }

    #[test]
    fn code_does_not_end_early() {
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code(" a|b\n"), "`  a\\u{7c}b\\u{a} `");
        assert_eq!(code(""), "(empty)");
        assert_eq!(fenced("a\n````\nb"), "`````\na\n````\nb\n`````");
    }
}
