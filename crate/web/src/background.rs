//! The background: events in, state to storage, the toolbar button kept up to date.
//!
//! Events are folded one by one in the order in which they came. A tab's state is read from
//! storage before its first event since the worker woke up. What concerns the page itself is
//! written before the next event is looked at; what concerns sub-resources once no more of them come,
//! [`WRITE_AFTER`], and at most [`WRITE_AT_MOST`] later. While a page loads, every millisecond that is spent
//! here is one that the page waits.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use https_audit_core::capture::{
    COOKIES_KEY, Capture, Event, MEMORY_KEY, Order, PROBES_KEY, ProbeOrder, RECORDING_KEY, RecordOrder,
    RecordingOrder, SIZES_KEY, Stage,
};
use https_audit_core::evidence::{Evidence, Observed, Reason};
use https_audit_core::fact::Site;
use https_audit_core::glance;
use https_audit_core::url::Url;
use litemap::LiteMap;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

use crate::browser::action::{self, Button};
use crate::browser::tabs::Tab;
use crate::browser::{Refusal, engine, now, permissions, session, tabs, warn};
use crate::gather::{Gathered, gather, recorder};
use crate::options::Chosen;
use crate::{button, language, lists, options, probe};

/// Milliseconds without a sub-resource after which they are written.
const WRITE_AFTER: u32 = 80;
/// Milliseconds that they wait at most: each time the whole tab is written.
const WRITE_AT_MOST: u32 = 1_000;
/// Milliseconds after which a tab is audited for its button, when the page itself changed.
const PAINT_AFTER: u32 = 150;
/// The same, when only its sub-resources changed: they are many, and come together. So many without one are waited for.
const PAINT_PARTS_AFTER: u32 = 600;
/// How long a tab waits at most while sub-resources come: for the page's sake, and for theirs.
const PAINT_AT_MOST: u32 = 1_000;
const PAINT_PARTS_AT_MOST: u32 = 3_000;

/// The background's state.
#[wasm_bindgen]
pub struct Background(Rc<Inner>);

struct Inner {
    capture: RefCell<Capture>,
    queue: RefCell<VecDeque<JsValue>>,
    pumping: Cell<bool>,
    /// When the newest sub-resource came, milliseconds since the epoch.
    part_at: Cell<i64>,
    write_waits: Cell<bool>,
    fronts_wait: Cell<bool>,
    /// How often each tab was left: what was found out about a page that was left is not shown.
    turns: RefCell<LiteMap<i64, u64>>,
    /// What each tab's button shows: a browser takes long to read an icon, so none is set twice. A navigation takes
    /// it back to what it was without us, which is what [`button::looking`] says.
    shown: RefCell<LiteMap<i64, Button>>,
    /// Redirect checks that are under way.
    stops: probe::Stops,
    /// What the person chose.
    chosen: Cell<Chosen>,
    /// Tabs that wait to be painted, and the wait.
    waiting: RefCell<LiteMap<i64, u32>>,
}

#[wasm_bindgen]
impl Background {
    /// Starts with what storage holds.
    #[wasm_bindgen(js_name = start)]
    pub async fn start() -> Self {
        let (chosen, language) = (options::read(), language::read());
        let mut capture = Capture::new(engine());
        match session::get(&[MEMORY_KEY, SIZES_KEY, PROBES_KEY, COOKIES_KEY, RECORDING_KEY]).await {
            Ok(found) => {
                let mut found = found.into_iter();
                capture.restore_memory(found.next().flatten());
                capture.restore_sizes(found.next().flatten());
                capture.restore_probes(found.next().flatten());
                capture.restore_cookies(found.next().flatten());
                capture.restore_recording(found.next().flatten());
                capture.interrupt_probes();
            }
            Err(error) => warn(&format!("https-audit: session storage: {error:?}")),
        }
        language.await;
        let chosen = chosen.await;
        lists::choose(chosen.options);
        let inner = Rc::new(Inner {
            chosen: Cell::new(chosen),
            capture: RefCell::new(capture),
            queue: RefCell::default(),
            pumping: Cell::new(false),
            part_at: Cell::new(0),
            write_waits: Cell::new(false),
            fronts_wait: Cell::new(false),
            turns: RefCell::default(),
            shown: RefCell::default(),
            stops: RefCell::default(),
            waiting: RefCell::default(),
        });
        inner.resume_recording().await;
        Self(inner)
    }

