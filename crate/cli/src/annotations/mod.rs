//! Findings as remarks beside a line of a file, as code hosts show them.
//!
//! What a finding says is a site's or a file's to choose. Here it becomes text on one line without what steers or hides;
//! each writer then escapes what its own format reads.

pub mod github;
pub mod gitlab;
mod review;
pub mod summary;

use https_audit_core::check::Severity;
use https_audit_core::report::{Report, ReportFinding};
use https_audit_core::text::{cut, steers};

use crate::input::STDIN;

pub use review::of_review;

/// Characters of a title.
const TITLE: usize = 200;
/// Characters of a message; GitHub cuts at 4,096 octets or so.
const MESSAGE: usize = 1_000;

/// One remark. Its strings are text, not yet escaped for a format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// How bad it is.
    pub severity: Severity,
    /// The bad state in a few words, on one line.
    pub title: String,
    /// Why it matters, where it is and what to do, in lines.
    pub message: String,
    /// The file, relative to the folder in which the command runs, with `/`; [`STDIN`] where it came that way.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1, where one is known.
    pub column: Option<usize>,
    /// The check's id.
    pub check: String,
    /// The same for the same defect at the same place in every run.
    pub fingerprint: String,
    /// It is told, and fails nothing: a baseline accepts it.
    pub accepted: bool,
}

/// The findings of reports, in their order. A site's finding has no file: it stands at the first line of the input in
/// which the site was seen, `paths` having one for each report.
pub fn of_reports(reports: &[Report], paths: &[&str]) -> Vec<Annotation> {
    let mut all = Vec::new();
    for (n, report) in reports.iter().enumerate() {
        let path = paths.get(n).map_or_else(|| STDIN.to_owned(), |path| relative(path));
        all.extend(report.findings.iter().map(|finding| of_finding(report, finding, &path)));
    }
    all
}

fn of_finding(report: &Report, finding: &ReportFinding, path: &str) -> Annotation {
    let place = finding.location.url.as_deref().unwrap_or(&report.site.url);
    let mut lines = vec![
        line(&finding.message, MESSAGE),
        format!("At {}", line(place, MESSAGE)),
        format!("Fix: {}", line(&finding.fix.summary, MESSAGE)),
    ];
    lines.extend(finding.accepted.as_ref().map(|accepted| line(&accepted.words(), MESSAGE)));
    lines.push(format!("Check: {}", line(&finding.check, TITLE)));
    Annotation {
        severity: finding.severity,
        title: line(&finding.title, TITLE),
        message: lines.join("\n"),
        path: path.to_owned(),
        line: 1,
        column: None,
        check: line(&finding.check, TITLE),
        fingerprint: line(&finding.fingerprint, TITLE),
        accepted: finding.accepted.is_some(),
    }
}

/// A text on one line, cut: what steers, reorders or hides is spelt out, as `\u{202e}`.
pub fn line(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for c in cut(text, limit).chars() {
        if steers(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// The name of a file as code hosts take it: relative, with `/`. Of one outside of the working folder the last part is
/// left, since no code host knows that folder.
pub fn relative(path: &str) -> String {
    let slashed = path.replace('\\', "/");
    let here = std::env::current_dir().map(|here| here.to_string_lossy().replace('\\', "/"));
    let below = here.ok().and_then(|here| slashed.strip_prefix(&here)?.strip_prefix('/').map(str::to_owned));
    let inside = below.unwrap_or(slashed);
    let parts: Vec<&str> = inside.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    if inside.starts_with('/')
        || parts.contains(&"..")
        || parts.first().is_some_and(|part| part.ends_with(':'))
    {
        return line(parts.last().copied().unwrap_or(STDIN), MESSAGE);
    }
    line(&parts.join("/"), MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::{line, relative};

    #[test]
    fn paths_are_relative_and_have_slashes() {
        let here = std::env::current_dir().expect("a folder");
        for (given, path) in [
            ("-", "-"),
            ("./out//a.json", "out/a.json"),
            ("out\\a.json", "out/a.json"),
            ("/elsewhere/a.json", "a.json"),
            ("../a.json", "a.json"),
            ("C:\\a.json", "a.json"),
            (&*here.join("out/a.json").to_string_lossy(), "out/a.json"),
            ("a\n::error::.json", "a\\u{a}::error::.json"),
        ] {
            assert_eq!(relative(given), path, "{given}");
        }
    }

    #[test]
    fn a_text_stays_on_its_line() {
        let hostile = "a\r\nb\u{2028}c\u{202e}d\u{85}e\u{200b}";
        assert_eq!(line(hostile, 99), "a\\u{d}\\u{a}b\\u{2028}c\\u{202e}d\\u{85}e\\u{200b}");
        assert_eq!(line("abc", 2), "a…");
    }
}
