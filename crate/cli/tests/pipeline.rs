//! The command in pipelines: what counts since an earlier report, annotations, completions, man pages.

use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::Value;

const NOW: [&str; 2] = ["--now", "2026-11-26T00:00:00Z"];

fn run(args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_https-audit"));
    command.env_remove("GITHUB_STEP_SUMMARY").args(args).output().unwrap()
}

fn answer(args: &[&str]) -> (i32, String) {
    let output = run(args);
    assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

fn refusal(args: &[&str]) -> String {
    let output = run(args);
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

fn tests(name: &str) -> String {
    format!("{}/../../tests/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn temporary(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("https-audit-pipeline-{}-{name}", std::process::id()))
}

#[test]
fn only_what_is_new_since_an_earlier_report_counts() {
    let evidence = tests("fixtures/evidence/weak-session-cookie.json");
    let whole = tests("golden/weak-session-cookie.json");
    let mut report: Value = serde_json::from_str(&std::fs::read_to_string(&whole).unwrap()).unwrap();
    let first = report["findings"].as_array_mut().unwrap().remove(0);
    let check = report["checks"].as_array_mut().unwrap().iter_mut().find(|c| c["id"] == first["check"]);
    check.unwrap()["outcome"] = "pass".into();
    let less = temporary("less.json");
    std::fs::write(&less, report.to_string()).unwrap();
    let less_path = less.to_str().unwrap();
    let audit = |more: &[&str]| answer(&[&["audit", &evidence][..], &NOW, more].concat());
    for (baseline, more, expected) in [
        (&*whole, &["--fail-on-new"][..], 0),
        (&whole, &["--fail-on-new", "--fail-on", "note"], 0),
        (&evidence, &["--fail-on-new=note"], 0),
        (&whole, &[], 1),
        (less_path, &["--fail-on-new"], 1),
        (less_path, &["--fail-on-new", "--fail-on", "never"], 0),
        (less_path, &["--fail-on-new=never"], 0),
        (less_path, &["--fail-on-new", "never"], 0),
        (less_path, &["--fail-on-new", "error", "--fail-on", "never"], 1),
    ] {
        let (status, text) = audit(&[&["--baseline", baseline][..], more].concat());
        assert_eq!(status, expected, "{baseline} {more:?}: {text}");
    }
    // What follows and is no severity is an input.
    let args = ["audit", "--baseline", less_path, "--fail-on-new", &evidence];
    assert_eq!(answer(&[&args[..], &NOW].concat()).0, 1);
    let (_, text) = audit(&["--baseline", less_path, "--fail-on-new"]);
    let told = format!(
        "  new, error: {} [{}]\n",
        first["title"].as_str().unwrap(),
        first["check"].as_str().unwrap()
    );
    assert!(text.contains(": 1 new, 0 fixed, ") && text.contains(&told), "{text}");
    let (_, text) = audit(&["--baseline", less_path, "--fail-on-new", "--format", "json"]);
    let judged: Value = serde_json::from_str(&text).unwrap();
    let open: Vec<_> =
        judged["findings"].as_array().unwrap().iter().filter(|f| f.get("accepted").is_none()).collect();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0]["fingerprint"], first["fingerprint"]);
    std::fs::remove_file(&less).unwrap();

    let other = tests("golden/preloaded.json");
    assert!(
        refusal(&["audit", &evidence, "--baseline", &other, "--fail-on-new"]).contains("different sites")
    );
    assert!(refusal(&["audit", &evidence, "--fail-on-new"]).contains("--baseline"));
}

#[test]
fn github_gets_commands_and_the_summary_of_the_step() {
    let evidence = tests("fixtures/evidence/weak-session-cookie.json");
    let summary = temporary("summary.md");
    std::fs::write(&summary, "before\n").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_https-audit"))
        .args(["audit", &evidence, NOW[0], NOW[1], "--format", "github"])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let written = std::fs::read_to_string(&summary).unwrap();
    std::fs::remove_file(&summary).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        lines[0].starts_with("::error file=") && lines[0].contains("weak-session-cookie.json,line=1,title=")
    );
    assert!(lines.last().unwrap().starts_with("https-audit: errors "), "{text}");
    assert!(lines[..lines.len() - 1].iter().all(|line| line.starts_with("::")), "{text}");
    let (_, markdown) = answer(&["audit", &evidence, NOW[0], NOW[1], "--format", "markdown"]);
    assert_eq!(written, format!("before\n{markdown}"));
}

#[test]
fn gitlab_gets_code_quality() {
    let evidence = tests("fixtures/evidence/weak-session-cookie.json");
    let audited = |format| answer(&["audit", &evidence, NOW[0], NOW[1], "--format", format]).1;
    let issues: Vec<Value> = serde_json::from_str(&audited("gitlab")).unwrap();
    let report: Value = serde_json::from_str(&audited("json")).unwrap();
    assert_eq!(issues.len(), report["findings"].as_array().unwrap().len());
    for issue in &issues {
        for key in ["description", "check_name", "fingerprint"] {
            assert!(issue[key].as_str().is_some_and(|text| !text.is_empty()), "{issue}");
        }
        let severity = issue["severity"].as_str().unwrap();
        assert!(["info", "minor", "major", "critical", "blocker"].contains(&severity), "{issue}");
        assert!(!issue["location"]["path"].as_str().unwrap().starts_with(['/', '.']), "{issue}");
        assert!(issue["location"]["lines"]["begin"].as_u64() >= Some(1), "{issue}");
    }
}

#[test]
fn bash_completes_commands_and_options() {
    let script = temporary("completion.bash");
    std::fs::write(&script, answer(&["completions", "bash"]).1).unwrap();
    let completed = |words: &str, at: usize, current: &str, previous: &str| {
        let line = format!(
            "set -e; source '{}'; COMP_WORDS=({words}); COMP_CWORD={at}; \
             _https__audit https-audit '{current}' '{previous}'; printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            script.display()
        );
        let output = Command::new("bash").args(["--norc", "-c", &line]).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(completed("https-audit aud", 1, "aud", "https-audit"), "audit\n");
    assert_eq!(completed("https-audit audit --fail-on-n", 2, "--fail-on-n", "audit"), "--fail-on-new\n");
    assert_eq!(completed("https-audit audit --format gith", 3, "gith", "--format"), "github\n");
    std::fs::remove_file(&script).unwrap();
    for shell in ["zsh", "fish", "powershell", "elvish"] {
        assert!(answer(&["completions", shell]).1.contains("fail-on-new"), "{shell}");
    }
    assert!(refusal(&["completions", "bash", "--format", "json"]).contains("--format"));
}

#[test]
fn every_command_has_a_man_page() {
    let folder = temporary("man");
    std::fs::create_dir_all(&folder).unwrap();
    let (status, text) = answer(&["man", "--directory", folder.to_str().unwrap()]);
    assert_eq!((status, &*text), (0, ""));
    let help = answer(&["--help"]).1;
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let names: Vec<&str> = commands.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"audit") && names.contains(&"man"), "{help}");
    for name in &names {
        let page = std::fs::read_to_string(folder.join(format!("https-audit-{name}.1"))).unwrap();
        assert_eq!(answer(&["man", name]).1, page);
        assert!(page.contains(".SH OPTIONS") && page.contains("\\-\\-format"), "{page}");
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), names.len() + 1);
    assert_eq!(std::fs::read_to_string(folder.join("https-audit.1")).unwrap(), answer(&["man"]).1);
    std::fs::remove_dir_all(&folder).unwrap();
    assert!(refusal(&["man", "nonsense"]).contains("nonsense"));
}
