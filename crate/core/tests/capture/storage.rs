//! What storage held, refused, or holds for later.

use https_audit_core::capture::{Asked, Capture, MEMORY_KEY};
use https_audit_core::evidence::{Observed, Reason};
use https_audit_core::field::Engine;
use serde_json::json;

use crate::events::{PAGE, asked, committed, event, evidence, json_of, load, request};

#[test]
fn what_is_remembered_of_an_origin_is_not_pushed_out_by_another() {
    let mut capture = Capture::new(Engine::Chromium);
    let answers =
        ["http://site.test/", "https://site.test/", "http://site.test:8080/", "https://site.test:8443/"];
    for (at, url) in (10..).zip(answers) {
        load(&mut capture, url, at, Ok(json!([{"name": "Location", "value": "/a"}])));
    }
    let failures = ["http://shut.site.test/", "https://shut.site.test/", "http://shut.site.test:8080/"];
    for (at, url) in (20..).zip(failures) {
        load(&mut capture, url, at, Err("net::ERR_CONNECTION_REFUSED"));
    }
    let changes = capture.changes(1);
    let memory = changes.set.iter().find(|(key, _)| key == MEMORY_KEY).map(|(_, json)| json);
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_memory(json_of(memory));
    let other = |host: &str| host.ends_with("site.test");
    let evidence = woken.evidence(Asked { same_site: &other, ..asked(7, Some(PAGE), true) });
    let remembered: Vec<_> = evidence.earlier.iter().map(|answer| answer.url.as_str()).collect();
    assert_eq!(remembered, answers);
    let failed: Vec<_> = evidence.earlier_failures.iter().map(|failure| failure.url.as_str()).collect();
    assert_eq!(failed, failures);
    let none =
        woken.evidence(Asked { same_site: &|host| host == "other.test", ..asked(7, Some(PAGE), true) });
    assert!(none.earlier.is_empty() && none.earlier_failures.is_empty());
}

#[test]
fn storage_that_can_not_be_read_counts_as_nothing() {
    let mut capture = Capture::new(Engine::Firefox);
    capture.restore_memory(Some(json!({"hosts": 1})));
    capture.restore_tab(1, Some(json!(["not", "a tab"])));
    assert_eq!(
        capture.evidence(asked(1, Some(PAGE), true)).visits[0].watched,
        Observed::Unseen(Reason::LoadedBeforeInstall)
    );
}

#[test]
fn what_storage_refused_is_written_with_the_next_changes() {
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&committed(1, "https://site.test/", 10, json!({})));
    let refused = capture.changes(1);
    assert!(capture.changes(2).is_empty());
    capture.not_written(&refused);
    let again = capture.changes(3);
    assert!(again.set.iter().any(|(key, _)| *key == Capture::tab_key(1)));
}

#[test]
fn what_storage_held_does_not_replace_what_was_seen_since() {
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&committed(1, "https://old.test/", 10, json!({})));
    let stored = capture.changes(1).set;
    let stored = stored.iter().find(|(key, _)| *key == Capture::tab_key(1)).map(|(_, json)| json);
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_tab(1, json_of(stored));
    woken.apply(&committed(1, "https://new.test/", 20, json!({})));
    // A second reader of storage, who asked before the event and got the answer after it.
    woken.restore_tab(1, json_of(stored));
    assert_eq!(evidence(&woken).visits[0].url, "https://new.test/");
}

#[test]
fn a_remembered_answer_whose_field_was_too_long_is_not_one_without_it() {
    let mut capture = Capture::new(Engine::Chromium);
    let policy = format!("max-age=31536000; {}", "x".repeat(4000));
    let details = json!({"statusCode": 200, "responseHeaders": [{"name": "Strict-Transport-Security", "value": policy}]});
    capture.apply(&event("headersReceived", request("1", PAGE, "main_frame", 5, details)));
    capture.apply(&event("completed", request("1", PAGE, "main_frame", 5, json!({"statusCode": 200}))));
    capture.apply(&committed(2, "https://other.test/", 10, json!({})));
    let earlier = capture.evidence(asked(2, None, true)).earlier;
    let Some(Observed::Seen(response)) = earlier.first().map(|exchange| &exchange.response) else {
        panic!("the answer is remembered: {earlier:?}");
    };
    assert_eq!((response.fields.len(), response.dropped), (0, 1));
}
