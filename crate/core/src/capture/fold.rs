//! One event after the other, folded into what is known.

use super::event::{Event, NavigationDetails, PageRead, RequestDetails};
use super::memory::is_abort;
use super::request::Request;
use super::tab::Tab;
use super::{Capture, millis, note};
use crate::field::Engine;

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

impl Capture {
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
                    return self.come_up(d);
                }
                if d.tab_id >= 0 {
                    self.tabs.entry(d.tab_id).or_default().began = millis(d.time_stamp);
                    note(&mut self.changed_tabs, d.tab_id);
                }
                Outcome { tab: event.tab(), page: false, left: true }
            }
            Event::Committed(d) if d.frame_id == 0 => self.come_up(d),
            Event::NavigationError(d) if d.frame_id == 0 && !is_abort(&d.error) => self.come_up(d),
            Event::HistoryStateUpdated(d) if d.frame_id == 0 => self.navigation(d, false, Tab::rename),
            Event::TabReplaced(d) => {
                self.record(d.replaced_tab_id, None);
                self.renumber_recording(d.replaced_tab_id, d.tab_id);
                self.forget(d.replaced_tab_id);
                Outcome { tab: event.tab(), page: true, left: false }
            }
            Event::PageRead(d) if self.read_page(d) => Outcome { tab: event.tab(), page: true, left: false },
            Event::TabRemoved(d) => {
                // In one write with the tab's end, whatever becomes of the worker then.
                self.end_recording(d.tab_id, None);
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

    /// A page comes up where another one was.
    fn come_up(&mut self, details: &NavigationDetails) -> Outcome {
        self.record(details.tab_id, Some(details));
        self.navigation(details, true, Tab::show)
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
