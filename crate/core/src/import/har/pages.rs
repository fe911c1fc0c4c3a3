//! The pages of a HAR file: which requests belong together, and which one brought the page.

use std::collections::BTreeMap;

use super::entry::{Destination, Read};
use crate::capture::rank;
use crate::evidence::{Document, Exchange, Failure, Observed, Reason, ResourceKind, Visit};
use crate::url::Url;

/// Requests that are kept of one page; of more, those that say most.
const MAX_PARTS: usize = 2_000;
/// Pages that are kept of one file.
const MAX_PAGES: usize = 10_000;
/// Hops of one page load; browsers follow 20.
const MAX_HOPS: usize = 24;

/// A page that the file names.
pub(super) struct Named {
    pub id: String,
    /// Chromium and Firefox put the address there.
    pub title: String,
    pub began_at: i64,
}

/// A page load and what came with it.
struct Page {
    load: Vec<Exchange>,
    /// What the last of them brought.
    document: Option<Document>,
    /// The frame of the page itself, by a name of the writer's.
    frame: Option<String>,
    parts: Vec<Exchange>,
    /// A rank that none of the parts is above.
    worst: u8,
    dropped: u64,
}

impl Page {
    /// Whether this load goes on where the page's own was sent.
    fn leads_to(&self, url: &Url) -> bool {
        self.load.last().is_some_and(|hop| hop.redirect.as_ref().is_some_and(|redirect| redirect.to == *url))
    }
}

/// The pages so far.
#[derive(Default)]
pub(super) struct Pages {
    all: Vec<Page>,
    /// The newest page of each name, which is its whole life in one browser tab (Playwright) or one load.
    by_name: BTreeMap<String, usize>,
    named: BTreeMap<String, Named>,
    /// Entries without the name of a page: those of a file without any.
    loose: Vec<Read>,
    /// Pages beyond the bound.
    pub dropped: u64,
}

impl Pages {
    pub(super) fn name(&mut self, page: Named) {
        if self.named.len() < MAX_PAGES {
            self.named.insert(page.id.clone(), page);
        }
    }

    pub(super) fn add(&mut self, name: Option<&str>, read: Read) {
        let Some(name) = name else {
            self.loose.push(read);
            return;
        };
        let newest = self.by_name.get(name).copied();
        let page = newest.and_then(|at| self.all.get(at));
        let place = match (read.document, page) {
            (None, _) => Place::Part,
            (Some(_), Some(page)) if page.load.is_empty() || page.leads_to(&read.exchange.url) => Place::Load,
            (Some(Destination::Either), Some(page)) if page.frame.is_some() && page.frame == read.frame => {
                Place::New
            }
            // A load without a page, or another of it.
            (Some(_), None) | (Some(Destination::Page), Some(_)) => Place::New,
            (Some(_), Some(_)) => Place::Frame,
        };
        let newest = match newest {
            Some(at) if place != Place::New => at,
            _ => {
                let Some(at) = self.begin() else { return };
                self.by_name.insert(name.to_owned(), at);
                at
            }
        };
        self.put(newest, place, read);
    }

    /// A new page; none where there are too many.
    fn begin(&mut self) -> Option<usize> {
        if self.all.len() >= MAX_PAGES {
            self.dropped += 1;
            return None;
        }
        self.all.push(Page {
            load: Vec::new(),
            document: None,
            frame: None,
            parts: Vec::new(),
            worst: u8::MAX,
            dropped: 0,
        });
        Some(self.all.len() - 1)
    }

    fn put(&mut self, at: usize, place: Place, read: Read) {
        let Some(page) = self.all.get_mut(at) else { return };
        let mut exchange = read.exchange;
        match place {
            Place::New | Place::Load if page.load.len() < MAX_HOPS => {
                exchange.kind = ResourceKind::MainFrame;
                page.frame = read.frame;
                page.document = read.body;
                page.load.push(exchange);
                return;
            }
            Place::Frame => exchange.kind = ResourceKind::SubFrame,
            _ => {}
        }
        if page.parts.len() < MAX_PARTS {
            page.parts.push(exchange);
            return;
        }
        page.dropped += 1;
        let of_new = rank(&exchange);
        // Most say the least, and no place is looked for.
        if of_new >= page.worst {
            return;
        }
        if let Some(part) = page.parts.iter_mut().max_by_key(|part| rank(part)) {
            page.worst = rank(part);
            if page.worst > of_new {
                *part = exchange;
            }
        }
    }

