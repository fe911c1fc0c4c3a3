//! `https-audit preload` against the source lists.
//!
//! The look-up itself is tested with every entry beside it, in the core; here a tenth of them goes through
//! the command, one long stream of lines.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn preload(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_https-audit"))
        .arg("preload")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // All input is read before anything is written, so this can not block both sides.
    child.stdin.take().expect("piped").write_all(input.as_bytes()).expect("the command reads");
    child.wait_with_output().expect("the command ends")
}

/// A source list as a map from entry to includeSubDomains.
fn source(gzip: &[u8]) -> BTreeMap<String, bool> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(gzip).read_to_string(&mut text).expect("a committed source is whole");
    let entry = |line: &str| line.split_once(',').map(|(host, flag)| (host.to_owned(), flag == "1"));
    text.lines().filter(|line| !line.starts_with('#')).filter_map(entry).collect()
}

/// What the browser decides by, as both were asked on 2026-11-22: Chromium's most specific entry alone
/// counts, Firefox goes on to the parents where an entry does not cover the name.
fn expected(list: &BTreeMap<String, bool>, name: &str, chromium: bool) -> Value {
    let upwards = std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, above)| above));
    for above in upwards {
        match list.get(above) {
            Some(include) if *include || above == name => {
                return json!({"listed": true, "entry": above, "include_subdomains": include});
            }
            Some(_) if chromium => break,
            _ => {}
        }
    }
    json!({"listed": false, "entry": null, "include_subdomains": false})
}

#[test]
fn entries_names_below_them_and_others() {
    let chromium = source(include_bytes!("../../xtask/lists/preload-chromium.csv.gz"));
    let firefox = source(include_bytes!("../../xtask/lists/preload-firefox.csv.gz"));
    let mut names: Vec<String> = chromium.keys().chain(firefox.keys()).cloned().collect();
    names.sort();
    names.dedup();
    assert!(names.len() > 131_000);
    let mut names: Vec<String> = names.into_iter().step_by(10).collect();
    let below: Vec<String> = names.iter().map(|name| format!("x.{name}")).collect();
    names.extend(below);
    // Entries with a letter changed, so that they sort among the entries.
    let unlisted: Vec<String> = chromium
        .keys()
        .step_by(70)
        .map(|name| format!("{}q{}", &name[..1], &name[1..]))
        .filter(|name| !chromium.contains_key(name) && !firefox.contains_key(name))
        .take(1_000)
        .collect();
    assert_eq!(unlisted.len(), 1_000);
    names.extend(unlisted);

    let input = names.iter().map(|name| json!(name).to_string()).collect::<Vec<_>>().join("\n");
    let output = preload(&["-"], &input);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(answers.lines().count(), names.len());
    for (name, answer) in names.iter().zip(answers.lines()) {
        let answer: Value = serde_json::from_str(answer).expect("JSON");
        let with_list = |mut expected: Value, list: &str| {
            expected["list"] = json!(list);
            expected
        };
        assert_eq!(
            answer,
            json!({
                "domain": name,
                "chromium": with_list(expected(&chromium, name, true), "chromium 156, 2026-11"),
                "firefox": with_list(expected(&firefox, name, false), "firefox 153, 2026-11"),
            })
        );
    }
}

#[test]
fn where_the_browsers_differ() {
    for (name, in_chromium, in_firefox) in [
        ("x.www.figma.com", Value::Null, json!("www.figma.com")),
        ("x.k85.app", json!("app"), json!("app")),
        ("k85.app", json!("app"), json!("k85.app")),
    ] {
        let output = preload(&["--format", "json", name], "");
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(answer["chromium"]["entry"], in_chromium, "{name} in Chromium");
        assert_eq!(answer["firefox"]["entry"], in_firefox, "{name} in Firefox");
    }
}

#[test]
fn names_are_brought_into_the_form_of_the_lists() {
    let output = preload(&["--format", "json", "WWW.Example.DEV.", "BÜCHER.app"], "");
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let domains: Vec<Value> = answers
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("JSON")["domain"].take())
        .collect();
    assert_eq!(domains, [json!("www.example.dev"), json!("xn--bcher-kva.app")]);
}

#[test]
fn text_names_the_entry_and_the_list() {
    let output = preload(&["www.example.dev"], "");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(text.starts_with("www.example.dev\n"), "{text}");
    for line in ["Chromium  listed by the entry dev, with sub-domains (chromium 156, 2026-11)", "Firefox"] {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn a_bad_line_is_refused_with_its_number() {
    for (input, place) in [
        ("\"a.example\"\n\"a..example\"\n", "-:2: not a domain name"),
        ("\"a.example\"\n\n", "-:2: not JSON"),
        ("\"https://a.example/\"\n", "-:1: a URL"),
        ("[\"a.example\"]\n", "-:1: not a string"),
    ] {
        let output = preload(&["-"], input);
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), &b""[..]), "{message}");
        assert!(message.contains(place) && message.matches('\n').count() == 1, "{message}");
    }
}

#[test]
fn no_message_repeats_a_password() {
    for domain in
        ["https://user:PASSWORD@a.example/", "user:PASSWORD@a..example", "user:PASSWORD@ä b.example"]
    {
        let output = preload(&[domain], "");
        let message = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!((output.status.code(), message.contains("PASSWORD")), (Some(2), false), "{message}");
    }
}
