//! Recording a session: each page of one site that a tab shows, kept when the tab leaves it.
//!
//! Of a session that is recorded storage holds its head under [`RECORDING_KEY`], each page under a key of its own that
//! is written once, and, when it has ended, everything else that its evidence needs ([`Session::keys`]). There is one
//! at a time: storage has no room for two.

use serde::{Deserialize, Serialize};

use super::event::NavigationDetails;
use super::tab::{is_web, shown_address};
use super::{Capture, millis, watch};
use crate::evidence::{Evidence, Recording, Visit};
use crate::fact::{Site, is_at_or_below, undotted};
use crate::url::Url;

/// The storage key of the recording.
pub const RECORDING_KEY: &str = "recording";
/// Octets that the pages of a recording may take together.
pub const MAX_RECORDING: usize = 3 * 1024 * 1024;
/// Octets that one of its pages may take.
const MAX_PAGE: usize = 128 * 1024;

/// How far a recording has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Pages are kept.
    #[default]
    Running,
    /// The person ended it, or the tab is gone; its evidence is not put together yet.
    Ending,
    /// Its evidence is complete.
    Ended,
}

/// What is known of a recording besides its pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// The tab.
    pub tab: i64,
    /// The browser's store of the tab's cookies, where it has several.
    pub store: Option<String>,
    /// How far it has come.
    pub stage: Stage,
    /// Pages that are kept.
    pub pages: usize,
    /// Their requests.
    pub requests: usize,
    /// What its evidence says of it.
    pub told: Recording,
    /// The registrable domain; none where only the host counts.
    domain: Option<String>,
    host: String,
    octets: usize,
    /// When the first page that is kept began; 0 as long as there is none.
    first: i64,
}

impl Session {
    /// The storage keys of its pages, in order, and after them the one of the rest of its evidence.
    pub fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = (0..self.pages).map(|n| self.key(n)).collect();
        keys.push(self.end_key());
        keys
    }

    /// The beginning keeps the keys of two recordings apart.
    fn key(&self, page: usize) -> String {
        format!("{RECORDING_KEY}:{}:{page}", self.told.began_at)
    }

    fn end_key(&self) -> String {
        format!("{RECORDING_KEY}:{}:end", self.told.began_at)
    }

    fn holds(&self, host: &str) -> bool {
        match &self.domain {
            Some(domain) => is_at_or_below(undotted(host), domain),
            None => undotted(host) == undotted(&self.host),
        }
    }

    /// What its evidence says of it, when storage still holds so many of its pages.
    pub fn told(&self, pages: usize) -> Recording {
        let lost = self.pages.saturating_sub(pages) as u64;
        Recording { dropped: self.told.dropped.saturating_add(lost), ..self.told.clone() }
    }
}

/// A session, and what of it is on its way to storage.
#[derive(Debug, Clone, Default)]
pub(super) struct Recorder {
    pub session: Option<Session>,
    pub changed: bool,
    /// Keys with their JSON.
    pub written: Vec<(String, String)>,
    pub removed: Vec<String>,
}

impl Recorder {
    fn running_in(&self, tab: i64) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.tab == tab && session.stage == Stage::Running)
    }

    /// Keeps a page, or that there was one.
    fn keep(&mut self, page: Option<Visit>) {
        let Some(session) = &mut self.session else { return };
        self.changed = true;
        let Some(mut visit) = page else {
            session.told.elsewhere += 1;
            return;
        };
        let mut json = crate::json::compact(&visit).unwrap_or_default();
        while json.len() > MAX_PAGE && visit.exchanges.len() > 1 {
            // The page's own requests come first.
            let kept = visit.exchanges.len() / 2;
            visit.dropped += visit.exchanges.drain(kept..).count() as u64;
            json = crate::json::compact(&visit).unwrap_or_default();
        }
        if session.octets.saturating_add(json.len()) > MAX_RECORDING {
            session.told.dropped += 1;
            return;
        }
        session.octets += json.len();
        if session.pages == 0 {
            session.first = visit.began_at;
        }
        self.written.push((session.key(session.pages), json));
        session.pages += 1;
        session.requests += visit.exchanges.len();
    }
}

impl Capture {
    /// The recording, if there is one.
    pub const fn session(&self) -> Option<&Session> {
        self.recorder.session.as_ref()
    }

