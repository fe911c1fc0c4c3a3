//! `https-audit audit`

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};

use https_audit_core::baseline::Baseline;
use https_audit_core::check::{Severity, registry};
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
    stdin_once(arguments.inputs.iter().chain(&arguments.baseline))?;
    let now = common.now();
    let url = first_url(arguments.url.as_deref())?;
    let mut reports = Vec::new();
    for input in &arguments.inputs {
        reports.extend(audit(input, open(input)?, url.as_ref(), now, knowledge)?);
    }
    if let Some(file) = &arguments.baseline {
        baseline(file)?.apply(&mut reports, now);
    }
    let text = match common.format.export() {
        Some(format) => export(format, &reports).map_err(|error| Failure::of("report", error))?,
        None => reports.iter().map(to_text).collect::<Vec<_>>().join("\n"),
    };
    Ok(Done { text, worst: worst(&reports), fail_on: None })
}

/// The first address of response heads.
pub fn first_url(url: Option<&str>) -> Result<Option<Url>, Failure> {
    url.map(|url| web_url(url).map_err(|what| Failure::of("--url", what))).transpose()
}

/// What a file accepts.
pub fn baseline(file: &str) -> Result<Baseline, Failure> {
    let octets = read(file)?;
    let text = std::str::from_utf8(&octets).map_err(|error| Failure::of(file, error))?;
    let ids: Vec<&str> = registry::ALL.iter().map(|check| check.id).collect();
    Baseline::read(text, &ids).map_err(|error| Failure::in_file(file, error))
}

/// The worst that was found; what a baseline accepts fails nothing.
fn worst(reports: &[Report]) -> Option<Severity> {
    let findings = reports.iter().flat_map(|report| &report.findings);
    findings.filter(|finding| finding.accepted.is_none()).map(|finding| finding.severity).max()
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

#[cfg(test)]
mod tests {
    use https_audit_core::check::Severity;
    use https_audit_core::knowledge;
    use https_audit_core::report::Accepted;

    use super::{audit, open, worst};

    #[test]
    fn an_accepted_finding_does_not_count() {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/evidence/weak-session-cookie.json");
        let lists = knowledge::embedded().expect("sound lists");
        let mut reports =
            audit(file, open(file).expect("readable"), None, 1_795_651_200, &lists).expect("a fixture");
        assert_eq!(worst(&reports), Some(Severity::Error));
        for least in [Severity::Error, Severity::Warning, Severity::Note] {
            for finding in reports.iter_mut().flat_map(|report| &mut report.findings) {
                if finding.severity >= least {
                    finding.accepted = Some(Accepted { why: "known".to_owned(), until: None });
                }
            }
            assert!(worst(&reports) < Some(least));
        }
        assert_eq!(worst(&reports), None);
    }
}
