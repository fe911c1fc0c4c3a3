//! What is kept of a site that gives more than anybody would look at.

use https_audit_core::capture::{Capture, MAX_TAB, MAX_TABS, MEMORY_KEY};
use https_audit_core::evidence::{Observed, Reason};
use https_audit_core::field::Engine;
use serde_json::{Value, json};

use crate::events::{asked, committed, done, event, evidence, head, json_of, load, page, request, stored};

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
