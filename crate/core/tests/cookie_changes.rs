//! What `capture` keeps of the browser's events about cookies, and what a report makes of it.

use https_audit_core::capture::{Asked, COOKIES_KEY, Capture, Event};
use https_audit_core::evidence::{
    ChangeCause, Evidence, JarChange, JarCookie, Observed, Reason, Recorder, SameSiteStored,
};
use https_audit_core::field::Engine;
use https_audit_core::knowledge;
use serde_json::{Value, json};

const PAGE: &str = "https://site.test/";

fn changed(capture: &mut Capture, removed: bool, cause: &str, cookie: &Value) {
    let mut whole = json!({"name": "a", "value": "s3cret", "domain": "site.test", "hostOnly": true, "path": "/",
        "secure": true, "httpOnly": true, "sameSite": "lax", "session": true, "storeId": "0"});
    whole.as_object_mut().expect("object").extend(cookie.as_object().expect("object").clone());
    let details = json!({"removed": removed, "cause": cause, "cookie": whole});
    capture.apply(&Event::read("cookieChanged", details).expect("an event"));
}

fn evidence(capture: &Capture, store: Option<&str>, jar: Vec<JarCookie>) -> Evidence {
    capture.evidence(Asked {
        tab: 1,
        address: Some(PAGE),
        access: true,
        everywhere: true,
        recorder: Recorder { name: "test".to_owned(), browser: None },
        same_site: &|host| host.ends_with("site.test"),
        store,
        jar: Observed::Seen(jar),
        unread: Reason::NotProbed,
    })
}

fn changes(capture: &Capture) -> Vec<JarChange> {
    evidence(capture, None, Vec::new()).jar_changes
}

/// A page that sets `a` by a header.
fn page() -> Capture {
    let mut capture = Capture::new(Engine::Chromium);
    let request = |more: Value| {
        let mut details = json!({"requestId": "1", "url": PAGE, "type": "main_frame", "tabId": 1, "frameId": 0,
            "method": "GET", "timeStamp": 10, "statusCode": 200, "fromCache": false});
        details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
        details
    };
    let fields = json!([{"name": "Set-Cookie", "value": "a=s3cret; Path=/; Secure; HttpOnly; SameSite=Lax"}]);
    let committed = json!({"tabId": 1, "frameId": 0, "url": PAGE, "timeStamp": 12});
    for (name, details) in [
        ("headersReceived", request(json!({"responseHeaders": fields}))),
        ("completed", request(json!({}))),
        ("committed", committed),
    ] {
        capture.apply(&Event::read(name, details).expect("an event"));
    }
    capture
}

fn report(evidence: &Evidence) -> Value {
    let lists = knowledge::embedded().expect("sound assets");
    let report = https_audit_core::audit_site(evidence, &lists, 20);
    let json = https_audit_core::report::to_json(&[report]).expect("JSON");
    serde_json::from_str(&json).expect("JSON")
}

#[test]
fn a_cookie_set_anew_is_one_that_was_set_twice() {
    let mut capture = Capture::new(Engine::Chromium);
    changed(&mut capture, false, "explicit", &json!({}));
    changed(&mut capture, true, "overwrite", &json!({}));
    changed(&mut capture, false, "explicit", &json!({"secure": false, "httpOnly": false}));
    let [change] = changes(&capture).try_into().expect("one");
    assert_eq!((change.set, change.last), (2, ChangeCause::Set));
    assert!(change.was_secure && change.was_http_only);
    for (cause, last) in [
        ("expired", ChangeCause::Expired),
        ("expired_overwrite", ChangeCause::Expired),
        ("evicted", ChangeCause::Evicted),
        ("explicit", ChangeCause::Removed),
    ] {
        changed(&mut capture, true, cause, &json!({}));
        assert_eq!(changes(&capture).first().map(|change| change.last), Some(last), "{cause}");
    }
}

