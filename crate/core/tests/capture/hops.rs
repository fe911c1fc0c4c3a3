//! The hops of one request.

use https_audit_core::capture::Capture;
use https_audit_core::evidence::{Exchange, Observed, Reason, RedirectCause};
use https_audit_core::field::Engine;
use serde_json::json;

use crate::events::{PAGE, committed, done, event, evidence, head, page, request};

#[test]
fn a_redirect_whose_event_was_lost_does_not_give_one_hop_the_answer_of_the_next() {
    let mut capture = Capture::new(Engine::Chromium);
    let http = "http://site.test/";
    let fields = json!([{"name": "Location", "value": PAGE}]);
    let moved = json!({"statusCode": 301, "responseHeaders": fields});
    capture.apply(&event("headersReceived", request("1", http, "main_frame", 10, moved)));
    let policy = json!([{"name": "Strict-Transport-Security", "value": "max-age=31536000"}]);
    capture.apply(&head("1", PAGE, "main_frame", 11, policy));
    capture.apply(&done("1", PAGE, "main_frame", 12));
    capture.apply(&committed(1, PAGE, 13, json!({})));
    let evidence = evidence(&capture);
    let [first, second] = &evidence.visits[0].exchanges[..] else { panic!("{:?}", evidence.visits[0]) };
    assert_eq!((first.url.as_str(), second.url.as_str()), (http, PAGE));
    let status = |exchange: &Exchange| exchange.response.as_ref().seen().expect("seen").status;
    assert_eq!((status(first), status(second)), (301, 200));
    let redirect = first.redirect.as_ref().expect("it led on");
    assert_eq!((redirect.to.as_str(), redirect.cause), (PAGE, RedirectCause::Server));
}

#[test]
fn an_upgrade_by_firefox_is_no_sign_of_hsts() {
    for (hsts, cause, reason) in [
        (false, RedirectCause::HttpsUpgrade, Reason::HttpsUpgrade),
        (true, RedirectCause::Hsts, Reason::HiddenByHsts),
    ] {
        let mut capture = Capture::new(Engine::Firefox);
        let from = "http://site.test/";
        let more = json!({"statusCode": 0, "redirectUrl": PAGE});
        capture.apply(&event("beforeRedirect", request("1", from, "main_frame", 10, more)));
        capture.apply(&head("1", PAGE, "main_frame", 11, json!([])));
        let more = json!({"securityInfo": {"state": "secure", "hsts": hsts}, "responseHeaders": []});
        capture.apply(&event("securityInfo", request("1", PAGE, "main_frame", 11, more)));
        capture.apply(&committed(1, PAGE, 12, json!({})));
        let hop = &evidence(&capture).visits[0].exchanges[0];
        assert_eq!(hop.redirect.as_ref().map(|redirect| redirect.cause), Some(cause));
        assert_eq!(hop.response.clone().map(drop), Observed::Unseen(reason));
    }
}

#[test]
fn octets_are_what_each_browser_makes_of_them() {
    for (engine, value) in [(Engine::Chromium, "max-age=1; é"), (Engine::Firefox, "max-age=1; Ã©")] {
        let mut capture = Capture::new(engine);
        page(&mut capture, json!([{"name": "Strict-Transport-Security", "value": value}]));
        let evidence = evidence(&capture);
        let response = evidence.visits[0].exchanges[0].response.as_ref().seen().expect("seen");
        let octets = response.values("strict-transport-security").next();
        assert_eq!(octets, Some("max-age=1; é".as_bytes()), "{engine:?}");
    }
}

#[test]
fn a_redirect_too_many_is_no_page() {
    let mut capture = Capture::new(Engine::Firefox);
    let fields = json!([{"name": "Location", "value": "/"}]);
    let more = json!({"statusCode": 302, "responseHeaders": fields});
    capture.apply(&event("headersReceived", request("1", PAGE, "main_frame", 10, more)));
    let more = json!({"error": "NS_ERROR_REDIRECT_LOOP"});
    capture.apply(&event("errorOccurred", request("1", PAGE, "main_frame", 11, more)));
    capture.apply(&committed(1, PAGE, 12, json!({})));
    let visit = &evidence(&capture).visits[0];
    assert_eq!(visit.failure.as_ref().map(|failure| failure.error.as_str()), Some("NS_ERROR_REDIRECT_LOOP"));
    assert_eq!(visit.exchanges[0].redirect.as_ref().map(|redirect| redirect.to.as_str()), Some(PAGE));
}

#[test]
fn an_answer_from_the_cache_without_a_head_says_where_it_came_from() {
    for (from_cache, reason) in [(true, Reason::FromCache), (false, Reason::NotExposedByThisBrowser)] {
        let mut capture = Capture::new(Engine::Chromium);
        let details = json!({"statusCode": 200, "fromCache": from_cache});
        capture.apply(&event("completed", request("1", PAGE, "main_frame", 10, details)));
        capture.apply(&committed(1, PAGE, 12, json!({})));
        let hop = &evidence(&capture).visits[0].exchanges[0];
        assert_eq!(hop.response.clone().map(drop), Observed::Unseen(reason));
    }
}

#[test]
fn chromium_names_the_redirects_that_are_its_own() {
    let cases = [
        ("HSTS", RedirectCause::Hsts, Reason::HiddenByHsts),
        ("HttpsUpgrades", RedirectCause::HttpsUpgrade, Reason::HttpsUpgrade),
        ("WebRequest API", RedirectCause::Browser, Reason::NotExposedByThisBrowser),
    ];
    for (name, cause, reason) in cases {
        let mut capture = Capture::new(Engine::Chromium);
        let fields =
            json!([{"name": "Location", "value": PAGE}, {"name": "Non-Authoritative-Reason", "value": name}]);
        let more = json!({"statusCode": 307, "redirectUrl": PAGE, "responseHeaders": fields});
        capture.apply(&event("beforeRedirect", request("1", "http://site.test/", "main_frame", 10, more)));
        capture.apply(&head("1", PAGE, "main_frame", 11, json!([])));
        capture.apply(&committed(1, PAGE, 12, json!({})));
        let hop = &evidence(&capture).visits[0].exchanges[0];
        assert_eq!(hop.redirect.as_ref().map(|redirect| redirect.cause), Some(cause), "{name}");
        assert_eq!(hop.response.clone().map(drop), Observed::Unseen(reason), "{name}");
    }
}
