//! All results together: by verdict, and by check.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use https_audit_core::check::Severity;
use https_audit_core::json::{to_string, visible};
use https_audit_core::scan::{ByStatus, ByVerdict, Judged, OfCheck, Record, SCHEMA, Summary as Written};
use https_audit_core::verdict::Status;

use crate::output::{Failure, one_line};

/// Checks that the summary for people names.
const SHOWN: usize = 15;
/// The verdicts and how their statuses are counted, in the contract's order.
const STATUSES: [(Status, &str); 5] = [
    (Status::Pass, "pass"),
    (Status::Warn, "warn"),
    (Status::Fail, "fail"),
    (Status::Unknown, "unknown"),
    (Status::NotApplicable, "not-applicable"),
];

/// The sums.
#[derive(Debug, Clone, Default)]
pub struct Summary {
    /// Sites that were audited; one that is in several inputs counts in each.
    pub sites: u64,
    /// Inputs, or lines of them, that could not be read.
    pub unreadable: u64,
    /// Files of directories whose names are not those of inputs.
    pub passed_over: u64,
    /// Sites by the status of each verdict.
    pub verdicts: [Statuses; 3],
    /// What was found, by the check's id.
    pub checks: BTreeMap<String, OfCheck>,
    /// The worst that was found and is not accepted.
    pub worst: Option<Severity>,
}

/// How many sites have each status, in the order of [`STATUSES`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Statuses([u64; 5]);

impl Statuses {
    fn count(&mut self, status: Status) {
        for ((one, _), count) in STATUSES.iter().zip(&mut self.0) {
            *count += u64::from(*one == status);
        }
    }
}

impl Summary {
    /// Counts a line of the results.
    pub fn record(&mut self, record: &Record<'_>) {
        match &record.site {
            Some(site) => self.site(site),
            None => self.unreadable += 1,
        }
    }

    fn site(&mut self, site: &Judged<'_>) {
        self.sites += 1;
        let statuses = [site.verdicts.https, site.verdicts.hsts_preload, site.verdicts.cookies];
        for (counts, status) in self.verdicts.iter_mut().zip(statuses) {
            counts.count(status);
        }
        let mut counted = BTreeSet::new();
        for finding in &site.findings {
            if !finding.accepted {
                self.worst = self.worst.max(Some(finding.severity));
            }
            let id = finding.check.as_ref();
            if !self.checks.contains_key(id) {
                self.checks.insert(id.to_owned(), OfCheck::default());
            }
            if let Some(of_check) = self.checks.get_mut(id) {
                of_check.sites += u64::from(counted.insert(id));
                of_check.findings += 1;
                of_check.accepted += u64::from(finding.accepted);
                of_check.severity = of_check.severity.max(Some(finding.severity));
            }
        }
    }

    /// Adds what a unit has.
    pub fn add(&mut self, more: &Self) {
        self.sites += more.sites;
        self.unreadable += more.unreadable;
        self.worst = self.worst.max(more.worst);
        for (counts, more) in self.verdicts.iter_mut().zip(more.verdicts) {
            for (count, more) in counts.0.iter_mut().zip(more.0) {
                *count += more;
            }
        }
        for (id, more) in &more.checks {
            let of_check = self.checks.entry(id.clone()).or_default();
            of_check.sites += more.sites;
            of_check.findings += more.findings;
            of_check.accepted += more.accepted;
            of_check.severity = of_check.severity.max(more.severity);
        }
    }

    /// Prints it for people on standard error, where it is in the way of no results.
    pub fn tell(&self) {
        // Nothing can be done where even this fails.
        let _ = io::stderr().write_all(self.text().as_bytes());
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let Self { sites, unreadable, passed_over, .. } = self;
        let _ = writeln!(text, "audited: {sites}; not readable: {unreadable}");
        if *passed_over > 0 {
            let _ = writeln!(text, "passed over in directories, by their names: {passed_over}");
        }
        if *sites == 0 {
            return text;
        }
        let _ = write!(text, "\n{:<14}", "verdict");
        for (_, word) in STATUSES {
            let _ = write!(text, "{word:>16}");
        }
        for (verdict, counts) in ["https", "hsts_preload", "cookies"].iter().zip(self.verdicts) {
            let _ = write!(text, "\n{verdict:<14}");
            for count in counts.0 {
                let _ = write!(text, "{count:>16}");
            }
        }
        let mut checks: Vec<_> = self.checks.iter().collect();
        checks.sort_by(|(id, a), (other, b)| (b.severity, b.sites, id).cmp(&(a.severity, a.sites, other)));
        let _ = writeln!(text, "\n\n{:<44}{:<10}{:>8}{:>10}", "check", "severity", "sites", "findings");
        for (id, of_check) in checks.iter().take(SHOWN) {
            let severity = of_check.severity.map_or("", |severity| severity.word());
            let _ = writeln!(
                text,
                "{:<44}{severity:<10}{:>8}{:>10}",
                one_line(id),
                of_check.sites,
                of_check.findings
            );
        }
        if let Some(more @ 1..) = checks.len().checked_sub(SHOWN) {
            let _ = writeln!(text, "and {more} more checks (--summary FILE has all)");
        }
        text
    }

    /// Writes it as JSON.
    pub fn save(&self, file: &Path) -> Result<(), Failure> {
        let by_status = |Statuses([pass, warn, fail, unknown, not_applicable])| ByStatus {
            pass,
            warn,
            fail,
            unknown,
            not_applicable,
        };
        let [https, hsts_preload, cookies] = self.verdicts.map(by_status);
        let name = file.display().to_string();
        let json = to_string(&Written {
            schema: SCHEMA,
            sites: self.sites,
            unreadable: self.unreadable,
            passed_over: self.passed_over,
            verdicts: ByVerdict { https, hsts_preload, cookies },
            checks: &self.checks,
        })
        .map_err(|error| Failure::of(&name, error))?;
        std::fs::write(file, visible(&json) + "\n").map_err(|error| Failure::of(&name, error))
    }
}
