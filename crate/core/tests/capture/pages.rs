//! Which page a tab shows, and why it was not watched.

use https_audit_core::capture::Capture;
use https_audit_core::evidence::{Observed, Reason};
use https_audit_core::field::Engine;
use serde_json::json;

use crate::events::{PAGE, asked, committed, event, evidence, head, page, request, watched};

#[test]
fn why_a_page_was_not_watched() {
    let cases = [
        (Engine::Chromium, PAGE, json!({}), Reason::LoadedBeforeInstall),
        (Engine::Firefox, PAGE, json!({}), Reason::NotExposedByThisBrowser),
        // Access that was given since helps from the next load on.
        (Engine::Chromium, PAGE, json!({"access": false}), Reason::LoadedBeforeInstall),
        (Engine::Chromium, PAGE, json!({"transitionQualifiers": ["forward_back"]}), Reason::BackForwardCache),
        (Engine::Firefox, "https://addons.mozilla.org/en/", json!({}), Reason::RestrictedPage),
        (Engine::Chromium, "https://chromewebstore.google.com/", json!({}), Reason::RestrictedPage),
        (Engine::Chromium, "chrome://version/", json!({}), Reason::RestrictedPage),
        (Engine::Firefox, "file:///etc/hosts", json!({}), Reason::RestrictedPage),
    ];
    for (engine, url, more, reason) in cases {
        let mut capture = Capture::new(engine);
        capture.apply(&committed(1, url, 10, more));
        assert_eq!(watched(&capture), Observed::Unseen(reason), "{engine:?} {url}");
    }
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&committed(1, PAGE, 10, json!({"access": false})));
    let without = capture.evidence(asked(1, Some(PAGE), false));
    assert_eq!(without.visits[0].watched, Observed::Unseen(Reason::AccessNotGranted));
}

#[test]
fn a_page_of_chromium_without_a_request_is_a_service_worker_s_only_if_requests_were_told_before() {
    let begins =
        |at: u32| event("beforeNavigate", json!({"tabId": 1, "frameId": 0, "url": PAGE, "timeStamp": at}));
    let other = "https://other.test/";
    for (begun, wanted) in [
        (None, Reason::LoadedBeforeInstall),
        (Some(5), Reason::LoadedBeforeInstall),
        (Some(15), Reason::ServiceWorker),
    ] {
        let mut capture = Capture::new(Engine::Chromium);
        let mut first =
            request("1", other, "main_frame", 10, json!({"statusCode": 200, "responseHeaders": []}));
        first["tabId"] = json!(2);
        capture.apply(&event("headersReceived", first));
        if let Some(at) = begun {
            capture.apply(&begins(at));
        }
        capture.apply(&committed(1, PAGE, 20, json!({})));
        assert_eq!(watched(&capture), Observed::Unseen(wanted), "begun {begun:?}");
    }
}

#[test]
fn why_a_tab_without_any_event_was_not_watched() {
    let cases = [
        (Some(PAGE), true, Reason::LoadedBeforeInstall),
        (Some(PAGE), false, Reason::AccessNotGranted),
        (None, false, Reason::AccessNotGranted),
        (None, true, Reason::RestrictedPage),
        (Some("about:blank"), true, Reason::RestrictedPage),
        (Some("https://addons.mozilla.org/"), true, Reason::RestrictedPage),
    ];
    let capture = Capture::new(Engine::Firefox);
    for (address, access, reason) in cases {
        let visit = &capture.evidence(asked(7, address, access)).visits[0];
        assert_eq!(visit.watched, Observed::Unseen(reason), "{address:?} {access}");
        assert_eq!(visit.url, address.unwrap_or_default());
    }
}

#[test]
fn a_new_page_leaves_nothing_of_the_one_before() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([{"name": "Server", "value": "first"}]));
    capture.apply(&head("2", "http://cdn.test/a.js", "script", 15, json!([])));
    // The worker of the same site answers for the same address.
    let begins = json!({"tabId": 1, "frameId": 0, "url": "https://other.test/", "timeStamp": 14});
    capture.apply(&event("beforeNavigate", begins));
    capture.apply(&committed(1, PAGE, 30, json!({})));
    let visit = &evidence(&capture).visits[0];
    assert_eq!(visit.watched, Observed::Unseen(Reason::ServiceWorker));
    assert!(visit.exchanges.is_empty(), "{:?}", visit.exchanges);
}

#[test]
fn a_page_whose_coming_up_was_missed_is_not_taken_for_the_one_before() {
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&committed(1, "https://before.test/", 10, json!({})));
    let visit = |capture: &Capture, address| {
        let mut evidence = capture.evidence(asked(1, Some(address), true));
        evidence.visits.pop().expect("one visit")
    };
    let missed = visit(&capture, "https://after.test/");
    assert_eq!(missed.url, "https://after.test/");
    assert_eq!(missed.watched, Observed::Unseen(Reason::LoadedBeforeInstall));
    let details = json!({"statusCode": 200, "responseHeaders": [{"name": "Server", "value": "x"}]});
    let load = request("7", "https://after.test/", "main_frame", 20, details);
    capture.apply(&event("headersReceived", load));
    let known_by_its_load = visit(&capture, "https://after.test/#part");
    assert_eq!(known_by_its_load.url, "https://after.test/");
    assert_eq!(known_by_its_load.watched, Observed::Seen(()));
    assert_eq!(known_by_its_load.exchanges.len(), 1);
    // Until the browser says that it shows the new page, it is the one before.
    assert_eq!(visit(&capture, "https://before.test/").url, "https://before.test/");
}

