//! What one tab shows, and the requests that belong to it.
//!
//! The events of one navigation come in an order that differs by browser: Chromium commits
//! after the response has ended, Firefox before it has begun. So nothing is joined when an
//! event comes. Requests and the page are kept side by side, and [`Tab::load`] and
//! [`Tab::parts`] join them when somebody asks, by address, document and time.

use std::borrow::Cow;

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::event::{NavigationDetails, PageRead};
use super::request::{Request, led_by, word};
use super::{address, millis};
use crate::evidence::{Document, Exchange, Observed, Reason};
use crate::map;
use crate::order::sorted;
use crate::url::text_without_secrets;

/// Pages kept of one tab to which the person may go back.
const MAX_PAST: usize = 4;
/// Page loads kept of one tab: of the pages above, the one shown and those under way.
const MAX_LOADS: usize = 8;
/// Octets that a reading may have: more than `extension/page.js` makes.
const MAX_READING: usize = 384 * 1024;
/// Sub-resource requests kept.
pub(super) const MAX_PARTS: usize = 300;
/// So many more are let in before the ones that say least are sought, all at once.
const SLACK: usize = 100;

/// One tab.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Tab {
    /// What it shows; none where nothing was seen of it.
    pub page: Option<Page>,
    /// The pages before it whose documents the browser may still have, newest last.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Page>,
    /// The pages' own requests by id: of the one that is shown, of the past, and what may be next.
    #[serde(with = "map")]
    pub loads: LiteMap<String, Request>,
    /// Sub-resource requests by id.
    #[serde(with = "map")]
    pub parts: LiteMap<String, Request>,
    /// What was known was more than all tabs together may keep.
    pub evicted: bool,
    /// When the newest navigation was seen to begin that did not come up yet; 0 if none was.
    pub began: i64,
    /// What was read in the document that is shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<Reading>,
}

/// What a document held when it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(from = "Read", into = "Read")]
pub(super) struct Reading {
    /// The document's address.
    pub url: String,
    /// The browser's name for the document.
    pub document: Option<String>,
    /// What it held.
    pub holds: Document,
}

/// A [`Reading`] as it is stored.
type Read = (String, Option<String>, Document);

impl From<Read> for Reading {
    fn from((url, document, holds): Read) -> Self {
        Self { url, document, holds }
    }
}

impl From<Reading> for Read {
    fn from(reading: Reading) -> Self {
        (reading.url, reading.document, reading.holds)
    }
}

impl Reading {
    /// Whether this was read in the document of a page.
    fn is_of(&self, page: &Page) -> bool {
        match (&page.document, &self.document) {
            (Some(shown), Some(read)) => shown == read,
            _ => self.url == page.shown,
        }
    }
}

/// A page that a tab shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Page {
    /// The address that was loaded.
    pub loaded: String,
    /// The address that is shown: another one after `history.pushState`.
    pub shown: String,
    /// Milliseconds since the epoch at which it came up, the last time.
    pub at: i64,
    /// And the first time: the same but for a page that the back-forward cache held.
    pub came: i64,
    /// When the page before it came up, if that was one of the web.
    pub after: i64,
    /// The browser's name for the document.
    pub document: Option<String>,
    /// It came by the back or forward button.
    pub forward_back: bool,
    /// When its navigation was seen to begin; 0 if it was not.
    pub began: i64,
    /// Whether the extension had access to its address.
    pub access: Option<bool>,
    /// Whether it had access to every host as long as the page was there.
    #[serde(default)]
    pub everywhere: Option<bool>,
    /// It is an error page, and the browser said why.
    pub error: Option<String>,
    /// Sub-resource requests that are not kept.
    pub dropped: u64,
    /// When the recording began of which it is part, once it was left; 0 if it is of none.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub kept: i64,
}

impl Tab {
    /// A page came up: `onCommitted`, or an error page of which Chromium says no more than
    /// `onErrorOccurred`, or a page of the browser that Firefox never commits.
    pub(super) fn show(&mut self, details: &NavigationDetails) {
        let at = millis(details.time_stamp);
        if self.page.as_ref().is_some_and(|page| page.at > at) {
            return;
        }
        let url = shown_address(&details.url);
        let after = match &self.page {
            // Firefox tells of an error page twice: by the error, and when it comes up.
            Some(page) if page.error.is_some() && page.loaded == url => page.after,
            Some(page) if is_web(&page.loaded) => page.at,
            Some(page) => page.after,
            None => 0,
        };
        let came = Page {
            loaded: url.clone(),
            shown: url,
            at,
            came: at,
            after,
            document: details.document_id.clone(),
            forward_back: details.transition_qualifiers.iter().any(|q| q == "forward_back"),
            began: std::mem::take(&mut self.began),
            access: details.access,
            everywhere: details.everywhere,
            error: (!details.error.is_empty()).then(|| word(&details.error)),
            dropped: 0,
            kept: 0,
        };
        self.past.extend(self.page.take().filter(|page| page.document.is_some()));
        // What was read in another document says nothing of this one.
        self.reading = self
            .reading
            .take()
            .filter(|reading| reading.document.is_some() && reading.document == came.document);
        self.page = Some(self.again(&came).unwrap_or(came));
        self.evicted = false;
        // What was asked later than this page came up may belong to one whose event comes yet.
        let mut parts = std::mem::take(&mut self.parts);
        parts.retain(|_, part| part.at() >= at || self.owns(part) || self.is_past(part));
        self.parts = parts;
    }

