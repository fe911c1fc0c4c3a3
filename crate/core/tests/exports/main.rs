//! What other programs get: each format over the files of tests/fixtures/evidence/, as it stands in
//! tests/exports/golden/, and over reports in which every text of a site is hostile.
//!
//! After a wanted change `UPDATE_GOLDEN=1 cargo test -p https-audit-core --test exports` writes them anew. The schemas
//! of SARIF and `JUnit` are applied by tests/oracle/exports.test.mjs.

mod golden;
mod hostile;
mod readers;

use std::fs;
use std::path::{Path, PathBuf};

use https_audit_core::import;
use https_audit_core::knowledge;
use https_audit_core::report::{Accepted, Report};
use https_audit_core::time::parse_rfc3339;
use https_audit_core::url::Url;

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// Response heads, and the address that they begin at.
const HEADS: [(&str, &str); 3] = [
    ("django-default.txt", "http://blog-demo.org/accounts/login/"),
    ("hsts-missing.txt", "http://shop-demo.com/"),
    ("hsts-void.txt", "https://shop-demo.com/"),
];

/// All files of the folder, by name.
fn fixtures() -> Vec<String> {
    let entries = fs::read_dir(tests().join("fixtures/evidence")).expect("tests/fixtures/evidence");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry.expect("readable").file_name().into_string().expect("UTF-8")
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// The reports on a file, a moment after it was recorded.
fn reports(name: &str) -> Vec<Report> {
    let octets = fs::read(tests().join("fixtures/evidence").join(name)).expect("a fixture");
    let now = parse_rfc3339("2026-11-26T00:00:00Z").expect("a time");
    let url = HEADS.iter().find(|(known, _)| *known == name).and_then(|(_, url)| Url::parse(url));
    let evidence = import::read(&octets, url.as_ref(), now).unwrap_or_else(|error| panic!("{name}:{error}"));
    let reports = https_audit_core::audit(&evidence, &knowledge::embedded().expect("sound lists"), now);
    assert!(!reports.is_empty(), "{name} gives no report");
    reports
}

/// The same report with a baseline that accepts some of its findings: one of two of a check, all of another.
fn with_baseline(mut report: Report) -> Report {
    let accepted = |until: Option<&str>| {
        Some(Accepted { why: "the old shop: ends in `March`".to_owned(), until: until.map(str::to_owned) })
    };
    for finding in &mut report.findings {
        match &*finding.check {
            "cookie.reach.clear-text" => finding.accepted = accepted(None),
            "cookie.httponly.missing" if finding.location.cookie.as_deref() == Some("sessionid") => {
                finding.accepted = accepted(Some("2026-12-31"));
            }
            _ => {}
        }
    }
    report
}
