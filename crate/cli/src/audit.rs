//! `https-audit audit`

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

use https_audit_core::baseline::Baseline;
use https_audit_core::check::registry;
use https_audit_core::import;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::Report;
use https_audit_core::url::Url;

use crate::input::{STDIN, location, stdin_once, web_url};
use crate::options::{AuditArguments, Common};
use crate::outcome::of_reports;
use crate::output::{Done, Failure};

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

/// Audits what was read of an input.
pub fn audit(
    input: &str,
    from: impl BufRead,
    url: Option<&Url>,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Report>, Failure> {
    let evidence =
        import::read_from(from, url, now, &location).map_err(|error| Failure::in_file(input, error))?;
    let reports: Vec<Report> = https_audit_core::audit_each(evidence, knowledge, now).collect();
    if reports.is_empty() {
        return Err(Failure::of(input, "it holds no visit of a page"));
    }
    Ok(reports)
}

/// A file, or standard input.
pub fn open(input: &str) -> Result<Box<dyn BufRead>, Failure> {
    if input == STDIN {
        return Ok(Box::new(io::stdin().lock()));
    }
    let file = File::open(input).map_err(|error| Failure::of(input, error))?;
    Ok(Box::new(BufReader::with_capacity(64 * 1024, file)))
}

/// The octets of a file, or of standard input.
pub fn read(input: &str) -> Result<Vec<u8>, Failure> {
    let mut octets = Vec::new();
    let read = if input == STDIN {
        io::stdin().lock().read_to_end(&mut octets)
    } else {
        File::open(input).and_then(|mut file| file.read_to_end(&mut octets))
    };
    read.map(|_| octets).map_err(|error| Failure::of(input, error))
}
