//! What an earlier report knew already: it is told, and fails nothing.

use super::Comparison;
use crate::report::{Accepted, Report, ReportFinding};

impl Comparison {
    /// Marks as accepted, in the new reports of which this is the comparison, what is as it was and what the earlier
    /// report did not look for. What is left unmarked is what [`Self::worst_new`] counts: what is new, what is worse
    /// than it was, and all of a site that has no earlier report. A mark of a baseline stays.
    pub fn accept_known(&self, new: &mut [Report]) {
        for site in &self.sites {
            let Some(report) = new.get_mut(site.report) else { continue };
            let of = &site.old.generated_at;
            for known in site.findings.same.iter().filter(|finding| !finding.is_worse()) {
                accept(report.findings.get_mut(known.at), || format!("it was there in the report of {of}"));
            }
            for known in &site.findings.newly_observed {
                let why = known.why.as_deref().unwrap_or("not observed");
                accept(report.findings.get_mut(known.at), || {
                    format!("the report of {of} does not say whether it was there: {why}")
                });
            }
        }
        for report in new {
            let accepted = report.findings.iter().filter(|finding| finding.accepted.is_some()).count();
            report.baseline.get_or_insert_default().accepted = accepted;
        }
    }
}

fn accept(finding: Option<&mut ReportFinding>, why: impl FnOnce() -> String) {
    if let Some(finding) = finding {
        finding.accepted.get_or_insert_with(|| Accepted { why: why(), until: None });
    }
}
