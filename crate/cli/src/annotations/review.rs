//! The findings of a review as remarks: each has a file and a line of its own.

use https_audit_core::export::plain;
use https_audit_core::text::fingerprint;
use https_audit_review::{Finding, Review};

use super::{Annotation, MESSAGE, TITLE, line, relative};
use crate::input::STDIN;

/// The findings, in their order. One without a place has [`STDIN`] for its file, as it is in none.
pub fn of_review(review: &Review) -> Vec<Annotation> {
    review.findings.iter().map(of_finding).collect()
}

fn of_finding(finding: &Finding) -> Annotation {
    let place = finding.place.as_ref();
    let path = place.map_or_else(|| STDIN.to_owned(), |place| relative(&place.file));
    let title = line(&plain(&finding.title), TITLE);
    let mut lines = vec![line(&plain(&finding.message), MESSAGE)];
    lines.extend(finding.fix.iter().flat_map(|fix| fix.lines()).map(|fix| line(fix, MESSAGE)));
    lines.push(format!("Check: {}", line(finding.check, TITLE)));
    if !finding.references.is_empty() {
        lines.push(format!("References: {}", line(&finding.references.join(", "), TITLE)));
    }
    Annotation {
        severity: finding.severity,
        message: lines.join("\n"),
        line: place.map_or(1, |place| place.line),
        column: place.map(|place| place.column),
        check: finding.check.to_owned(),
        // Without the line, which changes with every edit above it.
        fingerprint: fingerprint([finding.check, &path, &title]),
        title,
        path,
        accepted: false,
    }
}

#[cfg(test)]
mod tests {
    use https_audit_core::check::Severity;
    use https_audit_review::{Finding, Place, Review};

    use super::of_review;

    fn finding(line: usize, title: &str) -> Finding {
        Finding {
            check: "settings.debug.on",
            severity: Severity::Error,
            title: title.to_owned(),
            message: "Why.\n::error::no".to_owned(),
            place: Some(Place { file: "./shop/settings.py".to_owned(), line, column: 2 }),
            references: vec!["CWE-489".to_owned()],
            fix: Some("DEBUG = False\nX = 1".to_owned()),
        }
    }

    #[test]
    fn a_remark_stands_at_its_line_and_keeps_its_fingerprint_as_lines_move() {
        let mut findings =
            vec![finding(3, "`DEBUG` is on"), finding(9, "`DEBUG` is on"), finding(3, "Other")];
        findings.push(Finding { place: None, ..finding(1, "Nowhere") });
        let all = of_review(&Review { findings, unknown: Vec::new() });
        assert_eq!((&*all[0].path, all[0].line, all[0].column), ("shop/settings.py", 3, Some(2)));
        assert_eq!(all[0].title, "'DEBUG' is on");
        assert_eq!(
            all[0].message,
            "Why.\\u{a}::error::no\nDEBUG = False\nX = 1\nCheck: settings.debug.on\nReferences: CWE-489"
        );
        assert_eq!(all[0].fingerprint, all[1].fingerprint);
        assert_ne!(all[0].fingerprint, all[2].fingerprint);
        assert_eq!((&*all[3].path, all[3].line, all[3].column), ("-", 1, None));
    }
}
