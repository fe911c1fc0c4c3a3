//! `--format` of the command: which formats it has, where they go, what is refused.

use std::process::{Command, Output};

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_https-audit")).args(args).output().unwrap()
}

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/evidence/{name}", env!("CARGO_MANIFEST_DIR"))
}

const NOW: &str = "2026-11-26T00:00:00Z";

#[test]
fn an_audit_is_written_in_every_format() {
    for (format, begins, ending) in [
        ("text", "https://shop-demo.com/account\n", ""),
        ("json", "{\n  \"schema\": \"https-audit/report@1\"", ""),
        ("sarif", "{\n  \"$schema\": ", "sarif"),
        ("junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites ", "xml"),
        ("markdown", "# HTTPS Audit: `shop-demo.com`\n", "md"),
        ("csv", "\"site\",\"check\",\"severity\",", "csv"),
    ] {
        let args = ["audit", &fixture("weak-session-cookie.json"), "--now", NOW, "--format", format];
        let output = run(&args);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{format}: the fixture has an error");
        assert!(text.starts_with(begins) && output.stderr.is_empty(), "{format}: {text}");
        if !ending.is_empty() {
            let golden = format!(
                "{}/../../tests/exports/golden/weak-session-cookie.{ending}",
                env!("CARGO_MANIFEST_DIR")
            );
            assert_eq!(text, std::fs::read_to_string(golden).unwrap(), "{format}");
        }

        let file = std::env::temp_dir().join(format!("https-audit-{}.{format}", std::process::id()));
        let output = run(&[&args[..], &["-o", file.to_str().unwrap()]].concat());
        let written = std::fs::read_to_string(&file).unwrap();
        std::fs::remove_file(&file).unwrap();
        assert_eq!((output.status.code(), written), (Some(1), text), "{format}");
        assert!(output.stdout.is_empty(), "{format}");
    }
}

#[test]
fn several_reports_are_one_file() {
    let (one, two) = (fixture("preloaded.json"), fixture("two-sites.json"));
    for (format, mark, times) in [
        ("sarif", "\"driver\": {", 3),
        ("junit", "<testsuite name=", 3),
        ("markdown", "\n# HTTPS Audit: ", 2),
        ("csv", "\"site\",\"check\",", 1),
    ] {
        let output = run(&["audit", &one, &two, "--now", NOW, "--format", format, "--fail-on", "never"]);
        let text = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), text.matches(mark).count()), (Some(0), times), "{format}");
    }
}

#[test]
fn a_format_that_a_command_has_not_is_refused() {
    for (command, rest) in [
        ("hsts", &["max-age=1"][..]),
        ("cookie", &["--url", "https://a.test/", "a=b"]),
        ("preload", &["example.dev"]),
        ("checks", &[]),
    ] {
        for format in ["html", "sarif", "junit", "markdown", "csv"] {
            let output = run(&[&[command, "--format", format], rest].concat());
            let message = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{command} as {format}");
            assert!(output.stdout.is_empty(), "{command} as {format}");
            assert_eq!(
                message,
                format!(
                    "https-audit: --format: {format} is for `audit` and `live`; `{command}` has text and json\n"
                )
            );
        }
    }
    let output = run(&["audit", "--format", "pdf"]);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), message.matches('\n').count()), (Some(2), 1), "{message}");
    assert!(message.contains("pdf"), "{message}");
}
