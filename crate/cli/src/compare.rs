//! `https-audit compare`

use https_audit_core::compare::{compare, to_markdown, to_text};
use https_audit_core::json::to_string;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::report::{Report, is_report, read_reports};
use https_audit_core::url::Url;

use crate::audit::{audit, baseline, first_url, read};
use crate::input::stdin_once;
use crate::options::{Common, CompareArguments, FailOn, Format};
use crate::output::{Done, Failure};

/// The whole output, and the worst that is new.
pub fn run(
    arguments: &CompareArguments,
    common: &Common,
    knowledge: &Knowledge<'_>,
) -> Result<Done, Failure> {
    let CompareArguments { old, new, url, fail_on_new, baseline: file } = arguments;
    stdin_once([old, new].into_iter().chain(file))?;
    let write = match common.format {
        Format::Text | Format::Json | Format::Markdown => common.format,
        _ => return Err(Failure::of("--format", "a comparison is text, json or markdown")),
    };
    let now = common.now();
    let url = first_url(url.as_deref())?;
    let old_reports = reports(old, url.as_ref(), now, knowledge)?;
    let mut new_reports = reports(new, url.as_ref(), now, knowledge)?;
    let told = file.as_deref().map(|file| Ok(baseline(file)?.apply(&mut new_reports, now))).transpose()?;
    let mut comparison = compare(&old_reports, &new_reports);
    comparison.baseline = told;
    if comparison.is_of_nothing() {
        // As a success it would let through whatever is new.
        return Err(of_nothing(&format!("{old} and {new}"), &old_reports, &new_reports));
    }
    let text = match write {
        Format::Json => to_string(&comparison).map_err(|error| Failure::of("comparison", error))? + "\n",
        Format::Markdown => to_markdown(&comparison),
        _ => to_text(&comparison),
    };
    let fail_on = fail_on_new.map_or(FailOn::Never, |here| here.or(common.fail_on).unwrap_or(FailOn::Note));
    Ok(Done { text, worst: comparison.worst_new(), fail_on: Some(fail_on) })
}

/// The reports that a file holds, or that come of the evidence in it.
fn reports(
    input: &str,
    url: Option<&Url>,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Report>, Failure> {
    parse_reports(input, &read(input)?, url, now, knowledge)
}

/// The same of what was read of it.
pub fn parse_reports(
    input: &str,
    octets: &[u8],
    url: Option<&Url>,
    now: i64,
    knowledge: &Knowledge<'_>,
) -> Result<Vec<Report>, Failure> {
    if !is_report(octets) {
        return audit(input, octets, url, now, knowledge);
    }
    let reports = read_reports(octets).map_err(|error| Failure::in_file(input, error))?;
    if reports.is_empty() {
        return Err(Failure::of(input, "it holds no report"));
    }
    Ok(reports)
}

/// That no site is on both sides.
pub fn of_nothing(subject: &str, old: &[Report], new: &[Report]) -> Failure {
    Failure::of(subject, format!("they are of different sites: {}, and {}", sites(old), sites(new)))
}

/// Whose reports they are.
fn sites(reports: &[Report]) -> String {
    let mut hosts: Vec<&str> = reports.iter().map(|report| report.site.host.as_str()).collect();
    hosts.dedup();
    hosts.join(", ")
}
