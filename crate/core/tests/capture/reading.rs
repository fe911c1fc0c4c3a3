//! What was read in a page.

use https_audit_core::capture::{Asked, Capture, Event, MAX_TAB};
use https_audit_core::evidence::{Observed, Reason};
use https_audit_core::fact::Facts;
use https_audit_core::field::Engine;
use serde_json::json;

use crate::events::{PAGE, asked, committed, event, evidence, head, json_of, load, page};

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
        lines.push("trace ruby".to_owned());
        lines.push("trace 0123456789abcdef".to_owned());
        lines.push("scripts all 18446744073709551615".to_owned());
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
    assert!(document.csrf_tokens.len() < 10 && document.debug_pages.len() < 10 && document.traces.len() < 10);
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
