//! What is never kept.

use https_audit_core::capture::Capture;
use https_audit_core::field::Engine;
use https_audit_core::report::to_json;
use serde_json::json;

use crate::events::{PAGE, committed, event, evidence, head, request, stored};

#[test]
fn a_private_window_leaves_nothing() {
    let mut capture = Capture::new(Engine::Firefox);
    let details = request(
        "1",
        PAGE,
        "main_frame",
        10,
        json!({"incognito": true, "statusCode": 200,
        "responseHeaders": [{"name": "Server", "value": "x"}]}),
    );
    assert_eq!(capture.apply(&event("headersReceived", details)).tab, None);
    assert_eq!(stored(&mut capture), 0);
}

#[test]
fn user_password_and_fragment_of_addresses_are_not_kept() {
    let mut capture = Capture::new(Engine::Chromium);
    let secret = "https://user:geheim@site.test/#token";
    capture.apply(&head("1", secret, "main_frame", 10, json!([])));
    capture.apply(&committed(1, secret, 12, json!({})));
    let changes = capture.changes(1);
    assert!(changes.set.iter().all(|(_, json)| !json.contains("geheim") && !json.contains("token")));
    assert_eq!(evidence(&capture).visits[0].exchanges.len(), 1);
}

#[test]
fn secrets_in_a_location_are_not_kept() {
    for engine in Engine::ALL {
        let mut capture = Capture::new(engine);
        let from = "http://site.test/";
        let to = "https://user:geheim@site.test/#access_token=abc";
        let fields =
            json!([{"name": "Location", "value": to}, {"name": "Refresh", "value": format!("0;url={to}")}]);
        let more = json!({"statusCode": 302, "redirectUrl": to, "responseHeaders": fields});
        capture.apply(&event("beforeRedirect", request("1", from, "main_frame", 10, more)));
        let more = json!({"statusCode": 302, "responseHeaders": fields});
        capture.apply(&event("headersReceived", request("1", to, "main_frame", 11, more)));
        let more = json!({"error": "NS_ERROR_REDIRECT_LOOP"});
        capture.apply(&event("errorOccurred", request("1", to, "main_frame", 12, more)));
        capture.apply(&committed(1, to, 13, json!({})));
        let evidence = evidence(&capture);
        let hops = &evidence.visits[0].exchanges;
        let led_to: Vec<_> =
            hops.iter().filter_map(|hop| hop.redirect.as_ref()).map(|r| r.to.as_str()).collect();
        assert_eq!(led_to, [PAGE, PAGE]);
        let response = hops[0].response.as_ref().seen().expect("seen");
        assert_eq!(response.values("location").collect::<Vec<_>>(), [PAGE.as_bytes()]);
        let stored: String = capture.changes(1).set.into_iter().map(|(_, json)| json).collect();
        let lists = https_audit_core::knowledge::embedded().expect("the lists");
        let report = to_json(&https_audit_core::audit(&evidence, &lists, 0)).expect("JSON");
        let evidence = serde_json::to_string(&evidence).expect("JSON");
        for text in [stored, evidence, report] {
            assert!(!text.contains("geheim") && !text.contains("access_token"), "{text}");
        }
    }
}
