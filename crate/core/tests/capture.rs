//! What `capture` keeps of a hostile site, and the reasons for what was not seen. Events are
//! written as the browsers write them.

#![expect(clippy::needless_pass_by_value, reason = "events are written where they are handed over")]

use https_audit_core::capture::{Asked, Capture, Event, MAX_TAB, MAX_TABS, MEMORY_KEY};
use https_audit_core::evidence::{Evidence, Exchange, Observed, Reason, Recorder, RedirectCause};
use https_audit_core::fact::Facts;
use https_audit_core::field::Engine;
use https_audit_core::report::to_json;
use serde_json::{Value, json};

const PAGE: &str = "https://site.test/";

fn event(name: &str, details: Value) -> Event {
    Event::read(name, details).expect("an event")
}

fn request(id: &str, url: &str, kind: &str, at: u32, more: Value) -> Value {
    let mut details = json!({"requestId": id, "url": url, "type": kind, "tabId": 1, "frameId": 0,
        "method": "GET", "timeStamp": at});
    details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    details
}

fn head(id: &str, url: &str, kind: &str, at: u32, fields: Value) -> Event {
    event(
        "headersReceived",
        request(id, url, kind, at, json!({"statusCode": 200, "responseHeaders": fields})),
    )
}

fn done(id: &str, url: &str, kind: &str, at: u32) -> Event {
    event("completed", request(id, url, kind, at, json!({"statusCode": 200, "fromCache": false})))
}

fn committed(tab: i64, url: &str, at: u32, more: Value) -> Event {
    let mut details = json!({"tabId": tab, "frameId": 0, "url": url, "timeStamp": at});
    details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    event("committed", details)
}

fn page(capture: &mut Capture, fields: Value) {
    capture.apply(&head("1", PAGE, "main_frame", 10, fields));
    capture.apply(&done("1", PAGE, "main_frame", 11));
    capture.apply(&committed(1, PAGE, 12, json!({})));
}

fn json_of(stored: Option<&String>) -> Option<Value> {
    stored.map(|json| serde_json::from_str(json).expect("JSON"))
}

fn asked(tab: i64, address: Option<&str>, access: bool) -> Asked<'_> {
    Asked {
        tab,
        address,
        access,
        everywhere: access,
        recorder: Recorder { name: "test".to_owned(), browser: None },
        same_site: &|_| true,
        store: None,
        jar: Observed::Unseen(Reason::NotInInput),
        unread: Reason::NotProbed,
    }
}

fn evidence(capture: &Capture) -> Evidence {
    capture.evidence(asked(1, None, true))
}

fn watched(capture: &Capture) -> Observed<()> {
    evidence(capture).visits[0].watched
}

/// Octets of everything that goes to storage.
fn stored(capture: &mut Capture) -> usize {
    capture.changes(1).set.iter().map(|(_, json)| json.len()).sum()
}

#[test]
fn twenty_thousand_sub_resources() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    // The one that matters comes last of all.
    for i in 0..20_000u32 {
        let url = if i == 19_999 {
            "http://site.test/last.js".to_owned()
        } else {
            format!("https://cdn.test/{i}?{}", "x".repeat(3000))
        };
        let id = (i + 2).to_string();
        capture.apply(&head(&id, &url, "script", 20 + i, json!([{"name": "Date", "value": "now"}])));
        capture.apply(&done(&id, &url, "script", 21 + i));
    }
    assert!(stored(&mut capture) < MAX_TAB + 64 * 1024);
    let visit = &evidence(&capture).visits[0];
    assert!(visit.exchanges.len() <= 301);
    assert_eq!(visit.exchanges.len() as u64 + visit.dropped, 20_001);
    assert!(visit.exchanges.iter().any(|exchange| exchange.url.as_str() == "http://site.test/last.js"));
}

#[test]
fn a_header_of_a_megabyte() {
    let mut capture = Capture::new(Engine::Chromium);
    let policy = "max-age=31536000";
    page(
        &mut capture,
        json!([
            {"name": "X-Nobody-Asks", "value": "a".repeat(1 << 20)},
            {"name": "Content-Security-Policy", "binaryValue": vec![1; 1 << 20]},
            {"name": "Strict-Transport-Security", "value": policy}
        ]),
    );
    assert!(stored(&mut capture) < MAX_TAB);
    let evidence = evidence(&capture);
    let response = evidence.visits[0].exchanges[0].response.as_ref().seen().expect("seen");
    assert_eq!(response.fields.len(), 2, "fields that no check reads are not kept");
    assert_eq!(response.fields[0].cut_from, Some(1 << 20));
    assert_eq!(response.values("strict-transport-security").collect::<Vec<_>>(), [policy.as_bytes()]);
}

