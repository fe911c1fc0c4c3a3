//! Writes the audit page and the exported report of evidence files into `target/pages/`, to look at:
//! `cargo run -p https-audit-core --features embedded-lists --example pages [FILE…]`.

use std::path::{Path, PathBuf};
use std::{env, fs};

use https_audit_core::report::Report;
use https_audit_core::url::Url;
use https_audit_core::view::{AuditState, Language, Recording, audit, document};
use https_audit_core::{import, knowledge, time};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    if files.is_empty() {
        let entries = fs::read_dir(root.join("tests/fixtures/evidence")).expect("fixtures");
        files = entries.map(|entry| entry.expect("an entry").path()).collect();
    }
    let out = root.join("target/pages");
    fs::create_dir_all(&out).expect("a folder");
    fs::copy(root.join("extension/style.css"), out.join("style.css")).expect("the sheet");
    let now = time::parse_rfc3339("2026-11-26T00:00:00Z").expect("a time");
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let octets = fs::read(&file).expect("a file");
        let url =
            file.extension().is_some_and(|kind| kind == "txt").then(|| Url::parse("https://blog-demo.org/"));
        let evidence = import::read(&octets, url.flatten().as_ref(), now).expect("evidence");
        let knowledge = knowledge::embedded().expect("sound assets");
        let reports = https_audit_core::audit(&evidence, &knowledge, now);
        fs::write(out.join(format!("{name}.report.html")), document(&reports)).expect("written");
        if let Some(report) = reports.first() {
            fs::write(out.join(format!("{name}.audit.html")), page(report)).expect("written");
        }
    }
}

/// A whole page around the body.
fn page(report: &Report) -> String {
    let state = AuditState {
        probe: Url::parse(&report.site.url).into_iter().collect(),
        seen_at: Some("10:42".to_owned()),
        recording: Recording::Off,
        ..AuditState::default()
    };
    format!(
        "<!DOCTYPE html><html lang=\"en\" data-ready><head><meta charset=\"utf-8\"><title>Audit</title>\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <link rel=\"stylesheet\" href=\"style.css\"></head><body class=\"audit-page\">{}</body></html>",
        audit(report, &state, &Language::default())
    )
}
