//! Recording a session: each page of one site that a tab shows, kept when the tab leaves it.
//!
//! Of a session that is recorded storage holds its head under [`RECORDING_KEY`], each page under a key of its own that
//! is written once, and, when it has ended, everything else that its evidence needs ([`Session::keys`]). There is one
//! at a time: storage has no room for two.

use serde::{Deserialize, Serialize};

use super::event::NavigationDetails;
use super::request::rank;
use super::tab::{is_web, shown_address};
use super::{Capture, millis, watch};
use crate::evidence::{Evidence, Observed, Reason, Recording, Visit};
use crate::fact::{Site, is_at_or_below, is_navigation, undotted};
use crate::order::sorted;
use crate::url::Url;

/// The storage key of the recording.
pub const RECORDING_KEY: &str = "recording";
/// Octets that the pages of a recording may take together.
pub const MAX_RECORDING: usize = 5 * 1024 * 1024 / 2;
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
    /// It had access to the whole site when it began.
    pub whole: bool,
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
        format!("{}{page}", self.prefix())
    }

    fn end_key(&self) -> String {
        format!("{}end", self.prefix())
    }

    fn prefix(&self) -> String {
        format!("{RECORDING_KEY}:{}:", self.told.began_at)
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
    /// Keys that storage refused once.
    refused: Vec<String>,
}

