//! The evidence of one tab, with the reason for everything that was not seen.

use super::cookie::CookieChanges;
use super::memory::{Memory, is_abort};
use super::probe::Probes;
use super::request::Request;
use super::tab::{Page, Tab, is_web};
use crate::evidence::{Document, Evidence, Exchange, Failure, JarCookie, Observed, Reason, Recorder, Visit};
use crate::field::Engine;
use crate::url::{Url, text_without_secrets};

/// Whose evidence is asked for, and what capture itself can not know.
pub struct Asked<'a> {
    /// The tab.
    pub tab: i64,
    /// The tab's address as the `tabs` API tells it, for a tab of which no event was seen.
    pub address: Option<&'a str>,
    /// Whether the extension has access to that address now.
    pub access: bool,
    /// Whether it has access to every host now.
    pub everywhere: bool,
    /// Who asks.
    pub recorder: Recorder,
    /// Whether a host belongs to the site that is shown: what was seen of it earlier counts.
    pub same_site: &'a dyn Fn(&str) -> bool,
    /// The browser's store of the tab's cookies, where it has several (containers).
    pub store: Option<&'a str>,
    /// The browser's cookies of the site.
    pub jar: Observed<Vec<JarCookie>>,
    /// Why nobody read the page's document, should nobody have: [`Reason::NotProbed`] as long as nobody tried.
    pub unread: Reason,
}

/// What of that decides how a page is seen.
#[derive(Clone, Copy)]
struct Seen<'a> {
    address: Option<&'a str>,
    access: bool,
    everywhere: bool,
    unread: Reason,
}

/// Hosts that neither browser lets an extension watch: the stores, and Mozilla's accounts
/// (`extensions.webextensions.restrictedDomains`).
const RESTRICTED_HOSTS: [&str; 14] = [
    "accounts-static.cdn.mozilla.net",
    "accounts.firefox.com",
    "addons.cdn.mozilla.net",
    "addons.mozilla.org",
    "api.accounts.firefox.com",
    "chromewebstore.google.com",
    "content.cdn.mozilla.net",
    "discovery.addons.mozilla.org",
    "microsoftedge.microsoft.com",
    "oauth.accounts.firefox.com",
    "profile.accounts.firefox.com",
    "support.mozilla.org",
    "sync.services.mozilla.com",
    "chrome.google.com",
];

pub(super) fn evidence(
    tab: Option<&Tab>,
    (memory, probes, cookies): (&Memory, &Probes, &CookieChanges),
    engine: Engine,
    asked: Asked<'_>,
) -> Evidence {
    let look = Seen {
        address: asked.address,
        access: asked.access,
        everywhere: asked.everywhere,
        unread: asked.unread,
    };
    let visit = visit(tab, memory, engine, look);
    let mut evidence = Evidence::new(asked.recorder);
    let shown = Url::parse(&visit.url);
    evidence.probe = probes.evidence(asked.same_site, shown.as_ref().map(Url::host));
    let asked_for = evidence.probe.iter().flat_map(|probe| &probe.exchanges);
    let seen = |exchange: &Exchange| {
        let mut here = visit.exchanges.iter().chain(asked_for.clone());
        here.any(|other| other.at == exchange.at && other.url == exchange.url)
    };
    evidence.earlier = memory.earlier(asked.same_site).into_iter().filter(|e| !seen(e)).collect();
    evidence.earlier_failures = memory
        .failures(asked.same_site)
        .into_iter()
        .filter(|failure| visit.failure.as_ref().is_none_or(|now| now.at != failure.at))
        .collect();
    if asked.jar.is_seen() {
        evidence.jar_changes = cookies.of(asked.store, asked.same_site);
    }
    evidence.jar = asked.jar;
    evidence.visits = vec![visit];
    evidence
}

/// The visit of a page as it is left: with what was granted while it was there.
pub(super) fn of_left(tab: &Tab, page: &Page, memory: &Memory, engine: Engine) -> Visit {
    let seen = Seen {
        address: None,
        access: page.access != Some(false),
        everywhere: page.everywhere != Some(false),
        unread: Reason::NotProbed,
    };
    of_page(tab, page, memory, engine, seen)
}

/// The visit of a page that was there before anybody watched.
pub(super) fn unseen(url: &str, at: i64) -> Visit {
    let seen = Seen { address: None, access: true, everywhere: true, unread: Reason::NotProbed };
    Visit { began_at: at, ..unwatched(None, url, seen) }
}

/// The visit of a load that no page came of, with the answers of some hosts alone.
pub(super) fn stray(load: &Request, of: &dyn Fn(&Url) -> bool) -> Visit {
    let exchanges: Vec<Exchange> = load.exchanges().filter(|exchange| of(&exchange.url)).collect();
    Visit {
        url: exchanges.last().map(|hop| hop.url.as_str().to_owned()).unwrap_or_default(),
        began_at: load.at(),
        watched: Observed::Seen(()),
        exchanges,
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotProbed),
        unseen_hosts: None,
    }
}

