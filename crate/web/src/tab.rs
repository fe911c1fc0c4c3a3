//! What a page of the extension shows of one tab: what was seen of it, and the report on that.

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use gloo_utils::window;
use https_audit_core::capture::{COOKIES_KEY, Capture, MEMORY_KEY, PROBES_KEY, RECORDING_KEY, probe_starts};
use https_audit_core::evidence::{Observed, ProbeState, Reason};
use https_audit_core::report::Report;
use https_audit_core::view::PopupState;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::browser::{Refusal, on_change, order_probe, permissions, tabs, warn};
use crate::gather::{Gathered, gather, restored};
use crate::reading::{Begun, Reading};

/// Milliseconds between two looks at a check that runs.
const WATCH_EVERY: u32 = 1_000;

/// What was seen of a tab, and the report on it.
pub struct Audited {
    pub seen: Gathered,
    pub report: Report,
}

/// A tab that is looked at.
pub struct Watched {
    pub tab: i64,
    reading: Rc<Reading>,
    /// The redirect check was under way when it was audited last.
    probe_runs: Rc<Cell<bool>>,
}

/// The tab that `?tab=ID` names, or else the one in front.
pub async fn asked_tab() -> Result<i64, JsValue> {
    let search = window().location().search()?;
    let parameters = web_sys::UrlSearchParams::new_with_str(&search)?;
    if let Some(id) = parameters.get("tab").and_then(|id| id.parse().ok()) {
        return Ok(id);
    }
    let tab = tabs::current().await?.and_then(|tab| tab.id);
    tab.ok_or_else(|| JsValue::from_str("no tab is in front"))
}

impl Watched {
    /// Of a tab that nobody looked at yet; `changed` is called whenever what is known of it may have changed.
    pub fn new(tab: i64, changed: impl Fn() + Clone + 'static) -> Self {
        let mut keys = vec![Capture::tab_key(tab)];
        keys.extend([MEMORY_KEY, PROBES_KEY, COOKIES_KEY, RECORDING_KEY].map(str::to_owned));
        on_change(keys, changed);
        Self { tab, reading: Rc::new(Reading::new(tab)), probe_runs: Rc::default() }
    }

    /// Begins to read the page; `late` is called if that ends after a view stopped to wait for it.
    pub fn read(&self, late: impl FnOnce() + 'static) -> Begun {
        self.reading.begin(late)
    }

    /// Audits what there is, with what the page holds if that was not read yet.
    pub async fn audit(&self, late: impl FnOnce() + 'static) -> Result<Audited, Refusal> {
        let mut audited = self.audit_once().await?;
        if self.reading.is_due(&audited.seen) {
            self.read(late).wait().await;
            audited = self.audit_once().await?;
        }
        let probe = audited.seen.evidence.probe.as_ref();
        self.watch_probe(probe.is_some_and(|probe| probe.state == ProbeState::Running));
        Ok(audited)
    }

    async fn audit_once(&self) -> Result<Audited, Refusal> {
        let mut capture = restored(self.tab).await?;
        self.reading.add_to(&mut capture);
        let shown = tabs::get(self.tab).await?;
        let seen = gather(|asked| capture.evidence(asked), shown, self.reading.unread.get()).await?;
        let report = https_audit_core::audit_site(&seen.evidence, seen.lists, seen.now);
        Ok(Audited { seen, report })
    }

    /// Looks on as long as the check runs: the browser ends no background that is asked for something, and one that it
    /// ended all the same says so as it starts again.
    fn watch_probe(&self, runs: bool) {
        if self.probe_runs.replace(runs) || !runs {
            return;
        }
        let (tab, runs) = (self.tab, Rc::clone(&self.probe_runs));
        spawn_local(async move {
            while runs.get() {
                TimeoutFuture::new(WATCH_EVERY).await;
                if let Err(error) = order_probe(tab, "watch").await {
                    warn(&format!("https-audit: redirect check: {error:?}"));
                }
            }
        });
    }
}

impl Audited {
    /// What a view says besides the report.
    pub fn state(&self) -> PopupState {
        let visit = self.seen.evidence.visits.last();
        let missing = visit.and_then(|visit| match visit.watched {
            Observed::Seen(()) => None,
            Observed::Unseen(reason) => Some(reason),
        });
        let web = self.seen.site.url.is_some();
        let restricted = web && missing == Some(Reason::RestrictedPage);
        PopupState {
            seen_at: visit.filter(|visit| visit.watched.is_seen()).map(|visit| clock(visit.began_at)),
            needs_access: !self.seen.whole && !restricted,
            can_reload: self.seen.access
                && matches!(
                    missing,
                    Some(Reason::LoadedBeforeInstall | Reason::BackForwardCache | Reason::OverLimit)
                ),
            restricted,
            // Every host that it asks is one of the site.
            probe: if self.seen.whole { probe_starts(&self.seen.site) } else { Vec::new() },
        }
    }

    /// The page that asks for access (`extension/access.js`): a popup would close on the browser's own question.
    pub fn access_page(&self, tab: i64) -> String {
        if self.seen.site.url.is_none() {
            return format!("access.html?tab={tab}");
        }
        let name = self.seen.site.registrable_domain.as_ref().unwrap_or(&self.seen.site.host);
        let (name, pattern) = (js_sys::encode_uri_component(name), permissions::of_site(&self.seen.site));
        format!("access.html?tab={tab}&site={name}&pattern={}", js_sys::encode_uri_component(&pattern))
    }
}

/// Hours and minutes as the person writes them.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since the epoch are far below 2^53")]
fn clock(at: i64) -> String {
    let options = js_sys::Object::new();
    for part in ["hour", "minute"] {
        // Setting a property of a plain object does not fail.
        let _ = js_sys::Reflect::set(&options, &part.into(), &"2-digit".into());
    }
    let language = window().navigator().language().unwrap_or_else(|| "en".to_owned());
    js_sys::Date::new(&JsValue::from_f64(at as f64)).to_locale_string(&language, &options).into()
}
