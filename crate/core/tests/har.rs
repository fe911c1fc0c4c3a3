//! HAR files: what each writer's dialect is taken for, and what broken ones are told.

use std::io::{self, Read};

use https_audit_core::audit;
use https_audit_core::evidence::{Evidence, Observed, Reason, RedirectCause, ResourceKind};
use https_audit_core::field::{Engine, location};
use https_audit_core::import::{Unreadable, read_har};
use https_audit_core::knowledge::embedded;
use serde_json::{Value, json};

const CHROMIUM: &[u8] = include_bytes!("../../../tests/fixtures/har/chromium-weak-cookies.har");
const FIREFOX: &[u8] = include_bytes!("../../../tests/fixtures/har/firefox-mixed.har");

fn read(octets: &[u8]) -> Result<Evidence, Unreadable> {
    read_har(octets, &location::target)
}

fn read_json(har: &Value) -> Evidence {
    read(har.to_string().as_bytes()).expect("a HAR file")
}

/// An entry; `more` is put over it.
fn entry(url: &str, status: i64, headers: &[(&str, &str)], more: &Value) -> Value {
    let headers: Vec<Value> =
        headers.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
    let mut entry = json!({
        "startedDateTime": "2026-11-29T20:00:00.250+01:00",
        "request": {"method": "GET", "url": url, "headers": []},
        "response": {"status": status, "headers": headers, "content": {"mimeType": "text/html"}},
    });
    merge(&mut entry, more);
    entry
}

fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from.clone(),
    }
}

fn har(creator: &str, pages: &Value, entries: &[Value]) -> Value {
    json!({"log": {"version": "1.2", "creator": {"name": creator, "version": "1"}, "pages": pages, "entries": entries}})
}

#[test]
fn chromium_s_own_file() {
    let evidence = read(CHROMIUM).expect("Chromium's file");
    let browser = evidence.recorder.browser.as_ref().expect("a browser's");
    assert_eq!(browser.engine, Engine::Chromium);
    let [visit] = evidence.visits.as_slice() else { panic!("one page: {}", evidence.visits.len()) };
    assert_eq!(visit.url, "https://weak-cookies-demo.org/");
    let kinds: Vec<ResourceKind> = visit.exchanges.iter().map(|exchange| exchange.kind).collect();
    assert_eq!(kinds, [ResourceKind::MainFrame, ResourceKind::MainFrame, ResourceKind::Image]);
    let Observed::Seen(page) = &visit.exchanges[1].response else { panic!("seen") };
    let cookies: Vec<&[u8]> = page.values("set-cookie").collect();
    assert_eq!(cookies.len(), 8);
    assert!(cookies[0].starts_with(b"sessionid=xxxx"), "its value is masked");
    assert_eq!(visit.exchanges[1].address.as_deref(), Some("127.0.0.1"));
    assert_eq!(evidence.recording, None);
}

#[test]
fn firefox_s_own_file() {
    let evidence = read(FIREFOX).expect("Firefox's file");
    assert_eq!(evidence.engine(), Engine::Firefox);
    let visit = evidence.visits.last().expect("a page");
    assert_eq!(visit.url, "https://mixed-demo.org/");
    let Observed::Seen(connection) = &visit.exchanges[1].connection else { panic!("stated") };
    assert!(connection.stated);
    let insecure = visit.exchanges.iter().filter(|exchange| exchange.url.scheme() == "http");
    assert!(insecure.count() >= 2, "the redirect and what it loads over http");
}

#[test]
fn the_browser_s_own_redirect_hides_the_server_s() {
    let hsts =
        json!({"response": {"redirectURL": "https://a.test/"}, "_resourceType": "document", "pageref": "p"});
    let entries = [
        entry(
            "http://a.test/",
            307,
            &[("Location", "https://a.test/"), ("Non-Authoritative-Reason", "HSTS")],
            &hsts,
        ),
        entry("https://a.test/", 200, &[], &json!({"_resourceType": "document", "pageref": "p"})),
    ];
    let evidence = read_json(&har("WebInspector", &json!([]), &entries));
    let [hop, _] = evidence.visits[0].exchanges.as_slice() else { panic!("two hops") };
    assert_eq!(hop.response, Observed::Unseen(Reason::HiddenByHsts));
    assert_eq!(hop.redirect.as_ref().map(|redirect| redirect.cause), Some(RedirectCause::Hsts));
}

