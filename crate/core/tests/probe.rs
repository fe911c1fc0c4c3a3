//! The redirect check: what it asks and in which order, and what is made of the browsers' events about it, which are
//! written here as Chromium 156 and Firefox 153 tell them.

#![expect(clippy::needless_pass_by_value, reason = "events are written where they are handed over")]

use https_audit_core::capture::{Asked, Capture, Event, PROBE_LASTS, PROBES_KEY};
use https_audit_core::evidence::{Observed, Probe, ProbeState, Reason, Recorder, RedirectCause};
use https_audit_core::fact::Site;
use https_audit_core::field::Engine;
use https_audit_core::knowledge;
use serde_json::{Value, json};

const OWN: &str = "chrome-extension://abcdefghijklmnopabcdefghijklmnop";

fn site(url: &str) -> Site {
    Site::new(url, &knowledge::embedded().expect("sound assets"))
}

/// An event about a request that the extension made.
fn told(event: &str, id: &str, url: &str, more: Value) -> Event {
    let mut details = json!({"requestId": id, "url": url, "type": "xmlhttprequest", "tabId": -1, "frameId": -1,
        "method": "GET", "timeStamp": 10, "initiator": OWN});
    details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    Event::read(event, details).expect("an event")
}

fn location(to: &str) -> Value {
    json!({"statusCode": 301, "responseHeaders": [{"name": "Location", "value": to}]})
}

/// Chromium about a redirect that is not followed.
fn chromium_redirect(capture: &mut Capture, id: &str, url: &str, to: &str) {
    capture.apply(&told("headersReceived", id, url, location(to)));
    capture.apply(&told(
        "beforeRedirect",
        id,
        url,
        json!({"statusCode": 301, "redirectUrl": to, "fromCache": false}),
    ));
    capture.apply(&told("errorOccurred", id, url, json!({"error": "net::ERR_ABORTED"})));
}

fn page(capture: &mut Capture, id: &str, url: &str) {
    capture.apply(&told("headersReceived", id, url, json!({"statusCode": 200, "responseHeaders": []})));
    capture.apply(&told("completed", id, url, json!({"statusCode": 200, "fromCache": false})));
}

fn probe(capture: &Capture, site: &Site) -> Probe {
    let evidence = capture.evidence(Asked {
        tab: 1,
        address: Some(site.url.as_ref().expect("a page").as_str()),
        access: true,
        everywhere: true,
        recorder: Recorder { name: "test".to_owned(), browser: None },
        same_site: &|_| true,
        store: None,
        jar: Observed::Unseen(Reason::NotInInput),
        unread: Reason::NotProbed,
    });
    evidence.probe.expect("a check")
}

/// What is asked next; its answer comes before the one after it.
fn next(capture: &mut Capture, site: &Site) -> Option<String> {
    capture.next_of_probe(site, 1000).map(|url| url.to_string())
}

fn over(capture: &mut Capture, site: &Site) {
    assert!(capture.probe_is_answered(site));
    capture.request_of_probe_is_over(site, false);
}

#[test]
fn http_first_then_https_then_where_they_led() {
    let site = site("https://app.site-demo.org/in?token=1");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    assert!(!capture.begin_probe(&site, 1000), "one at a time");
    let mut asked = Vec::new();
    while let Some(url) = next(&mut capture, &site) {
        let id = asked.len().to_string();
        match url.as_str() {
            "http://app.site-demo.org/" => {
                chromium_redirect(&mut capture, &id, &url, "https://app.site-demo.org/");
            }
            "http://site-demo.org/" => {
                chromium_redirect(&mut capture, &id, &url, "https://site-demo.org/start");
            }
            _ => page(&mut capture, &id, &url),
        }
        over(&mut capture, &site);
        asked.push(url);
    }
    assert_eq!(
        asked,
        [
            "http://app.site-demo.org/",
            "http://site-demo.org/",
            "https://site-demo.org/",
            "https://www.site-demo.org/",
            "https://app.site-demo.org/",
            "https://site-demo.org/start",
        ]
    );
    let probe = probe(&capture, &site);
    assert_eq!(probe.state, ProbeState::Done);
    assert!(probe.failures.is_empty(), "what was not followed did not fail");
    let first = &probe.exchanges[0];
    let redirect = first.redirect.as_ref().expect("a redirect");
    assert_eq!((redirect.to.as_str(), redirect.cause), ("https://app.site-demo.org/", RedirectCause::Server));
    assert_eq!(probe.exchanges.len(), asked.len());
}

