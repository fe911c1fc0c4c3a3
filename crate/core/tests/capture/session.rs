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
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 15));
    capture
}

fn load(capture: &mut Capture, id: &str, url: &str, at: u32) {
    capture.apply(&head(id, url, "main_frame", at, json!([])));
    capture.apply(&done(id, url, "main_frame", at + 1));
    capture.apply(&committed(1, url, at + 2, json!({})));
}

/// Ends it as the background does, and reads back what storage holds then.
fn ended(capture: &mut Capture, mut stored: Vec<(String, String)>) -> Evidence {
    capture.end_recording(1, Some(99));
    let session = capture.session().expect("a session");
    assert_eq!(session.stage, Stage::Ending);
    let began_at = session.told.began_at;
    let rest = capture.evidence(asked(1, None, true));
    capture.finish_recording(began_at + 1, rest.clone(), 99);
    assert_eq!(capture.session().map(|session| session.stage), Some(Stage::Ending), "that is another one");
    capture.finish_recording(began_at, rest, 99);
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
    assert!(capture.begin_recording(1, &site(first), (None, true), 15));
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
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 15));
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
    assert!(kept > 200 && kept + dropped == 600, "{session:?}");
    // Storage lost some of them since.
    assert_eq!(session.told(10).dropped, 590);
}

#[test]
fn one_at_a_time_and_dropped_as_a_whole() {
    let mut capture = begun();
    assert!(!capture.begin_recording(2, &site(PAGE), (None, true), 16));
    load(&mut capture, "2", NEXT, 20);
    let Changes { set, .. } = capture.changes(21);
    let pages: Vec<String> =
        set.into_iter().map(|(key, _)| key).filter(|key| key.starts_with("recording:")).collect();
    assert_eq!(pages.len(), 1);
    capture.drop_recording();
    let Changes { set, remove } = capture.changes(22);
    assert_eq!(value(&set, RECORDING_KEY), Some(Value::Null));
    assert!(pages.iter().all(|key| remove.contains(key)), "{remove:?}");
    assert!(!capture.end_recording(1, Some(23)));
    assert!(capture.begin_recording(2, &site(PAGE), (None, true), 24));
    assert!(!Capture::new(Engine::Firefox).begin_recording(1, &site("about:config"), (None, true), 1));
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
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 15));
    let error =
        json!({"tabId": 1, "frameId": 0, "url": NEXT, "timeStamp": 20, "error": "Error code 2152398878"});
    capture.apply(&event("navigationError", error));
    capture.apply(&committed(1, NEXT, 21, json!({})));
    assert_eq!(urls(&ended(&mut capture, Vec::new())), [PAGE, NEXT]);
}

/// The outcome of a check in the audit of the whole session.
fn outcome(evidence: &Evidence, id: &str) -> String {
    let report = audit_site(evidence, &lists(), 1);
    let check = report.checks.iter().find(|check| check.id == id).expect("a check");
    check.outcome.clone().into_owned()
}

fn in_browser(evidence: Evidence) -> Evidence {
    let recorder = json!({"name": "test", "browser": {"engine": "chromium", "version": "1"}});
    Evidence { recorder: serde_json::from_value(recorder).expect("a recorder"), ..evidence }
}

#[test]
fn loads_of_other_sites_that_no_page_came_of_are_not_kept() {
    let mut capture = begun();
    let fields = json!([{"name": "Content-Type", "value": "application/zip"}]);
    capture.apply(&head("2", "https://cdn.other.test/private.zip?key=1", "main_frame", 20, fields));
    load(&mut capture, "3", NEXT, 30);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, NEXT]);
    let visits = serde_json::to_string(&evidence.visits).expect("JSON");
    assert!(!visits.contains("private.zip"), "{visits}");
}

#[test]
fn what_the_site_answered_on_the_way_to_another_is_kept() {
    let mut capture = begun();
    let fields = json!([{"name": "Set-Cookie", "value": "sessionid=v"}, {"name": "Location", "value": "https://login.other.test/in?state=secret"}]);
    let details = json!({"statusCode": 302, "responseHeaders": fields, "redirectUrl": "https://login.other.test/in?state=secret"});
    capture.apply(&event("beforeRedirect", request("2", "https://site.test/sso", "main_frame", 20, details)));
    load(&mut capture, "2", "https://login.other.test/in?state=secret", 21);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(urls(&evidence), [PAGE, "https://site.test/sso"]);
    assert_eq!(evidence.recording.as_ref().map(|recording| recording.elsewhere), Some(1));
    // It is no page that anything could be missing of.
    let sso = "https://site.test/sso";
    let report = audit_site(&in_browser(evidence), &lists(), 1);
    let there = report.findings.iter().filter(|finding| finding.location.url.as_deref() == Some(sso));
    let ids: Vec<&str> = there.map(|finding| &*finding.check).collect();
    assert!(ids.iter().all(|id| id.starts_with("cookie.")), "{ids:?}");
    assert_eq!(report.facts.session.expect("a session").routes[1].set_cookies, 1);
}