    /// Whether the pages of a tab are recorded.
    pub fn is_recorded(&self, tab: i64) -> bool {
        self.recorder.running_in(tab).is_some()
    }

    /// Begins to record the site that a tab shows; the page that is there already is part of it. Whatever was recorded
    /// before is dropped. False where there is nothing to record, or one runs already.
    pub fn begin_recording(&mut self, tab: i64, site: &Site, store: Option<&str>, now: i64) -> bool {
        let runs = self.session().is_some_and(|session| session.stage != Stage::Ended);
        if runs || site.url.is_none() {
            return false;
        }
        self.drop_recording();
        let url = site.address.clone();
        self.recorder.session = Some(Session {
            tab,
            store: store.map(str::to_owned),
            stage: Stage::Running,
            pages: 0,
            requests: 0,
            told: Recording { url, began_at: now, ended_at: now, dropped: 0, elsewhere: 0 },
            domain: site.registrable_domain.clone(),
            host: site.host.clone(),
            octets: 0,
            first: 0,
        });
        true
    }

    /// Ends the recording of a tab: the page that it shows is the last one. False where none runs there. What is still
    /// needed for its evidence, [`finish_recording`](Self::finish_recording) takes.
    pub fn end_recording(&mut self, tab: i64, now: i64) -> bool {
        self.record(tab, None);
        if self.recorder.running_in(tab).is_none() {
            return false;
        }
        if let Some(session) = &mut self.recorder.session {
            session.stage = Stage::Ending;
            session.told.ended_at = now;
        }
        true
    }

    /// Takes what the evidence of a recording holds besides its pages.
    pub fn finish_recording(&mut self, rest: Evidence) {
        let Some(session) = self.recorder.session.as_mut().filter(|session| session.stage == Stage::Ending)
        else {
            return;
        };
        session.stage = Stage::Ended;
        let mut rest = Evidence { visits: Vec::new(), ..rest };
        if session.pages > 0 {
            // What is remembered of later loads are the session's own answers.
            rest.earlier.retain(|earlier| earlier.at < session.first);
            rest.earlier_failures.retain(|failure| failure.at < session.first);
        }
        let end = (session.end_key(), crate::json::compact(&rest).unwrap_or_default());
        self.recorder.written.push(end);
        self.recorder.changed = true;
    }

    /// Forgets the recording.
    pub fn drop_recording(&mut self) {
        if let Some(session) = self.recorder.session.take() {
            self.recorder.written.clear();
            self.recorder.removed.extend(session.keys());
        }
        self.recorder.changed = true;
    }

    /// Keeps the page that a tab shows, where it is recorded: before `next` comes up there, or at the end.
    pub(super) fn record(&mut self, tab: i64, next: Option<&NavigationDetails>) {
        let Some(session) = self.recorder.running_in(tab) else { return };
        let Some(known) = self.tabs.get(&tab) else { return };
        let Some(page) = known.page.as_ref().filter(|page| is_web(&page.loaded)) else { return };
        if let Some(next) = next {
            // It came late, or tells once more of the error page that is there.
            let again = page.error.is_some() && page.loaded == shown_address(&next.url);
            if again || page.at > millis(next.time_stamp) {
                return;
            }
        }
        if !Url::parse(&page.loaded).is_some_and(|url| session.holds(url.host())) {
            self.recorder.keep(None);
            return;
        }
        let Some(mut visit) = watch::left(known, &self.memory, self.engine) else { return };
        if page.came < page.at {
            // It was kept when it was left the first time: what came since is new.
            visit.exchanges.retain(|exchange| exchange.at >= page.at);
        }
        let led = next.map(|next| shown_address(&next.url));
        let strays: Vec<Visit> = known.strays(page, led.as_deref()).map(watch::stray).collect();
        if page.came == page.at || !visit.exchanges.is_empty() {
            self.recorder.keep(Some(visit));
        }
        for stray in strays {
            self.recorder.keep(Some(stray));
        }
    }

    /// The tab of a recording goes on under another number.
    pub(super) fn renumber_recording(&mut self, from: i64, to: i64) {
        if let Some(session) = self.recorder.session.as_mut().filter(|session| session.tab == from) {
            session.tab = to;
            self.recorder.changed = true;
        }
    }
}
