//! Browser events folded into [`Evidence`].
//!
//! A pure state machine: the background hands it every event ([`Capture::apply`]), writes
//! what changed to storage ([`Capture::changes`]), and the popup reads that storage and asks
//! for the evidence of a tab ([`Capture::evidence`]). Nothing depends on the order in which
//! the events of different requests come, nor on the worker living from one to the next.
//!
//! # Bounds
//!
//! Each tab keeps its page's redirect chain and up to 300 sub-resource requests in at most
//! [`MAX_TAB`] octets, all tabs together [`MAX_TABS`], and the memory of earlier loads 600
//! origins in at most 1 MB. What is beyond is counted, and a tab that had to be given up says so
//! ([`Reason::OverLimit`](crate::evidence::Reason::OverLimit)).
//!
//! # Not supported
//!
//! Requests outside of tabs (a site's service worker) and pages in private windows.

mod cookie;
mod event;
mod head;
mod memory;
mod probe;
mod request;
mod security;
mod tab;
mod watch;

use litemap::LiteMap;
use serde::de::{DeserializeOwned, Deserializer};

pub use cookie::{BrowserCookie, CookieChange, PartitionKey};
pub use event::{
    CertificateInfo, Event, Header, NavigationDetails, Octets, Order, PageRead, ProbeOrder, RequestDetails,
    SecurityInfo, TabDetails, TabReplaced,
};
pub use probe::{PROBE_LASTS, probe_starts};
pub use watch::Asked;

use crate::evidence::{Evidence, ProbeState};
use crate::fact::Site;
use crate::field::Engine;
use crate::url::{Url, text_without_secrets};
use cookie::CookieChanges;
use memory::{Memory, is_abort};
use probe::Probes;
use request::{Request, word};
use tab::{MAX_PARTS, Tab};

/// Octets that one tab may take in storage.
pub const MAX_TAB: usize = 512 * 1024;
/// Octets that all tabs together may take; browsers give an extension 10 MB.
pub const MAX_TABS: usize = 5 * 1024 * 1024;
/// The storage key of what outlives a page.
pub const MEMORY_KEY: &str = "memory";
/// The storage key of what became of cookies.
pub const COOKIES_KEY: &str = "cookies";
/// The storage key of the redirect checks.
pub const PROBES_KEY: &str = "probes";
/// The storage key of how much each tab takes.
pub const SIZES_KEY: &str = "sizes";
/// Octets kept of an address.
const MAX_ADDRESS: usize = 4096;

/// Everything captured.
#[derive(Debug, Clone)]
pub struct Capture {
    engine: Engine,
    tabs: LiteMap<i64, Tab>,
    memory: Memory,
    probes: Probes,
    cookies: CookieChanges,
    /// Octets that each tab takes in storage, and when it last changed (milliseconds).
    sizes: LiteMap<i64, (usize, i64)>,
    /// None twice.
    changed_tabs: Vec<i64>,
    /// None twice.
    removed_tabs: Vec<i64>,
    memory_changed: bool,
    probes_changed: bool,
    cookies_changed: bool,
}

