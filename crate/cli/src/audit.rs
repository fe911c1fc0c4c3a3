//! `https-audit audit`

use std::fs::File;
use std::io::{self, Read};

use https_audit_core::check::Severity;
use https_audit_core::export::export;
use https_audit_core::import;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::{Report, to_text};
use https_audit_core::url::Url;

use crate::input::{STDIN, location, stdin_once, web_url};
use crate::options::{AuditArguments, Common};
use crate::output::{Done, Failure};

/// The whole output, and the worst that was found.
pub fn run(arguments: &AuditArguments, common: &Common, knowledge: &Knowledge<'_>) -> Result<Done, Failure> {
    stdin_once(&arguments.inputs)?;
    let now = common.now();
    let url = arguments.url.as_deref().map(|url| web_url(url).map_err(|what| Failure::of("--url", what)));
    let url = url.transpose()?;
    let mut reports = Vec::new();
    for input in &arguments.inputs {
        reports.extend(audit(input, url.as_ref(), now, knowledge)?);
    }
    let text = match common.format.export() {
        Some(format) => export(format, &reports).map_err(|error| Failure::of("report", error))?,
        None => reports.iter().map(to_text).collect::<Vec<_>>().join("\n"),
    };
    // What a baseline accepts fails nothing.
    let findings = reports.iter().flat_map(|report| &report.findings);
    let counted = findings.filter(|finding| finding.accepted.is_none());
    let worst: Option<Severity> = counted.map(|finding| finding.severity).max();
    Ok(Done { text, worst })
}

fn audit(
    input: &str,
    url: Option<&Url>,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Report>, Failure> {
    let octets = read(input).map_err(|error| Failure::of(input, error))?;
    let evidence =
        import::read_with(&octets, url, now, &location).map_err(|error| Failure::in_file(input, error))?;
    let reports = https_audit_core::audit(&evidence, knowledge, now);
    if reports.is_empty() {
        return Err(Failure::of(input, "it holds no visit of a page"));
    }
    Ok(reports)
}

fn read(input: &str) -> io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    if input == STDIN {
        io::stdin().lock().read_to_end(&mut octets)?;
    } else {
        File::open(input)?.read_to_end(&mut octets)?;
    }
    Ok(octets)
}
