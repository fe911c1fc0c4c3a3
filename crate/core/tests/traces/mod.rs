//! Reading recorded traces.

use std::fs;
use std::path::{Path, PathBuf};

use https_audit_core::capture::{Asked, Capture, Event};
use https_audit_core::evidence::{Browser, Evidence, Observed, Reason, Recorder};
use https_audit_core::field::Engine;
use https_audit_core::url::Url;

pub struct Trace {
    pub engine: Engine,
    pub name: String,
    pub path: PathBuf,
    pub events: Vec<Event>,
}

impl Trace {
    /// Every trace, by browser and name.
    pub fn all() -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/traces");
        let mut traces = Vec::new();
        for engine in Engine::ALL {
            let folder = fs::read_dir(root.join(engine.word())).expect("tests/traces holds each browser");
            let mut paths: Vec<_> = folder.map(|entry| entry.expect("readable").path()).collect();
            paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
            paths.sort();
            traces.extend(paths.into_iter().map(|path| {
                Self {
                    engine,
                    name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
                    events: fs::read_to_string(&path)
                        .expect("trace")
                        .lines()
                        .map(|line| read(line).unwrap_or_else(|e| panic!("{}: {e}", path.display())))
                        .collect(),
                    path,
                }
            }));
        }
        traces
    }
}

/// A line of a trace: what `extension/background.js` hands to the module.
#[derive(serde::Deserialize)]
struct Line {
    event: String,
    details: serde_json::Value,
}

fn read(line: &str) -> serde_json::Result<Event> {
    let Line { event, details } = serde_json::from_str(line)?;
    Event::read(&event, details)
}

/// All events, in the order in which the browser told them.
pub fn replay(trace: &Trace) -> Capture {
    let mut capture = Capture::new(trace.engine);
    for event in &trace.events {
        capture.apply(event);
    }
    capture
}

/// The tab that the trace is about: the first in which a page of a test host came up.
pub fn tab(trace: &Trace) -> i64 {
    trace
        .events
        .iter()
        .find_map(|event| match event {
            Event::Committed(d) | Event::NavigationError(d)
                if Url::parse(&d.url).is_some_and(|url| url.host().rsplit('.').next() == Some("test")) =>
            {
                Some(d.tab_id)
            }
            _ => None,
        })
        .expect("a page came up")
}

/// The evidence of that tab; `*.test` is one site a name.
pub fn evidence(capture: &Capture, trace: &Trace) -> Evidence {
    let browser = Browser { engine: trace.engine, version: String::new() };
    let asked = |same_site| Asked {
        tab: tab(trace),
        address: None,
        access: true,
        recorder: Recorder { name: "https-audit".to_owned(), browser: Some(browser.clone()) },
        same_site,
        jar: Observed::Unseen(Reason::NotInInput),
    };
    let first = capture.evidence(asked(&|_| false));
    let host = first.visits.last().and_then(|v| Url::parse(&v.url)).map(|url| url.host().to_owned());
    let site = host.map(|host| host.trim_start_matches("www.").to_owned()).unwrap_or_default();
    capture.evidence(asked(&|host| host == site || host.ends_with(&format!(".{site}"))))
}

pub fn json(evidence: &Evidence) -> String {
    serde_json::to_string_pretty(evidence).expect("evidence is JSON") + "\n"
}