#[test]
fn five_thousand_cookies_leave_room_for_the_other_fields() {
    for engine in Engine::ALL {
        let mut capture = Capture::new(engine);
        let lines: Vec<String> = (0..5000).map(|i| format!("c{i}={}; Secure", "v".repeat(40))).collect();
        let mut fields: Vec<Value> = match engine {
            Engine::Chromium => lines.iter().map(|l| json!({"name": "Set-Cookie", "value": l})).collect(),
            Engine::Firefox => vec![json!({"name": "Set-Cookie", "value": lines.join("\n")})],
        };
        fields.push(json!({"name": "Strict-Transport-Security", "value": "max-age=1"}));
        page(&mut capture, json!(fields));
        assert!(stored(&mut capture) < MAX_TAB);
        let evidence = evidence(&capture);
        let response = evidence.visits[0].exchanges[0].response.as_ref().seen().expect("seen");
        let cookies = response.values("set-cookie").count();
        assert!(cookies > 200, "{cookies} kept");
        assert_eq!(cookies as u64 + response.dropped, 5000);
        assert_eq!(response.values("strict-transport-security").count(), 1);
    }
}

#[test]
fn all_tabs_together_stay_below_the_quota_and_say_so() {
    let mut capture = Capture::new(Engine::Chromium);
    let mut storage = std::collections::BTreeMap::new();
    let policy = "p".repeat(8000);
    for tab in 1..=16 {
        for i in 0..300 {
            let url = format!("https://cdn{tab}.test/{i}?{}", "x".repeat(3000));
            let mut details = request(
                &format!("{tab}.{i}"),
                &url,
                "script",
                20,
                json!({"statusCode": 200,
                "responseHeaders": [{"name": "Strict-Transport-Security", "value": policy}]}),
            );
            details["tabId"] = json!(tab);
            capture.apply(&event("headersReceived", details));
        }
        capture.apply(&committed(tab, "https://site.test/", 12, json!({})));
        let changes = capture.changes(tab);
        storage.extend(changes.set);
    }
    let total: usize = storage.values().map(String::len).sum();
    assert!(total < MAX_TABS + (1 << 20), "{total}");
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_memory(json_of(storage.get(MEMORY_KEY)));
    for (tab, reason) in [(1, Reason::OverLimit), (16, Reason::LoadedBeforeInstall)] {
        woken.restore_tab(tab, json_of(storage.get(&Capture::tab_key(tab))));
        let visit = &woken.evidence(asked(tab, None, true)).visits[0];
        assert_eq!(visit.watched, Observed::Unseen(reason), "tab {tab}");
        assert_eq!(visit.url, "https://site.test/");
    }
}