#[test]
fn firefox_tells_of_no_redirect_that_nobody_follows() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Firefox);
    assert!(capture.begin_probe(&site, 1000));
    let url = next(&mut capture, &site).expect("the first");
    let own = json!({"originUrl": "moz-extension://0a1b/_generated_background_page.html", "initiator": null});
    let mut more = location("https://site-demo.org/");
    more.as_object_mut().expect("object").extend(own.as_object().expect("object").clone());
    capture.apply(&told("headersReceived", "1", &url, more.clone()));
    more["fromCache"] = json!(false);
    capture.apply(&told("completed", "1", &url, more));
    over(&mut capture, &site);
    let redirect = probe(&capture, &site).exchanges[0].redirect.clone().expect("a redirect");
    assert_eq!((redirect.to.as_str(), redirect.cause), ("https://site-demo.org/", RedirectCause::Server));
}

#[test]
fn what_hsts_hides_is_no_answer() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    let url = next(&mut capture, &site).expect("the first");
    let to = json!({"statusCode": 307, "redirectUrl": "https://site-demo.org/", "fromCache": false,
        "responseHeaders": [{"name": "Location", "value": "https://site-demo.org/"}, {"name": "Non-Authoritative-Reason", "value": "HSTS"}]});
    capture.apply(&told("beforeRedirect", "1", &url, to));
    capture.apply(&told("errorOccurred", "1", &url, json!({"error": "net::ERR_ABORTED"})));
    over(&mut capture, &site);
    let hop = &probe(&capture, &site).exchanges[0];
    assert_eq!(hop.response, Observed::Unseen(Reason::HiddenByHsts));
    assert_eq!(hop.redirect.as_ref().map(|redirect| redirect.cause), Some(RedirectCause::Hsts));
}

#[test]
fn a_redirect_is_followed_to_names_on_the_web_only() {
    for to in [
        "http://192.168.0.1/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://localhost/",
        "ftp://site-demo.org/",
        "data:,x",
        "javascript:1",
    ] {
        let site = site("https://site-demo.org/");
        let mut capture = Capture::new(Engine::Chromium);
        assert!(capture.begin_probe(&site, 1000));
        let url = next(&mut capture, &site).expect("the first");
        chromium_redirect(&mut capture, "1", &url, to);
        over(&mut capture, &site);
        let mut rest = Vec::new();
        while let Some(url) = next(&mut capture, &site) {
            page(&mut capture, &rest.len().to_string(), &url);
            capture.request_of_probe_is_over(&site, false);
            rest.push(url);
        }
        assert_eq!(rest, ["https://site-demo.org/", "https://www.site-demo.org/"], "{to}");
    }
}

#[test]
fn a_site_that_leads_on_and_on_ends() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    let mut asked = 0;
    while let Some(url) = next(&mut capture, &site) {
        chromium_redirect(
            &mut capture,
            &asked.to_string(),
            &url,
            &format!("http://to{asked}.site-demo.org/"),
        );
        over(&mut capture, &site);
        asked += 1;
        assert!(asked <= 16, "{url}");
    }
    assert_eq!(probe(&capture, &site).state, ProbeState::Done);
}