    /// Takes an event `{event, details}`.
    pub fn deliver(&self, event: JsValue) {
        self.0.queue.borrow_mut().push_back(event);
        if !self.0.pumping.replace(true) {
            let inner = Rc::clone(&self.0);
            spawn_local(async move {
                inner.pump().await;
            });
        }
    }
}

impl Inner {
    async fn pump(self: Rc<Self>) {
        loop {
            let Some(event) = self.queue.borrow_mut().pop_front() else { break };
            if is_choice(&event) {
                self.choose().await;
                continue;
            }
            match read(&event) {
                Ok(event) => self.take(event).await,
                Err(error) => warn(&format!("https-audit: an event could not be read: {error}")),
            }
        }
        self.pumping.set(false);
    }

    async fn take(self: &Rc<Self>, mut event: Event) {
        if let Some(tab) = event.tab() {
            self.restore(tab).await;
        }
        if let Event::TabReplaced(details) = &event {
            self.restore(details.replaced_tab_id).await;
        }
        if let Event::Committed(details) = &mut event
            && details.frame_id == 0
            && let Some(pattern) = Url::parse(&details.url).as_ref().and_then(permissions::of_page)
        {
            details.access = permissions::contains(&pattern).await.ok();
            details.everywhere = permissions::contains(permissions::EVERYWHERE).await.ok();
        }
        let outcome = self.capture.borrow_mut().apply(&event);
        if let Some(tab) = outcome.tab {
            if outcome.left {
                self.clear(tab);
            }
            self.paint_after(tab, if outcome.page || outcome.left { PAINT_AFTER } else { PAINT_PARTS_AFTER });
        }
        if outcome.page {
            self.write().await;
        } else if outcome.tab.is_some() {
            self.part_at.set(now());
            self.write_soon();
        }
        match event {
            Event::TabRemoved(details) => {
                self.finish_recording();
                self.turns.borrow_mut().remove(&details.tab_id);
                self.shown.borrow_mut().remove(&details.tab_id);
            }
            // No telling what becomes of the button.
            Event::TabReplaced(_) | Event::HistoryStateUpdated(_) => {
                outcome.tab.and_then(|tab| self.shown.borrow_mut().remove(&tab));
            }
            Event::CookieChanged(_) => {
                self.write_soon();
                self.paint_fronts_soon();
            }
            Event::PermissionsChanged(_) => {
                self.narrow().await;
                self.paint_all(false).await;
            }
            Event::Started(_) => self.paint_all(false).await,
            Event::Probe(ProbeOrder { order: Order::Watch, .. }) => self.write().await,
            Event::Probe(ProbeOrder { tab_id, order }) => self.probe(tab_id, order),
            Event::Record(RecordingOrder { tab_id, record }) => self.record(tab_id, record).await,
            _ => {}
        }
    }

    /// Takes what was chosen anew, and shows it.
    async fn choose(self: &Rc<Self>) {
        let chosen = options::read().await;
        if self.chosen.replace(chosen) != chosen {
            lists::choose(chosen.options);
            self.paint_all(false).await;
        }
    }

    fn probe(self: &Rc<Self>, tab: i64, order: Order) {
        let inner = Rc::clone(self);
        spawn_local(async move {
            let ran = if order == Order::Stop {
                probe::stop(tab, &inner.capture, &inner.stops).await
            } else {
                probe::check(tab, &inner.capture, &inner.stops, async || inner.write().await).await
            };
            if let Err(error) = ran {
                warn(&format!("https-audit: redirect check: {error:?}"));
            }
            inner.write().await;
            inner.paint_after(tab, PAINT_AFTER);
        });
    }

    async fn record(self: &Rc<Self>, tab: i64, order: RecordOrder) {
        match order {
            RecordOrder::Begin => {
                let begun = async {
                    let (lists, shown) = (lists::knowledge().await?, tabs::get(tab).await?);
                    let site = Site::new(&shown.url.unwrap_or_default(), lists);
                    let whole = permissions::contains(&permissions::of_site(&site)).await?;
                    let store = shown.cookie_store_id.as_deref();
                    self.capture.borrow_mut().begin_recording(tab, &site, (store, whole), now());
                    Ok::<(), Refusal>(())
                };
                if let Err(error) = begun.await {
                    warn(&format!("https-audit: recording: {error:?}"));
                }
            }
            RecordOrder::End => {
                self.capture.borrow_mut().end_recording(tab, Some(now()));
                self.finish_recording();
            }
            RecordOrder::Drop => self.capture.borrow_mut().drop_recording(),
        }
        self.write().await;
        self.paint_after(tab, PAINT_AFTER);
    }