#[test]
fn one_page_of_playwright_s_is_a_tab() {
    let of = |url: &str, frame: &str| {
        entry(
            url,
            200,
            &[],
            &json!({"pageref": "page@1", "_frameref": frame, "_securityDetails": {"protocol": "TLS 1.3"}}),
        )
    };
    let entries = [
        of("https://a.test/", "f1"),
        of("https://ads.test/frame", "f2"),
        of("https://a.test/next", "f1"),
        of("https://b.test/", "f1"),
    ];
    let mut file = har("Playwright", &json!([{"id": "page@1", "title": "a"}]), &entries);
    merge(&mut file, &json!({"log": {"browser": {"name": "chromium", "version": "156"}}}));
    let evidence = read_json(&file);
    let urls: Vec<&str> = evidence.visits.iter().map(|visit| visit.url.as_str()).collect();
    assert_eq!(urls, ["https://a.test/", "https://a.test/next", "https://b.test/"]);
    assert_eq!(evidence.visits[0].exchanges[1].kind, ResourceKind::SubFrame);
    let Observed::Seen(connection) = &evidence.visits[0].exchanges[0].connection else { panic!("seen") };
    assert_eq!(connection.protocol, Observed::Seen("TLS 1.3".to_owned()));
    assert!(evidence.recording.is_some_and(|recording| recording.of_any_site));
}

#[test]
fn a_proxy_s_file_has_no_pages_and_no_word_on_connections() {
    let asks = |accept: &str, referrer: &str| json!({"request": {"headers": [{"name": "Accept", "value": accept}, {"name": "Referer", "value": referrer}]}});
    let part = json!({"response": {"content": {"mimeType": "text/css"}}, "serverIPAddress": "[2001:DB8::7]"});
    let mut style = entry("https://a.test/a.css", 200, &[], &part);
    merge(&mut style, &asks("text/css", "https://a.test/"));
    style["startedDateTime"] = json!("2026-11-29T20:00:02Z");
    let mut page = entry(
        "https://a.test/",
        200,
        &[("Set-Cookie", "a=geheim; Secure\nb=geheim")],
        &asks("text/html,*/*", ""),
    );
    page["startedDateTime"] = json!("2026-11-29T20:00:01Z");
    // As they ended, not as they began.
    let evidence = read_json(&har("mitmproxy", &json!([]), &[style, page]));
    assert_eq!(evidence.recorder.browser, None);
    let [visit] = evidence.visits.as_slice() else { panic!("one page") };
    let [page, style] = visit.exchanges.as_slice() else { panic!("two requests") };
    assert_eq!((page.kind, style.kind), (ResourceKind::MainFrame, ResourceKind::Stylesheet));
    assert_eq!(style.address.as_deref(), Some("2001:db8::7"));
    assert_eq!(page.connection, Observed::Unseen(Reason::NotInInput));
    let Observed::Seen(response) = &page.response else { panic!("seen") };
    assert_eq!(response.values("set-cookie").count(), 2, "fields joined by a line feed are two");
    assert!(!serde_json::to_string(&evidence).expect("JSON").contains("geheim"));
}

#[test]
fn what_did_not_come_from_the_server_is_no_answer_of_it() {
    let page = json!({"_resourceType": "document", "pageref": "p"});
    let mut cached = entry("https://a.test/", 200, &[], &page);
    cached["_fromCache"] = json!("disk");
    let mut worker = entry("https://a.test/w", 200, &[], &json!({"_resourceType": "script", "pageref": "p"}));
    worker["response"]["_fetchedViaServiceWorker"] = json!(true);
    let failed = entry(
        "https://b.test/",
        0,
        &[],
        &json!({"_resourceType": "document", "pageref": "q", "response": {"_error": "net::ERR_CERT_DATE_INVALID"}}),
    );
    let data = entry("data:text/plain,a", 200, &[], &json!({"pageref": "q"}));
    let evidence = read_json(&har("WebInspector", &json!([]), &[cached, worker, failed, data]));
    let [a, b] = evidence.visits.as_slice() else { panic!("two pages") };
    assert!(a.exchanges[0].from_cache);
    assert_eq!(a.exchanges[1].response, Observed::Unseen(Reason::ServiceWorker));
    assert_eq!(b.exchanges.len(), 1);
    let failure = b.failure.as_ref().expect("it failed");
    assert_eq!(failure.error, "net::ERR_CERT_DATE_INVALID");
}

