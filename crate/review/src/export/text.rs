//! Text for people: by file and line, what is not known behind it, a summary at the end.

use std::fmt::Write;

use https_audit_core::check::Severity;

use super::{Report, visible};
use crate::{Finding, Place};

/// A review as text for people.
pub fn to_text(report: Report<'_>) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut out, report);
    out
}

fn write(out: &mut String, report: Report<'_>) -> std::fmt::Result {
    let modules: Vec<String> = report.modules.iter().map(|module| visible(module)).collect();
    writeln!(out, "Reviewed: {}", modules.join(", "))?;
    let mut file: Option<Option<&str>> = None;
    for finding in &report.review.findings {
        let its = finding.place.as_ref().map(|place| place.file.as_str());
        if file != Some(its) {
            writeln!(out, "\n{}", its.map_or_else(|| "In no file".to_owned(), visible))?;
            file = Some(its);
        }
        one(out, finding)?;
    }
    if !report.review.unknown.is_empty() {
        writeln!(out, "\nNot known from the files")?;
    }
    for unknown in &report.review.unknown {
        let place = unknown.place.as_ref().map(|place| format!(" ({})", at(place))).unwrap_or_default();
        writeln!(out, "  {}{place}: {}", visible(&unknown.what), visible(&unknown.why))?;
        writeln!(out, "      {}", visible(&unknown.how))?;
    }
    writeln!(out, "\n{}", summary(report))
}

fn one(out: &mut String, finding: &Finding) -> std::fmt::Result {
    let place = finding
        .place
        .as_ref()
        .map_or_else(|| "-".to_owned(), |place| format!("{}:{}", place.line, place.column));
    writeln!(out, "  {place:<8} {:<8} {}", finding.severity.word(), visible(&finding.title))?;
    writeln!(out, "      {}", visible(&finding.message))?;
    for (n, line) in finding.fix.iter().flat_map(|fix| fix.lines()).enumerate() {
        writeln!(out, "      {} {}", if n == 0 { "Fix:" } else { "    " }, visible(line))?;
    }
    let ids: Vec<&str> =
        [finding.check].into_iter().chain(finding.references.iter().map(String::as_str)).collect();
    writeln!(out, "      {}", visible(&ids.join(", ")))
}

fn at(place: &Place) -> String {
    format!("{}:{}", visible(&place.file), place.line)
}

/// `1 error, 2 warnings, 1 note; 3 things are not known.`
fn summary(report: Report<'_>) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let count = report.review.findings.iter().filter(|finding| finding.severity == severity).count();
        let plural = if count == 1 { "" } else { "s" };
        format!("{count} {}{plural}", severity.word())
    });
    let unknown = match report.review.unknown.len() {
        0 => String::new(),
        1 => "; 1 thing is not known".to_owned(),
        more => format!("; {more} things are not known"),
    };
    format!("{}{unknown}.", counts.join(", "))
}