    /// The worker was ended while it put the evidence of a recording together, or before it heard that the tab is gone.
    async fn resume_recording(self: &Rc<Self>) {
        let runs = self.capture.borrow().session().filter(|session| session.stage == Stage::Running).cloned();
        if let Some(session) = runs
            && tabs::get(session.tab).await.is_err()
        {
            self.restore(session.tab).await;
            self.capture.borrow_mut().end_recording(session.tab, Some(now()));
        }
        self.finish_recording();
    }

    /// Gathers what the evidence of a recording holds besides its pages, if one waits for that.
    fn finish_recording(self: &Rc<Self>) {
        let waits = self.capture.borrow().session().filter(|session| session.stage == Stage::Ending).cloned();
        let Some(session) = waits else { return };
        let inner = Rc::clone(self);
        spawn_local(async move {
            let shown = Tab {
                id: Some(session.tab),
                url: Some(session.told.url),
                status: None,
                cookie_store_id: session.store,
            };
            let rest = match inner.gather(shown).await {
                Ok(seen) => seen.evidence,
                Err(error) => {
                    // The pages are there all the same.
                    warn(&format!("https-audit: recording: {error:?}"));
                    let jar = Observed::Unseen(Reason::NotExposedByThisBrowser);
                    Evidence { jar, ..Evidence::new(recorder()) }
                }
            };
            inner.capture.borrow_mut().finish_recording(session.told.began_at, rest, now());
            inner.write().await;
        });
    }

    async fn gather(&self, tab: Tab) -> Result<Gathered, Refusal> {
        gather(|asked| self.capture.borrow().evidence(asked), tab, Reason::NotProbed).await
    }

    /// Forgets what was seen of pages to which there is no access any more.
    async fn narrow(&self) {
        if permissions::contains(permissions::EVERYWHERE).await.unwrap_or(true) {
            return;
        }
        for id in tabs::all(false).await.unwrap_or_default().into_iter().filter_map(|tab| tab.id) {
            self.restore(id).await;
            let url = self.capture.borrow().address(id).and_then(Url::parse);
            let access = match url.as_ref().and_then(permissions::of_page) {
                Some(pattern) => permissions::contains(&pattern).await.unwrap_or(true),
                None => true,
            };
            self.capture.borrow_mut().narrow(id, access);
        }
        if !self.may_keep_recording().await {
            self.capture.borrow_mut().drop_recording();
        }
        self.write().await;
    }

    /// Whether there is still access to what was recorded.
    async fn may_keep_recording(&self) -> bool {
        let Some(session) = self.capture.borrow().session().cloned() else { return true };
        let Ok(lists) = lists::knowledge().await else { return true };
        let site = Site::new(&session.told.url, lists);
        let page = site.url.as_ref().and_then(permissions::of_page);
        let pattern = if session.whole { Some(permissions::of_site(&site)) } else { page };
        match pattern {
            Some(pattern) => permissions::contains(&pattern).await.unwrap_or(true),
            None => true,
        }
    }

    async fn restore(&self, tab: i64) {
        if self.capture.borrow().holds(tab) {
            return;
        }
        let stored = session::get(&[&Capture::tab_key(tab)]).await.ok();
        let stored = stored.and_then(|found| found.into_iter().next().flatten());
        self.capture.borrow_mut().restore_tab(tab, stored);
    }

    async fn write(&self) {
        let changes = self.capture.borrow_mut().changes(now());
        if changes.is_empty() {
            return;
        }
        // Both calls go out before either is waited for, so that writes keep their order.
        let set = session::set(&changes.set);
        let remove = session::remove(&changes.remove);
        let (set, remove) = (set.await, remove.await);
        if let Err(error) = set.and(remove) {
            warn(&format!("https-audit: session storage: {error:?}"));
            self.capture.borrow_mut().not_written(&changes);
        }
    }