    /// A file without pages, as proxies write them: a page is what a browser asked for as one, and a part belongs to the
    /// newest page of the address that it names as its referrer.
    fn sort_loose(&mut self) {
        let mut loose = std::mem::take(&mut self.loose);
        loose.sort_by_key(|read| read.exchange.at);
        let first = self.all.len();
        for read in loose {
            let last = self.all.len().checked_sub(1).filter(|last| *last >= first);
            let page = last.and_then(|last| self.all.get(last));
            let place = match (read.document, page) {
                (None, Some(_)) => Place::Part,
                (Some(Destination::Frame), Some(_)) => Place::Frame,
                (Some(_), Some(page)) if page.leads_to(&read.exchange.url) => Place::Load,
                _ => Place::New,
            };
            let at = match (place, last) {
                (Place::New, _) => self.begin(),
                (Place::Load, last) => last,
                (_, last) => self.of_referrer(first, &read).or(last),
            };
            if let Some(at) = at {
                self.put(at, place, read);
            }
        }
    }

    /// The newest page of the address that a part names as its referrer, or of its origin.
    fn of_referrer(&self, first: usize, read: &Read) -> Option<usize> {
        let referrer = read.referrer.as_ref()?;
        let newest = self.all.iter().enumerate().skip(first).rev().take(50);
        let shown = newest.filter_map(|(at, page)| Some((at, &page.load.last()?.url)));
        let exact = shown.clone().find(|(_, url)| **url == *referrer);
        exact.or_else(|| shown.clone().find(|(_, url)| url.origin() == referrer.origin())).map(|(at, _)| at)
    }

    /// The visits, in the order in which they began.
    pub(super) fn finish(mut self) -> (Vec<Visit>, u64) {
        self.sort_loose();
        let mut names: BTreeMap<usize, &Named> = BTreeMap::new();
        for (name, at) in &self.by_name {
            if let Some(named) = self.named.get(name) {
                names.insert(*at, named);
            }
        }
        let pages = self.all.into_iter().enumerate();
        let mut visits: Vec<Visit> =
            pages.filter_map(|(at, page)| visit(page, names.get(&at).copied())).collect();
        visits.sort_by_key(|visit| visit.began_at);
        (visits, self.dropped)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// It begins a page.
    New,
    /// It is a hop of the page's load.
    Load,
    /// It is a frame's document.
    Frame,
    /// It is anything else.
    Part,
}

/// The page as a visit; none where nothing tells its address.
fn visit(page: Page, named: Option<&Named>) -> Option<Visit> {
    let title = named
        .and_then(|named| Url::parse(&named.title))
        .filter(|url| matches!(url.scheme(), "http" | "https"));
    let last = page.load.last();
    let url = match last {
        Some(last) => {
            last.redirect.as_ref().map_or_else(|| last.url.to_string(), |redirect| redirect.to.to_string())
        }
        None => title.as_ref()?.without_secrets().to_string(),
    };
    let failure = last.filter(|last| last.redirect.is_none()).and_then(|last| {
        let error = last.error.clone()?;
        Some(Failure { url: last.url.to_string(), error, at: last.at })
    });
    let first = page.load.first().or(page.parts.first());
    let began_at = first.map(|first| first.at).or(named.map(|named| named.began_at)).unwrap_or_default();
    let watched =
        if page.load.is_empty() { Observed::Unseen(Reason::NotInInput) } else { Observed::Seen(()) };
    let mut exchanges = page.load;
    exchanges.extend(page.parts);
    Some(Visit {
        url,
        began_at,
        watched,
        exchanges,
        dropped: page.dropped,
        failure,
        document: page.document.map_or(Observed::Unseen(Reason::NotInInput), Observed::Seen),
        unseen_hosts: None,
    })
}
