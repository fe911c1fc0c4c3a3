//! Every format holds every finding, stays whole with hostile names, and tells no secret.

use https_audit_core::export::Format;
use https_audit_review::export::{FORMATS, Report, export, to_text};
use https_audit_review::{Source, django};
use serde_json::Value;

const SECRET: &str = "Tr0ub4dor-and-3-horses-in-a-stable-with-a-staple!";
const HOSTILE: &str = "a]]><b>\"`=1|\u{202E}\n/settings.py";

/// All formats of a review of settings with secrets in every place, in a file with a hostile name.
fn written() -> (usize, Vec<(Option<Format>, String)>) {
    let text = format!(
        "SECRET_KEY = '{SECRET}'\nSECRET_KEY_FALLBACKS = ['{SECRET}']\nDEBUG = True\n\
         DATABASES = {{'default': {{'PASSWORD': '{SECRET}'}}}}\nEMAIL_HOST_PASSWORD = f'{SECRET}'\n\
         X = 'amqp://u:{SECRET}@h/'\nK = '-----BEGIN PRIVATE KEY-----{SECRET}'\nG = 'ghp_{SECRET}'\n\
         import os\nMAIL_TOKEN = os.environ.get('T', '{SECRET}')\nPASSWORD_HASHERS = ['x.MD5PasswordHasher']\n\
         CSRF_TRUSTED_ORIGINS = ['http://u:{SECRET}@a.test']\nA = '{SECRET}' if x else ("
    );
    let sources = [Source { path: HOSTILE.to_owned(), text }];
    let reviewed = django::review(&sources).expect("a thread");
    let report = Report { modules: &reviewed.modules, review: &reviewed.review };
    let mut all = vec![(None, to_text(report))];
    for format in FORMATS {
        all.push((Some(*format), export(*format, report).expect("a format").expect("no float")));
    }
    (reviewed.review.findings.len(), all)
}

fn of(format: Format) -> (usize, String) {
    let (count, all) = written();
    (count, all.into_iter().find(|(known, _)| *known == Some(format)).expect("written").1)
}

#[test]
fn no_format_tells_a_secret() {
    let (count, all) = written();
    assert!(count >= 10, "{count}");
    assert_eq!(all.len(), 1 + FORMATS.len());
    for (format, text) in all {
        assert!(!text.contains("Tr0ub4dor"), "{text}");
        // JSON is for programs, and has a path as it is.
        assert!(format == Some(Format::Json) || !text.contains('\u{202E}'), "{text}");
    }
}

#[test]
fn json_and_sarif_hold_every_finding() {
    let (count, json) = of(Format::Json);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["schema"], "https-audit/review@1");
    assert_eq!(json["findings"].as_array().map(Vec::len), Some(count));
    let (count, sarif) = of(Format::Sarif);
    let sarif: Value = serde_json::from_str(&sarif).expect("JSON");
    let run = &sarif["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), count);
    for result in results {
        let rule = result["ruleIndex"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("an index");
        assert_eq!(run["tool"]["driver"]["rules"][rule]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["region"]["startLine"].as_u64() >= Some(1));
        assert!(
            place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.is_ascii() && !uri.contains(' '))
        );
    }
}

#[test]
fn junit_counts_what_it_holds() {
    let (_, xml) = of(Format::Junit);
    let document = roxmltree::Document::parse(&xml).expect("XML");
    let suite = document.descendants().find(|node| node.has_tag_name("testsuite")).expect("a suite");
    for (attribute, tag) in [("tests", "testcase"), ("failures", "failure"), ("skipped", "skipped")] {
        let held = suite.descendants().filter(|node| node.has_tag_name(tag)).count();
        assert_eq!(suite.attribute(attribute), Some(held.to_string().as_str()), "{tag}");
    }
}

#[test]
fn csv_has_a_row_for_each_finding() {
    let (count, text) = of(Format::Csv);
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let columns = rows.headers().expect("a header").len();
    let rows: Vec<csv::StringRecord> = rows.records().collect::<Result<_, _>>().expect("rows");
    assert_eq!(rows.len(), count);
    assert!(rows.iter().all(|row| row.len() == columns));
}

#[test]
fn markdown_has_a_heading_for_each_finding() {
    let (count, text) = of(Format::Markdown);
    assert_eq!(text.lines().filter(|line| line.starts_with("### ")).count(), count);
    assert!(
        !text.contains("<b>")
            || text.lines().filter(|line| line.contains("<b>")).all(|line| line.contains('`'))
    );
}