#[test]
fn what_a_proxy_failed_at_is_the_proxy_s_word() {
    for (error, finding) in [
        ("Certificate verify failed: certificate has expired", Some("https.certificate.expired")),
        ("Certificate verify failed: self-signed certificate", Some("https.certificate.self-signed")),
        ("Certificate verify failed: CA cert is too weak", Some("https.certificate.rejected")),
        ("Client disconnected.", None),
        ("connection closed", None),
    ] {
        let asked = json!({"headers": [{"name": "Sec-Fetch-Dest", "value": "document"}]});
        let failed =
            entry("https://a.test/", 0, &[], &json!({"request": asked, "response": {"_error": error}}));
        let evidence = read_json(&har("mitmproxy", &json!([]), &[failed]));
        let failure = evidence.visits[0].failure.as_ref().expect("it failed");
        assert_eq!(failure.error, format!("proxy: {error}"));
        let [report] = &*audit(&evidence, &embedded().expect("the lists"), 1_780_000_000) else {
            panic!("one site")
        };
        let refused: Vec<_> = report
            .findings
            .iter()
            .filter(|finding| finding.check.starts_with("https.certificate."))
            .collect();
        assert_eq!(
            refused.iter().map(|finding| &*finding.check).collect::<Vec<_>>(),
            Vec::from_iter(finding)
        );
        for finding in refused {
            let told = format!("The proxy that recorded it refused it: `{error}`.");
            assert!(finding.message.contains(&told), "{}", finding.message);
        }
    }
}

#[test]
fn a_file_for_others_says_nothing_of_cookies() {
    let plain = |headers: &[(&str, &str)]| {
        entry("https://a.test/", 200, headers, &json!({"_resourceType": "document"}))
    };
    let with_cookie = plain(&[("Set-Cookie", "a=b; Secure; HttpOnly; SameSite=Lax")]);
    for (writer, first, seen) in [
        ("WebInspector", plain(&[]), false),
        ("WebInspector", with_cookie, true),
        ("Firefox", plain(&[]), true),
        ("Playwright", plain(&[]), true),
    ] {
        let second = entry("https://a.test/x.js", 200, &[], &json!({"_resourceType": "script"}));
        let evidence = read_json(&har(writer, &json!([]), &[first, second]));
        assert_eq!(evidence.lacks.set_cookies, !seen, "{writer}");
        let [report] = &*audit(&evidence, &embedded().expect("the lists"), 1_796_000_000) else {
            panic!("one site")
        };
        let of_check = report
            .checks
            .iter()
            .find(|check| check.id == "cookie.samesite.none-without-secure")
            .expect("the check");
        assert_eq!(of_check.outcome == "unknown", !seen, "{writer}: {:?}", of_check.outcome);
        let said = &report.verdicts.cookies.headline;
        assert_eq!(said == "Cookies were not seen.", !seen, "{said}");
    }
}

#[test]
fn what_the_browser_changed_is_in_the_page_alone() {
    let mut without: Value = serde_json::from_slice(FIREFOX).expect("JSON");
    for entry in without["log"]["entries"].as_array_mut().expect("a list") {
        entry["response"]["content"]["text"].take();
    }
    for (file, outcome) in [(FIREFOX, "fail"), (without.to_string().as_bytes(), "unknown")] {
        let evidence = read(file).expect("a HAR file");
        let [report] = &*audit(&evidence, &embedded().expect("the lists"), 1_796_000_000) else {
            panic!("one site")
        };
        let passive = report.checks.iter().find(|check| check.id == "https.mixed.passive").expect("a check");
        assert_eq!(passive.outcome, outcome, "it may have been changed to https");
        // A script over http without an answer is in the file: refused, and nobody controls the page by it.
        let active =
            report.findings.iter().find(|finding| finding.check == "https.mixed.active").expect("told");
        assert!(active.message.starts_with("Browsers refuse "), "{}", active.message);
    }
}

