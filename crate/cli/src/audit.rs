//! `https-audit audit`

use std::fs::File;
use std::io::{self, Read};

use https_audit_core::baseline::Baseline;
use https_audit_core::check::registry;
use https_audit_core::import::file::{self, Kind, Lines, MAX_FILE};
use https_audit_core::import::{self, Unreadable};
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::Report;
use https_audit_core::url::Url;

use crate::input::{STDIN, location, stdin_once, web_url};
use crate::options::{AuditArguments, Common};
use crate::outcome::of_reports;
use crate::output::{Done, Failure};
use crate::settings;

/// The whole output, and the worst that was found.
pub fn run(arguments: &AuditArguments, common: &Common, knowledge: &Knowledge<'_>) -> Result<Done, Failure> {
    stdin_once(arguments.inputs.iter().chain(&arguments.against.baseline))?;
    let now = common.now();
    let url = first_url(arguments.url.as_deref())?;
    let mut reports = Vec::new();
    let mut paths = Vec::new();
    for input in &arguments.inputs {
        reports.extend(audit(input, open(input)?, url.as_ref(), now, knowledge)?);
        paths.resize(reports.len(), input.as_str());
    }
    settings::beside(&arguments.settings, &mut reports, common)?;
    of_reports(reports, &paths, &arguments.against, common, knowledge)
}

/// The first address of response heads.
pub fn first_url(url: Option<&str>) -> Result<Option<Url>, Failure> {
    url.map(|url| web_url(url).map_err(|what| Failure::of("--url", what))).transpose()
}

/// What a file accepts.
pub fn baseline(file: &str) -> Result<Baseline, Failure> {
    parse_baseline(file, &read(file)?)
}

/// The same of what was read of it.
pub fn parse_baseline(file: &str, octets: &[u8]) -> Result<Baseline, Failure> {
    let text = std::str::from_utf8(octets).map_err(|error| Failure::of(file, error))?;
    let ids: Vec<&str> = registry::ALL.iter().map(|check| check.id).collect();
    Baseline::read(text, &ids).map_err(|error| Failure::in_file(file, error))
}

/// Audits what is read of an input: of JSON Lines each line.
pub fn audit(
    input: &str,
    from: impl Read,
    url: Option<&Url>,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Report>, Failure> {
    let wrong = |error: Unreadable| Failure::in_file(input, error);
    let (kind, from) = file::open(from).map_err(|error| Failure::of(input, error))?;
    let mut reports = Vec::new();
    if kind == Kind::Lines {
        for line in Lines::new(from) {
            let line = line.map_err(|error| Failure::of(input, error))?;
            let octets = line.octets.map_err(|what| Failure::at(input, line.number, what))?;
            let evidence =
                import::read_with(&octets, url, now, &location).map_err(|e| wrong(e.in_line(line.number)))?;
            reports.extend(https_audit_core::audit_each(evidence, knowledge, now));
        }
    } else {
        let evidence = file::read_from(kind, from, url, now, &location).map_err(wrong)?;
        reports.extend(https_audit_core::audit_each(evidence, knowledge, now));
    }
    if reports.is_empty() {
        return Err(Failure::of(input, "it holds no visit of a page"));
    }
    Ok(reports)
}

/// A file, or standard input.
pub fn open(input: &str) -> Result<Box<dyn Read>, Failure> {
    if input == STDIN {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(input).map_err(|error| Failure::of(input, error))?;
    if file.metadata().is_ok_and(|metadata| metadata.is_dir()) {
        return Err(Failure::of(input, "a directory; `https-audit scan` audits all files in it"));
    }
    Ok(Box::new(file))
}

/// The octets of a file, or of standard input, which are held at once.
pub fn read(input: &str) -> Result<Vec<u8>, Failure> {
    let from: Box<dyn Read> = if input == STDIN {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(input).map_err(|error| Failure::of(input, error))?)
    };
    let mut octets = Vec::new();
    from.take(MAX_FILE + 1).read_to_end(&mut octets).map_err(|error| Failure::of(input, error))?;
    if octets.len() as u64 > MAX_FILE {
        return Err(Failure::of(input, format!("it is larger than {} MB", MAX_FILE >> 20)));
    }
    Ok(octets)
}