/// What an event asks of the background.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The tab whose evidence changed.
    pub tab: Option<i64>,
    /// It is about the page itself: write it at once.
    pub page: bool,
    /// A navigation began or came up: what was said of the page before no longer holds.
    pub left: bool,
}

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
    /// Of a browser in which nothing was seen yet.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            tabs: LiteMap::new(),
            memory: Memory::default(),
            probes: Probes::default(),
            cookies: CookieChanges::default(),
            sizes: LiteMap::new(),
            changed_tabs: Vec::new(),
            removed_tabs: Vec::new(),
            memory_changed: false,
            probes_changed: false,
            cookies_changed: false,
        }
    }

    /// The storage key of a tab.
    pub fn tab_key(tab: i64) -> String {
        format!("tab:{tab}")
    }

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

    /// Folds one event in.
    pub fn apply(&mut self, event: &Event) -> Outcome {
        match event {
            Event::HeadersReceived(d) => self.request(d, |r, engine| r.headers_received(d, engine)),
            Event::SecurityInfo(d) => self.request(d, |r, engine| r.security_info(d, engine)),
            Event::BeforeRedirect(d) => self.request(d, |r, engine| r.before_redirect(d, engine)),
            Event::ResponseStarted(d) => self.request(d, |r, _| r.answered(d, false)),
            Event::Completed(d) => self.request(d, |r, _| r.answered(d, true)),
            Event::ErrorOccurred(d) => self.request(d, |r, _| r.failed(d)),
            Event::BeforeNavigate(d) if d.frame_id == 0 => {
                // Firefox commits none of its own pages in the parent process (about:config).
                if is_of_browser(&d.url) {
                    return self.navigation(d, true, Tab::show);
                }
                if d.tab_id >= 0 {
                    self.tabs.entry(d.tab_id).or_default().began = millis(d.time_stamp);
                    note(&mut self.changed_tabs, d.tab_id);
                }
                Outcome { tab: event.tab(), page: false, left: true }
            }
            Event::Committed(d) if d.frame_id == 0 => self.navigation(d, true, Tab::show),
            Event::NavigationError(d) if d.frame_id == 0 && !is_abort(&d.error) => {
                self.navigation(d, true, Tab::show)
            }
            Event::HistoryStateUpdated(d) if d.frame_id == 0 => self.navigation(d, false, Tab::rename),
            Event::TabReplaced(d) => {
                self.forget(d.replaced_tab_id);
                Outcome { tab: event.tab(), page: true, left: false }
            }
            Event::PageRead(d) if self.read_page(d) => Outcome { tab: event.tab(), page: true, left: false },
            Event::TabRemoved(d) => {
                self.forget(d.tab_id);
                Outcome { tab: None, page: true, left: false }
            }
            Event::CookieChanged(d) => {
                self.cookies_changed |= self.cookies.note(d);
                Outcome::default()
            }
            Event::TabActivated(_) => Outcome { tab: event.tab(), page: false, left: false },
            _ => Outcome::default(),
        }
    }

    /// Folds in what was read of a page; without [`apply`](Self::apply), which brings every other event along. Returns
    /// whether it is of the page that is shown.
    pub fn read_page(&mut self, read: &PageRead) -> bool {
        let is_shown = read.tab_id >= 0 && self.tabs.entry(read.tab_id).or_default().read(read);
        if is_shown {
            note(&mut self.changed_tabs, read.tab_id);
        }
        is_shown
    }

    fn request(&mut self, details: &RequestDetails, fold: impl FnOnce(&mut Request, Engine)) -> Outcome {
        if details.incognito {
            return Outcome::default();
        }
        if details.tab_id < 0 {
            let engine = self.engine;
            if let Some(request) = self.probes.fold(details, |request| fold(request, engine)) {
                self.probes_changed = true;
                // What http answered still counts when a later check meets the host's HSTS.
                if request.hops.first().is_some_and(|hop| hop.url.is_http()) {
                    self.memory_changed |= self.memory.learn(request);
                }
            }
            return Outcome::default();
        }
        let page = details.kind == "main_frame";
        let tab = self.tabs.entry(details.tab_id).or_default();
        let requests = if page { &mut tab.loads } else { &mut tab.parts };
        if !requests.contains_key(&details.request_id) {
            if is_remnant(details) {
                return Outcome::default();
            }
            let Some(request) = Request::begun(details) else { return Outcome::default() };
            requests.insert(details.request_id.clone(), request);
        }
        if let Some(request) = requests.get_mut(&details.request_id) {
            fold(request, self.engine);
            if page {
                self.memory_changed |= self.memory.learn(request);
            } else {
                request.weigh();
            }
        }
        tab.trim();
        note(&mut self.changed_tabs, details.tab_id);
        Outcome { tab: Some(details.tab_id), page, left: false }
    }

    fn navigation(
        &mut self,
        details: &NavigationDetails,
        left: bool,
        fold: impl FnOnce(&mut Tab, &NavigationDetails),
    ) -> Outcome {
        if details.tab_id < 0 {
            return Outcome::default();
        }
        fold(self.tabs.entry(details.tab_id).or_default(), details);
        note(&mut self.changed_tabs, details.tab_id);
        Outcome { tab: Some(details.tab_id), page: true, left }
    }

    /// The address of the page that a tab shows, as far as it is known.
    pub fn address(&self, tab: i64) -> Option<&str> {
        Some(&self.tabs.get(&tab)?.page.as_ref()?.loaded)
    }

    /// The extension lost access to some hosts; `access` is whether it still has that to the tab's page.
    pub fn narrow(&mut self, tab: i64, access: bool) {
        if let Some(known) = self.tabs.get_mut(&tab) {
            known.narrow(access);
            note(&mut self.changed_tabs, tab);
        }
    }

    fn forget(&mut self, tab: i64) {
        self.tabs.remove(&tab);
        self.changed_tabs.retain(|changed| *changed != tab);
        note(&mut self.removed_tabs, tab);
        self.sizes.remove(&tab);
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
        if !(changes.set.is_empty() && self.removed_tabs.is_empty()) {
            changes.set.push((
                SIZES_KEY.to_owned(),
                crate::json::compact(&self.sizes.as_slice()).unwrap_or_default(),
            ));
        }
        changes.remove = std::mem::take(&mut self.removed_tabs).into_iter().map(Self::tab_key).collect();
        changes
    }

    /// Storage refused these changes: they are among the next.
    pub fn not_written(&mut self, changes: &Changes) {
        for (key, _) in &changes.set {
            if let Some(tab) = tab_of(key) {
                note(&mut self.changed_tabs, tab);
            }
            self.memory_changed |= key == MEMORY_KEY;
            self.probes_changed |= key == PROBES_KEY;
            self.cookies_changed |= key == COOKIES_KEY;
        }
        changes.remove.iter().filter_map(|key| tab_of(key)).for_each(|tab| note(&mut self.removed_tabs, tab));
    }

    /// Begins the redirect check of a site. False where there is nothing to check, or it is under way.
    pub fn begin_probe(&mut self, site: &Site, now: i64) -> bool {
        let begun = self.probes.begin(site, now);
        self.probes_changed |= begun;
        begun
    }

    /// What the redirect check of a site asks next; it has ended where there is nothing.
    pub fn next_of_probe(&mut self, site: &Site, now: i64) -> Option<Url> {
        self.probes_changed = true;
        self.probes.next(site, now)
    }

    /// Whether the browser told how the newest request of a check was answered.
    pub fn probe_is_answered(&mut self, site: &Site) -> bool {
        self.probes.is_answered(site)
    }

    /// The newest request of a check is over; `late` if it was ended for taking too long.
    pub fn request_of_probe_is_over(&mut self, site: &Site, late: bool) {
        self.probes_changed = true;
        self.probes.over(site, late);
    }

    /// Ends a check that is under way.
    pub fn end_probe(&mut self, site: &Site, state: ProbeState) {
        self.probes_changed = true;
        self.probes.end(site, state);
    }

    /// Says of every check that is under way that it was interrupted: whoever ran it is gone.
    pub fn interrupt_probes(&mut self) {
        self.probes_changed |= self.probes.interrupt();
    }

    fn evict(&mut self, id: i64) -> Tab {
        let tab = self.tabs.get(&id).unwrap_or(&Tab::default()).given_up();
        self.tabs.insert(id, tab.clone());
        tab
    }

    /// The evidence of what a tab shows.
    pub fn evidence(&self, asked: Asked<'_>) -> Evidence {
        let shared = (&self.memory, &self.probes, &self.cookies);
        watch::evidence(self.tabs.get(&asked.tab), shared, self.engine, asked)
    }
}

