//! What every format needs of a text.

use crate::report::{Report, ReportFinding};
use crate::text::steers;
use crate::verdict::VerdictKind;

/// A text on one line: what steers, reorders or hides is spelt out, as `\u{202e}`.
pub fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // No XML may hold the last two, and no text needs them.
        if steers(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}') {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// A sentence of a report where nothing is marked up: its code stands between quotes.
pub fn plain(sentence: &str) -> String {
    visible(sentence).replace('`', "'")
}

/// The lines to paste for one kind of software: its name, and the lines.
pub(super) struct Lines<'a> {
    pub name: &'static str,
    pub lines: &'a str,
}

/// What to paste on this site: for the software that it most likely runs and that the fix has lines for.
pub(super) fn lines<'a>(report: &Report, finding: &'a ReportFinding) -> Option<Lines<'a>> {
    report.fix_order().into_iter().find_map(|software| {
        let lines = finding.fix.lines.get(&software)?;
        Some(Lines { name: software.name(), lines })
    })
}

/// What was not observed, by verdict and none twice, each as its parts: what, why, how to find out.
pub(super) fn unknown(report: &Report) -> Vec<[&str; 3]> {
    let mut told: Vec<[&str; 3]> = Vec::new();
    for unknown in VerdictKind::ALL.iter().flat_map(|kind| &report.verdicts.get(*kind).unknown) {
        let parts = [unknown.what.as_str(), &unknown.why, &unknown.how];
        if !told.contains(&parts) {
            told.push(parts);
        }
    }
    told
}

/// The day until which a finding is accepted, as a few words.
pub(super) fn accepted(why: &str, until: Option<&str>) -> String {
    match until {
        Some(until) => format!("accepted until {until}: {why}"),
        None => format!("accepted: {why}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, visible};

    #[test]
    fn what_hides_is_shown() {
        assert_eq!(visible("a\u{202E}b\r\n\0\u{FFFF}"), "a\\u{202e}b\\u{d}\\u{a}\\u{0}\\u{ffff}");
        assert_eq!(plain("Cookie `sid`\u{200B} is"), "Cookie 'sid'\\u{200b} is");
    }
}
