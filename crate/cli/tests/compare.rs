//! `compare`, and baselines, as CI uses them.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_https-audit")).args(args).output().unwrap()
}

/// Status and standard output, with nothing on standard error.
fn answer(args: &[&str]) -> (i32, String) {
    let output = run(args);
    assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

/// Status 2, nothing on standard output, one line on standard error.
fn refusal(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.matches('\n').count(), 1, "{message}");
    message
}

fn tests(name: &str) -> String {
    format!("{}/../../tests/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// A file that is gone at the end of its test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, text: &str) -> Self {
        let path = std::env::temp_dir().join(format!("https-audit-{}-{name}", std::process::id()));
        std::fs::write(&path, text).unwrap();
        Self(path)
    }

    fn path(&self) -> &str {
        self.0.to_str().unwrap()
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// The golden report of a site with findings, and one of the same site without its first one.
fn pair(name: &str) -> (String, Temporary, Value) {
    let whole = tests("golden/weak-session-cookie.json");
    let mut report: Value = serde_json::from_str(&std::fs::read_to_string(&whole).unwrap()).unwrap();
    let first = report["findings"].as_array_mut().unwrap().remove(0);
    let check = report["checks"].as_array_mut().unwrap().iter_mut().find(|c| c["id"] == first["check"]);
    check.unwrap()["outcome"] = "pass".into();
    (whole, Temporary::new(name, &report.to_string()), first)
}

const NOW: [&str; 2] = ["--now", "2026-11-26T00:00:00Z"];

#[test]
fn what_is_new_fails_and_what_is_fixed_does_not() {
    let (whole, less, first) = pair("new.json");
    let (id, severity) = (first["check"].as_str().unwrap(), first["severity"].as_str().unwrap());
    assert_eq!(severity, "error");
    let status = |old: &str, new: &str, more: &[&str]| answer(&[&["compare", old, new][..], more].concat()).0;
    for (more, expected) in [
        (&[][..], 0),
        (&["--fail-on-new"], 1),
        (&["--fail-on-new", "error"], 1),
        (&["--fail-on-new=error"], 1),
        (&["--fail-on-new", "never"], 0),
        (&["--fail-on-new=never"], 0),
        (&["--fail-on-new", "--fail-on", "never"], 0),
        (&["--fail-on-new", "--fail-on", "error"], 1),
        (&["--fail-on-new", "warning", "--fail-on", "never"], 1),
        (&["--fail-on", "note"], 0),
    ] {
        assert_eq!(status(less.path(), &whole, more), expected, "{more:?}");
    }
    assert_eq!(status(&whole, less.path(), &["--fail-on-new"]), 0);
    assert_eq!(status(&whole, &whole, &["--fail-on-new"]), 0);

    // The option may stand before the files; and without a threshold of its own any new finding fails.
    for (option, expected) in
        [(&["--fail-on-new"][..], 1), (&["--fail-on-new", "error"], 1), (&["--fail-on-new=never"], 0)]
    {
        let args = [&["compare"], option, &[less.path(), &whole]].concat();
        assert_eq!(answer(&args).0, expected, "{option:?}");
    }
    let mut noted: Value = serde_json::from_str(&std::fs::read_to_string(&whole).unwrap()).unwrap();
    let at = noted["findings"].as_array().unwrap().iter().position(|f| f["severity"] == "note").unwrap();
    let note = noted["findings"].as_array_mut().unwrap().remove(at);
    let check = noted["checks"].as_array_mut().unwrap().iter_mut().find(|c| c["id"] == note["check"]);
    check.unwrap()["outcome"] = "pass".into();
    let without = Temporary::new("without-note.json", &noted.to_string());
    for (more, expected) in [
        (&["--fail-on-new"][..], 1),
        (&["--fail-on-new", "--fail-on", "note"], 1),
        (&["--fail-on-new", "--fail-on", "warning"], 0),
    ] {
        assert_eq!(status(without.path(), &whole, more), expected, "{more:?}");
    }

    let (_, text) = answer(&["compare", less.path(), &whole]);
    assert!(text.starts_with("shop-demo.com: 1 new, 0 fixed, "), "{text}");
    assert!(text.contains(&format!("\nNew\n  error: {} [{id}]", first["title"].as_str().unwrap())), "{text}");
    let (_, text) = answer(&["compare", &whole, less.path(), "--format", "markdown"]);
    assert!(text.contains("\n## Fixed\n\n- error: ") && !text.contains("## New"), "{text}");
    let (_, text) = answer(&["compare", less.path(), &whole, "--format", "json"]);
    let compared: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(compared["schema"], "https-audit/comparison@1");
    assert_eq!(compared["sites"][0]["findings"]["new"][0]["check"], id);
    assert_eq!(compared["sites"][0]["findings"]["fixed"].as_array().unwrap().len(), 0);
}

#[test]
fn evidence_reports_and_heads_are_compared_alike() {
    let evidence = tests("fixtures/evidence/weak-session-cookie.json");
    let report = tests("golden/weak-session-cookie.json");
    let args = [&["compare", &report, &evidence, "--fail-on-new"][..], &NOW].concat();
    let (status, text) = answer(&args);
    assert_eq!(status, 0, "{text}");
    assert!(text.starts_with("shop-demo.com: 0 new, 0 fixed, "), "{text}");
    // Response heads hold less: what is gone was not seen, where nothing looked.
    let heads = tests("fixtures/evidence/hsts-missing.txt");
    let args =
        [&["compare", &report, &heads, "--url", "http://shop-demo.com/", "--format", "json"][..], &NOW];
    let (status, text) = answer(&args.concat());
    let compared: Value = serde_json::from_str(&text).unwrap();
    let findings = &compared["sites"][0]["findings"];
    assert_eq!(status, 0);
    let args = [
        &["audit", &heads, "--url", "http://shop-demo.com/", "--format", "json", "--fail-on", "never"][..],
        &NOW,
    ];
    let audited: Value = serde_json::from_str(&answer(&args.concat()).1).unwrap();
    let of_heads = |id: &str| {
        let checks = audited["checks"].as_array().unwrap();
        checks.iter().find(|check| check["id"] == id).unwrap()["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(compared["sites"][0]["same_page"], false);
    assert_eq!(findings["new"][0]["check"], "hsts.field.missing", "{text}");
    for gone in findings["no_longer_observed"].as_array().unwrap() {
        let outcome = of_heads(gone["check"].as_str().unwrap());
        assert!(outcome == "unknown" || outcome == "not-applicable", "{gone}: {outcome}");
        assert!(!gone["why"].as_str().unwrap().is_empty(), "{gone}");
    }
    let many = tests("golden/two-sites.json");
    let (_, text) = answer(&["compare", &many, &many, "--format", "json"]);
    let compared: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(compared["sites"].as_array().unwrap().len(), 2);
}

#[test]
fn what_can_not_be_compared_is_refused() {
    let whole = tests("golden/weak-session-cookie.json");
    let other = tests("golden/preloaded.json");
    let message = refusal(&["compare", &whole, &other, "--fail-on-new"]);
    assert!(message.contains("different sites: shop-demo.com, and hstspreload.org"), "{message}");
    let text = std::fs::read_to_string(&whole).unwrap();
    let half = Temporary::new("half.json", &text[..text.len() / 2]);
    let message = refusal(&["compare", &whole, half.path()]);
    assert!(message.contains(half.path()) && message.contains("cut off"), "{message}");
    let later = Temporary::new("later.json", &text.replace("report@1", "report@2"));
    let message = refusal(&["compare", later.path(), &whole]);
    assert!(message.contains("report@2") && message.contains("this version reads"), "{message}");
    let bad =
        Temporary::new("bad.json", &text.replace("\"severity\": \"error\"", "\"severity\": \"hunter2\""));
    let message = refusal(&["compare", &whole, bad.path()]);
    let place = message.split(bad.path()).nth(1).unwrap().split(':').nth(1).unwrap();
    assert!(place.parse::<usize>().unwrap() > 1 && !message.contains("hunter2"), "{message}");
    assert!(refusal(&["compare", "-", "-"]).contains("standard input is named 2 times"));
    assert!(refusal(&["compare", &whole, "/no/such/file"]).contains("/no/such/file"));
    assert!(refusal(&["compare", &whole, &whole, "--format", "sarif"]).contains("text, json or markdown"));
}

#[test]
fn a_baseline_accepts_and_is_told() {
    let (whole, less, first) = pair("accepted.json");
    let evidence = tests("fixtures/evidence/weak-session-cookie.json");
    let id = first["check"].as_str().unwrap();
    let all: Vec<Value> =
        serde_json::from_str::<Value>(&std::fs::read_to_string(&whole).unwrap()).unwrap()["findings"]
            .as_array()
            .unwrap()
            .clone();
    let entry = |finding: &Value| {
        format!(
            "[[accept]]\nfingerprint = {}\nwhy = \"ticket\"\nuntil = 2026-11-26\n",
            finding["fingerprint"]
        )
    };
    let file = Temporary::new("all.toml", &all.iter().map(entry).collect::<String>());
    let audit = |now: &str, format: &str| {
        answer(&[
            "audit",
            &evidence,
            "--baseline",
            file.path(),
            "--fail-on",
            "note",
            "--now",
            now,
            "--format",
            format,
        ])
    };
    let (status, text) = audit("2026-11-26T23:59:59Z", "text");
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("accepted until 2026-11-26: ticket"), "{text}");
    assert!(text.contains(&format!("\nBaseline: {} findings are accepted\n", all.len())), "{text}");
    let (status, text) = audit("2026-11-27T00:00:00Z", "json");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((status, &report["baseline"]["accepted"]), (1, &0.into()));
    assert_eq!(report["baseline"]["expired"].as_array().unwrap().len(), all.len());
    assert_eq!(report["verdicts"]["cookies"]["status"], "fail", "the site is as it is");

    let text =
        format!("[[accept]]\ncheck = \"{id}\"\nwhy = \"w\"\n[[accept]]\nfingerprint = \"0\"\nwhy = \"w\"");
    let one = Temporary::new("one.toml", &text);
    let args = ["compare", less.path(), &whole, "--fail-on-new", "--baseline", one.path()];
    let (status, text) = answer(&args);
    assert_eq!(status, 0, "{text}");
    assert!(
        text.contains("1 new") && text.contains("accepted: w") && text.contains("fits no finding: 0"),
        "{text}"
    );
    assert_eq!(answer(&args[..4]).0, 1);

    let bad = Temporary::new("bad.toml", "[[accept]]\ncheck = \"cookie.secure.mising\"\nwhy = \"w\"\n");
    let message = refusal(&["audit", &evidence, "--baseline", bad.path()]);
    assert!(message.contains(&format!("{}:2:9: no check of this id", bad.path())), "{message}");
}
