//! Events as the browsers write them, and what is asked of a capture that took them.

use https_audit_core::capture::{Asked, Capture, Event};
use https_audit_core::evidence::{Evidence, Observed, Reason, Recorder};
use serde_json::{Value, json};

pub const PAGE: &str = "https://site.test/";

pub fn event(name: &str, details: Value) -> Event {
    Event::read(name, details).expect("an event")
}

pub fn request(id: &str, url: &str, kind: &str, at: u32, more: Value) -> Value {
    let mut details = json!({"requestId": id, "url": url, "type": kind, "tabId": 1, "frameId": 0,
        "method": "GET", "timeStamp": at});
    details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    details
}

pub fn head(id: &str, url: &str, kind: &str, at: u32, fields: Value) -> Event {
    event(
        "headersReceived",
        request(id, url, kind, at, json!({"statusCode": 200, "responseHeaders": fields})),
    )
}

pub fn done(id: &str, url: &str, kind: &str, at: u32) -> Event {
    event("completed", request(id, url, kind, at, json!({"statusCode": 200, "fromCache": false})))
}

pub fn committed(tab: i64, url: &str, at: u32, more: Value) -> Event {
    let mut details = json!({"tabId": tab, "frameId": 0, "url": url, "timeStamp": at});
    details.as_object_mut().expect("object").extend(more.as_object().expect("object").clone());
    event("committed", details)
}

pub fn page(capture: &mut Capture, fields: Value) {
    capture.apply(&head("1", PAGE, "main_frame", 10, fields));
    capture.apply(&done("1", PAGE, "main_frame", 11));
    capture.apply(&committed(1, PAGE, 12, json!({})));
}

pub fn json_of(stored: Option<&String>) -> Option<Value> {
    stored.map(|json| serde_json::from_str(json).expect("JSON"))
}

pub fn asked(tab: i64, address: Option<&str>, access: bool) -> Asked<'_> {
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

pub fn evidence(capture: &Capture) -> Evidence {
    capture.evidence(asked(1, None, true))
}

pub fn watched(capture: &Capture) -> Observed<()> {
    evidence(capture).visits[0].watched
}

/// Octets of everything that goes to storage.
pub fn stored(capture: &mut Capture) -> usize {
    capture.changes(1).set.iter().map(|(_, json)| json.len()).sum()
}

/// A page load of `url` that ended: with an answer of these fields, or with this error.
pub fn load(capture: &mut Capture, url: &str, at: u32, end: Result<Value, &str>) {
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