#[test]
fn it_ends_in_time_and_says_so() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    assert!(capture.next_of_probe(&site, 1000).is_some());
    // Nothing came: who asked waits no longer. The browser tells of the end later.
    capture.request_of_probe_is_over(&site, true);
    capture.apply(&told("errorOccurred", "1", "http://site-demo.org/", json!({"error": "net::ERR_ABORTED"})));
    let late = &probe(&capture, &site);
    assert_eq!(late.exchanges[0].response, Observed::Unseen(Reason::TimedOut));
    assert!(late.failures.is_empty(), "that the extension gave up is no failure of the server");
    assert_eq!(capture.next_of_probe(&site, 1000 + PROBE_LASTS), None);
    assert_eq!(probe(&capture, &site).state, ProbeState::TimedOut);
}

#[test]
fn nobody_else_can_answer_for_it() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    let url = next(&mut capture, &site).expect("the first");
    // A page's own request to the same address at the same time.
    let of_page = json!({"initiator": "https://evil.test", "tabId": 1, "frameId": 0, "statusCode": 301,
        "responseHeaders": [{"name": "Location", "value": "https://site-demo.org/"}]});
    capture.apply(&told("headersReceived", "7", &url, of_page));
    assert!(!capture.probe_is_answered(&site));
    // Another extension's request for something else.
    capture.apply(&told(
        "headersReceived",
        "8",
        "http://other-demo.org/",
        location("https://other-demo.org/"),
    ));
    assert!(!capture.probe_is_answered(&site));
    assert!(probe(&capture, &site).exchanges.is_empty());
}

#[test]
fn an_ended_background_is_told_and_the_check_can_begin_again() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    let url = next(&mut capture, &site).expect("the first");
    chromium_redirect(&mut capture, "1", &url, "https://site-demo.org/");
    let stored = capture.changes(0).set.into_iter().find(|(key, _)| key == PROBES_KEY).expect("stored").1;
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_probes(Some(&serde_json::from_str::<Value>(&stored).expect("JSON")));
    woken.interrupt_probes();
    let kept = probe(&woken, &site);
    assert_eq!((kept.state, kept.exchanges.len()), (ProbeState::Interrupted, 1));
    assert!(woken.changes(0).set.iter().any(|(key, _)| key == PROBES_KEY), "the popup is told");
    assert!(woken.begin_probe(&site, 2000));
    // What storage holds may be broken: then there was no check.
    woken.restore_probes(Some(json!({"probes": [{}]})));
    assert!(woken.begin_probe(&site, 3000));
}

#[test]
fn no_secret_of_an_answer_is_kept() {
    let site = site("https://site-demo.org/");
    let mut capture = Capture::new(Engine::Chromium);
    assert!(capture.begin_probe(&site, 1000));
    let url = next(&mut capture, &site).expect("the first");
    let head = json!({"statusCode": 301, "responseHeaders": [
        {"name": "Location", "value": "https://me:s3cret@site-demo.org/in#s3cret"},
        {"name": "Set-Cookie", "value": "sessionid=s3cret; Path=/"}]});
    capture.apply(&told("headersReceived", "1", &url, head));
    let to = json!({"statusCode": 301, "redirectUrl": "https://me:s3cret@site-demo.org/in#s3cret"});
    capture.apply(&told("beforeRedirect", "1", &url, to));
    over(&mut capture, &site);
    let evidence = serde_json::to_string(&probe(&capture, &site)).expect("JSON");
    assert!(!evidence.contains("s3cret"), "{evidence}");
}

#[test]
fn the_checks_of_eight_sites_are_kept() {
    let mut capture = Capture::new(Engine::Chromium);
    for n in 0..20 {
        let site = site(&format!("https://site{n}-demo.org/"));
        assert!(capture.begin_probe(&site, n));
    }
    let stored = capture.changes(0).set.into_iter().find(|(key, _)| key == PROBES_KEY).expect("stored").1;
    assert_eq!(stored.matches("began_at").count(), 8);
    assert!(stored.contains("site19-demo.org") && !stored.contains("site11-demo.org"), "{stored}");
}
