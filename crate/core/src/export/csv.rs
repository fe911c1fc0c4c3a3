//! CSV (RFC 4180): a header line, then a row for each finding. Lines end in CRLF.

use super::text::{plain, visible};
use crate::report::{Report, ReportFinding};

/// The columns.
const COLUMNS: [&str; 14] = [
    "site",
    "check",
    "severity",
    "title",
    "message",
    "url",
    "field",
    "cookie",
    "value",
    "fix",
    "references",
    "fingerprint",
    "accepted",
    "accepted_until",
];

pub(super) fn csv(reports: &[Report]) -> String {
    let mut out = String::new();
    row(&mut out, &COLUMNS.map(str::to_owned));
    for report in reports {
        for finding in &report.findings {
            row(&mut out, &cells(report, finding));
        }
    }
    out
}

/// In the order of the columns.
fn cells(report: &Report, finding: &ReportFinding) -> [String; COLUMNS.len()] {
    let place = &finding.location;
    let or_empty = |text: &Option<String>| visible(text.as_deref().unwrap_or_default());
    let accepted = finding.accepted.as_ref();
    [
        visible(&report.site.url),
        finding.check.to_string(),
        finding.severity.word().to_owned(),
        plain(&finding.title),
        plain(&finding.message),
        or_empty(&place.url),
        or_empty(&place.field),
        or_empty(&place.cookie),
        or_empty(&place.value),
        plain(&finding.fix.summary),
        references(finding),
        visible(&finding.fingerprint),
        // A reason need not be given, but the column says whether it is accepted.
        accepted.map_or_else(String::new, |accepted| match visible(&accepted.why) {
            why if why.is_empty() => "yes".to_owned(),
            why => why,
        }),
        accepted.map_or_else(String::new, |accepted| or_empty(&accepted.until)),
    ]
}

/// `cwe: CWE-614; rfc: RFC 6797 §7.1, RFC 6797 §8.1`
fn references(finding: &ReportFinding) -> String {
    let catalogues: Vec<String> =
        finding.references.iter().map(|(name, ids)| format!("{name}: {}", ids.join(", "))).collect();
    visible(&catalogues.join("; "))
}

/// Appends a row. What would steer or break a line in a cell is to be spelt out before ([`super::visible`]).
pub fn row(out: &mut String, cells: &[String]) {
    for (n, cell) in cells.iter().enumerate() {
        if n > 0 {
            out.push(',');
        }
        // Every cell is quoted: programs that take another separator keep it whole all the same.
        out.push('"');
        if is_formula(cell) {
            out.push('\'');
        }
        out.push_str(&cell.replace('"', "\"\""));
        out.push('"');
    }
    out.push_str("\r\n");
}

/// Whether a spreadsheet takes the cell for something to compute. They look past spaces and quotes; some take the
/// full-width forms too. Tabs and carriage returns, which they also look past, are spelt out by now.
fn is_formula(cell: &str) -> bool {
    let first = cell.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''));
    first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::{is_formula, row};

    #[test]
    fn a_cell_computes_nothing_and_stays_one_cell() {
        let mut out = String::new();
        row(&mut out, &["=1+1", " @SUM(A1)", "\"-2", "a\"b,c", "", "1=1"].map(str::to_owned));
        assert_eq!(out, "\"'=1+1\",\"' @SUM(A1)\",\"'\"\"-2\",\"a\"\"b,c\",\"\",\"1=1\"\r\n");
        assert!(is_formula("\u{A0}＝1") && is_formula("'+1") && !is_formula("a-1"));
    }
}