    /// The very document that was shown before, from the browser's back-forward cache: both
    /// browsers give it the same name again, and make no request for it.
    fn again(&mut self, came: &Page) -> Option<Page> {
        let held = self.past.iter().position(|page| page.document == came.document);
        let page = held.map(|held| self.past.remove(held));
        let surplus = self.past.len().saturating_sub(MAX_PAST);
        self.past.drain(..surplus);
        Some(Page { at: came.at, shown: came.shown.clone(), forward_back: true, ..page? })
    }

    fn is_past(&self, part: &Request) -> bool {
        part.document.is_some() && self.past.iter().any(|page| page.document == part.document)
    }

    /// `history.pushState` and `replaceState`: the same document under another address.
    pub(super) fn rename(&mut self, details: &NavigationDetails) {
        if let Some(page) = &mut self.page
            && page.at <= millis(details.time_stamp)
            && (page.document.is_none() || page.document == details.document_id)
        {
            page.shown = shown_address(&details.url);
        }
    }

    /// Hosts were taken from what the extension may look at, perhaps the page's own. What was seen of that one is
    /// not kept: the person no longer wants it looked at, and nobody sees what the page does from now on.
    pub(super) fn narrow(&mut self, access: bool) {
        self.forget_past();
        let Some(page) = &mut self.page else { return };
        page.everywhere = Some(false);
        // One that never had access lost none; what was seen of it came by a press on the button.
        if !access && page.access != Some(false) {
            page.access = Some(false);
            page.error = None;
            page.dropped = 0;
            self.reading = None;
            self.loads.clear();
            self.parts.clear();
        }
    }

    /// A document was read. Of one that is not shown any more nothing is kept, nor of what is no reading:
    /// false then.
    pub(super) fn read(&mut self, details: &PageRead) -> bool {
        if details.holds.is_empty() || details.holds.len() > MAX_READING {
            return false;
        }
        let mut holds = Document::default();
        for line in details.holds.lines() {
            // What is none says nothing.
            holds.take(line);
        }
        let reading =
            Reading { url: shown_address(&details.url), document: details.document_id.clone(), holds };
        if self.page.as_ref().is_some_and(|page| !reading.is_of(page)) {
            return false;
        }
        self.reading = Some(reading);
        true
    }

    /// What was read in the document of a page.
    pub(super) fn document_of(&self, page: &Page) -> Option<&Document> {
        self.reading.as_ref().filter(|reading| reading.is_of(page)).map(|reading| &reading.holds)
    }

    /// What was read at an address, in a tab of which no page was seen to come up.
    pub(super) fn document_at(&self, address: &str) -> Option<&Document> {
        let reading = self.reading.as_ref().filter(|_| self.page.is_none());
        reading.filter(|reading| reading.url == shown_address(address)).map(|reading| &reading.holds)
    }

