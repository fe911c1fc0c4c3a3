//! The exports as they stand in tests/exports/golden/.

use std::fs;

use https_audit_core::export::{Format, export, file_name};

use crate::{fixtures, reports, tests, with_baseline};

/// Every format but JSON, which tests/golden/ has.
fn formats() -> impl Iterator<Item = Format> {
    // JSON has golden files of its own, and so has HTML, without the sheet: tests/golden.
    Format::ALL.iter().copied().filter(|format| !matches!(format, Format::Html | Format::Json))
}

fn differs(found: &str, wanted: &str) -> Option<String> {
    let (found, wanted): (Vec<_>, Vec<_>) = (found.split('\n').collect(), wanted.split('\n').collect());
    let at = (0..found.len().max(wanted.len())).find(|&at| found.get(at) != wanted.get(at))?;
    Some(format!("line {}:\n  was {:?}\n  now {:?}", at + 1, wanted.get(at), found.get(at)))
}

#[test]
fn every_fixture_gives_its_exports() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let folder = tests().join("exports/golden");
    let mut failures = Vec::new();
    let mut known = Vec::new();
    let mut inputs: Vec<_> = fixtures()
        .into_iter()
        .map(|name| {
            let stem = name.split('.').next().expect("a stem").to_owned();
            (stem, reports(&name))
        })
        .collect();
    let baseline = reports("weak-session-cookie.json").into_iter().map(with_baseline).collect();
    inputs.push(("weak-session-cookie-with-baseline".to_owned(), baseline));
    for (stem, reports) in inputs {
        for format in formats() {
            let found = export(format, &reports).expect("a report can be exported");
            assert_eq!(export(format, &reports).expect("again"), found, "the same report, the same octets");
            let name = format!("{stem}.{}", format.extension());
            if update {
                fs::write(folder.join(&name), &found).expect("golden file can be written");
            }
            let wanted = fs::read_to_string(folder.join(&name)).unwrap_or_default();
            failures
                .extend(differs(&found, &wanted).map(|what| format!("tests/exports/golden/{name}, {what}")));
            known.push(name);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
    for entry in fs::read_dir(folder).expect("tests/exports/golden") {
        let name = entry.expect("readable").file_name().into_string().expect("UTF-8");
        assert!(known.contains(&name), "tests/exports/golden/{name} is of no fixture");
    }
}

#[test]
fn an_export_is_called_by_host_and_day() {
    let report = &mut reports("weak-session-cookie.json")[0];
    let names: Vec<String> = Format::ALL.iter().map(|format| file_name(report, *format)).collect();
    let expected = ["html", "json", "sarif", "xml", "md", "csv"];
    assert_eq!(names, expected.map(|ending| format!("https-audit-shop-demo.com-2026-11-26.{ending}")));
    "[::1]".clone_into(&mut report.site.host);
    assert_eq!(file_name(report, Format::Sarif), "https-audit-___1_-2026-11-26.sarif");
    report.site.host.clear();
    assert_eq!(file_name(report, Format::Csv), "https-audit-page-2026-11-26.csv");
}

#[test]
fn every_format_is_found_by_its_word() {
    for format in Format::ALL {
        assert_eq!(Format::named(format.word()), Some(*format));
    }
    assert_eq!(Format::named("text"), None);
}
