//! `JUnit` XML, as CI servers read it: one suite, a case for each settings module, each finding and what is not known.
//!
//! Errors and warnings fail their case, notes pass and are told. What is not known is skipped with the reason, never
//! passed. A module's case says that it was reviewed; without findings it is all there is.

use std::fmt::Write;

use https_audit_core::check::Severity;

use super::{Report, VERSION, plain, visible};
use crate::{Finding, Place};

pub(super) fn junit(report: Report<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, report);
    out
}

fn write(out: &mut String, report: Report<'_>) -> std::fmt::Result {
    let (findings, unknown) = (&report.review.findings, &report.review.unknown);
    let tests = report.modules.len() + findings.len() + unknown.len();
    let failures = findings.iter().filter(|finding| finding.severity > Severity::Note).count();
    let counts = format!(r#"tests="{tests}" failures="{failures}" errors="0""#);
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="https-audit" {counts} time="0">"#)?;
    writeln!(out, r#"  <testsuite name="review" {counts} skipped="{}" time="0">"#, unknown.len())?;
    writeln!(out, "    <properties>")?;
    writeln!(out, r#"      <property name="tool" value="https-audit {VERSION}"/>"#)?;
    writeln!(out, "    </properties>")?;
    for module in report.modules {
        writeln!(out, r#"    <testcase classname="module" name="{}" time="0"/>"#, escaped(module))?;
    }
    for finding in findings {
        case(out, finding)?;
    }
    for unknown in unknown {
        let name = format!("{}{}", plain(&unknown.what), at(unknown.place.as_ref()));
        writeln!(out, r#"    <testcase classname="unknown" name="{}" time="0">"#, escaped(&name))?;
        let why = plain(&format!("{} {}", unknown.why, unknown.how));
        writeln!(out, r#"      <skipped message="{}"/>"#, escaped(&why))?;
        writeln!(out, "    </testcase>")?;
    }
    writeln!(out, "  </testsuite>\n</testsuites>")
}

fn case(out: &mut String, finding: &Finding) -> std::fmt::Result {
    let name = format!("{}{}", finding.check, at(finding.place.as_ref()));
    writeln!(out, r#"    <testcase classname="settings" name="{}" time="0">"#, escaped(&name))?;
    let mut lines = vec![plain(&finding.message)];
    lines
        .extend(finding.fix.iter().flat_map(|fix| fix.lines()).map(|line| format!("fix: {}", visible(line))));
    lines.push(format!("references: {}", visible(&finding.references.join(", "))));
    let text = lines.iter().map(|line| escaped(line)).collect::<Vec<_>>().join("\n");
    if finding.severity > Severity::Note {
        let (kind, title) = (finding.severity.word(), escaped(&plain(&finding.title)));
        writeln!(out, r#"      <failure type="{kind}" message="{title}">{text}</failure>"#)?;
    } else {
        writeln!(out, "      <system-out>{}\n{text}</system-out>", escaped(&plain(&finding.title)))?;
    }
    writeln!(out, "    </testcase>")
}

fn at(place: Option<&Place>) -> String {
    place.map(|place| format!(" {}:{}:{}", place.file, place.line, place.column)).unwrap_or_default()
}

/// Text of an element or an attribute, on one line.
fn escaped(text: &str) -> String {
    // Also `>`, for `]]>`, which no text may hold (XML 1.0 §2.4).
    visible(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