    /// The page that the tab shows at this address (none where the browser does not tell it). Should its
    /// coming up have been missed (a worker that was ended at that very moment) it is still known by its
    /// load; without one nothing is known of it, and what is known of the page before is not said of it.
    pub(super) fn page_at(&self, address: Option<&str>) -> Option<Cow<'_, Page>> {
        let page = self.page.as_ref()?;
        let Some(address) = address.filter(|address| is_web(address)).map(shown_address) else {
            return Some(Cow::Borrowed(page));
        };
        if address == page.shown {
            return Some(Cow::Borrowed(page));
        }
        // One that was sent on from there has not come up yet.
        let ends_at =
            |hop: &Exchange| hop.url.as_str() == address && hop.redirect.is_none() && led_by(hop).is_none();
        let leads_there = |load: &&Request| load.last().is_some_and(ends_at);
        let load = self.loads.values().filter(|load| load.at() > page.at).filter(leads_there);
        let at = load.map(Request::at).max()?;
        let after = if is_web(&page.loaded) { page.at } else { page.after };
        Some(Cow::Owned(Page {
            loaded: address.clone(),
            shown: address,
            at,
            came: at,
            after,
            document: None,
            forward_back: false,
            began: 0,
            access: None,
            everywhere: None,
            error: None,
            dropped: 0,
            kept: 0,
        }))
    }

    /// Whether a request was made by the page that is shown.
    fn owns(&self, part: &Request) -> bool {
        self.page.as_ref().is_some_and(|page| is_of(page, part))
    }

    /// The request that brought the page: the newest one with its address, made after the page
    /// before it came up. None for a page from the back-forward cache or a service worker.
    pub(super) fn load(&self) -> Option<&Request> {
        self.load_of(self.page.as_ref()?)
    }

    /// The same of another page.
    pub(super) fn load_of(&self, page: &Page) -> Option<&Request> {
        let wanted = address(&page.loaded)?;
        self.loads
            .values()
            .filter(|load| load.at() > page.after && load.at() <= page.came)
            .filter(|load| load.last().is_some_and(|hop| hop.url == wanted))
            .max_by_key(|load| load.at())
    }

    /// Page loads since a page came up that no page came of, such as a form that is answered by 204 or by a download;
    /// `led` is the address of the page that comes up next.
    pub(super) fn strays(&self, page: &Page, led: Option<&str>) -> impl Iterator<Item = &Request> {
        let own = self.load_of(page).map(Request::at);
        self.loads.values().filter(move |load| {
            let answered =
                load.last().is_some_and(|hop| hop.response.is_seen() && led != Some(hop.url.as_str()));
            answered && load.at() > page.at && Some(load.at()) != own
        })
    }

    /// A page's sub-resource requests, in the order in which they were made.
    pub(super) fn parts_of(&self, page: &Page) -> Vec<&Request> {
        let parts: Vec<_> = self.parts.iter().filter(|(_, part)| is_of(page, part)).collect();
        let made = |(id, part): &(&String, &Request)| (part.at(), id.len());
        let parts = sorted(parts, |a, b| made(a).cmp(&made(b)).then(a.0.cmp(b.0)));
        parts.into_iter().map(|(_, part)| part).collect()
    }

    /// Forgets what is beyond the bounds.
    pub(super) fn trim(&mut self) {
        while self.loads.len() > MAX_LOADS {
            let shown = self.load().map(Request::at);
            let oldest = self.loads.iter().filter(|(_, load)| Some(load.at()) != shown);
            let Some(id) = oldest.min_by_key(|(_, load)| load.at()).map(|(id, _)| id.clone()) else { break };
            let lost = self.loads.remove(&id);
            // One that no page came of says something of the page that made it.
            if let (Some(page), Some(lost)) = (&mut self.page, lost)
                && lost.at() > page.at
            {
                page.dropped += 1;
            }
        }
        if self.parts.len() > MAX_PARTS + SLACK {
            self.trim_parts(MAX_PARTS);
        }
    }

    /// Keeps the `most` sub-resource requests that say most of the page that is shown.
    pub(super) fn trim_parts(&mut self, most: usize) {
        if self.parts.len() <= most {
            return;
        }
        let mut parts = Vec::with_capacity(self.parts.len());
        parts.extend(
            std::mem::take(&mut self.parts).into_iter().map(|(id, part)| (self.is_past(&part), id, part)),
        );
        let mut parts = sorted(parts, |(a_past, a_id, a), (b_past, b_id, b)| {
            let says = |past, part: &Request, id: &str| (past, part.rank, part.at(), id.len());
            says(*a_past, a, a_id).cmp(&says(*b_past, b, b_id)).then(a_id.cmp(b_id))
        });
        let dropped = parts.drain(most..).filter(|(past, ..)| !past).count() as u64;
        if let Some(page) = &mut self.page {
            page.dropped += dropped;
        }
        for (_, id, part) in parts {
            self.parts.insert(id, part);
        }
    }

    /// Forgets the pages to which the person may go back.
    pub(super) fn forget_past(&mut self) {
        let mut parts = std::mem::take(&mut self.parts);
        parts.retain(|_, part| !self.is_past(part));
        self.parts = parts;
        self.past.clear();
        let shown = self.load().map(Request::at);
        let since = self.page.as_ref().map_or(0, |page| page.at);
        self.loads.retain(|_, load| Some(load.at()) == shown || load.at() > since);
    }

    /// What is left of a tab of which no more can be kept: which page it shows.
    pub(super) fn given_up(&self) -> Self {
        Self { page: self.page.clone(), evicted: true, ..Self::default() }
    }

    /// Keeps of the page's redirect chain no more than who answered and where to.
    pub(super) fn strip(&mut self) {
        for (_, load) in self.loads.iter_mut() {
            let last = load.hops.len().saturating_sub(1);
            for hop in load.hops.iter_mut().take(last) {
                if let Observed::Seen(response) = &mut hop.response {
                    response.dropped += response.fields.len() as u64;
                    response.fields.clear();
                }
                if let Observed::Seen(connection) = &mut hop.connection {
                    connection.certificates = Observed::Unseen(Reason::OverLimit);
                }
            }
        }
    }
}

/// Whether a request was made by this page.
fn is_of(page: &Page, part: &Request) -> bool {
    match (&page.document, &part.document) {
        (Some(page), Some(part)) if page == part => true,
        // A frame has a document of its own; the page's own requests have the page's.
        (Some(_), Some(_)) if part.frame == 0 => false,
        _ => part.at() >= page.at,
    }
}

/// Whether an address is one that servers answer for.
pub(super) fn is_web(url: &str) -> bool {
    url.starts_with("https:") || url.starts_with("http:")
}

/// An address as it may be kept: without user, password and fragment, and bounded.
pub(super) fn shown_address(url: &str) -> String {
    address(url).map_or_else(|| word(&text_without_secrets(url)), String::from)
}
