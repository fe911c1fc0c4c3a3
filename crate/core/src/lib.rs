//! HTTPS Audit, the core: from what was observed to a report.
//!
//! ```text
//! Evidence ─▶ field ─▶ fact ─▶ check ─▶ finding ─▶ verdict ─▶ Report ─▶ view, text, export
//! ```
//!
//! A stage looks only to its left. Nothing here reads a clock, a network or a file, so
//! the same evidence, lists and `now` give the same report to the byte. Evidence comes
//! from [`capture`] (browser events) and [`import`] (files).

// Its macros stand in the declarations of the checks.
#[macro_use]
pub mod fix;

pub mod baseline;
mod by_site;
pub mod capture;
pub mod check;
pub mod compare;
pub mod evidence;
pub mod export;
pub mod fact;
pub mod field;
pub mod grade;
pub mod import;
pub mod json;
pub mod knowledge;
pub mod map;
pub mod observatory;
pub mod options;
pub mod order;
pub mod report;
#[cfg(feature = "scan")]
pub mod scan;
#[cfg(feature = "schema")]
pub mod schema;
pub mod text;
pub mod time;
pub mod url;
pub mod verdict;
pub mod view;
mod words;

use evidence::Evidence;
use fact::Facts;
use knowledge::Knowledge;
use report::{Glance, Report};

/// Audits what the evidence holds: one report for each site, in the order in which the
/// sites were first visited. `now` is in seconds since the epoch. Evidence without any
/// visit gives no report.
pub fn audit(evidence: &Evidence, knowledge: &Knowledge<'_>, now: i64) -> Vec<Report> {
    audit_each(evidence.clone(), knowledge, now).collect()
}

/// The same of evidence that is not needed any more: report after report, as they are asked for.
pub fn audit_each(evidence: Evidence, knowledge: &Knowledge<'_>, now: i64) -> impl Iterator<Item = Report> {
    by_site::by_site(evidence, knowledge).into_iter().map(move |of_site| audit_site(&of_site, knowledge, now))
}

/// Audits evidence of one site, such as a browser's: the report is about its last visit, or about every page of a
/// session that was recorded.
pub fn audit_site(evidence: &Evidence, knowledge: &Knowledge<'_>, now: i64) -> Report {
    Report::new(Facts::new(evidence, knowledge, now))
}

/// The three verdicts on evidence of one site without their words: what `audit_site` says, for a small part of its work.
pub fn glance(evidence: &Evidence, knowledge: &Knowledge<'_>, now: i64) -> Glance {
    Glance::new(&Facts::new(evidence, knowledge, now))
}
