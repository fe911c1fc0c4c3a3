//! The words of all checks as the text that [`crate::knowledge::Catalogue`] reads.

use std::sync::OnceLock;

use super::{Check, registry};
use crate::fix::Remedy;

/// The whole catalogue; made once.
pub fn catalogue() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| catalogue_of(registry::ALL))
}

/// That of some checks.
pub fn catalogue_of(checks: &[&Check]) -> String {
    let records: Vec<String> = checks.iter().map(|check| record(check)).collect();
    records.join("\n\n")
}

fn record(check: &Check) -> String {
    let mut lines = vec![check.id.to_owned(), entry("title", "", check.title)];
    for reference in check.references() {
        let (catalogue, id) = reference.entry();
        lines.push(entry("ref", catalogue, &id));
    }
    lines.extend(remedy("", &check.fix));
    for (case, of_case) in check.cases {
        lines.extend(remedy(case, of_case));
    }
    lines.join("\n")
}

fn remedy(case: &str, remedy: &Remedy) -> Vec<String> {
    let summary = (!remedy.summary.is_empty()).then(|| entry("fix", case, remedy.summary));
    let lines = remedy.lines.iter().map(|(software, lines)| entry(software.word(), case, lines));
    summary.into_iter().chain(lines).collect()
}

fn entry(key: &str, case: &str, value: &str) -> String {
    let dot = if case.is_empty() { "" } else { "." };
    format!("{key}{dot}{case} {}", value.replace('\n', "\n\t"))
}