#[test]
fn a_check_fails_where_one_page_does_and_passes_where_all_do() {
    let fields = |nosniff| json!([{"name": "Content-Type", "value": "text/html; charset=utf-8"}, {"name": "X-Content-Type-Options", "value": nosniff}]);
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, fields("nosniff"));
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 15));
    for (n, (url, value)) in
        [(NEXT, "nosniff"), ("https://site.test/bad", "sniff"), ("https://site.test/worse", "sniff")]
            .into_iter()
            .enumerate()
    {
        let at = 20 + 10 * u32::try_from(n).expect("small");
        capture.apply(&head(&at.to_string(), url, "main_frame", at, fields(value)));
        capture.apply(&done(&at.to_string(), url, "main_frame", at + 1));
        capture.apply(&committed(1, url, at + 2, json!({})));
    }
    let evidence = in_browser(ended(&mut capture, Vec::new()));
    assert_eq!(outcome(&evidence, "header.nosniff.missing"), "pass");
    let report = audit_site(&evidence, &lists(), 1);
    let found: Vec<_> =
        report.findings.iter().filter(|finding| finding.check == "header.nosniff.invalid").collect();
    assert_eq!(found.len(), 1, "one for the host");
    assert!(found[0].message.starts_with("At `/bad`, `/worse`. "), "{}", found[0].message);
    assert_eq!(found[0].location.url.as_deref(), Some("https://site.test/bad"));
    // What was not kept could have been anything.
    let mut beyond = evidence;
    beyond.recording.as_mut().expect("a recording").dropped = 1;
    assert_eq!(outcome(&beyond, "header.nosniff.missing"), "unknown");
    assert_eq!(outcome(&beyond, "header.nosniff.invalid"), "fail");
}

#[test]
fn going_back_takes_nothing_from_what_was_seen() {
    let mut capture = Capture::new(Engine::Chromium);
    let fields = json!([{"name": "Content-Type", "value": "text/html; charset=utf-8"}, {"name": "X-Content-Type-Options", "value": "nosniff"}]);
    capture.apply(&head("1", PAGE, "main_frame", 10, fields.clone()));
    capture.apply(&committed(1, PAGE, 12, json!({"documentId": "A"})));
    capture.apply(&head("2", NEXT, "main_frame", 20, fields));
    capture.apply(&committed(1, NEXT, 22, json!({"documentId": "B"})));
    let back = json!({"documentId": "A", "transitionQualifiers": ["forward_back"]});
    capture.apply(&committed(1, PAGE, 30, back.clone()));
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 35));
    let forward = json!({"documentId": "B", "transitionQualifiers": ["forward_back"]});
    capture.apply(&committed(1, NEXT, 40, forward));
    capture.apply(&committed(1, PAGE, 50, back));
    let late = request(
        "4",
        "https://site.test/late",
        "xmlhttprequest",
        60,
        json!({"documentId": "A", "statusCode": 200, "responseHeaders": [{"name": "X-Content-Type-Options", "value": "nosniff"}]}),
    );
    capture.apply(&event("headersReceived", late));
    let evidence = in_browser(ended(&mut capture, Vec::new()));
    assert_eq!(urls(&evidence), [PAGE, NEXT, PAGE]);
    assert_eq!(outcome(&evidence, "header.nosniff.missing"), "pass");
}

#[test]
fn a_page_that_nobody_watched_is_kept_as_that() {
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_recording(1, &site(PAGE), (None, true), 15));
    load(&mut capture, "2", NEXT, 20);
    let evidence = in_browser(ended(&mut capture, Vec::new()));
    assert_eq!(urls(&evidence), [PAGE, NEXT]);
    assert!(!evidence.visits[0].watched.is_seen());
    assert_eq!(outcome(&evidence, "header.nosniff.invalid"), "unknown");
}

