//! `https-audit scan --urls`: addresses whose servers answer nothing of use.

use std::fs;
use std::io::Read as _;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::thread;

use serde_json::Value;

/// The port of a server that takes connections and closes them without a word, as long as the test runs.
fn silent() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // What was asked is read first: else the system may answer with a reset.
            let _ = stream.map(|mut stream| stream.read(&mut [0; 4096]));
        }
    });
    port
}

#[test]
fn a_site_that_nobody_saw_was_not_audited() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scan-urls");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("list"), "http://silent.test/\n").expect("a file");
    let port = silent();
    let output = Command::new(env!("CARGO_BIN_EXE_https-audit"))
        .current_dir(&folder)
        .args(["scan", "--urls", "list", "--summary", "summary.json", "--now", "2026-11-26T00:00:00Z"])
        .args(["--connect-to", &format!("::127.0.0.1:{port}"), "--timeout", "5"])
        .output()
        .expect("the command runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let line: Value = serde_json::from_str(&lines).expect("one line");
    let why = line["error"].as_str().unwrap_or_default();
    assert!(why.starts_with("http://silent.test/: no page was seen: silent.test:80 closed"), "{lines}");
    assert_eq!((&line["input"], &line["line"], &line["site"]), (&"list".into(), &1.into(), &Value::Null));
    assert!(told.contains("list:1: http://silent.test/: no page was seen"), "{told}");
    let summary: Value =
        serde_json::from_slice(&fs::read(folder.join("summary.json")).expect("written")).expect("JSON");
    assert_eq!((&summary["sites"], &summary["unreadable"]), (&0.into(), &1.into()), "{summary}");
}
