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
fn thresholds_and_software_are_chosen() {
    let heads = b"HTTP/1.1 200 OK\nStrict-Transport-Security: max-age=16000000\n\n";
    let audit = |chosen: &[&str]| {
        let args =
            ["audit", "-", "--url", "https://shop-demo.com/", "--now", "2026-11-26T00:00:00Z", "--format"];
        let output = run(&[&args[..], &["json", "--fail-on", "never"], chosen].concat(), heads);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let year = |report: &Value| {
        let findings = report["findings"].as_array().unwrap();
        let found = findings.iter().find(|finding| finding["check"] == "hsts.max-age.below-one-year");
        found.map(|finding| finding["severity"].as_str().unwrap().to_owned())
    };
    let own = audit(&[]);
    assert_eq!((year(&own).as_deref(), &own["facts"]["profile"]), (Some("note"), &Value::Null));
    assert_eq!(own, audit(&["--profile", "default"]));
    let owasp = audit(&["--profile", "owasp", "--software", "caddy"]);
    assert_eq!((year(&owasp).as_deref(), &owasp["facts"]["profile"]), (Some("warning"), &json!("owasp")));
    assert_eq!(owasp["facts"]["chosen_software"], "caddy");
    for profile in ["mozilla", "browsers"] {
        assert_eq!(year(&audit(&["--profile", profile])), None, "{profile}");
    }
    assert!(refusal(&["audit", "-", "--profile", "nobody"], heads).contains("nobody"));
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
fn what_may_be_a_nameless_cookie_is_not_told_in_text() {
    for field in ["geheim", "geheim; Secure", "=geheim"] {
        let output = run(&["cookie", "--url", "https://a.test/", "--fail-on", "never", field], b"");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("Chromium  stores \"\" (6 octets)") && !text.contains("geheim"), "{text}");
    }
    let output = run(&["cookie", "--url", "https://a.test/", "--fail-on", "never", "theme=dark"], b"");
    assert!(String::from_utf8(output.stdout).unwrap().contains("Firefox   stores \"theme\" (4 octets)"));
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
        (&["hsts", "-"], b"\"max-age=1\"\nmax-age=1\n", "-:2: not JSON: expected value, at column 1"),
        (&["hsts", "-"], b"\"max-age=1\"\n{}\n", "-:2: neither a string"),
        (&["hsts", "-"], "\"€\"\n".as_bytes(), "-:1: the character at byte 0"),
        (&["hsts", "-"], b"\"a\xff\"\n", "-:1: not JSON"),
        (&["cookie", "-"], b"\"a=b\"\n", "-:1: a string needs --url"),
        (&["cookie", "-"], br#"{"url": "ftp://a/", "set_cookie": "a=b"}"#, "-:1: not an http or https URL"),
        (&["cookie", "-"], br#"{"url": "https://a/"}"#, "-:1: the object has no set_cookie"),
        (&["cookie", "a=b"], b"", "--url"),
        (&["cookie", "--url", "a", "a=b"], b"", "--url: a URL begins with its scheme: write https://a/ or"),
        (
            &["audit", "--url", "a.test", "-"],
            b"HTTP/1.1 200 OK\n\n",
            "--url: a URL begins with its scheme: write https://a.test/ or",
        ),
        (&["audit", "-"], b"", "-: it is empty"),
        (&["live", "ftp://u:geheim@a.test"], b"", "URL: not an http or https URL, but ftp"),
        (&["live", "a.test", "ftp://u:geheim@a.test", "b.test"], b"", "URL 2 of 3: not an http or https URL"),
        (&["preload", "-"], b"1\n", "-:1: not a string"),
        (&["hsts"], b"", "<FIELD>..."),
        (&["hsts", "-", "-"], b"", "-: standard input is named 2 times"),
        (&[], b"", "subcommand"),
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
fn too_much_is_refused_and_not_held() {
    let mut line = b"\"max-age=1\"\n\"".to_vec();
    line.resize(65 << 20, b'a');
    for command in ["hsts", "cookie", "preload"] {
        let args = [command, "-", "--url", "https://a.test/"];
        let args = if command == "cookie" { &args[..] } else { &args[..2] };
        let long =
            if command == "preload" { [b"\"a.test\"\n\"", &line[13..]].concat() } else { line.clone() };
        assert!(refusal(args, &long).contains("-:2: the line is longer than 64 MB"), "{command}");
    }
    let file = std::env::temp_dir().join(format!("https-audit-large-{}", std::process::id()));
    std::fs::File::create(&file).unwrap().set_len((256 << 20) + 1).unwrap();
    let (large, small) = (file.to_str().unwrap(), fixture("weak-session-cookie.json"));
    for args in [
        &["compare", &small, large][..],
        &["compare", "--baseline", large, &small, &small],
        &["audit", "--baseline", large, &small],
        &["scan", "--urls", large],
        &["live", "--cacert", large, "https://127.0.0.1:1/"],
    ] {
        assert!(refusal(args, b"").contains(&format!("{large}: it is larger than 256 MB")), "{args:?}");
    }
    std::fs::remove_file(&file).unwrap();
}

#[test]
fn an_empty_line_is_no_json_and_an_empty_input_has_no_lines() {
    assert_eq!(lines(&run(&["hsts", "-"], b"\n")), Vec::<Value>::new());
    assert!(refusal(&["hsts", "-"], b"\n\n").contains("-:1: not JSON"));
    assert!(refusal(&["hsts", "-"], b"[]\n\n[]\n").contains("-:2: not JSON"));
}

#[test]
fn no_message_and_no_answer_repeats_a_secret() {
    for (args, input) in [
        (&["cookie", "--url", "https://user:hunter2@/", "a=b"][..], &b""[..]),
        (&["cookie", "-"], br#"{"url": "https://user:hunter2@a b/", "set_cookie": "a=b"}"#),
    ] {
        assert!(!refusal(args, input).contains("hunter2"), "{args:?}");
    }
    let url = "https://user:hunter2@a.test/?q#hunter2";
    for format in ["text", "json"] {
        let output =
            run(&["cookie", "--url", url, "--format", format, "--fail-on", "never", "a=hunter2"], b"");
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("https://a.test/?q") && !text.contains("hunter2"), "{text}");
    }
}

#[test]
fn what_is_quoted_makes_no_lines_and_steers_no_terminal() {
    let output = run(&["hsts", "max-age=1\n  Chromium         in force"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().filter(|line| line.starts_with("  Chromium")).count(), 1, "{text}");
    let url = format!("https://{}[31m/", '\u{1b}');
    assert!(!refusal(&["cookie", "--url", &url, "a=b"], b"").contains('\u{1b}'));
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

fn fixture(name: &str) -> String {
    format!("{}/../../tests/fixtures/evidence/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Status and standard output, with nothing on standard error.
fn answer(args: &[&str], input: &[u8]) -> (i32, String) {
    let output = run(args, input);
    assert!(output.stderr.is_empty(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn the_exit_status_of_an_audit_tells_the_worst_finding() {
    for (name, worst, statuses) in [
        ("not-watched.json", "nothing", [0, 0, 0, 0]),
        ("two-sites.json", "a warning", [0, 1, 1, 0]),
        ("weak-session-cookie.json", "an error", [1, 1, 1, 0]),
    ] {
        let file = fixture(name);
        let found = ["error", "warning", "note", "never"].map(|fail_on| {
            let (status, text) = answer(&["audit", &file, "--fail-on", fail_on], b"");
            assert!(text.contains("HSTS preload"), "{name}: {text}");
            status
        });
        assert_eq!(found, statuses, "{name} holds {worst}; --fail-on error, warning, note, never");
        assert_eq!(answer(&["audit", &file], b"").0, statuses[0], "{name}: error is the default");
    }
}

#[test]
fn an_audit_reads_response_heads_from_standard_input() {
    let heads = std::fs::read(fixture("hsts-missing.txt")).unwrap();
    let now = ["--now", "2026-11-22T12:00:00Z", "--format", "json"];
    let named = [&["audit", "-", "--url", "http://shop-demo.com/"][..], &now].concat();
    let (status, text) = answer(&named, &heads);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, 1);
    assert_eq!(report["schema"], "https-audit/report@1");
    assert_eq!(report["generated_at"], "2026-11-22T12:00:00Z");
    assert_eq!(report["site"]["url"], "https://shop-demo.com/");
    assert_eq!(report["findings"][0]["check"], "hsts.field.missing");
    let unnamed = [&["audit", "--url", "http://shop-demo.com/"][..], &now].concat();
    assert_eq!(answer(&unnamed, &heads), (status, text), "standard input is the default, same bytes again");
    let message = refusal(&["audit", "-"], &heads);
    assert!(message.contains("-:1:1:") && message.contains("--url"), "{message}");
}

#[test]
fn an_audit_of_several_inputs_is_one_file_and_the_worst_counts() {
    let files = [fixture("preloaded.json"), fixture("weak-session-cookie.json")];
    let (status, text) = answer(&["audit", &files[0], &files[1], "--format", "json"], b"");
    let many: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(status, 1);
    assert_eq!(many["schema"], "https-audit/reports@1");
    let hosts: Vec<_> = many["reports"].as_array().unwrap().iter().map(|r| &r["site"]["host"]).collect();
    assert_eq!(hosts, ["hstspreload.org", "shop-demo.com"]);
}

#[test]
fn a_truncated_evidence_file_is_refused_with_its_place() {
    let whole = std::fs::read(fixture("preloaded.json")).unwrap();
    let half = &whole[..whole.len() / 2];
    let lines = || half.split(|&octet| octet == b'\n');
    let (line, column) = (lines().count(), lines().next_back().unwrap().len());
    let file = std::env::temp_dir().join(format!("https-audit-half-{}.json", std::process::id()));
    std::fs::write(&file, half).unwrap();
    let message = refusal(&["audit", file.to_str().unwrap()], b"");
    std::fs::remove_file(&file).unwrap();
    let place = format!("{}:{line}:{column}: the file is cut off", file.display());
    assert!(message.contains(&place), "{message} has not {place}");
    // A sound input before it changes nothing: all or nothing.
    let message = refusal(&["audit", &fixture("preloaded.json"), "-"], half);
    assert!(message.contains(&format!("-:{line}:{column}: ")), "{message}");
}

#[test]
fn checks_are_listed_and_shown() {
    let (status, text) = answer(&["checks"], b"");
    let ids: Vec<&str> = text.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(status, 0);
    assert!(ids.is_sorted() && ids.len() > 60, "{text}");
    let (_, text) = answer(&["checks", "--format", "json"], b"");
    let entries: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!(entries.iter().map(|entry| entry["id"].as_str().unwrap()).collect::<Vec<_>>(), ids);
    assert!(entries.iter().all(|entry| entry.get("page").is_none()));

    let (status, page) = answer(&["checks", "hsts.field.missing"], b"");
    assert_eq!(status, 0);
    assert!(
        page.starts_with("# No Strict-Transport-Security field\n\n`hsts.field.missing`: error, "),
        "{page}"
    );
    for heading in ["# What is wrong", "# Why it matters", "# How to fix", "# References\n\n- "] {
        assert!(page.contains(heading), "{page}");
    }
    let (_, text) = answer(&["checks", "hsts.field.missing", "--format", "json"], b"");
    let entry: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&entry["severity"], &entry["page"]), (&json!("error"), &json!(page)));

    // Those of a review too.
    for (id, title, holds) in [
        ("settings.secret-key.hard-coded", "`SECRET_KEY` stands in the code", "SECRET_KEY = os.environ"),
        ("nginx.hsts.missing", "No HSTS over https", "- Django's check --deploy: security.W004\n"),
    ] {
        let (status, page) = answer(&["checks", id], b"");
        assert_eq!((status, page.starts_with(&format!("# {title}\n\n`{id}`: error"))), (0, true), "{page}");
        assert!(ids.contains(&id) && page.contains(holds), "{page}");
        let (_, text) = answer(&["checks", id, "--format", "json"], b"");
        let entry: Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&entry["id"], &entry["page"], entry.get("since")), (&json!(id), &json!(page), None));
        assert_eq!(entry["area"], id.split('.').next().unwrap());
    }

    // The page of the documentation is the same.
    let written = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/checks/hsts.field.missing.md");
    assert_eq!(std::fs::read_to_string(written).unwrap(), page);

    let (_, text) = answer(&["checks", "--by-tool", "zap"], b"");
    assert!(
        text.contains("10011 (Cookie Without Secure Flag): cookie.reach.clear-text, cookie.secure.missing\n"),
        "{text}"
    );
    let message = refusal(&["checks", "--by-tool", "nonsense"], b"");
    assert!(message.contains("nonsense: no tool of this name; there are zap, observatory, "), "{message}");

    let message = refusal(&["checks", "nonsense"], b"");
    assert!(message.contains("nonsense: no check of this id"), "{message}");
}

#[test]
fn no_json_holds_what_steers_a_terminal() {
    let heads =
        "HTTP/1.1 200 OK\nServer: ngi\u{202e}nx\u{7f}/1.2.3\nSet-Cookie: se\u{202e}ss=x\n\n".as_bytes();
    let json = ["--format", "json", "--fail-on", "never"];
    let (status, report) = answer(&[&["audit", "-", "--url", "https://a.test/"][..], &json].concat(), heads);
    assert_eq!(status, 0);
    let file = std::env::temp_dir().join(format!("https-audit-{}-steers.json", std::process::id()));
    std::fs::write(&file, &report).unwrap();
    let file = file.to_str().unwrap();
    let (_, compared) = answer(&[&["compare", file, file][..], &json].concat(), b"");
    let (_, cookie) =
        answer(&[&["cookie", "--url", "https://a.test/", "a\u{202e}\u{7f}=b"][..], &json].concat(), b"");
    let (_, line) =
        answer(&["cookie", "--url", "https://a.test/", "-"], b"\"a\\u00e2\\u0080\\u00ae\\u007f=b\"\n");
    std::fs::remove_file(file).unwrap();
    for (text, holds) in
        [(&report, "\\u202e"), (&compared, "\\u0080"), (&cookie, "\\u007f"), (&line, "\\u007f")]
    {
        assert!(!text.contains(|c| c != '\n' && https_audit_core::text::steers(c)), "{text}");
        assert!(text.contains(holds) && !text.contains('\u{fffd}'), "{text}");
        assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
    }
}