#[test]
fn a_sign_in_of_before_the_session_is_none_of_it() {
    let mut capture = Capture::new(Engine::Chromium);
    let fields =
        json!([{"name": "Set-Cookie", "value": "sessionid=v; HttpOnly"}, {"name": "Location", "value": "/"}]);
    let details = json!({"method": "POST", "statusCode": 302, "responseHeaders": fields, "redirectUrl": "https://www.site.test/"});
    capture.apply(&event(
        "beforeRedirect",
        request("1", "https://login.site.test/login", "main_frame", 5, details),
    ));
    load(&mut capture, "1", "https://www.site.test/", 6);
    load(&mut capture, "2", "https://www.site.test/a", 10);
    assert!(capture.begin_recording(1, &site("https://www.site.test/a"), (None, true), 15));
    load(&mut capture, "3", "https://www.site.test/b", 20);
    let evidence = in_browser(ended(&mut capture, Vec::new()));
    assert_eq!(outcome(&evidence, "cookie.rotation.missing"), "not-applicable");
}

#[test]
fn the_answer_of_a_page_is_kept_however_much_its_document_holds() {
    let mut capture = begun();
    let holds = (0..100).map(|n| format!("insecure image http://site.test/{n}/{}", "x".repeat(2_000)));
    let read = json!({"tabId": 1, "url": PAGE, "holds": holds.collect::<Vec<_>>().join("\n")});
    capture.apply(&event("pageRead", read));
    load(&mut capture, "2", NEXT, 20);
    let evidence = ended(&mut capture, Vec::new());
    assert_eq!(evidence.visits[0].exchanges.len(), 1);
    assert!(!evidence.visits[0].document.is_seen());
}

#[test]
fn a_write_that_is_refused_after_the_end_of_all_leaves_nothing() {
    let mut capture = begun();
    load(&mut capture, "2", NEXT, 20);
    let refused = capture.changes(21);
    capture.drop_recording();
    capture.not_written(&refused);
    let Changes { set, remove } = capture.changes(22);
    assert!(set.iter().all(|(key, _)| !key.starts_with("recording:")), "{set:?}");
    assert!(remove.iter().any(|key| key.starts_with("recording:")), "{remove:?}");
}

#[test]
fn a_warning_that_somebody_went_past_is_kept() {
    let mut capture = begun();
    let refused = json!({"tabId": 1, "frameId": 0, "url": NEXT, "timeStamp": 20, "error": "net::ERR_CERT_DATE_INVALID"});
    capture.apply(&event("navigationError", refused));
    capture.apply(&event("beforeNavigate", json!({"tabId": 1, "frameId": 0, "url": NEXT, "timeStamp": 25})));
    load(&mut capture, "3", NEXT, 30);
    let evidence = in_browser(ended(&mut capture, Vec::new()));
    assert_eq!(urls(&evidence), [PAGE, NEXT, NEXT]);
    assert_eq!(
        evidence.visits[1].failure.as_ref().map(|failure| failure.error.as_str()),
        Some("net::ERR_CERT_DATE_INVALID")
    );
    assert_eq!(outcome(&evidence, "https.certificate.rejected"), "fail");
}

#[test]
fn what_is_refused_twice_is_counted_as_lost_and_keeps_nothing_from_being_written() {
    let mut capture = begun();
    load(&mut capture, "2", NEXT, 20);
    for at in [21, 22] {
        let refused = capture.changes(at);
        capture.not_written(&refused);
    }
    let Changes { set, .. } = capture.changes(23);
    assert!(
        set.iter().all(|(key, _)| !key.starts_with("recording:"))
            && set.iter().any(|(key, _)| key == "tab:1")
    );
    assert_eq!(capture.session().map(|session| session.told(0).dropped), Some(1));
}

#[test]
fn of_a_page_that_is_too_large_what_says_most_is_kept() {
    let mut capture = begun();
    for n in 0..60_u32 {
        let url = format!("https://site.test/{n}.js");
        let fields = json!([{"name": "Server", "value": "x".repeat(3_500)}]);
        capture.apply(&head(&format!("p{n}"), &url, "script", 13, fields));
    }
    let insecure = "http://site.test/late.js";
    capture.apply(&head("late", insecure, "script", 14, json!([])));
    load(&mut capture, "2", NEXT, 20);
    let evidence = ended(&mut capture, Vec::new());
    let visit = &evidence.visits[0];
    assert!(visit.dropped > 0 && visit.exchanges[0].url.as_str() == PAGE);
    assert!(
        visit.exchanges.iter().any(|exchange| exchange.url.as_str() == insecure),
        "what went in the clear"
    );
}