/// A file whose one body has so many octets; they are never all in memory.
fn with_body(octets: u64) -> impl Read {
    let body = r#"{"log":{"creator":{"name":"WebInspector"},"entries":[{"startedDateTime":"2026-11-29T20:00:00Z","pageref":"p","request":{"method":"GET","url":"https://a.test/"},"response":{"content":{"mimeType":"text/html","text":""#;
    let rest = r#""},"status":200,"headers":[{"name":"Server","value":"nginx"}]}}]}}"#;
    io::Cursor::new(body).chain(io::repeat(b'x').take(octets)).chain(io::Cursor::new(rest))
}

#[test]
fn long_bodies_leave_no_trace() {
    let small = read_har(with_body(2 << 20), &location::target).expect("readable");
    let large = read_har(with_body(1 << 29), &location::target).expect("readable");
    assert_eq!(small, large);
    assert_eq!(small.visits.len(), 1);
}

#[test]
fn what_is_too_long_is_cut_between_characters() {
    for text in [
        "ä".repeat(1 << 20),
        "\\ud83d\\ude00".repeat(1 << 17),
        "\\u00e4".repeat(1 << 18),
        "\\\"".repeat(1 << 20),
    ] {
        for shift in 0..12 {
            let file = format!(
                r#"{{"log":{{"entries":[{{"startedDateTime":"","request":{{"method":"GET","url":"https://a.test/"}},"response":{{"status":200,"headers":[{{"name":"Server","value":"{}{text}"}}]}}}}]}}}}"#,
                "x".repeat(shift)
            );
            let evidence = read(file.as_bytes()).expect("readable");
            assert_eq!(evidence.visits.len(), 1);
        }
    }
}

#[test]
fn broken_files_name_the_place() {
    let message = |text: &str| read(text.as_bytes()).expect_err(text).to_string();
    assert_eq!(message("{\"log\": {\"entries\": [\n  {\"request\": "), "2:15: the file is cut off");
    assert_eq!(message("{\"log\": {\"entries\": [\n{}]}}"), "2:1: entry 1: missing field `startedDateTime`");
    let third = "{\"log\": {\"pages\": [{\"id\": \"a\"},\n{\"id\": \"b\"}, {\"id\": 1}]}}";
    assert_eq!(message(third), "2:14: this page: invalid type: integer, expected a string");
    assert_eq!(message("{\"log\": {}}"), "1:12: the \"log\" has no \"entries\"");
    assert_eq!(message("{\"entries\": []}"), "1:16: no \"log\": this is no HAR file");
    assert_eq!(message("{\"log\": {\"entries\": []}} {"), "1:26: something follows the end of the JSON");
    assert_eq!(message("\u{feff}{\"log\" []}"), "1:11: expected `:`");
    assert_eq!(
        read(b"\xff\xfe{\0").expect_err("UTF-16").to_string(),
        "1:1: this is UTF-16: save it as UTF-8"
    );
    let deep = format!("{{\"log\": {{\"x\": {}", "[".repeat(100_000));
    assert_eq!(message(&deep), "1:143: nested more than 128 deep");
    let secret = r#"{"log": {"entries": [{"startedDateTime": "", "request": {"method": "GET", "url": "", "headers": "geheim"}, "response": {}}]}}"#;
    assert!(!message(secret).contains("geheim"));
}

#[test]
fn a_file_that_is_cut_off_is_never_taken_for_whole() {
    for whole in [CHROMIUM, FIREFOX] {
        let whole = whole.trim_ascii_end();
        for end in (0..whole.len()).step_by(61).chain([whole.len() - 1]) {
            let error = read(&whole[..end]).expect_err("cut off").to_string();
            assert!(error.contains("cut off"), "{end}: {error}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn any_octets_are_read_or_refused(octets: Vec<u8>, at in 0..8_000_usize, with: u8) {
        let _ = read(&octets);
        let mut changed = CHROMIUM.to_vec();
        changed[at] = with;
        let _ = read(&changed);
    }
}
