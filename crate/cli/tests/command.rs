//! The command as scripts use it: what goes in, what comes out, how it ends.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn run(args: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_https-audit"))
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that needs no input may end before it is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert!(text.is_ascii(), "no character may be taken for a line end");
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Status 2, nothing on standard output, one line on standard error.
fn refusal(args: &[&str], input: &[u8]) -> String {
    let output = run(args, input);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.matches('\n').count(), 1, "{message}");
    message
}

#[test]
fn hsts_of_the_contract() {
    let field = "max-age=31536000; includeSubDomains; preload";
    let stored = json!({"in_force": true, "max_age": 31_536_000, "include_subdomains": true});
    let expected = json!({
        "field": field,
        "policy": {"max_age": 31_536_000, "include_subdomains": true, "preload": true},
        "browsers": {"chromium": stored, "firefox": stored},
        "preloadable": {"errors": [], "warnings": []},
        "removable": {"errors": ["header.removable.contains.preload"], "warnings": []},
    });
    assert_eq!(lines(&run(&["hsts", "--format", "json", field], b"")), [expected]);
}

#[test]
fn hsts_lines() {
    let input = b"\"max-age=1\"\n[\"max-age=0\",\"max-age=1\"]\n[]\n\"a=\\\"\\u00e9\\u0085\\\"\"\n";
    let answers = lines(&run(&["hsts", "-"], input));
    let absent = json!({"in_force": false, "max_age": null, "include_subdomains": false});
    assert_eq!(answers[0]["browsers"]["firefox"]["max_age"], 1);
    assert_eq!(answers[1]["browsers"]["chromium"], absent);
    assert_eq!(answers[1]["preloadable"]["errors"], json!(["response.multiple_headers"]));
    assert_eq!(answers[2]["removable"]["errors"], json!(["response.no_header"]));
    assert_eq!(answers[3]["field"], "a=\"\u{e9}\u{85}\"");
    assert_eq!(lines(&run(&["hsts", "-"], b"")), Vec::<Value>::new());
}

#[test]
fn cookie_of_the_contract() {
    let field =
        "sessionid=0123456789abcdef0123456789abcdef; HttpOnly; Path=/; Secure; SameSite=Lax; Max-Age=1209600";
    let args = ["cookie", "--url", "https://EXAMPLE.com", "--format", "json", field];
    let [answer]: [Value; 1] = lines(&run(&args, b"")).try_into().unwrap();
    let verdict = json!({"accepted": true, "rejection": null, "cookie": {
        "name": "sessionid", "value_length": 32, "domain": "example.com", "host_only": true, "path": "/",
        "secure": true, "http_only": true, "same_site": "lax", "partitioned": false, "session": false,
        "expires_in": 1_209_600}});
    assert_eq!(answer["browsers"], json!({"chromium": verdict, "firefox": verdict}));
    assert_eq!(answer["url"], "https://example.com/");
    assert_eq!(answer["set_cookie"], "sessionid=…; HttpOnly; Path=/; Secure; SameSite=Lax; Max-Age=1209600");
}

#[test]
fn now_fixes_the_clock() {
    let input = b"\"a=b; Expires=Sun, 22 Nov 2026 12:01:00 GMT\"\n";
    let args = ["cookie", "--url", "https://a.test/", "-", "--now", "2026-11-22T13:00:00+01:00"];
    let answers = lines(&run(&args, input));
    assert_eq!(answers[0]["browsers"]["chromium"]["cookie"]["expires_in"], 60);
}

#[test]
fn cookie_lines() {
    let input = br#"{"url": "https://a.co.uk/", "set_cookie": "a=b; Domain=co.uk"}
{"url": "http://a.test/", "set_cookie": "a=b; Secure"}
"v"
"#;
    let answers = lines(&run(&["cookie", "--url", "https://a.test/", "-"], input));
    assert_eq!(answers[0]["browsers"]["chromium"]["rejection"], "domain-public-suffix");
    assert_eq!(answers[1]["browsers"]["firefox"]["rejection"], "secure-over-http");
    assert_eq!(answers[2]["browsers"]["firefox"]["cookie"]["name"], "v");
    assert_eq!(answers[2]["set_cookie"], "…");
}

