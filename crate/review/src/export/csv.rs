//! CSV (RFC 4180): a header line, then a row for each finding. Lines end in CRLF.

use https_audit_core::export::csv_row as row;

use super::{Report, plain, visible};

const COLUMNS: [&str; 9] =
    ["file", "line", "column", "check", "severity", "title", "message", "references", "fix"];

pub(super) fn csv(report: Report<'_>) -> String {
    let mut out = String::new();
    row(&mut out, &COLUMNS.map(str::to_owned));
    for finding in &report.review.findings {
        let place = finding.place.as_ref();
        let number = |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
        row(
            &mut out,
            &[
                place.map_or_else(String::new, |place| visible(&place.file)),
                number(place.map(|place| place.line)),
                number(place.map(|place| place.column)),
                finding.check.to_owned(),
                finding.severity.word().to_owned(),
                plain(&finding.title),
                plain(&finding.message),
                visible(&finding.references.join(", ")),
                finding.fix.as_deref().map_or_else(String::new, visible),
            ],
        );
    }
    out
}
