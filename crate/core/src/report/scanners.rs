//! What a pentest or a scanner will say of the same site, as each of them says it.
//!
//! Of the tools whose own reading of the site is a fact of the report, that is told: MDN HTTP Observatory's result codes,
//! Django's ids, hstspreload.org's codes. ZAP's alerts are those that our findings name.

use super::Report;
use crate::observatory::{Algorithm, CODES, Test, modifier};

/// What each tool says of the site: its name and its ids, none twice. One that has nothing to say is left out.
pub fn scanners(report: &Report) -> Vec<(&'static str, Vec<&str>)> {
    let all = [
        ("ZAP", named(report, "zap")),
        ("MDN HTTP Observatory", observatory(report)),
        ("Django's check --deploy", django(report)),
        ("hstspreload.org", hstspreload(report)),
    ];
    all.into_iter().filter(|(_, ids)| !ids.is_empty()).collect()
}

/// What a catalogue calls what was found, of the most severe findings first. The first name of a finding is what is said
/// of it as a rule; those behind are of its variants, which may be there or not.
fn named<'a>(report: &'a Report, catalogue: &str) -> Vec<&'a str> {
    let mut ids: Vec<&str> = Vec::new();
    for id in report.findings.iter().filter_map(|finding| finding.references.get(catalogue)?.first()) {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    ids
}

/// The codes that take from the score. Where a test of it looks at something that was not seen, what our findings are in
/// its words. On an error page it says nothing.
fn observatory(report: &Report) -> Vec<&str> {
    if report.grade.is_none() {
        return Vec::new();
    }
    let found = named(report, "observatory");
    let mut codes: Vec<&str> = Vec::new();
    for (test, outcome) in Test::ALL.into_iter().zip(&report.facts.observatory) {
        match outcome {
            Some(code) if modifier(code, Algorithm::Six) < 0 => codes.push(&**code),
            Some(_) => {}
            None => codes.extend(found.iter().filter(|code| is_of(code, test))),
        }
    }
    codes
}

fn is_of(code: &str, test: Test) -> bool {
    CODES.iter().any(|(of, name, _)| *of == test && *name == code)
}

/// The ids that were observed, and those that are inferred.
fn django(report: &Report) -> Vec<&str> {
    let told = report.facts.django.checks.iter();
    told.filter(|check| check.state.is_said()).map(|check| &*check.id).collect()
}

/// What it refuses and what it warns of.
fn hstspreload(report: &Report) -> Vec<&str> {
    let preload = &report.facts.preload;
    preload.errors.iter().chain(&preload.warnings).map(|code| &**code).collect()
}