/// What storage held: whichever format the caller read it from, so that the wasm module needs no parser of JSON.
fn read<'de, T: DeserializeOwned + Default>(stored: Option<impl Deserializer<'de>>) -> T {
    stored.and_then(|stored| T::deserialize(stored).ok()).unwrap_or_default()
}

/// The tab of a storage key.
fn tab_of(key: &str) -> Option<i64> {
    key.strip_prefix("tab:")?.parse().ok()
}

/// Puts a tab on a list, once.
fn note(list: &mut Vec<i64>, tab: i64) {
    if !list.contains(&tab) {
        list.push(tab);
    }
}

/// More than an evicted tab takes, so that none is evicted twice: two addresses, each octet of which JSON may
/// write as two.
const MAX_EVICTED: usize = 4 * MAX_ADDRESS + 4 * 1024;

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

/// The end of a request whose beginning belonged to a page that is gone: says nothing of the
/// page that is shown. Over http even the end says something.
fn is_remnant(details: &RequestDetails) -> bool {
    let ended = details.response_headers.is_none() && details.redirect_url.is_empty();
    ended && details.kind != "main_frame" && (details.url.starts_with("https:") || is_abort(&details.error))
}

/// A page that belongs to the browser or an extension.
fn is_of_browser(url: &str) -> bool {
    ["about:", "chrome:", "resource:", "moz-extension:", "view-source:", "edge:"]
        .iter()
        .any(|scheme| url.starts_with(scheme))
}

/// An address without user, password and fragment, cut where it is overlong.
fn address(text: &str) -> Option<Url> {
    // Cut in the middle of a password, an overlong address would show the rest as its host.
    let text = text_without_secrets(text);
    Url::parse(text.get(..MAX_ADDRESS).unwrap_or(&text))
}

/// A browser's time stamp as milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch are far below 2^53")]
fn millis(time_stamp: f64) -> i64 {
    time_stamp as i64
}