    fn write_soon(self: &Rc<Self>) {
        if self.write_waits.replace(true) {
            return;
        }
        let inner = Rc::clone(self);
        spawn_local(async move {
            inner.settled(WRITE_AFTER, WRITE_AT_MOST).await;
            inner.write_waits.set(false);
            inner.write().await;
        });
    }

    /// Waits until no sub-resource came for so many milliseconds, or the second number of them is over.
    async fn settled(&self, quiet: u32, at_most: u32) {
        let mut waited = 0;
        loop {
            TimeoutFuture::new(quiet).await;
            waited += quiet;
            if waited >= at_most || now() - self.part_at.get() >= i64::from(quiet) {
                break;
            }
        }
    }

    /// Takes the verdict on the page before off the button at once.
    fn clear(self: &Rc<Self>, tab: i64) {
        *self.turns.borrow_mut().entry(tab).or_default() += 1;
        let inner = Rc::clone(self);
        spawn_local(async move { inner.show(tab, button::looking()).await });
    }

    /// Shows a button, if it is not shown already.
    async fn show(&self, tab: i64, button: Button) {
        if self.shown.borrow().get(&tab) == Some(&button) {
            return;
        }
        self.shown.borrow_mut().insert(tab, button.clone());
        // The tab may be gone by now; then there is no button either.
        if action::show(tab, &button).await.is_err() {
            self.shown.borrow_mut().remove(&tab);
        }
    }

    /// Paints a tab after so many milliseconds, unless it is about to be painted anyway.
    fn paint_after(self: &Rc<Self>, tab: i64, wait: u32) {
        if self.waiting.borrow().get(&tab).is_some_and(|waiting| *waiting <= wait) {
            return;
        }
        self.waiting.borrow_mut().insert(tab, wait);
        let inner = Rc::clone(self);
        spawn_local(async move {
            let parts = wait == PAINT_PARTS_AFTER;
            inner.settled(wait, if parts { PAINT_PARTS_AT_MOST } else { PAINT_AT_MOST }).await;
            // One that was overtaken by a shorter wait finds its turn taken.
            if inner.waiting.borrow_mut().remove(&tab).is_some() {
                inner.paint(tab).await;
            }
        });
    }

    /// Cookies change by the thousand; the tabs that somebody looks at are painted once after.
    /// Any other is painted when it comes to the front.
    fn paint_fronts_soon(self: &Rc<Self>) {
        if self.fronts_wait.replace(true) {
            return;
        }
        let inner = Rc::clone(self);
        spawn_local(async move {
            TimeoutFuture::new(PAINT_PARTS_AFTER).await;
            inner.fronts_wait.set(false);
            inner.paint_all(true).await;
        });
    }

    async fn paint_all(self: &Rc<Self>, in_front: bool) {
        for tab in tabs::all(in_front).await.unwrap_or_default() {
            if let Some(id) = tab.id {
                self.restore(id).await;
                self.paint_after(id, PAINT_AFTER);
            }
        }
    }

    async fn paint(&self, tab: i64) {
        let turn = |inner: &Self| inner.turns.borrow().get(&tab).copied();
        let before = turn(self);
        // Without an answer the tab is gone.
        let Ok(shown) = tabs::get(tab).await else { return };
        let Ok(seen) = self.gather(shown).await else { return };
        let mut button = button::of(glance(&seen.evidence, seen.lists, seen.now), self.chosen.get().badge);
        if self.capture.borrow().is_recorded(tab) {
            button = button.recorded();
        }
        if turn(self) == before {
            self.show(tab, button).await;
        }
    }
}

/// That something was chosen is no event of a page's.
fn is_choice(event: &JsValue) -> bool {
    js_sys::Reflect::get(event, &"event".into()).is_ok_and(|name| name == "optionsChanged")
}

/// Reads `{event, details}` as `extension/background.js` hands it over.
fn read(event: &JsValue) -> Result<Event, serde_wasm_bindgen::Error> {
    let name = js_sys::Reflect::get(event, &"event".into())?.as_string().unwrap_or_default();
    let details = js_sys::Reflect::get(event, &"details".into())?;
    Event::read(&name, serde_wasm_bindgen::Deserializer::from(details))
}
