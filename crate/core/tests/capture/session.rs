//! Recording a session: which pages are kept, and what is left of them after a worker was ended.

use https_audit_core::audit_site;
use https_audit_core::capture::{Capture, Changes, RECORDING_KEY, Session, Stage};
use https_audit_core::evidence::{Evidence, Visit};
use https_audit_core::fact::Site;
use https_audit_core::field::Engine;
use https_audit_core::knowledge::{Knowledge, embedded};
use serde_json::{Value, json};

use crate::events::{PAGE, asked, committed, done, event, head, json_of, page, request};

const NEXT: &str = "https://site.test/next";

fn lists() -> Knowledge<'static> {
    embedded().expect("the lists")
}

fn site(address: &str) -> Site {
    Site::new(address, &lists())
}

fn begun() -> Capture {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([{"name": "Server", "value": "a"}]));
    assert!(capture.begin_recording(1, &site(PAGE), None, 15));
    capture
}

fn load(capture: &mut Capture, id: &str, url: &str, at: u32) {
    capture.apply(&head(id, url, "main_frame", at, json!([])));
    capture.apply(&done(id, url, "main_frame", at + 1));
    capture.apply(&committed(1, url, at + 2, json!({})));
}

/// Ends it as the background does, and reads back what storage holds then.
fn ended(capture: &mut Capture, mut stored: Vec<(String, String)>) -> Evidence {
    assert!(capture.end_recording(1, 99));
    let rest = capture.evidence(asked(1, None, true));
    capture.finish_recording(rest);
    stored.extend(capture.changes(100).set);
    of_storage(&stored)
}

fn value(stored: &[(String, String)], key: &str) -> Option<Value> {
    json_of(stored.iter().rev().find(|(known, _)| known == key).map(|(_, json)| json))
}

fn of_storage(stored: &[(String, String)]) -> Evidence {
    let session: Session =
        serde_json::from_value(value(stored, RECORDING_KEY).expect("a head")).expect("a session");
    assert_eq!(session.stage, Stage::Ended);
    let mut keys = session.keys();
    let rest = value(stored, &keys.pop().expect("the end")).expect("the rest");
    let visits = keys.iter().filter_map(|key| value(stored, key));
    let visits: Vec<Visit> = visits.map(|visit| serde_json::from_value(visit).expect("a visit")).collect();
    let rest: Evidence = serde_json::from_value(rest).expect("evidence");
    Evidence { recording: Some(session.told(visits.len())), visits, ..rest }
}

fn urls(evidence: &Evidence) -> Vec<&str> {
    evidence.visits.iter().map(|visit| visit.url.as_str()).collect()
}

#[test]
fn every_page_from_the_one_that_was_there_to_the_last() {
    let mut capture = begun();
    load(&mut capture, "2", NEXT, 20);
    load(&mut capture, "3", "https://site.test/last", 30);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, NEXT, "https://site.test/last"]);
    let recording = evidence.recording.as_ref().expect("a recording");
    assert_eq!((recording.began_at, recording.ended_at, recording.url.as_str()), (15, 99, PAGE));
    // Its own answers are not told a second time as earlier ones.
    assert_eq!(evidence.earlier, []);
    let report = audit_site(&evidence, &lists(), 1);
    let session = report.facts.session.expect("a session");
    assert_eq!((session.pages, session.routes.len()), (3, 3));
}

#[test]
fn a_worker_that_is_ended_loses_nothing() {
    let mut capture = begun();
    let mut stored = capture.changes(16).set;
    load(&mut capture, "2", NEXT, 20);
    stored.extend(capture.changes(21).set);
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_recording(value(&stored, RECORDING_KEY));
    woken.restore_memory(value(&stored, "memory"));
    woken.restore_tab(1, value(&stored, "tab:1"));
    load(&mut woken, "3", "https://site.test/last", 30);
    assert_eq!(urls(&ended(&mut woken, stored)), [PAGE, NEXT, "https://site.test/last"]);
}

#[test]
fn of_other_sites_only_that_there_was_a_page() {
    let mut capture = begun();
    load(&mut capture, "2", "https://else.where.test/secret-path", 20);
    load(&mut capture, "3", "chrome://newtab/", 30);
    load(&mut capture, "4", NEXT, 40);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, NEXT]);
    assert_eq!(evidence.recording.as_ref().map(|recording| recording.elsewhere), Some(1));
    let visits = serde_json::to_string(&evidence.visits).expect("JSON");
    assert!(!visits.contains("secret-path"), "{visits}");
}

#[test]
fn sub_domains_of_the_registrable_domain_belong_to_it() {
    let mut capture = Capture::new(Engine::Chromium);
    let first = "https://shop.example.com/";
    load(&mut capture, "1", first, 10);
    assert!(capture.begin_recording(1, &site(first), None, 15));
    load(&mut capture, "2", "https://accounts.example.com/login", 20);
    load(&mut capture, "3", "https://notexample.com/", 30);
    load(&mut capture, "4", "https://example.com/", 40);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [first, "https://accounts.example.com/login", "https://example.com/"]);
}

