//! What is known on its way to storage and back: under which key, and within which bounds.

use serde::de::{DeserializeOwned, Deserializer};

use super::request::Request;
use super::tab::{MAX_PARTS, Tab};
use super::{
    COOKIES_KEY, Capture, MAX_ADDRESS, MAX_TAB, MAX_TABS, MEMORY_KEY, PROBES_KEY, RECORDING_KEY, SIZES_KEY,
    note,
};

/// More than an evicted tab takes, so that none is evicted twice: two addresses, each octet of which JSON may
/// write as two.
const MAX_EVICTED: usize = 4 * MAX_ADDRESS + 4 * 1024;

/// What to write to storage.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// Keys with their new values, JSON.
    pub set: Vec<(String, String)>,
    /// Keys to remove.
    pub remove: Vec<String>,
}

impl Changes {
    /// Nothing changed.
    pub fn is_empty(&self) -> bool {
        self.set.is_empty() && self.remove.is_empty()
    }
}

impl Capture {
    /// Takes in what storage holds under [`MEMORY_KEY`]. What can't be read counts as nothing.
    pub fn restore_memory<'de>(&mut self, stored: Option<impl Deserializer<'de>>) {
        self.memory = read(stored);
    }

    /// Takes in what storage holds under [`PROBES_KEY`].
    pub fn restore_probes<'de>(&mut self, stored: Option<impl Deserializer<'de>>) {
        self.probes = read(stored);
    }

    /// Takes in what storage holds under [`COOKIES_KEY`].
    pub fn restore_cookies<'de>(&mut self, stored: Option<impl Deserializer<'de>>) {
        self.cookies = read(stored);
    }

    /// Takes in what storage holds under [`RECORDING_KEY`].
    pub fn restore_recording<'de>(&mut self, stored: Option<impl Deserializer<'de>>) {
        self.recorder.session = read(stored);
    }

    /// Takes in what storage holds under [`SIZES_KEY`]; only who writes needs it.
    pub fn restore_sizes<'de>(&mut self, stored: Option<impl Deserializer<'de>>) {
        let sizes: Vec<(i64, (usize, i64))> = read(stored);
        self.sizes.clear();
        for (id, size) in sizes {
            self.sizes.insert(id, size);
        }
    }

    /// Takes in what storage holds of a tab, before the first event of it is applied. What is known of the
    /// tab already is newer and stays.
    pub fn restore_tab<'de>(&mut self, tab: i64, stored: Option<impl Deserializer<'de>>) {
        if !self.holds(tab) {
            self.tabs.insert(tab, read(stored));
        }
    }

    /// Whether a tab was restored, or seen since.
    pub fn holds(&self, tab: i64) -> bool {
        self.tabs.contains_key(&tab)
    }

    /// What changed since the last call, for storage. `now` (milliseconds since the epoch)
    /// decides which tab was least recently used when there is too much.
    pub fn changes(&mut self, now: i64) -> Changes {
        let mut changes = Changes::default();
        for id in std::mem::take(&mut self.changed_tabs) {
            if let Some(tab) = self.tabs.get_mut(&id) {
                let json = bounded(tab);
                self.sizes.insert(id, (json.len(), now));
                changes.set.push((Self::tab_key(id), json));
            }
        }
        let mut total: usize = self.sizes.values().map(|(octets, _)| octets).sum();
        while total > MAX_TABS {
            let oldest = self.sizes.iter().filter(|(_, (octets, _))| *octets > MAX_EVICTED);
            let Some((&id, &(octets, _))) = oldest.min_by_key(|(id, (_, used))| (*used, **id)) else { break };
            let json = bounded(&mut self.evict(id));
            total -= octets.saturating_sub(json.len());
            self.sizes.insert(id, (json.len(), now));
            changes.set.retain(|(key, _)| *key != Self::tab_key(id));
            changes.set.push((Self::tab_key(id), json));
        }
        if std::mem::take(&mut self.probes_changed) {
            changes.set.push((PROBES_KEY.to_owned(), crate::json::compact(&self.probes).unwrap_or_default()));
        }
        if std::mem::take(&mut self.cookies_changed) {
            changes
                .set
                .push((COOKIES_KEY.to_owned(), crate::json::compact(&self.cookies).unwrap_or_default()));
        }
        if std::mem::take(&mut self.memory_changed) {
            changes.set.push((MEMORY_KEY.to_owned(), crate::json::compact(&self.memory).unwrap_or_default()));
        }
        changes.set.append(&mut self.recorder.written);
        if std::mem::take(&mut self.recorder.changed) {
            let head = crate::json::compact(&self.recorder.session).unwrap_or_default();
            changes.set.push((RECORDING_KEY.to_owned(), head));
        }
        if !(changes.set.is_empty() && self.removed_tabs.is_empty()) {
            changes.set.push((
                SIZES_KEY.to_owned(),
                crate::json::compact(&self.sizes.as_slice()).unwrap_or_default(),
            ));
        }
        changes.remove = std::mem::take(&mut self.removed_tabs).into_iter().map(Self::tab_key).collect();
        changes.remove.append(&mut self.recorder.removed);
        changes
    }

    /// Storage refused these changes: they are among the next.
    pub fn not_written(&mut self, changes: &Changes) {
        for (key, value) in &changes.set {
            if is_of_recording(key) {
                self.recorder.again(key, value);
            }
            self.recorder.changed |= key == RECORDING_KEY;
            if let Some(tab) = tab_of(key) {
                note(&mut self.changed_tabs, tab);
            }
            self.memory_changed |= key == MEMORY_KEY;
            self.probes_changed |= key == PROBES_KEY;
            self.cookies_changed |= key == COOKIES_KEY;
        }
        let pages = changes.remove.iter().filter(|key| is_of_recording(key));
        self.recorder.removed.extend(pages.cloned());
        changes.remove.iter().filter_map(|key| tab_of(key)).for_each(|tab| note(&mut self.removed_tabs, tab));
    }

    fn evict(&mut self, id: i64) -> Tab {
        let tab = self.tabs.get(&id).unwrap_or(&Tab::default()).given_up();
        self.tabs.insert(id, tab.clone());
        tab
    }
}

/// What storage held: whichever format the caller read it from, so that the wasm module needs no parser of JSON.
fn read<'de, T: DeserializeOwned + Default>(stored: Option<impl Deserializer<'de>>) -> T {
    stored.and_then(|stored| T::deserialize(stored).ok()).unwrap_or_default()
}

/// Whether a storage key is one of a recording's pages, or of the rest of its evidence.
fn is_of_recording(key: &str) -> bool {
    key.strip_prefix(RECORDING_KEY).is_some_and(|rest| rest.starts_with(':'))
}

/// The tab of a storage key.
fn tab_of(key: &str) -> Option<i64> {
    key.strip_prefix("tab:")?.parse().ok()
}

/// A tab's JSON, within [`MAX_TAB`].
fn bounded(tab: &mut Tab) -> String {
    tab.trim_parts(MAX_PARTS);
    loop {
        let json = crate::json::compact(tab).unwrap_or_default();
        if json.len() <= MAX_TAB {
            return json;
        }
        if !tab.past.is_empty() {
            tab.forget_past();
        } else if !tab.parts.is_empty() {
            tab.trim_parts(tab.parts.len() / 2);
        } else if tab.loads.len() > 1 {
            let shown = tab.load().map(Request::at);
            tab.loads.retain(|_, load| Some(load.at()) == shown);
            tab.strip();
        } else if tab.reading.take().is_none() {
            *tab = tab.given_up();
        }
    }
}
