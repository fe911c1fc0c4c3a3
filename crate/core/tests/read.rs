//! Reports that are read again: those of tests/golden, of later versions, and of nobody that means well.

use std::fs;
use std::path::{Path, PathBuf};

use https_audit_core::import::Unreadable;
use https_audit_core::report::{Report, Reports, is_report, read_reports, to_json, to_text};
use https_audit_core::text::steers;
use https_audit_core::view::{Language, PopupState, popup};
use serde_json::{Value, json};

fn golden() -> Vec<(PathBuf, String)> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let files = fs::read_dir(dir).expect("tests/golden").map(|entry| entry.expect("readable").path());
    let found: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| (path.clone(), fs::read_to_string(path).expect("UTF-8")))
        .collect();
    assert!(found.len() > 5, "there are golden reports");
    found
}

/// Applies `change` to every value below, the innermost first.
fn everywhere(value: &mut Value, change: &mut dyn FnMut(&mut Value)) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(|value| everywhere(value, change)),
        Value::Object(members) => members.values_mut().for_each(|value| everywhere(value, change)),
        _ => {}
    }
    change(value);
}

#[test]
fn what_was_written_is_read_and_written_the_same() {
    for (path, text) in golden() {
        assert!(is_report(text.as_bytes()));
        let reports = read_reports(text.as_bytes()).unwrap_or_else(|e| panic!("{}:{e}", path.display()));
        assert_eq!(to_json(&reports).expect("JSON"), text, "{}", path.display());
        // By way of another deserializer, as in the browser.
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(Reports::read(&value).expect("a report"), reports);
        if let [report] = reports.as_slice() {
            assert_eq!(&serde_json::from_str::<Report>(&text).expect("a report"), report);
        }
    }
}

#[test]
fn a_later_version_may_say_more() {
    for (path, text) in golden() {
        let mut value: Value = serde_json::from_str(&text).expect("JSON");
        everywhere(&mut value, &mut |value| {
            if let Value::Object(members) = value
                // The members of `references` are catalogues: any is as good.
                && !members.values().all(Value::is_array)
            {
                members.insert("zz-later".to_owned(), json!({"a": [1, null]}));
            }
        });
        let reports = read_reports(value.to_string().as_bytes());
        let reports = reports.unwrap_or_else(|e| panic!("{}:{e}", path.display()));
        assert_eq!(to_json(&reports).expect("JSON"), text, "{}", path.display());
    }
}

#[test]
fn names_that_are_not_known_survive() {
    let (_, text) = golden().into_iter().find(|(path, _)| path.ends_with("django-default.json")).expect("it");
    let mut value: Value = serde_json::from_str(&text).expect("JSON");
    value["findings"][0]["check"] = json!("mail.starttls.missing");
    value["checks"][0]["id"] = json!("mail.starttls.missing");
    value["facts"]["observatory"]["cookies"] = json!("cookies-eaten");
    value["grade"]["letter"] = json!("A++");
    value["facts"]["software"][0]["software"] = json!("hunchentoot");
    value["findings"][0]["fix"]["hunchentoot"] = json!("(setf *hsts* t)");
    let mut less = value.clone();
    let reports = read_reports(value.to_string().as_bytes()).expect("readable");
    let again: Value = serde_json::from_str(&to_json(&reports).expect("JSON")).expect("JSON");
    for place in ["/findings/0/check", "/checks/0/id", "/facts/observatory/cookies", "/grade/letter"] {
        assert_eq!(again.pointer(place), value.pointer(place), "{place}");
    }
    let software = value["facts"]["software"].as_array().expect("software").len();
    assert_eq!(reports[0].facts.software.len() + 1, software, "there are no fixes for the other");
    // What is written only where it is there may be missing.
    less["facts"].as_object_mut().expect("facts").remove("connection");
    less["facts"]["observatory"].as_object_mut().expect("tests").remove("cookies");
    let less = read_reports(less.to_string().as_bytes()).expect("readable");
    assert_eq!(less[0].facts.connection, None);
    // What a view would take for `none` may not.
    value["facts"].as_object_mut().expect("facts").remove("cookies");
    let error = read_reports(value.to_string().as_bytes()).expect_err("no cookies").to_string();
    assert!(error.contains("missing field `cookies`"), "{error}");
}

#[test]
fn hostile_strings_stay_text() {
    const HOSTILE: &str = "</script><img src=x onerror=alert(1)>\"' `a\n\u{1b}[2J\u{202e}{}&amp;";
    let mut read = 0;
    for (path, text) in golden() {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let mut strings = 0;
        everywhere(&mut value.clone(), &mut |value| strings += usize::from(value.is_string()));
        // Each alone, since many of them have to be words; the rest all together below.
        let mut fit = Vec::new();
        for at in 0..strings {
            let mut one = value.clone();
            let mut n = 0;
            everywhere(&mut one, &mut |value| {
                if value.is_string() {
                    if n == at {
                        *value = HOSTILE.into();
                    }
                    n += 1;
                }
            });
            if Reports::read(&one).is_ok() {
                fit.push(at);
            }
        }
        let mut all = value.clone();
        let mut n = 0;
        everywhere(&mut all, &mut |value| {
            if value.is_string() {
                if fit.contains(&n) {
                    *value = HOSTILE.into();
                }
                n += 1;
            } else if value.as_u64().is_some_and(|number| number > 599) {
                *value = i64::MAX.into();
            }
        });
        let Ok(reports) = Reports::read(&all) else { continue };
        read += 1;
        for report in &reports {
            let text = to_text(report);
            assert!(!text.contains(|c| c != '\n' && steers(c)), "{}: {text}", path.display());
            assert!(!text.lines().any(|line| line.starts_with("\u{fffd}[2J")), "{}: {text}", path.display());
            let html = popup(report, &PopupState::default(), &Language::default());
            assert!(!html.contains("<img") && !html.contains("</script>"), "{}: {html}", path.display());
            assert!(!html.contains("alert(1)>"), "{}: {html}", path.display());
        }
    }
    assert!(read > 5, "{read} were read");
}

#[test]
fn what_is_no_report_is_refused_with_its_place() {
    let (_, text) = golden().into_iter().next().expect("one");
    for schema in ["https-audit/report@2", "https-audit/evidence@1", ""] {
        let other = json!({"schema": schema, "verdicts": 1}).to_string();
        let error = read_reports(other.as_bytes()).expect_err(schema);
        assert_eq!(error, Unreadable::ReportSchema(schema.to_owned()));
        assert!(error.to_string().contains("this version reads"), "{error}");
    }
    for (name, bad) in [("", "{}"), ("", "[]"), ("", ""), ("cut off", &text[..text.len() / 2])] {
        let error = read_reports(bad.as_bytes()).expect_err(name).to_string();
        let place = error.split(':').take(2).map(str::parse::<usize>).collect::<Result<Vec<_>, _>>();
        assert!(place.is_ok() && error.contains(name), "{error}");
    }
    assert!(read_reports(format!("{text}{text}").as_bytes()).is_err(), "two, one behind the other");
    let text = text.replace("\"severity\": \"error\"", "\"severity\": \"geheim`, expected\"");
    let text = text.replace("\"eligible\": null", "\"eligible\": 4711");
    let error = read_reports(text.as_bytes()).expect_err("no such severity").to_string();
    assert!(!error.contains("geheim") && !error.contains("4711"), "{error}");
    assert!(!error.starts_with("1:"), "{error}");
}
