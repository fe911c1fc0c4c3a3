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
    pub about: About,
    pub events: Vec<Event>,
}

/// What the browser told when it was asked, in the first line of a trace.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The tab that the situation is about.
    pub tab: i64,
    /// Its address, where the browser tells it.
    pub address: Option<String>,
    /// Whether the extension had access to all sites.
    pub access: bool,
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
                let text = fs::read_to_string(&path).expect("trace");
                let (about, events) = text.split_once('\n').expect("a trace has lines");
                let sound = |e: serde_json::Error| -> ! { panic!("{}: {e}", path.display()) };
                Self {
                    engine,
                    name: path.file_stem().expect("a name").to_string_lossy().into_owned(),
                    about: serde_json::from_str(about).unwrap_or_else(|e| sound(e)),
                    events: events.lines().map(|line| read(line).unwrap_or_else(|e| sound(e))).collect(),
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

/// The evidence of the tab that the trace is about; the demo's hosts are one site a name.
pub fn evidence(capture: &Capture, trace: &Trace) -> Evidence {
    let browser = Browser { engine: trace.engine, version: String::new() };
    let asked = |same_site| Asked {
        tab: trace.about.tab,
        address: trace.about.address.as_deref(),
        access: trace.about.access,
        everywhere: trace.about.access,
        recorder: Recorder { name: "https-audit".to_owned(), browser: Some(browser.clone()) },
        same_site,
        store: None,
        jar: Observed::Unseen(Reason::NotInInput),
        unread: Reason::NotProbed,
    };
    let first = capture.evidence(asked(&|_| false));
    let site = first.visits.last().and_then(|v| Url::parse(&v.url)).map(|url| url.host().to_owned());
    capture.evidence(asked(&|host| Some(host) == site.as_deref()))
}

pub fn json(evidence: &Evidence) -> String {
    serde_json::to_string_pretty(evidence).expect("evidence is JSON") + "\n"
}
