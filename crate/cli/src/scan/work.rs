//! What a worker does: a unit becomes lines of the results.

use std::borrow::Cow;
use std::fs::File;

use https_audit_core::baseline::Baseline;
use https_audit_core::evidence::Evidence;
use https_audit_core::import::file::{self, Kind};
use https_audit_core::import::{Unreadable, read_with};
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::Report;
use https_audit_core::scan::{Judged, Record};
use https_audit_core::url::Url;
use https_audit_live::Live;

use super::inputs::{Content, Unit};
use super::summary::Summary;
use crate::input::location;
use crate::live::{has_error, no_page};
use crate::output::push_json_line;

/// One of the threads that audit.
pub struct Worker<'a> {
    pub knowledge: Knowledge<'a>,
    pub now: i64,
    pub baseline: Option<&'a Baseline>,
    /// By which servers are asked; none where no list of addresses is given.
    pub live: Option<&'a Live>,
}

/// What became of a unit.
pub struct Audited {
    /// Its lines of the results, whole.
    pub lines: String,
    /// What they say together.
    pub summary: Summary,
    /// Where and why it could not be read.
    pub failure: Option<String>,
}

impl Audited {
    /// A unit that could not be read.
    pub fn failed(unit: &Unit, why: &str) -> Self {
        let record = Record {
            input: (&unit.input).into(),
            line: unit.line,
            of: 1,
            error: Some(why.into()),
            site: None,
        };
        let mut audited = Self { lines: String::new(), summary: Summary::default(), failure: None };
        audited.push(&record);
        let place = unit.line.map_or_else(String::new, |line| format!(":{line}"));
        audited.failure = Some(format!("{}{place}: {why}", unit.input));
        audited
    }

    fn push(&mut self, record: &Record<'_>) {
        push_json_line(&mut self.lines, record);
        self.summary.record(record);
    }
}

/// What there is to audit.
struct Seen {
    evidence: Evidence,
    /// Servers were asked and no page was seen: of which address, and why.
    unseen: Option<String>,
}

impl Worker<'_> {
    /// Audits all sites of a unit.
    pub fn audit(&self, unit: &Unit) -> Audited {
        let Seen { evidence, unseen } = match self.evidence(unit) {
            Ok(seen) => seen,
            Err(why) => return Audited::failed(unit, &why),
        };
        let mut reports: Vec<Report> =
            https_audit_core::audit_each(evidence, &self.knowledge, self.now).collect();
        if reports.is_empty() {
            return Audited::failed(unit, "it holds no visit of a page");
        }
        // A site of which nothing was seen must not count as audited; a certificate that is refused is a finding, and says more.
        if let Some(why) = unseen
            && !has_error(&reports)
        {
            return Audited::failed(unit, &why);
        }
        if let Some(baseline) = self.baseline {
            baseline.apply(&mut reports, self.now);
        }
        let mut audited = Audited { lines: String::new(), summary: Summary::default(), failure: None };
        for report in &reports {
            audited.push(&Record {
                input: Cow::Borrowed(&unit.input),
                line: unit.line,
                of: reports.len(),
                error: None,
                site: Some(Judged::of(report, unknown(report))),
            });
        }
        audited
    }

    fn evidence(&self, unit: &Unit) -> Result<Seen, String> {
        let read = match &unit.content {
            Content::Broken(why) => return Err(why.clone()),
            Content::Address(url) => return self.ask(url),
            Content::Octets(octets) if unit.line.is_some() => read_with(octets, None, self.now, &location),
            Content::Octets(octets) => self.file(octets.as_slice())?,
            Content::File(path) => self.file(File::open(path).map_err(|error| error.to_string())?)?,
        };
        read.map(|evidence| Seen { evidence, unseen: None }).map_err(|error| {
            let what = error.to_string();
            // In a line the line is known.
            let in_line = what.strip_prefix("1:").filter(|_| unit.line.is_some());
            in_line.unwrap_or_else(|| what.trim_start()).to_owned()
        })
    }

    /// What the servers of an address say.
    fn ask(&self, url: &Url) -> Result<Seen, String> {
        let live = self.live.ok_or("nothing that asks")?;
        let look = live.look(url, &self.knowledge);
        if let Some(why) = look.unreachable {
            return Err(format!("{url}: {why}"));
        }
        let unseen = look.unseen.map(|why| format!("{url}: {}", no_page(&why)));
        Ok(Seen { evidence: look.evidence, unseen })
    }

    fn file(&self, reader: impl std::io::Read) -> Result<Result<Evidence, Unreadable>, String> {
        let (kind, reader) = file::open(reader).map_err(|error| error.to_string())?;
        // It is no other kind than when it was looked at, or it was exchanged meanwhile.
        if kind == Kind::Lines {
            return Err("it changed while it was read".to_owned());
        }
        Ok(file::read_from(kind, reader, None, self.now, &location))
    }
}

/// How many checks could not be decided.
fn unknown(report: &Report) -> usize {
    report.checks.iter().filter(|check| check.outcome == "unknown").count()
}