#[test]
fn neither_values_nor_other_sites_nor_other_containers_are_told() {
    let mut capture = Capture::new(Engine::Firefox);
    changed(&mut capture, false, "explicit", &json!({"storeId": "firefox-default"}));
    changed(&mut capture, false, "explicit", &json!({"storeId": "firefox-container-1"}));
    changed(&mut capture, false, "explicit", &json!({"storeId": "firefox-default", "domain": ".other.test"}));
    let of_tab = evidence(&capture, Some("firefox-container-1"), Vec::new());
    assert_eq!(of_tab.jar_changes.len(), 1);
    let stored = capture.changes(0).set;
    let (_, json) = stored.iter().find(|(key, _)| key == COOKIES_KEY).expect("stored");
    assert!(!json.contains("s3cret"), "{json}");
    assert!(!serde_json::to_string(&of_tab).expect("JSON").contains("s3cret"));
    let mut woken = Capture::new(Engine::Firefox);
    woken.restore_cookies(Some(serde_json::from_str::<Value>(json).expect("JSON")));
    assert_eq!(evidence(&woken, Some("firefox-container-1"), Vec::new()).jar_changes, of_tab.jar_changes);
}

#[test]
fn a_site_that_sets_cookies_without_end_is_kept_within_bounds() {
    let mut capture = Capture::new(Engine::Chromium);
    for n in 0..5_000 {
        changed(&mut capture, false, "explicit", &json!({"name": format!("{n}{}", "x".repeat(900))}));
    }
    changed(&mut capture, false, "explicit", &json!({"name": "y".repeat(4_000)}));
    let kept = changes(&capture);
    assert_eq!(kept.len(), 400);
    assert!(kept.last().is_some_and(|newest| newest.name.starts_with("4999x")));
    let stored = capture.changes(0).set;
    let octets = stored.iter().find(|(key, _)| key == COOKIES_KEY).map_or(0, |(_, json)| json.len());
    assert!(octets < 640 * 1024, "{octets}");
}

#[test]
fn what_was_taken_and_removed_since_was_not_refused() {
    let mut capture = page();
    let refused = report(&evidence(&capture, None, Vec::new()));
    assert_eq!(refused["facts"]["cookies"][0]["refused"]["code"], "not-in-jar");
    changed(&mut capture, false, "explicit", &json!({}));
    changed(&mut capture, true, "explicit", &json!({}));
    let removed = report(&evidence(&capture, None, Vec::new()));
    let cookie = &removed["facts"]["cookies"][0];
    assert_eq!(cookie["refused"], Value::Null);
    assert_eq!(cookie["changes"], json!({"set": 1, "last": "removed", "lost": []}));
    let findings = removed["findings"].as_array().expect("a list");
    let of_cookies =
        findings.iter().filter(|f| f["check"].as_str().is_some_and(|id| id.starts_with("cookie.")));
    assert_eq!(of_cookies.count(), 0, "{findings:?}");
}

#[test]
fn an_attribute_that_is_gone_is_named() {
    let mut capture = page();
    changed(&mut capture, false, "explicit", &json!({}));
    changed(&mut capture, false, "explicit", &json!({"httpOnly": false}));
    let held = JarCookie {
        name: "a".to_owned(),
        value_length: 6,
        domain: "site.test".to_owned(),
        host_only: true,
        path: "/".to_owned(),
        secure: true,
        http_only: false,
        same_site: SameSiteStored::Lax,
        expires_at: None,
        partition: None,
    };
    let evidence = evidence(&capture, None, vec![held]);
    assert_eq!(
        report(&evidence)["facts"]["cookies"][0]["changes"],
        json!({"set": 2, "last": "set", "lost": ["HttpOnly"]})
    );
    let lists = knowledge::embedded().expect("sound assets");
    let text = https_audit_core::report::to_text(&https_audit_core::audit_site(&evidence, &lists, 20));
    assert!(text.contains("set 2 times, had HttpOnly before"), "{text}");
}
