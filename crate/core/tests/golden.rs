//! What people get: for each input the text report, the JSON report and the popup, for some the audit page and the
//! exported report too, as they stand in tests/golden/. The inputs are recorded traces and the files of tests/fixtures/evidence/.
//!
//! After a wanted change `UPDATE_GOLDEN=1 cargo test -p https-audit-core --test golden` writes
//! them anew. Read what it changed: each sentence must follow from the evidence. The statuses stand
//! below and are never rewritten. A new preload list changes the lists' names in them.

#[path = "traces/mod.rs"]
mod traces;

use std::fs;
use std::path::{Path, PathBuf};

use https_audit_core::import;
use https_audit_core::knowledge;
use https_audit_core::report::{Report, to_json, to_text};
use https_audit_core::time::parse_rfc3339;
use https_audit_core::url::Url;
use https_audit_core::verdict::VerdictKind;
use https_audit_core::view::{AuditState, Language, PopupState, audit, document_with, popup};
use traces::{Trace, evidence, json, replay};

/// Where an input comes from.
enum Input {
    /// A trace, by browser and name; its evidence takes the way of an exported file.
    Trace(&'static str, &'static str),
    /// An evidence file.
    Evidence,
    /// Response heads, and the address that they begin at.
    Heads(&'static str),
}
use Input::{Evidence, Heads, Trace as Recorded};

/// Name, input, what the popup knows besides, and the statuses of `https`, `hsts_preload` and
/// `cookies`, site by site.
type Row = (&'static str, Input, fn() -> PopupState, &'static [[&'static str; 3]]);

const ROWS: &[Row] = &[
    ("preloaded", Evidence, seen, &[["pass", "pass", "pass"]]),
    ("hsts-missing", Heads("http://shop-demo.com/"), seen, &[["unknown", "fail", "unknown"]]),
    ("hsts-void", Heads("https://shop-demo.com/"), seen, &[["unknown", "fail", "unknown"]]),
    // The settings of `django-admin startproject`, behind nginx.
    ("django-default", Heads("http://blog-demo.org/accounts/login/"), seen, &[["unknown", "fail", "fail"]]),
    ("weak-session-cookie", Evidence, seen, &[["pass", "warn", "fail"]]),
    ("https-first-fallback", Recorded("chromium", "https-first-fallback"), seen, &[["fail", "fail", "fail"]]),
    ("certificate-refused", Recorded("firefox", "certificate-refused"), seen, &[["fail", "warn", "unknown"]]),
    ("mixed-upgraded", Evidence, seen, &[["warn", "not-applicable", "unknown"]]),
    ("mixed-active", Evidence, seen, &[["fail", "pass", "pass"]]),
    (
        "browser-page",
        Recorded("chromium", "browser-page"),
        PopupState::default,
        &[["not-applicable", "not-applicable", "not-applicable"]],
    ),
    ("not-watched", Evidence, not_watched, &[["unknown", "unknown", "unknown"]]),
    ("two-sites", Evidence, seen, &[["pass", "warn", "pass"], ["pass", "unknown", "warn"]]),
];

/// Inputs whose audit page and exported report are kept too; the report without its sheet.
const PAGES: [&str; 2] = ["not-watched", "two-sites"];

fn seen() -> PopupState {
    PopupState { seen_at: Some("12:00".to_owned()), ..PopupState::default() }
}

fn not_watched() -> PopupState {
    PopupState { can_reload: true, ..PopupState::default() }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// The reports of an input at a moment soon after it was recorded.
fn reports(name: &str, input: &Input) -> Vec<Report> {
    let now = parse_rfc3339("2026-11-26T00:00:00Z").expect("a time");
    let file = |extension| {
        let path = tests().join("fixtures/evidence").join(name).with_extension(extension);
        let octets = fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        (path, octets)
    };
    let ((path, octets), url) = match input {
        Input::Trace(engine, name) => {
            let known = Trace::all().into_iter().find(|t| t.engine.word() == *engine && t.name == *name);
            let trace = known.unwrap_or_else(|| panic!("no trace {engine}/{name}"));
            let octets = json(&evidence(&replay(&trace), &trace)).into_bytes();
            ((trace.path, octets), None)
        }
        Input::Evidence => (file("json"), None),
        Input::Heads(url) => (file("txt"), Url::parse(url)),
    };
    let read = import::read(&octets, url.as_ref(), now).unwrap_or_else(|e| panic!("{}:{e}", path.display()));
    let knowledge = knowledge::embedded().expect("sound assets");
    let reports = https_audit_core::audit(&read, &knowledge, now);
    if let [report] = reports.as_slice() {
        // What the toolbar button shows is what the report says.
        let glance = https_audit_core::glance(&read, &knowledge, now);
        assert_eq!(VerdictKind::ALL.map(|kind| report.verdicts.get(kind).status), glance.statuses, "{name}");
    }
    reports
}

/// The first line that differs, with what stands before it.
fn difference(wanted: &str, found: &str) -> Option<String> {
    if wanted == found {
        return None;
    }
    let (wanted, found): (Vec<_>, Vec<_>) = (wanted.split('\n').collect(), found.split('\n').collect());
    let at = wanted.iter().zip(&found).take_while(|(a, b)| a == b).count();
    let line = |of: &[&str]| of.get(at).map_or("(the end)".to_owned(), |line| format!("{line:?}"));
    let before = wanted.get(at.saturating_sub(3)..at).unwrap_or_default();
    let before = before.join("\n      ");
    Some(format!("line {}:\n      {before}\n  was {}\n  now {}", at + 1, line(&wanted), line(&found)))
}

#[test]
fn every_input_gives_its_reports() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut failures = Vec::new();
    for (name, input, state, statuses) in ROWS {
        let reports = reports(name, input);
        let found: Vec<_> = reports
            .iter()
            .map(|report| VerdictKind::ALL.map(|kind| report.verdicts.get(kind).status.key()))
            .collect();
        if found != *statuses {
            failures.push(format!("{name}: the statuses are {found:?}, not {statuses:?}"));
        }
        let texts: Vec<String> = reports.iter().map(to_text).collect();
        // Between tags there is a line break in the file only, so that it can be read.
        let popups: Vec<String> =
            reports.iter().map(|r| popup(r, &state(), &Language::default()).replace("><", ">\n<")).collect();
        let mut files = vec![
            ("txt", texts.join("\n")),
            ("json", to_json(&reports).expect("a report is JSON")),
            ("html", popups.join("\n") + "\n"),
        ];
        if PAGES.contains(name) {
            let PopupState { seen_at, can_reload, .. } = state();
            let state = AuditState { seen_at, can_reload, ..AuditState::default() };
            let page = audit(&reports[0], &state, &Language::default());
            files.push(("audit.html", page.replace("><", ">\n<") + "\n"));
            files.push(("report.html", document_with(&reports, "").replace("><", ">\n<") + "\n"));
        }
        for (extension, found) in files {
            let golden = tests().join("golden").join(name).with_extension(extension);
            if update {
                fs::write(&golden, &found).expect("golden file can be written");
            }
            let wanted = fs::read(&golden).unwrap_or_default();
            let wanted = String::from_utf8(wanted).expect("UTF-8");
            if let Some(difference) = difference(&wanted, &found) {
                failures.push(format!("tests/golden/{name}.{extension}, {difference}"));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "{}\n\nIf this is wanted: UPDATE_GOLDEN=1 cargo test -p https-audit-core --test golden",
        failures.join("\n\n")
    );
}

#[test]
fn no_golden_file_stands_alone() {
    for entry in fs::read_dir(tests().join("golden")).expect("tests/golden") {
        let path = entry.expect("readable").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let (stem, extension) = name.split_once('.').expect("an extension");
        let is_page = ["audit.html", "report.html"].contains(&extension);
        assert!(
            ROWS.iter().any(|row| row.0 == stem) && (!is_page || PAGES.contains(&stem)),
            "{} is of no input",
            path.display()
        );
    }
}
