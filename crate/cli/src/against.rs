//! `--baseline` and `--fail-on-new`: what somebody accepted, or an earlier report knew, fails nothing.
//!
//! Every command that makes reports takes these options, and asks [`judge`] what its exit status is. What is new means
//! what it means to `compare`.

use std::ffi::OsString;

use clap::{Args, ValueEnum as _};
use https_audit_core::baseline::Baseline;
use https_audit_core::check::Severity;
use https_audit_core::compare::{Comparison, compare};
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::Report;

use crate::audit::{parse_baseline, read};
use crate::compare::{of_nothing, parse_reports};
use crate::options::FailOn;
use crate::output::Failure;

/// What the findings are held against.
#[derive(Args)]
pub struct Against {
    /// What was known before. A TOML file of tables `[[accept]]`: what it lists is told, and fails nothing. Or an earlier
    /// report or evidence JSON: then what is new and what is fixed is told. Can be given several times.
    #[arg(long, value_name = "FILE")]
    pub baseline: Vec<String>,
    /// Only what is not in the baseline counts for the exit status: what is new, or worse than it was, since an earlier
    /// report. At least as severe as `--fail-on` says, or as is said here (`--fail-on-new warning`, also with `=`); an input of such
    /// a name is written `./warning`.
    #[arg(long, value_name = "SEVERITY", value_enum, num_args = 0..=1, require_equals = true, requires = "baseline")]
    #[expect(clippy::option_option, reason = "not given, given, and given with a severity")]
    pub fail_on_new: Option<Option<FailOn>>,
}

/// The words of the command line, a severity behind `--fail-on-new` joined to it. The parser takes one behind `=` alone, since
/// an input may follow (`--fail-on-new a.har`): only where the next word is a severity it is meant as one.
pub fn joined(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    const OPTION: &str = "--fail-on-new";
    let is_severity =
        |word: &OsString| word.to_str().is_some_and(|word| FailOn::from_str(word, false).is_ok());
    let mut words = words.peekable();
    let mut joined = Vec::new();
    while let Some(mut word) = words.next() {
        if word == "--" {
            joined.push(word);
            break;
        }
        if word == OPTION
            && let Some(severity) = words.next_if(is_severity)
        {
            word.push("=");
            word.push(severity);
        }
        joined.push(word);
    }
    joined.extend(words);
    joined
}

/// What counts, and what became of the sites.
pub struct Judged {
    /// The worst finding that counts.
    pub worst: Option<Severity>,
    /// How severe that may not be, where that was said with `--fail-on-new`.
    pub fail_on: Option<FailOn>,
    /// The reports against earlier ones, where there were any.
    pub since: Option<Comparison>,
}

/// Holds reports against what was known before, and marks in them what does not count.
pub fn judge(
    reports: &mut [Report],
    against: &Against,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Judged, Failure> {
    let mut earlier = Vec::new();
    let mut accepts = Vec::new();
    for file in &against.baseline {
        let octets = read(file)?;
        // No TOML begins so, and all JSON that the command reads does.
        if octets.trim_ascii_start().starts_with(b"{") {
            earlier.extend(parse_reports(file, &octets, None, now, knowledge)?);
        } else {
            accepts.push(parse_baseline(file, &octets)?);
        }
    }
    if let Some(first) = accepts.into_iter().reduce(Baseline::and) {
        first.apply(reports, now);
    }
    let since = (!earlier.is_empty()).then(|| compare(&earlier, reports));
    if let Some(since) = &since {
        if since.is_of_nothing() {
            // As a success it would let through whatever is new.
            return Err(of_nothing("--baseline", &earlier, reports));
        }
        if against.fail_on_new.is_some() {
            since.accept_known(reports);
        }
    }
    Ok(Judged { worst: worst(reports), fail_on: against.fail_on_new.flatten(), since })
}

/// The worst that was found; what a baseline accepts fails nothing.
fn worst(reports: &[Report]) -> Option<Severity> {
    let findings = reports.iter().flat_map(|report| &report.findings);
    findings.filter(|finding| finding.accepted.is_none()).map(|finding| finding.severity).max()
}

#[cfg(test)]
mod tests {
    use https_audit_core::check::Severity;
    use https_audit_core::knowledge;
    use https_audit_core::report::{Accepted, Report};

    use std::ffi::{OsStr, OsString};

    use super::{Against, joined, judge, worst};
    use crate::audit::{audit, read};

    const NOW: i64 = 1_795_651_200;

    fn fixture() -> (String, Vec<Report>) {
        let file =
            concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/evidence/weak-session-cookie.json");
        let lists = knowledge::embedded().expect("sound lists");
        let reports =
            audit(file, read(file).expect("readable").as_slice(), None, NOW, &lists).expect("a fixture");
        (file.to_owned(), reports)
    }

    #[test]
    fn an_accepted_finding_does_not_count() {
        let (_, mut reports) = fixture();
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

    #[test]
    fn a_severity_belongs_to_the_option_before_it() {
        for (words, expected) in [
            ("a --fail-on-new error b", "a --fail-on-new=error b"),
            ("a --fail-on-new b error", "a --fail-on-new b error"),
            ("a --fail-on-new=note error", "a --fail-on-new=note error"),
            ("--fail-on-new --fail-on-new never", "--fail-on-new --fail-on-new=never"),
            ("--fail-on-new ./error", "--fail-on-new ./error"),
            ("--fail-on-new Error", "--fail-on-new Error"),
            ("a -- --fail-on-new error", "a -- --fail-on-new error"),
            ("a --fail-on-new -- error", "a --fail-on-new -- error"),
            ("a --fail-on-new", "a --fail-on-new"),
        ] {
            assert_eq!(joined(words.split(' ').map(OsString::from)).join(OsStr::new(" ")), expected);
        }
    }

    #[test]
    fn an_earlier_audit_counts_only_where_that_was_asked_for() {
        let lists = knowledge::embedded().expect("sound lists");
        for (fail_on_new, counts) in [(None, Some(Severity::Error)), (Some(None), None)] {
            let (file, mut reports) = fixture();
            let against = Against { baseline: vec![file], fail_on_new };
            let judged = judge(&mut reports, &against, NOW, &lists).expect("of the same site");
            assert_eq!(judged.worst, counts);
            assert_eq!(judged.since.map(|since| since.sites.len()), Some(1));
        }
    }
}
