//! Markdown that can be pasted into an issue tracker as it is (GitHub's dialect). A tracker makes more of a text than
//! its syntax says (`@name`, `#1`, addresses), but leaves code alone: what is not plain words is written as code.

use std::fmt::Write;

use super::{Report, VERSION, visible};
use crate::{Finding, Place};

pub(super) fn markdown(report: Report<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, report);
    out
}

fn write(out: &mut String, report: Report<'_>) -> std::fmt::Result {
    writeln!(out, "# HTTPS Audit: review of the settings\n")?;
    for module in report.modules {
        writeln!(out, "- {}", code(module))?;
    }
    if report.review.findings.is_empty() {
        writeln!(out, "\nNothing was found.")?;
    } else {
        writeln!(out, "\n## Findings")?;
    }
    for finding in &report.review.findings {
        one(out, finding)?;
    }
    if !report.review.unknown.is_empty() {
        writeln!(out, "\n## Not known from the files\n")?;
    }
    for unknown in &report.review.unknown {
        let place = unknown.place.as_ref().map(|place| format!(" ({})", at(place))).unwrap_or_default();
        writeln!(out, "- {}{place}: {} {}", words(&unknown.what), words(&unknown.why), words(&unknown.how))?;
    }
    writeln!(out, "\nMade by `https-audit` {VERSION}.")
}

fn one(out: &mut String, finding: &Finding) -> std::fmt::Result {
    writeln!(out, "\n### {}: {}\n", finding.severity.word(), words(&finding.title))?;
    writeln!(out, "{}\n", words(&finding.message))?;
    if let Some(place) = &finding.place {
        writeln!(out, "- At: {}", at(place))?;
    }
    writeln!(out, "- Check: {}", code(finding.check))?;
    writeln!(out, "- References: {}", code(&finding.references.join(", ")))?;
    if let Some(fix) = &finding.fix {
        let lines: Vec<String> = fix.lines().map(visible).collect();
        writeln!(out, "\n```python\n{}\n```", lines.join("\n").replace("```", "'''"))?;
    }
    Ok(())
}

fn at(place: &Place) -> String {
    code(&format!("{}:{}:{}", place.file, place.line, place.column))
}

/// A sentence: its code as code, and so each word that a renderer could make something of.
fn words(sentence: &str) -> String {
    let mut out = String::new();
    for (n, part) in sentence.split('`').enumerate() {
        if n % 2 == 1 {
            out.push_str(&code(part));
            continue;
        }
        for (n, word) in part.split(' ').enumerate() {
            if n > 0 {
                out.push(' ');
            }
            if is_plain(word) {
                out.push_str(word);
            } else {
                // Two runs of back-ticks that touch would be one.
                if out.ends_with('`') {
                    out.push(' ');
                }
                out.push_str(&code(word));
            }
        }
    }
    out
}

fn is_plain(word: &str) -> bool {
    let is_hash = word.len() >= 7 && word.bytes().all(|octet| octet.is_ascii_hexdigit());
    let body = word.trim_end_matches(':');
    let is_known = |c: char| c.is_alphanumeric() || ".,;()'’\"?!%/-–—…§".contains(c);
    body.chars().all(is_known)
        && !is_hash
        && !word.to_ascii_lowercase().contains("www.")
        && !word.to_ascii_lowercase().contains("gh-")
}

/// A text as code, on one line; also in a table, whose cells end at `|` even there.
fn code(text: &str) -> String {
    let text = visible(text).replace('|', "\\u{7c}");
    if text.trim_matches(' ').is_empty() {
        return "(empty)".to_owned();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let marks = "`".repeat(1 + longest);
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{marks}{pad}{text}{pad}{marks}")
}

#[cfg(test)]
mod tests {
    use super::{code, words};

    #[test]
    fn what_a_renderer_takes_for_something_is_code() {
        assert_eq!(words("`A` is @name or <b> in a.py:1"), "`A` is `@name` or `<b>` in `a.py:1`");
        assert_eq!(code("a`b|\n"), "``a`b\\u{7c}\\u{a}``");
    }
}
