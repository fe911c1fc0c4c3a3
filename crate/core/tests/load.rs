//! What `capture` holds and stores of browsers and sites that give it more than anybody would look at.

use https_audit_core::capture::{
    Asked, Capture, Event, Header, MAX_TAB, MAX_TABS, NavigationDetails, PageRead, RequestDetails,
};
use https_audit_core::evidence::{Observed, Reason, Recorder, Visit};
use https_audit_core::field::Engine;

/// The memory of earlier loads may take so much.
const MEMORY: usize = 1 << 20;
/// For the list of the tabs' sizes, and the page's own exchange.
const REST: usize = 64 * 1024;

fn request(tab: i64, id: u32, url: String, kind: &str, at: f64) -> RequestDetails {
    RequestDetails {
        request_id: id.to_string(),
        url,
        method: "GET".to_owned(),
        kind: kind.to_owned(),
        tab_id: tab,
        time_stamp: at,
        status_code: 200,
        ..RequestDetails::default()
    }
}

fn head(details: &RequestDetails, fields: &[(&str, &str)]) -> Event {
    let header = |(name, value): &(&str, &str)| Header {
        name: (*name).to_owned(),
        value: Some((*value).to_owned()),
        binary_value: None,
    };
    let response_headers = Some(fields.iter().map(header).collect());
    Event::HeadersReceived(RequestDetails { response_headers, ..details.clone() })
}

fn came(tab: i64, url: &str, at: f64) -> Event {
    let url = url.to_owned();
    Event::Committed(NavigationDetails { tab_id: tab, url, time_stamp: at, ..NavigationDetails::default() })
}

fn load(capture: &mut Capture, tab: i64, id: u32, url: &str, at: f64) {
    let details = request(tab, id, url.to_owned(), "main_frame", at);
    capture.apply(&head(&details, &[("Strict-Transport-Security", "max-age=31536000")]));
    capture.apply(&Event::Completed(details));
    capture.apply(&came(tab, url, at + 1.0));
}

fn visit(capture: &Capture, tab: i64) -> Visit {
    let recorder = Recorder { name: "test".to_owned(), browser: None };
    let jar = Observed::Unseen(Reason::NotInInput);
    let asked = Asked {
        tab,
        address: None,
        access: true,
        recorder,
        same_site: &|_| true,
        store: None,
        jar,
        everywhere: true,
        unread: Reason::NotProbed,
    };
    capture.evidence(asked).visits.remove(0)
}

/// Storage, as the browser holds it.
#[derive(Default)]
struct Storage(std::collections::BTreeMap<String, String>);

impl Storage {
    /// Takes in what changed; octets of everything after it.
    fn write(&mut self, capture: &mut Capture, now: i64) -> usize {
        let changes = capture.changes(now);
        self.0.extend(changes.set);
        for key in changes.remove {
            self.0.remove(&key);
        }
        self.0.values().map(String::len).sum()
    }
}

#[test]
fn a_million_events_of_one_page() {
    let mut capture = Capture::new(Engine::Chromium);
    let mut storage = Storage::default();
    load(&mut capture, 1, 0, "https://site.test/", 1.0);
    let long = "x".repeat(600);
    for id in 1..=333_334_u32 {
        let at = 10.0 + f64::from(id);
        let details = request(1, id, format!("https://cdn{}.test/{id}?{long}", id % 50), "image", at);
        capture.apply(&head(&details, &[("Set-Cookie", "a=1; Secure"), ("Server", "nginx")]));
        capture.apply(&Event::ResponseStarted(details.clone()));
        capture.apply(&Event::Completed(details));
        if id % 5_000 == 0 {
            assert!(visit(&capture, 1).exchanges.len() <= 401, "held in memory after {id} requests");
            let octets = storage.write(&mut capture, i64::from(id));
            assert!(octets < MAX_TAB + REST, "{octets} octets stored after {id} requests");
        }
    }
    let visit = visit(&capture, 1);
    assert_eq!(visit.watched, Observed::Seen(()));
    assert!(visit.dropped > 300_000);
}

#[test]
fn ten_thousand_loads_of_ten_thousand_sites_in_two_hundred_tabs() {
    let mut capture = Capture::new(Engine::Firefox);
    let mut storage = Storage::default();
    for id in 0..10_000_u32 {
        let tab = i64::from(id % 200);
        let url = format!("https://site{id}.test/{}", "p".repeat(2_000));
        load(&mut capture, tab, id, &url, 10.0 * f64::from(id));
        for part in 0..3 {
            let details = request(
                tab,
                1_000_000 + id * 10 + part,
                format!("{url}?{part}"),
                "script",
                10.0 * f64::from(id) + 2.0,
            );
            capture.apply(&head(&details, &[]));
        }
        if id % 100 == 99 {
            let octets = storage.write(&mut capture, i64::from(id));
            assert!(octets < MAX_TABS + MEMORY + REST, "{octets} octets stored after {id} loads");
        }
    }
}

#[test]
fn tabs_that_come_and_go_leave_nothing() {
    let mut capture = Capture::new(Engine::Chromium);
    let mut storage = Storage::default();
    load(&mut capture, 1, 0, "https://site.test/", 1.0);
    let before = storage.write(&mut capture, 1);
    for tab in 2..2_000 {
        load(&mut capture, tab, 1, "https://site.test/", 2.0);
        storage.write(&mut capture, tab);
        capture.apply(&Event::TabRemoved(https_audit_core::capture::TabDetails { tab_id: tab }));
    }
    let after = storage.write(&mut capture, 2_000);
    assert!(after < before + 100, "{before} octets before, {after} after");
}

/// A page may name a hundred addresses of 4 KB, of octets that JSON writes as two: more than a tab may take, and
/// more in some tabs than all may. To give a tab up must be the end of it.
#[test]
fn what_pages_name_does_not_keep_the_background_busy() {
    let mut capture = Capture::new(Engine::Chromium);
    let mut storage = Storage::default();
    for tab in 1..=30 {
        let filling = if tab % 2 == 0 { "\\" } else { "y" }.repeat(3_800);
        load(&mut capture, tab, 1, "https://site.test/", 1.0);
        let lines: Vec<String> =
            (0..100).map(|index| format!("insecure image http://site.test/{index}?{filling}")).collect();
        let url = "https://site.test/".to_owned();
        let outcome = capture.apply(&Event::PageRead(PageRead {
            tab_id: tab,
            url,
            document_id: None,
            holds: lines.join("\n"),
        }));
        assert_eq!(outcome.tab, Some(tab), "what was read is taken");
        let octets = storage.write(&mut capture, tab);
        assert!(octets < MAX_TABS + MEMORY, "{octets} octets stored with {tab} tabs");
    }
    assert_eq!(visit(&capture, 1).watched, Observed::Unseen(Reason::OverLimit));
    assert_eq!(visit(&capture, 30).watched, Observed::Seen(()));
}

/// So are tabs of which nothing is left but two addresses of 4 KB, each octet of which JSON writes as two.
#[test]
fn the_longest_addresses_do_not_keep_the_background_busy() {
    let mut capture = Capture::new(Engine::Chromium);
    let mut storage = Storage::default();
    for tab in 1..=400 {
        let url = format!("https://site.test/?{}", "\\".repeat(4_000));
        load(&mut capture, tab, 1, &url, 1.0);
        let octets = storage.write(&mut capture, tab);
        assert!(octets < 8 << 20, "{octets} octets stored with {tab} tabs");
    }
}