/// A page load of `url` that ended: with an answer of these fields, or with this error.
fn load(capture: &mut Capture, url: &str, at: u32, end: Result<Value, &str>) {
    let id = format!("load{at}");
    match end {
        Ok(fields) => {
            capture.apply(&head(&id, url, "main_frame", at, fields));
            capture.apply(&done(&id, url, "main_frame", at));
        }
        Err(error) => {
            let details = request(&id, url, "main_frame", at, json!({"error": error}));
            capture.apply(&event("errorOccurred", details));
        }
    }
}

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
fn the_memory_of_earlier_loads_is_bounded_and_forgets_the_oldest() {
    let memory = |capture: &mut Capture| {
        let changes = capture.changes(1);
        changes.set.into_iter().find(|(key, _)| key == MEMORY_KEY).map_or(0, |(_, json)| json.len())
    };
    let hosts = |capture: &Capture| {
        let earlier = evidence(capture).earlier;
        earlier.iter().map(|answer| answer.url.host().to_owned()).collect::<Vec<_>>()
    };
    // The fields take six octets each in JSON.
    let fields = json!([{"name": "Strict-Transport-Security", "value": "\u{1}".repeat(2000)}]);
    let mut capture = Capture::new(Engine::Firefox);
    for n in 0..200 {
        let url = format!("https://h{n}.test/?{}", "x".repeat(3000));
        load(&mut capture, &url, 10 + n, Ok(fields.clone()));
    }
    let octets = memory(&mut capture);
    assert!((900_000..1_060_000).contains(&octets), "{octets}");
    let kept = hosts(&capture);
    assert_eq!(kept.last().map(String::as_str), Some("h199.test"));
    assert!(kept.len() > 50 && !kept.contains(&"h0.test".to_owned()), "{}", kept.len());

    let mut capture = Capture::new(Engine::Firefox);
    for n in 0..700 {
        // The first one is seen again and again.
        load(&mut capture, "https://again.test/", 10 + 2 * n, Ok(json!([])));
        load(&mut capture, &format!("https://h{n}.test/"), 11 + 2 * n, Ok(json!([])));
    }
    assert!(memory(&mut capture) < 1_060_000);
    let kept = hosts(&capture);
    assert_eq!(kept.len(), 600);
    assert!(kept.contains(&"again.test".to_owned()) && kept.contains(&"h699.test".to_owned()));
    assert!(!kept.contains(&"h100.test".to_owned()));
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

/// What the popup read.
fn read(url: &str, document: Option<&str>, lines: &[String]) -> Event {
    event("pageRead", json!({"tabId": 1, "url": url, "documentId": document, "holds": lines.join("\n")}))
}

fn references(capture: &Capture) -> Observed<usize> {
    evidence(capture).visits.remove(0).document.map(|document| document.insecure_references.len())
}

#[test]
fn what_was_read_is_kept_of_the_page_that_is_shown() {
    let mut capture = Capture::new(Engine::Chromium);
    let unread = Observed::Unseen(Reason::NotProbed);
    page(&mut capture, json!([]));
    assert_eq!(references(&capture), unread);
    let one = ["insecure script http://late.test/a.js".to_owned()];
    let late = capture.apply(&read("https://other.test/", None, &one));
    assert_eq!((late.tab, references(&capture)), (None, unread), "of a page that is gone");
    assert_eq!(capture.apply(&read(PAGE, None, &one)).tab, Some(1));
    assert_eq!(references(&capture), Observed::Seen(1));
    // Another page at the same address: nobody read that one.
    capture.apply(&committed(1, PAGE, 20, json!({"documentId": "B"})));
    assert_eq!(references(&capture), unread);
    capture.apply(&read(PAGE, Some("A"), &one));
    assert_eq!(references(&capture), unread, "read in the page before, told after it was left");
    // A document keeps its name when the page takes another address.
    capture.apply(&read("https://site.test/pushed", Some("B"), &one));
    assert_eq!(references(&capture), Observed::Seen(1));
    let changes = capture.changes(1);
    let stored = changes.set.iter().find(|(key, _)| *key == Capture::tab_key(1)).map(|(_, json)| json);
    let mut woken = Capture::new(Engine::Chromium);
    woken.restore_tab(1, json_of(stored));
    assert_eq!(references(&woken), Observed::Seen(1));
}

#[test]
fn a_page_that_nobody_watched_can_be_read() {
    let mut capture = Capture::new(Engine::Firefox);
    let reading = |url| read(url, Some("A"), &["passwords 1".to_owned()]);
    capture.apply(&reading(PAGE));
    let asked_at = |address| capture.evidence(asked(1, Some(address), true)).visits.remove(0);
    let visit = asked_at(PAGE);
    assert_eq!(visit.watched, Observed::Unseen(Reason::LoadedBeforeInstall));
    assert_eq!(visit.document.map(|document| document.password_fields), Observed::Seen(1));
    assert_eq!(asked_at("https://site.test/next").document, Observed::Unseen(Reason::NotProbed));
}

#[test]
fn why_a_page_was_not_read() {
    let cases = [
        (PAGE, true, Reason::StillLoading),
        (PAGE, false, Reason::AccessNotGranted),
        ("https://addons.mozilla.org/", true, Reason::RestrictedPage),
        ("about:blank", true, Reason::RestrictedPage),
    ];
    for (address, access, reason) in cases {
        let capture = Capture::new(Engine::Firefox);
        let asked = Asked { unread: Reason::StillLoading, ..asked(1, Some(address), access) };
        assert_eq!(capture.evidence(asked).visits[0].document, Observed::Unseen(reason), "{address}");
    }
    let mut capture = Capture::new(Engine::Chromium);
    load(&mut capture, PAGE, 10, Err("net::ERR_CONNECTION_REFUSED"));
    capture.apply(&committed(1, PAGE, 20, json!({})));
    assert_eq!(evidence(&capture).visits[0].document, Observed::Unseen(Reason::LoadFailed));
}

#[test]
fn a_hostile_page_can_neither_bloat_nor_invent() {
    let address = |n: usize| format!("http://user:secret@cdn.test/{n}?token=hidden#part");
    let mut lines = Vec::new();
    for n in 0..300 {
        lines.push(format!("form post {} password", address(n)));
        lines.push(format!("part script {}", address(n)));
        lines.push(format!("insecure script http://cdn.test/{n}"));
        lines.push("meta strict-transport-security ".to_owned() + &"x".repeat(500));
        lines.push("csrf _csrf".to_owned());
        lines.push("debug rails".to_owned());
        // What is none of the lines that there are.
        lines.push("token 0123456789abcdef".to_owned());
        lines.push("meta set-cookie sid=0123456789abcdef".to_owned());
    }
    lines.push("passwords 9000000000".to_owned());
    lines.push("beyond form 18446744073709551615".to_owned());
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    capture.apply(&read(PAGE, None, &lines));
    let document = evidence(&capture).visits.remove(0).document.seen().expect("read");
    let counts = (document.forms.len(), document.parts.len(), document.insecure_references.len());
    assert_eq!((counts, document.metas.len()), ((50, 50, 100), 16));
    let beyond = document.beyond;
    assert_eq!((beyond.forms, beyond.parts, beyond.references, beyond.metas), (u64::MAX, 250, 200, 284));
    assert!(document.csrf_tokens.len() < 10 && document.debug_pages.len() < 10);
    assert_eq!(document.forms[0].action.as_str(), "http://cdn.test/0");
    let kept: String = capture.changes(1).set.into_iter().map(|(_, json)| json).collect();
    for secret in ["secret", "hidden", "0123456789abcdef"] {
        assert!(!kept.contains(secret), "{secret}");
    }
    assert!(kept.len() < 40_000, "{}", kept.len());

    // What is no reading at all changes nothing.
    for lines in [vec![], vec!["x".repeat(400_000)]] {
        assert_eq!(capture.apply(&read(PAGE, None, &lines)).tab, None);
    }
}

#[test]
fn a_reading_fits_into_what_a_tab_may_take() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    for n in 0..300 {
        let fields = json!([{"name": "Location", "value": "y".repeat(3000)}]);
        capture.apply(&head(&format!("s{n}"), &format!("http://cdn.test/{n}"), "script", 13, fields));
    }
    let reference = |n| format!("insecure image http://cdn.test/{n}?{}", "x".repeat(3000));
    let lines: Vec<String> = (0..100).map(reference).collect();
    assert_eq!(capture.apply(&read(PAGE, None, &lines)).tab, Some(1));
    let changes = capture.changes(1);
    let (_, tab) = changes.set.iter().find(|(key, _)| *key == Capture::tab_key(1)).expect("the tab");
    assert!(tab.len() <= MAX_TAB, "{}", tab.len());
    assert_eq!(references(&capture), Observed::Seen(100));
}