fn visit(tab: Option<&Tab>, memory: &Memory, engine: Engine, asked: Seen<'_>) -> Visit {
    match tab.and_then(|tab| Some((tab, tab.page_at(asked.address)?))) {
        Some((tab, page)) => of_page(tab, &page, memory, engine, asked),
        None => unwatched(tab, asked.address.unwrap_or_default(), asked),
    }
}

fn of_page(tab: &Tab, page: &Page, memory: &Memory, engine: Engine, asked: Seen<'_>) -> Visit {
    // Access was withdrawn, and capture heard not of it yet. A page that came up without access and whose load
    // was seen all the same is another thing: pressing the button lets Chromium tell of that one tab (activeTab).
    if !asked.access && page.access != Some(false) {
        return unwatched(Some(tab), &page.shown, asked);
    }
    let load = tab.load_of(page);
    let failed = load.and_then(|load| {
        let hop = load.last()?;
        let error = hop.error.clone().filter(|error| !is_abort(error))?;
        Some(Failure { url: hop.url.as_str().to_owned(), error, at: hop.at })
    });
    let said = |error: &String| Failure { url: page.loaded.clone(), error: error.clone(), at: page.at };
    let failure = failed.or_else(|| page.error.as_ref().map(said));
    let answer = load.and_then(|load| load.last()).map(|hop| &hop.response);
    let watched = match answer {
        _ if failure.is_some() => Observed::Seen(()),
        Some(Observed::Unseen(Reason::ServiceWorker)) => Observed::Unseen(Reason::ServiceWorker),
        Some(_) => Observed::Seen(()),
        None if tab.evicted => Observed::Unseen(Reason::OverLimit),
        None => Observed::Unseen(missing(page, memory, engine, asked.access)),
    };
    let mut exchanges: Vec<Exchange> = load.into_iter().flat_map(Request::exchanges).collect();
    exchanges.extend(tab.parts_of(page).into_iter().flat_map(Request::exchanges));
    Visit {
        url: page.shown.clone(),
        began_at: load.map_or(page.at, Request::at),
        watched,
        exchanges,
        dropped: page.dropped,
        document: document(tab.document_of(page), failure.is_some(), watched, asked),
        failure,
        unseen_hosts: (!asked.everywhere || page.everywhere == Some(false))
            .then_some(Reason::AccessNotGranted),
    }
}

/// What was read in the page, or why nothing was.
fn document(
    read: Option<&Document>,
    failed: bool,
    watched: Observed<()>,
    asked: Seen<'_>,
) -> Observed<Document> {
    let reason = match (read, watched) {
        (Some(read), _) => return Observed::Seen(read.clone()),
        _ if failed => Reason::LoadFailed,
        (None, Observed::Unseen(reason @ Reason::RestrictedPage)) => reason,
        _ if !asked.access => Reason::AccessNotGranted,
        _ => asked.unread,
    };
    Observed::Unseen(reason)
}

/// Why a page came up without any request of its own that could be seen.
fn missing(page: &Page, memory: &Memory, engine: Engine, access: bool) -> Reason {
    if !is_web(&page.loaded) || is_restricted(&page.loaded) {
        Reason::RestrictedPage
    } else if page.access == Some(false) {
        // Access that was given since helps from the next load on.
        if access { Reason::LoadedBeforeInstall } else { Reason::AccessNotGranted }
    } else if page.forward_back {
        Reason::BackForwardCache
    } else if engine == Engine::Firefox {
        Reason::NotExposedByThisBrowser
    } else if memory.was_watching(page.began) {
        // Everything else that Chromium loads has a request.
        Reason::ServiceWorker
    } else {
        // The tabs that Chromium restores as it starts come up before it tells of requests.
        Reason::LoadedBeforeInstall
    }
}

/// A tab of which no page was seen to come up.
fn unwatched(tab: Option<&Tab>, url: &str, asked: Seen<'_>) -> Visit {
    let reason = match url {
        // The browsers hide the address of their own pages, and of nothing else that is
        // accessible.
        "" if asked.access => Reason::RestrictedPage,
        "" => Reason::AccessNotGranted,
        url if !is_web(url) || is_restricted(url) => Reason::RestrictedPage,
        _ if !asked.access => Reason::AccessNotGranted,
        _ if tab.is_some_and(|tab| tab.evicted) => Reason::OverLimit,
        _ => Reason::LoadedBeforeInstall,
    };
    let watched = Observed::Unseen(reason);
    Visit {
        url: text_without_secrets(url),
        began_at: 0,
        watched,
        exchanges: Vec::new(),
        dropped: 0,
        failure: None,
        document: document(tab.and_then(|tab| tab.document_at(url)), false, watched, asked),
        unseen_hosts: None,
    }
}

fn is_restricted(url: &str) -> bool {
    Url::parse(url).is_some_and(|url| RESTRICTED_HOSTS.contains(&url.host()))
}
