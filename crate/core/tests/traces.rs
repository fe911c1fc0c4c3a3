//! Events as real browsers told them (tests/traces/, recorded by tests/recorder/), folded by
//! `capture`. Each trace stands beside the evidence that it must give; after a wanted change
//! `UPDATE_GOLDEN=1 cargo test -p https-audit-core --test traces` writes that anew.

#[path = "traces/mod.rs"]
mod traces;

use std::collections::BTreeMap;
use std::fs;

use https_audit_core::capture::{Capture, Changes, Event, MEMORY_KEY};
use https_audit_core::field::Engine;
use traces::{Trace, evidence, json, replay, tab};

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

#[test]
fn both_browsers_tell_every_story() {
    let names = |engine| {
        let traces = Trace::all().into_iter().filter(move |trace| trace.engine == engine);
        traces.map(|trace| trace.name).collect::<Vec<_>>()
    };
    let firefox = names(Engine::Firefox);
    let mut chromium = names(Engine::Chromium);
    chromium.retain(|name| name != "security-info");
    assert_eq!(chromium, firefox);
    assert!(firefox.len() >= 15, "{firefox:?}");
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

    fn wake(&self, engine: Engine, tab: Option<i64>) -> Capture {
        let mut capture = Capture::new(engine);
        capture.restore_memory(self.0.get(MEMORY_KEY).map(String::as_str));
        if let Some(tab) = tab {
            capture.restore_tab(tab, self.0.get(&Capture::tab_key(tab)).map(String::as_str));
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
        let woken = evidence(&storage.wake(trace.engine, Some(tab(&trace))), &trace);
        let awake = evidence(&replay(&trace), &trace);
        assert_eq!(json(&woken), json(&awake), "{}", trace.path.display());
    }
}

#[test]
fn neither_traces_nor_evidence_hold_a_cookie_value() {
    let mut lines = 0;
    for trace in Trace::all() {
        let text = fs::read_to_string(&trace.path).expect("trace");
        assert!(!text.contains("0123456789abcdef"), "{}", trace.path.display());
        let evidence = evidence(&replay(&trace), &trace);
        let exchanges = evidence.visits.into_iter().flat_map(|visit| visit.exchanges);
        for response in exchanges.filter_map(|exchange| exchange.response.seen()) {
            for line in response.values("set-cookie") {
                let pair = line.split(|&o| o == b';').next().unwrap_or_default();
                let value = pair.splitn(2, |&o| o == b'=').nth(1).unwrap_or_default();
                let same = value.windows(2).all(|pair| pair[0] == pair[1]);
                assert!(same, "{}", String::from_utf8_lossy(line));
                lines += 1;
            }
        }
    }
    assert!(lines > 10, "{lines} Set-Cookie lines");
}