#[test]
fn mixed_content_that_browsers_refuse_or_change_is_found_in_the_page() {
    let mut capture = Capture::new(Engine::Chromium);
    page(&mut capture, json!([]));
    // Chromium asks for the image over https, and for the script not at all.
    capture.apply(&head("2", "https://cdn.test/a.gif", "image", 13, json!([])));
    let names =
        ["script http://cdn.test/a.js", "image http://cdn.test/a.gif", "script http://localhost/b.js"];
    capture.apply(&read(PAGE, None, &names.map(|name| format!("insecure {name}"))));
    let evidence = evidence(&capture);
    let lists = https_audit_core::knowledge::embedded().expect("the lists");
    let facts = Facts::new(&evidence, &lists, 0);
    let found: Vec<_> = facts
        .insecure_requests
        .iter()
        .map(|request| (request.url.as_str(), request.active, request.upgraded, request.blocked))
        .collect();
    assert_eq!(
        found,
        [("http://cdn.test/a.js", true, false, true), ("http://cdn.test/a.gif", false, true, false)]
    );
    let report = &https_audit_core::audit(&evidence, &lists, 0)[0];
    let ids: Vec<_> = report.findings.iter().map(|finding| finding.check.to_string()).collect();
    assert!(ids.iter().any(|id| id == "https.mixed.active"), "{ids:?}");
    assert!(ids.iter().any(|id| id == "https.mixed.passive"), "{ids:?}");
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
