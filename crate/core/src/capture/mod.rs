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
//! The pages of a recording ([`Session`]) take [`MAX_RECORDING`] at most; there is one at a time.
//!
//! # Not supported
//!
//! Requests outside of tabs (a site's service worker) and pages in private windows.

mod cookie;
mod event;
mod fold;
pub(crate) mod head;
mod memory;
mod probe;
mod request;
pub(crate) mod security;
mod session;
mod store;
mod tab;
mod watch;

use litemap::LiteMap;

pub use cookie::{BrowserCookie, CookieChange, PartitionKey};
pub use event::{
    CertificateInfo, Event, Header, NavigationDetails, Octets, Order, PageRead, ProbeOrder, RecordOrder,
    RecordingOrder, RequestDetails, SecurityInfo, TabDetails, TabReplaced,
};
pub use fold::Outcome;
pub use probe::{PROBE_LASTS, probe_starts};
#[cfg(feature = "files")]
pub(crate) use request::rank;
pub use session::{MAX_RECORDING, RECORDING_KEY, Session, Stage};
pub use store::Changes;
pub use watch::Asked;

use crate::evidence::{Evidence, ProbeState};
use crate::fact::Site;
use crate::field::Engine;
use crate::url::{Url, text_without_secrets};
use cookie::CookieChanges;
use memory::Memory;
use probe::Probes;
use session::Recorder;
use tab::Tab;

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
    recorder: Recorder,
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

impl Capture {
    /// Of a browser in which nothing was seen yet.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            tabs: LiteMap::new(),
            memory: Memory::default(),
            probes: Probes::default(),
            cookies: CookieChanges::default(),
            recorder: Recorder::default(),
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

    /// The address of the page that a tab shows, as far as it is known.
    pub fn address(&self, tab: i64) -> Option<&str> {
        Some(&self.tabs.get(&tab)?.page.as_ref()?.loaded)
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

    /// The evidence of what a tab shows.
    pub fn evidence(&self, asked: Asked<'_>) -> Evidence {
        let shared = (&self.memory, &self.probes, &self.cookies);
        watch::evidence(self.tabs.get(&asked.tab), shared, self.engine, asked)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
const fn is_zero(number: &i64) -> bool {
    *number == 0
}

/// Puts a tab on a list, once.
fn note(list: &mut Vec<i64>, tab: i64) {
    if !list.contains(&tab) {
        list.push(tab);
    }
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
