//! What there is to audit of one tab: its captured state, the browser's cookies and the lists.

use https_audit_core::capture::{Asked, BrowserCookie, PROBE_LASTS};
#[cfg(any(feature = "popup", feature = "auditor"))]
use https_audit_core::capture::{COOKIES_KEY, Capture, MEMORY_KEY, PROBES_KEY};
use https_audit_core::evidence::{Browser, Evidence, JarCookie, Observed, ProbeState, Reason, Recorder};
use https_audit_core::fact::Site;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::order::sorted;

use crate::browser::cookies;
#[cfg(any(feature = "popup", feature = "auditor"))]
use crate::browser::session;
use crate::browser::tabs::Tab;
use crate::browser::{Refusal, engine, now, permissions};
use crate::lists;

/// Milliseconds that a redirect check may go on after its time: for the answer it waits for.
const LAST_ANSWER: i64 = 15_000;

/// What was seen of a tab.
pub struct Gathered {
    /// The evidence, as it may be exported.
    pub evidence: Evidence,
    /// The lists.
    pub lists: &'static Knowledge<'static>,
    /// The clock, in seconds since the epoch.
    pub now: i64,
    /// What it is about.
    pub site: Site,
    /// The extension has access to the address now.
    pub access: bool,
    /// And to the whole site, its cookies among it.
    pub whole: bool,
}

/// This extension in this browser.
pub fn recorder() -> Recorder {
    Recorder {
        name: format!("https-audit {}", env!("CARGO_PKG_VERSION")),
        browser: Some(Browser { engine: engine(), version: crate::browser::version() }),
    }
}

/// Gathers what was seen of the page that the tab shows. `unread` says why nobody read the page, should nobody have.
pub async fn gather(
    capture: impl Fn(Asked<'_>) -> Evidence,
    tab: Tab,
    unread: Reason,
) -> Result<Gathered, Refusal> {
    let lists = lists::knowledge().await?;
    let id = tab.id.unwrap_or(-1);
    let everywhere = permissions::contains(permissions::EVERYWHERE).await?;
    let seen = |access, same_site: &dyn Fn(&str) -> bool, jar| {
        let address = tab.url.as_deref();
        let store = tab.cookie_store_id.as_deref();
        let recorder = recorder();
        capture(Asked { tab: id, address, access, everywhere, recorder, same_site, store, jar, unread })
    };
    let nothing = || Observed::Unseen(Reason::NotInInput);
    let shown = seen(true, &|_| false, nothing());
    let address = shown.visits.last().map(|visit| visit.url.clone()).unwrap_or_default();
    let site = Site::new(&address, lists);
    let has = async |pattern| everywhere || permissions::contains(pattern).await.unwrap_or(false);
    let (access, whole) = match site.url.as_ref().and_then(permissions::of_page) {
        Some(page) => (has(&page).await, has(&permissions::of_site(&site)).await),
        // Nothing to ask for: the browser hides even the address.
        None => (!address.is_empty() || everywhere, !address.is_empty() || everywhere),
    };
    // Half of the cookies are none: the browsers leave out, without a word, those of hosts without access, and
    // with access to https alone all that lack Secure.
    let jar = jar(&site, tab.cookie_store_id.as_deref(), whole).await;
    // What was seen of a site earlier is not told while the person does not want it looked at.
    let mut evidence = seen(access, &|host| access && site.holds(host), jar);
    if !access {
        evidence.probe = None;
    }
    // A background that the browser ended can not say so itself.
    if let Some(probe) = &mut evidence.probe
        && probe.state == ProbeState::Running
        && now() - probe.began_at > PROBE_LASTS + LAST_ANSWER
    {
        probe.state = ProbeState::Interrupted;
    }
    Ok(Gathered { evidence, lists, now: now() / 1000, site, access, whole })
}

/// The browser's cookies of the site: of its registrable domain and everything below it.
async fn jar(site: &Site, store: Option<&str>, access: bool) -> Observed<Vec<JarCookie>> {
    if !access {
        return Observed::Unseen(Reason::AccessNotGranted);
    }
    if site.url.is_none() {
        return Observed::Unseen(Reason::RestrictedPage);
    }
    let domain = site.registrable_domain.as_deref().unwrap_or(&site.host);
    match cookies::of(domain, store).await {
        Ok(found) => {
            // The browsers' own order differs from call to call.
            Observed::Seen(sorted(found.into_iter().map(BrowserCookie::stored).collect(), |a, b| {
                (&a.name, &a.domain, &a.path, &a.partition).cmp(&(&b.name, &b.domain, &b.path, &b.partition))
            }))
        }
        Err(_) => Observed::Unseen(Reason::NotExposedByThisBrowser),
    }
}

/// The state that storage holds of a tab.
#[cfg(any(feature = "popup", feature = "auditor"))]
pub async fn restored(id: i64) -> Result<Capture, Refusal> {
    let key = Capture::tab_key(id);
    let found = session::get(&[&key, MEMORY_KEY, PROBES_KEY, COOKIES_KEY]).await?;
    let mut found = found.into_iter();
    let mut capture = Capture::new(engine());
    let tab = found.next().flatten();
    capture.restore_memory(found.next().flatten());
    capture.restore_probes(found.next().flatten());
    capture.restore_cookies(found.next().flatten());
    if tab.is_some() {
        capture.restore_tab(id, tab);
    }
    Ok(capture)
}