impl Recorder {
    fn running_in(&self, tab: i64) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.tab == tab && session.stage == Stage::Running)
    }

    /// Storage refused this: it is among the next, once. What is refused twice is too much; it is missing then, and
    /// counts so ([`Session::told`]), and stands in nothing else's way. Nothing is left there of a recording that was
    /// dropped since.
    pub fn again(&mut self, key: &str, value: &str) {
        let own = self.session.as_ref().is_some_and(|session| key.starts_with(&session.prefix()));
        if !own {
            self.removed.push(key.to_owned());
        } else if !self.refused.iter().any(|refused| refused == key) {
            self.refused.push(key.to_owned());
            self.written.push((key.to_owned(), value.to_owned()));
        }
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
        // The page's own requests come first, and stay.
        let own = visit.exchanges.iter().take_while(|exchange| is_navigation(exchange)).count();
        while json.len() > MAX_PAGE && visit.exchanges.len() > own {
            let parts = visit.exchanges.split_off(own);
            let kept = parts.len() / 2;
            visit.dropped += (parts.len() - kept) as u64;
            // Those stay that say most, in the order in which they were made.
            let parts = sorted(parts.into_iter().enumerate().collect(), |(n, a), (m, b)| {
                (rank(a), n).cmp(&(rank(b), m))
            });
            let parts = sorted(parts.into_iter().take(kept).collect(), |(n, _), (m, _)| n.cmp(m));
            visit.exchanges.extend(parts.into_iter().map(|(_, part)| part));
            json = crate::json::compact(&visit).unwrap_or_default();
        }
        if json.len() > MAX_PAGE {
            visit.document = Observed::Unseen(Reason::OverLimit);
            json = crate::json::compact(&visit).unwrap_or_default();
        }
        if session.octets.saturating_add(json.len()) > MAX_RECORDING {
            session.told.dropped += 1;
            return;
        }
        session.octets += json.len();
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
    pub fn begin_recording(
        &mut self,
        tab: i64,
        site: &Site,
        (store, whole): (Option<&str>, bool),
        now: i64,
    ) -> bool {
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
            told: Recording {
                url,
                began_at: now,
                ended_at: now,
                dropped: 0,
                elsewhere: 0,
                of_any_site: false,
            },
            domain: site.registrable_domain.clone(),
            host: site.host.clone(),
            octets: 0,
            whole,
        });
        true
    }

    /// Ends the recording of a tab: the page that it shows is the last one. False where none runs there. What is still
    /// needed for its evidence, [`finish_recording`](Self::finish_recording) takes.
    pub fn end_recording(&mut self, tab: i64, now: Option<i64>) -> bool {
        self.record(tab, None);
        if self.recorder.running_in(tab).is_none() {
            return false;
        }
        if let Some(session) = &mut self.recorder.session {
            session.stage = Stage::Ending;
            session.told.ended_at = now.unwrap_or(session.told.ended_at);
            self.recorder.changed = true;
        }
        true
    }

    /// Takes what the evidence of the recording that began then holds besides its pages.
    pub fn finish_recording(&mut self, began_at: i64, rest: Evidence, now: i64) {
        let waits =
            |session: &&mut Session| session.stage == Stage::Ending && session.told.began_at == began_at;
        let Some(session) = self.recorder.session.as_mut().filter(waits) else { return };
        session.stage = Stage::Ended;
        if session.told.ended_at == began_at {
            // The tab was closed, and no event tells when.
            session.told.ended_at = now;
        }
        let rest = Evidence { visits: Vec::new(), ..rest };
        let end = (session.end_key(), crate::json::compact(&rest).unwrap_or_default());
        self.recorder.written.push(end);
        self.recorder.changed = true;
    }

    /// Forgets the recording.
    pub fn drop_recording(&mut self) {
        if let Some(session) = self.recorder.session.take() {
            self.recorder.written.clear();
            self.recorder.refused.clear();
            self.recorder.removed.extend(session.keys());
        }
        self.recorder.changed = true;
    }

    /// Keeps the page that a tab shows, where it is recorded: before `next` comes up there, or at the end.
    pub(super) fn record(&mut self, tab: i64, next: Option<&NavigationDetails>) {
        let Some(session) = self.recorder.running_in(tab) else { return };
        let began_at = session.told.began_at;
        let known = self.tabs.get(&tab);
        let Some((known, page)) = known.and_then(|known| Some((known, known.page.as_ref()?))) else {
            if session.pages == 0 && session.told.elsewhere == 0 {
                // It was there before anybody watched.
                let unseen = watch::unseen(&session.told.url, session.told.began_at);
                self.recorder.keep(Some(unseen));
            }
            return;
        };
        if !is_web(&page.loaded) {
            return;
        }
        if let Some(next) = next {
            // It came late, or tells once more of the error page that is there. Where a navigation began since, the
            // person tried again, or went past the warning.
            let again =
                page.error.is_some() && page.loaded == shown_address(&next.url) && known.began <= page.at;
            if again || page.at > millis(next.time_stamp) {
                return;
            }
        }
        let led = next.map(|next| shown_address(&next.url));
        let is_own = |address: &Url| session.holds(address.host());
        let mut kept: Vec<Option<Visit>> = Vec::new();
        if Url::parse(&page.loaded).as_ref().is_some_and(is_own) {
            let mut visit = watch::of_left(known, page, &self.memory, self.engine);
            if page.kept == began_at {
                // It was kept when it was left the first time: what came since is new.
                visit.exchanges.retain(|exchange| exchange.at >= page.at);
                visit.watched = Observed::Unseen(Reason::BackForwardCache);
            }
            if page.kept != began_at || !visit.exchanges.is_empty() {
                kept.push(Some(visit));
            }
        } else if page.kept != began_at {
            kept.push(None);
            // On the way there the site itself may have answered.
            let way = known.load_of(page).map(|load| watch::stray(load, &is_own));
            kept.extend(way.filter(|way| !way.exchanges.is_empty()).map(Some));
        }
        let strays = known.strays(page, led.as_deref()).map(|stray| watch::stray(stray, &is_own));
        kept.extend(strays.filter(|stray| !stray.exchanges.is_empty()).map(Some));
        if let Some(page) = self.tabs.get_mut(&tab).and_then(|known| known.page.as_mut()) {
            page.kept = began_at;
        }
        for visit in kept {
            self.recorder.keep(visit);
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
