//! Events as real browsers told them in the situations of tests/e2e/situations (tests/traces/, recorded
//! by tests/recorder/), folded by
//! `capture`. Each trace stands beside the evidence that it must give; after a wanted change
//! `UPDATE_GOLDEN=1 cargo test -p https-audit-core --test traces` writes that anew.

#[path = "traces/mod.rs"]
mod traces;

use std::collections::BTreeMap;
use std::fs;

use https_audit_core::capture::{Capture, Changes, Event, MEMORY_KEY};
use https_audit_core::field::Engine;
use traces::{Trace, evidence, json, replay};

#[test]
fn every_trace_gives_its_evidence() {
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    for trace in Trace::all() {
        let found = json(&evidence(&replay(&trace), &trace));
        let golden = trace.path.with_extension("json");
        if update {
            fs::write(&golden, &found).expect("golden file can be written");
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        assert_eq!(found, wanted, "{}", golden.display());
    }
}

/// What one browser can not produce, for the reason that docs/what-we-see.md gives.
const ONLY: [(Engine, &str); 3] = [
    (Engine::Chromium, "prerendered"),
    (Engine::Firefox, "beside-container"),
    (Engine::Firefox, "container"),
];

#[test]
fn both_browsers_tell_every_story() {
    let names = |engine| {
        let traces = Trace::all().into_iter().filter(move |trace| trace.engine == engine);
        let names = traces.map(|trace| trace.name);
        names.filter(|name| !ONLY.contains(&(engine, name.as_str()))).collect::<Vec<_>>()
    };
    let (chromium, firefox) = (names(Engine::Chromium), names(Engine::Firefox));
    assert_eq!(chromium, firefox);
    assert!(firefox.len() >= 45, "{firefox:?}");
}

/// Chains of events that keep their order among themselves: those of one request, and the
/// navigations of one tab.
fn chains(events: &[Event]) -> Vec<Vec<Event>> {
    let mut chains: Vec<(String, Vec<Event>)> = Vec::new();
    for event in events {
        let key = match event {
            Event::HeadersReceived(d)
            | Event::SecurityInfo(d)
            | Event::BeforeRedirect(d)
            | Event::ResponseStarted(d)
            | Event::Completed(d)
            | Event::ErrorOccurred(d) => d.request_id.clone(),
            _ => "navigation".to_owned(),
        };
        if let Some((_, chain)) = chains.iter_mut().find(|(known, _)| *known == key) {
            chain.push(event.clone());
        } else {
            chains.push((key, vec![event.clone()]));
        }
    }
    chains.into_iter().map(|(_, chain)| chain).collect()
}

/// A merge of the chains, picked by a small generator: the same for the same seed.
fn merged(chains: &[Vec<Event>], seed: u64) -> Vec<Event> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut places = vec![0; chains.len()];
    let mut merged = Vec::new();
    loop {
        let open: Vec<usize> = (0..chains.len()).filter(|&i| places[i] < chains[i].len()).collect();
        if open.is_empty() {
            return merged;
        }
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let chain = open[usize::try_from(state % open.len() as u64).expect("fits")];
        merged.push(chains[chain][places[chain]].clone());
        places[chain] += 1;
    }
}

#[test]
fn the_order_of_different_requests_does_not_matter() {
    for trace in Trace::all() {
        let wanted = json(&evidence(&replay(&trace), &trace));
        let chains = chains(&trace.events);
        for seed in 1..200 {
            let mut capture = Capture::new(trace.engine);
            for event in merged(&chains, seed) {
                capture.apply(&event);
            }
            assert_eq!(json(&evidence(&capture, &trace)), wanted, "{} seed {seed}", trace.path.display());
        }
    }
}

/// What a browser's session storage holds.
#[derive(Default)]
struct Storage(BTreeMap<String, String>);

impl Storage {
    fn write(&mut self, changes: Changes) {
        self.0.extend(changes.set);
        for key in changes.remove {
            self.0.remove(&key);
        }
    }

    fn json(&self, key: &str) -> Option<serde_json::Value> {
        self.0.get(key).map(|json| serde_json::from_str(json).expect("JSON"))
    }

    fn wake(&self, engine: Engine, tab: Option<i64>) -> Capture {
        let mut capture = Capture::new(engine);
        capture.restore_memory(self.json(MEMORY_KEY));
        if let Some(tab) = tab {
            capture.restore_tab(tab, self.json(&Capture::tab_key(tab)));
        }
        capture
    }
}

#[test]
fn a_worker_that_dies_after_every_event_loses_nothing() {
    for trace in Trace::all() {
        let mut storage = Storage::default();
        for event in &trace.events {
            let mut capture = storage.wake(trace.engine, event.tab());
            capture.apply(event);
            storage.write(capture.changes(0));
        }
        let woken = evidence(&storage.wake(trace.engine, Some(trace.about.tab)), &trace);
        let awake = evidence(&replay(&trace), &trace);
        assert_eq!(json(&woken), json(&awake), "{}", trace.path.display());
    }
}

/// What a browser would tell where the recorder left a mask.
const SECRET: &str = "s3cret.0123456789abcdef";

/// Puts the secret into the value of every Set-Cookie line; the number of lines.
fn unmask(events: &mut [Event]) -> usize {
    let mut lines = 0;
    for event in events {
        let (Event::HeadersReceived(d)
        | Event::SecurityInfo(d)
        | Event::BeforeRedirect(d)
        | Event::ResponseStarted(d)
        | Event::Completed(d)) = event
        else {
            continue;
        };
        let headers = d.response_headers.iter_mut().flatten();
        for header in headers.filter(|header| header.name.eq_ignore_ascii_case("set-cookie")) {
            let value = header.value.as_mut().expect("a text");
            // Firefox joins the lines of a response.
            let told: Vec<String> = value
                .split('\n')
                .map(|line| {
                    let (name, rest) = line.split_once('=').expect("a name");
                    let attributes = rest.find(';').map_or("", |at| &rest[at..]);
                    format!("{name}={SECRET}{attributes}")
                })
                .collect();
            lines += told.len();
            *value = told.join("\n");
        }
    }
    lines
}

#[test]
fn neither_traces_nor_evidence_nor_storage_hold_a_cookie_value() {
    let (mut told, mut masked) = (0, 0);
    for mut trace in Trace::all() {
        let text = fs::read_to_string(&trace.path).expect("trace");
        assert!(!text.contains("0123456789abcdef"), "{}", trace.path.display());
        told += unmask(&mut trace.events);
        let mut capture = replay(&trace);
        let evidence = json(&evidence(&capture, &trace));
        assert!(!evidence.contains(SECRET), "{}", trace.path.display());
        masked += evidence.matches(&"x".repeat(SECRET.len())).count();
        for (key, value) in capture.changes(0).set {
            assert!(!value.contains(SECRET), "{} in {key}", trace.path.display());
        }
    }
    assert!(told > 10 && masked > 10, "{told} lines with a secret, {masked} with a mask");
}