#[test]
fn a_form_that_is_answered_without_a_page_is_kept() {
    let mut capture = begun();
    let fields = json!([{"name": "Set-Cookie", "value": "sessionid=v"}]);
    let post = request(
        "2",
        "https://site.test/session",
        "main_frame",
        20,
        json!({"method": "POST", "statusCode": 204, "responseHeaders": fields}),
    );
    capture.apply(&event("headersReceived", post));
    load(&mut capture, "3", NEXT, 30);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, "https://site.test/session", NEXT]);
    assert_eq!(evidence.visits[1].exchanges[0].method, "POST");
}

#[test]
fn a_page_from_the_back_forward_cache_is_kept_once() {
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&head("1", PAGE, "main_frame", 10, json!([])));
    capture.apply(&committed(1, PAGE, 12, json!({"documentId": "A"})));
    assert!(capture.begin_recording(1, &site(PAGE), None, 15));
    capture.apply(&head("2", NEXT, "main_frame", 20, json!([])));
    capture.apply(&committed(1, NEXT, 22, json!({"documentId": "B"})));
    capture.apply(&committed(
        1,
        PAGE,
        30,
        json!({"documentId": "A", "transitionQualifiers": ["forward_back"]}),
    ));
    // What it asks for after that is new.
    let late = request(
        "4",
        "https://site.test/late",
        "xmlhttprequest",
        40,
        json!({"documentId": "A", "statusCode": 200, "responseHeaders": []}),
    );
    capture.apply(&event("headersReceived", late));
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, NEXT, PAGE]);
    let asked: Vec<&str> =
        evidence.visits[2].exchanges.iter().map(|exchange| exchange.url.as_str()).collect();
    assert_eq!(asked, ["https://site.test/late"]);
}

#[test]
fn a_refused_write_is_repeated() {
    let mut capture = begun();
    capture.changes(16);
    load(&mut capture, "2", NEXT, 20);
    let refused = capture.changes(21);
    assert!(refused.set.iter().any(|(key, _)| key.starts_with("recording:")));
    capture.not_written(&refused);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, NEXT]);
}

#[test]
fn a_recording_has_bounds_and_says_what_is_beyond() {
    let mut capture = begun();
    let long = json!([{"name": "Content-Security-Policy", "value": "x".repeat(8000)}]);
    for n in 0..600_u32 {
        let url = format!("https://site.test/{n}");
        capture.apply(&head(&n.to_string(), &url, "main_frame", 100 + n * 10, long.clone()));
        capture.apply(&committed(1, &url, 102 + n * 10, json!({})));
    }
    let (_, session) = (capture.changes(9_000), capture.session().expect("a session"));
    assert!(session.told.dropped > 100, "{session:?}");
    // The 600 of the loop and the one before: each kept or counted.
    let of_all = |session: &Session| (session.pages as u64, session.told.dropped);
    let (kept, dropped) = of_all(session);
    assert!(kept > 300 && kept + dropped == 600, "{session:?}");
    // Storage lost some of them since.
    assert_eq!(session.told(10).dropped, 590);
}

#[test]
fn one_at_a_time_and_dropped_as_a_whole() {
    let mut capture = begun();
    assert!(!capture.begin_recording(2, &site(PAGE), None, 16));
    load(&mut capture, "2", NEXT, 20);
    let Changes { set, .. } = capture.changes(21);
    let pages: Vec<String> =
        set.into_iter().map(|(key, _)| key).filter(|key| key.starts_with("recording:")).collect();
    assert_eq!(pages.len(), 1);
    capture.drop_recording();
    let Changes { set, remove } = capture.changes(22);
    assert_eq!(value(&set, RECORDING_KEY), Some(Value::Null));
    assert!(pages.iter().all(|key| remove.contains(key)), "{remove:?}");
    assert!(!capture.end_recording(1, 23));
    assert!(capture.begin_recording(2, &site(PAGE), None, 24));
    assert!(!Capture::new(Engine::Firefox).begin_recording(1, &site("about:config"), None, 1));
}

#[test]
fn a_closed_tab_leaves_its_last_page() {
    let mut capture = begun();
    load(&mut capture, "2", NEXT, 20);
    capture.apply(&event("tabRemoved", json!({"tabId": 1})));
    assert_eq!(urls(&ended(&mut capture, Vec::new())), [PAGE, NEXT]);
}

#[test]
fn a_tab_that_goes_on_under_another_number_is_recorded_on() {
    let mut capture = begun();
    capture.apply(&event("tabReplaced", json!({"tabId": 5, "replacedTabId": 1})));
    assert_eq!(capture.session().map(|session| session.tab), Some(5));
}

#[test]
fn an_error_page_is_kept_once_in_firefox() {
    let mut capture = Capture::new(Engine::Firefox);
    page(&mut capture, json!([]));
    assert!(capture.begin_recording(1, &site(PAGE), None, 15));
    let error =
        json!({"tabId": 1, "frameId": 0, "url": NEXT, "timeStamp": 20, "error": "Error code 2152398878"});
    capture.apply(&event("navigationError", error));
    capture.apply(&committed(1, NEXT, 21, json!({})));
    assert_eq!(urls(&ended(&mut capture, Vec::new())), [PAGE, NEXT]);
}