#[test]
fn the_exit_status_tells_the_worst_cookie() {
    let status = |lines: &[u8], fail_on: &str| {
        let output = run(&["cookie", "--url", "https://a.test/", "--fail-on", fail_on, "-"], lines);
        assert!(!output.stdout.is_empty());
        output.status.code().unwrap()
    };
    let (sign_in, theme) = (&b"\"sessionid=1\"\n\"a=b; Secure\"\n"[..], &b"\"theme=1\"\n"[..]);
    assert_eq!(["error", "warning", "never"].map(|fail_on| status(sign_in, fail_on)), [1, 1, 0]);
    assert_eq!(["error", "warning", "never"].map(|fail_on| status(theme, fail_on)), [0, 1, 0]);
}

#[test]
fn preload_lines() {
    let answers = lines(&run(&["preload", "-"], b"\"www.example.dev\"\n\"not-listed.test\"\n"));
    assert_eq!(answers[0]["domain"], "www.example.dev");
    assert_eq!(answers[0]["chromium"]["entry"], "dev");
    assert_eq!(answers[1]["firefox"]["listed"], false);
}

#[test]
fn bad_input_names_file_and_line() {
    let rows: &[(&[&str], &[u8], &str)] = &[
        (&["hsts", "-"], b"\"max-age=1\"\nmax-age=1\n", "-:2: not JSON"),
        (&["hsts", "-"], b"\"max-age=1\"\n{}\n", "-:2: neither a string"),
        (&["hsts", "-"], "\"€\"\n".as_bytes(), "-:1: the character at byte 0"),
        (&["hsts", "-"], b"\"a\xff\"\n", "-:1: not JSON"),
        (&["cookie", "-"], b"\"a=b\"\n", "-:1: a string needs --url"),
        (&["cookie", "-"], br#"{"url": "ftp://a/", "set_cookie": "a=b"}"#, "-:1: not an http or https URL"),
        (&["cookie", "-"], br#"{"url": "https://a/"}"#, "-:1: the object has no set_cookie"),
        (&["cookie", "a=b"], b"", "--url"),
        (&["cookie", "--url", "a", "a=b"], b"", "--url: not a URL"),
        (&["preload", "-"], b"1\n", "-:1: not a string"),
        (&["hsts"], b"", "<FIELD>..."),
        (&["hsts", "--now", "yesterday", "a"], b"", "--now"),
        (&["nonsense"], b"", "nonsense"),
        (&["audit", "/no/such/file"], b"", "/no/such/file"),
    ];
    for (args, input, place) in rows {
        let message = refusal(args, input);
        assert!(message.contains(place), "{args:?}: {message}");
    }
}

#[test]
fn redirects_to_hosts_outside_ascii_are_followed() {
    let heads = "HTTP/1.1 301 M\r\nLocation: https://münchen.de/\r\n\r\nHTTP/2 200\r\n\r\n";
    let args = ["audit", "-", "--url", "http://münchen.de/", "--format", "json", "--fail-on", "never"];
    let output = run(&args, heads.as_bytes());
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["site"]["url"], "https://xn--mnchen-3ya.de/");
}

#[test]
fn text_is_for_people() {
    let output = run(&["hsts", "max-age=1, includeSubDomains"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("void: a comma separates nothing"), "{text}");
    assert!(text.contains("error header.parse.max_age.non_digit_characters"), "{text}");
    let output = run(&["cookie", "--url", "https://a.test/", "sid=s3cret; Secure"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("stores \"sid\"") && !text.contains("s3cret"), "{text}");
}

#[test]
fn a_file_takes_the_output() {
    let file = std::env::temp_dir().join(format!("https-audit-test-{}", std::process::id()));
    let output = run(&["hsts", "--format", "json", "-o", file.to_str().unwrap(), "max-age=1"], b"");
    assert!(output.stdout.is_empty());
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::remove_file(&file).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&text).unwrap()["policy"]["max_age"], 1);
}