#[test]
fn a_tab_that_another_took_the_place_of_is_forgotten() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    let written = capture.changes(1);
    assert!(written.set.iter().any(|(key, _)| *key == Capture::tab_key(1)));
    capture.apply(&event("tabReplaced", json!({"tabId": 2, "replacedTabId": 1, "timeStamp": 20})));
    assert_eq!(capture.changes(2).remove, [Capture::tab_key(1)]);
    let visit = &capture.evidence(asked(1, Some(PAGE), true)).visits[0];
    assert_eq!(visit.watched, Observed::Unseen(Reason::LoadedBeforeInstall));
}

#[test]
fn another_address_of_the_same_document_is_the_page_that_was_loaded() {
    let pushed = "https://site.test/pushed";
    for document in [json!({}), json!({"documentId": "A"})] {
        let mut details = json!({"tabId": 1, "frameId": 0, "url": pushed, "timeStamp": 20});
        details.as_object_mut().expect("object").extend(document.as_object().expect("object").clone());
        let mut capture = Capture::new(Engine::Chromium);
        capture.apply(&head("1", PAGE, "main_frame", 10, json!([])));
        capture.apply(&committed(1, PAGE, 12, document.clone()));
        capture.apply(&event("historyStateUpdated", details.clone()));
        let visit = &evidence(&capture).visits[0];
        assert_eq!((visit.url.as_str(), visit.watched), (pushed, Observed::Seen(())));
        assert_eq!(visit.exchanges.len(), 1);
        // One that nobody saw coming is no page of the back-forward cache for that.
        let mut capture = Capture::new(Engine::Chromium);
        capture.apply(&committed(1, PAGE, 12, document));
        capture.apply(&event("historyStateUpdated", details));
        assert_eq!(watched(&capture), Observed::Unseen(Reason::LoadedBeforeInstall));
    }
}

#[test]
fn a_load_that_failed_without_any_page_coming_up_is_what_the_tab_shows() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    let failed = |error: &str| {
        let url = "https://shut.test/";
        event(
            "navigationError",
            json!({"tabId": 1, "frameId": 0, "url": url, "timeStamp": 30, "error": error}),
        )
    };
    capture.apply(&failed("net::ERR_ABORTED"));
    assert_eq!(evidence(&capture).visits[0].url, PAGE, "the page stays");
    capture.apply(&failed("net::ERR_CONNECTION_REFUSED"));
    let visit = &evidence(&capture).visits[0];
    let error = visit.failure.as_ref().map(|failure| failure.error.as_str());
    assert_eq!((visit.url.as_str(), error), ("https://shut.test/", Some("net::ERR_CONNECTION_REFUSED")));
}

#[test]
fn nothing_is_told_of_a_page_whose_access_was_withdrawn() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([{"name": "Server", "value": "x"}]));
    assert_eq!(watched(&capture), Observed::Seen(()));
    // Before capture heard of it, and after.
    for _ in 0..2 {
        let visit = capture.evidence(asked(1, Some(PAGE), false)).visits.remove(0);
        assert_eq!(visit.watched, Observed::Unseen(Reason::AccessNotGranted));
        assert!(visit.exchanges.is_empty(), "{:?}", visit.exchanges);
        capture.narrow(1, false);
    }
    // Access that is given again brings back nothing.
    assert_eq!(watched(&capture), Observed::Unseen(Reason::LoadedBeforeInstall));
}

#[test]
fn a_load_that_is_sent_on_and_on_is_no_page() {
    let mut capture = Capture::new(Engine::Chromium);
    capture.apply(&committed(1, "about:blank", 5, json!({})));
    let looked_at = |capture: &Capture| capture.evidence(asked(1, Some(PAGE), true)).visits.remove(0);
    let fields = json!([{"name": "Location", "value": "/"}]);
    for at in 10..15 {
        let more = json!({"statusCode": 302, "responseHeaders": fields});
        capture.apply(&event("headersReceived", request("1", PAGE, "main_frame", at, more.clone())));
        assert!(!looked_at(&capture).watched.is_seen(), "where it leads is not answered yet");
        let mut more = more;
        more["redirectUrl"] = json!(PAGE);
        capture.apply(&event("beforeRedirect", request("1", PAGE, "main_frame", at, more)));
        assert!(!looked_at(&capture).watched.is_seen(), "where it leads is not answered yet");
    }
    let error = "net::ERR_TOO_MANY_REDIRECTS";
    capture.apply(&event("errorOccurred", request("1", PAGE, "main_frame", 15, json!({"error": error}))));
    capture.apply(&committed(1, PAGE, 16, json!({})));
    assert_eq!(looked_at(&capture).failure.map(|failure| failure.error), Some(error.to_owned()));
}
