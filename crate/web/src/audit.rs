//! The report of one tab: its captured state, the browser's cookies and the lists.

use std::cell::OnceCell;

use https_audit_core::capture::{Asked, Capture};
use https_audit_core::evidence::{Browser, Evidence, JarCookie, Observed, Reason, Recorder, SameSiteStored};
use https_audit_core::fact::Site;
use https_audit_core::field::Engine;
use https_audit_core::knowledge::Knowledge;
use https_audit_core::order::sorted;
use https_audit_core::report::Report;
use wasm_bindgen::JsValue;

use crate::browser::cookies::{self, Cookie};
use crate::browser::{self, Refusal, permissions, tabs};

/// The engine that this runs in.
pub fn engine() -> Engine {
    if browser::is_firefox() { Engine::Firefox } else { Engine::Chromium }
}

/// The lists, read once for as long as the program lives.
pub async fn knowledge() -> Result<&'static Knowledge<'static>, Refusal> {
    thread_local! {
        static LISTS: OnceCell<&'static Knowledge<'static>> = const { OnceCell::new() };
    }
    if let Some(lists) = LISTS.with(|lists| lists.get().copied()) {
        return Ok(lists);
    }
    let chromium = browser::file("data/preload-chromium.bin").await?;
    let firefox = browser::file("data/preload-firefox.bin").await?;
    let suffixes = browser::file("data/public-suffixes.bin").await?;
    // They are needed until the program ends, so they are given away for good; two that asked
    // at the same time share the first.
    let lists = Knowledge::new(chromium.leak(), firefox.leak(), suffixes.leak())
        .map_err(|error| JsValue::from_str(&format!("a list of this extension is damaged: {error}")))?;
    Ok(LISTS.with(|kept| *kept.get_or_init(|| Box::leak(Box::new(lists)))))
}

/// What was found out about a tab.
pub struct Audited {
    /// The evidence, as it may be exported.
    pub evidence: Evidence,
    /// The report on it.
    pub report: Report,
    /// What it is about.
    pub site: Site,
    /// The extension has access to the address now.
    pub access: bool,
}

/// Audits what the tab shows.
pub async fn audit(capture: impl Fn(Asked<'_>) -> Evidence, id: i64) -> Result<Audited, Refusal> {
    let lists = knowledge().await?;
    let tab = tabs::get(id).await?;
    let recorder = || Recorder {
        name: format!("https-audit {}", env!("CARGO_PKG_VERSION")),
        browser: Some(Browser { engine: engine(), version: browser::version() }),
    };
    let gather = |access, same_site: &dyn Fn(&str) -> bool, jar| {
        let address = tab.url.as_deref();
        capture(Asked { tab: id, address, access, recorder: recorder(), same_site, jar })
    };
    let nothing = || Observed::Unseen(Reason::NotInInput);
    let shown = gather(true, &|_| false, nothing());
    let address = shown.visits.last().map(|visit| visit.url.clone()).unwrap_or_default();
    let site = Site::new(&address, lists);
    let access = match origins(&site) {
        Some(origins) => permissions::contains(&origins).await.unwrap_or(false),
        // Nothing to ask for: the browser hides even the address.
        None => !address.is_empty() || permissions::contains(&[EVERYWHERE.to_owned()]).await?,
    };
    let jar = jar(&site, tab.cookie_store_id.as_deref(), access).await;
    let evidence = gather(access, &|host| site.holds(host), jar);
    let report = https_audit_core::audit(&evidence, lists, now() / 1000)
        .pop()
        .ok_or_else(|| JsValue::from_str("nothing to report on"))?;
    Ok(Audited { evidence, report, site, access })
}

/// Access to every site.
const EVERYWHERE: &str = "<all_urls>";

/// The match patterns of the host that is shown.
pub fn origins(site: &Site) -> Option<Vec<String>> {
    site.url.as_ref().map(|url| vec![format!("*://{}/*", url.host())])
}

/// The browser's cookies of the site: of its registrable domain and everything below it.
async fn jar(site: &Site, store: Option<&str>, access: bool) -> Observed<Vec<JarCookie>> {
    if site.url.is_none() {
        return Observed::Unseen(Reason::RestrictedPage);
    }
    if !access {
        return Observed::Unseen(Reason::AccessNotGranted);
    }
    let domain = site.registrable_domain.as_deref().unwrap_or(&site.host);
    match cookies::of(domain, store, browser::is_firefox()).await {
        Ok(found) => {
            // The browsers' own order differs from call to call.
            Observed::Seen(sorted(found.into_iter().map(stored).collect(), |a, b| {
                (&a.name, &a.domain, &a.path, &a.partition).cmp(&(&b.name, &b.domain, &b.path, &b.partition))
            }))
        }
        Err(_) => Observed::Unseen(Reason::NotExposedByThisBrowser),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "seconds since the epoch, capped at 400 days by browsers"
)]
fn stored(cookie: Cookie) -> JarCookie {
    JarCookie {
        name: cookie.name,
        value_length: cookie.value_length,
        domain: cookie.domain.strip_prefix('.').map(str::to_owned).unwrap_or(cookie.domain),
        host_only: cookie.host_only,
        path: cookie.path,
        secure: cookie.secure,
        http_only: cookie.http_only,
        same_site: match cookie.same_site.as_str() {
            "strict" => SameSiteStored::Strict,
            "lax" => SameSiteStored::Lax,
            "no_restriction" => SameSiteStored::NoRestriction,
            _ => SameSiteStored::Unspecified,
        },
        expires_at: cookie.expiration_date.map(|seconds| seconds as i64),
        partition: cookie.partition_key.and_then(|key| key.top_level_site),
    }
}

/// Milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch are far below 2^53")]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The state that storage holds of a tab.
pub async fn restored(id: i64) -> Result<Capture, Refusal> {
    let key = Capture::tab_key(id);
    let found = browser::session::get(&[&key, https_audit_core::capture::MEMORY_KEY]).await?;
    let mut found = found.into_iter();
    let mut capture = Capture::new(engine());
    let tab = found.next().flatten();
    capture.restore_memory(found.next().flatten().as_deref());
    if tab.is_some() {
        capture.restore_tab(id, tab.as_deref());
    }
    Ok(capture)
}
