//! The page that a popup is about, read for it: once as the popup opens, and again when the tab shows another.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use https_audit_core::capture::{Capture, PageRead};
use https_audit_core::evidence::{Observed, Reason};
use js_sys::{Array, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::browser::{page, tabs, warn};
use crate::gather::Gathered;

/// Milliseconds that a view waits for the reading of a page that has loaded: it takes a few.
const WAIT: u32 = 1000;
/// The same of a page that is loading. Browsers read it only when it has loaded.
const WAIT_WHILE_LOADING: u32 = 150;

/// Which page was tried to be read: its address, when it began, whether there was access to it.
type Tried = (String, i64, bool);

/// What is known of a tab's page by reading it.
pub struct Reading {
    tab: i64,
    read: RefCell<Option<PageRead>>,
    /// Why nothing was read.
    pub unread: Cell<Reason>,
    tried: RefCell<Option<Tried>>,
}

impl Reading {
    /// Of a page that nobody read yet.
    pub fn new(tab: i64) -> Self {
        Self {
            tab,
            read: RefCell::default(),
            unread: Cell::new(Reason::StillLoading),
            tried: RefCell::default(),
        }
    }

    /// Begins to read; `late` is called if that ends after a view stopped to wait for it.
    pub fn begin(self: &Rc<Self>, late: impl FnOnce() + 'static) -> Begun {
        self.unread.set(Reason::StillLoading);
        let waited = Rc::new(Cell::new(true));
        let (reading, on_time) = (Rc::clone(self), Rc::clone(&waited));
        let end = future_to_promise(async move {
            match page::read(reading.tab).await {
                Ok(Some(read)) => {
                    // Kept by the background for its button, and for the next popup.
                    let told = page::tell(&read);
                    spawn_local(async {
                        if let Err(error) = told.await {
                            warn(&format!("https-audit: what was read is not kept: {error:?}"));
                        }
                    });
                    reading.read.replace(Some(read));
                }
                Ok(None) => reading.unread.set(Reason::Unreadable),
                // Where this extension has access, it is the browser that refuses.
                Err(_) => reading.unread.set(Reason::RestrictedPage),
            }
            if !on_time.get() {
                late();
            }
            Ok(JsValue::UNDEFINED)
        });
        Begun { reading: Rc::clone(self), end, waited }
    }

    /// Adds what was read to what was captured, which takes it if it is of the page that is shown.
    pub fn add_to(&self, capture: &mut Capture) {
        if let Some(read) = &*self.read.borrow() {
            capture.read_page(read);
        }
    }

    /// Whether the page of this audit is one that was not tried to be read before. From now on it was.
    pub fn is_due(&self, seen: &Gathered) -> bool {
        let Some(visit) = seen.evidence.visits.last() else { return false };
        let page = Some((visit.url.clone(), visit.began_at, seen.access));
        let before = self.tried.replace(page.clone());
        before.is_some() && before != page && matches!(visit.document, Observed::Unseen(_))
    }
}

/// A reading that is under way.
pub struct Begun {
    reading: Rc<Reading>,
    end: Promise,
    waited: Rc<Cell<bool>>,
}

impl Begun {
    /// Waits for its end, but no longer than a person would; a page that has loaded and does not answer says so.
    pub async fn wait(self) {
        let tab = tabs::get(self.reading.tab).await.unwrap_or_default();
        let loading = tab.status.as_deref() == Some("loading");
        let timer = future_to_promise(async move {
            TimeoutFuture::new(if loading { WAIT_WHILE_LOADING } else { WAIT }).await;
            Ok(JsValue::UNDEFINED)
        });
        // Neither promise is ever rejected.
        let _ = JsFuture::from(Promise::race(&Array::of2(&self.end, &timer))).await;
        self.waited.set(false);
        if !loading
            && self.reading.read.borrow().is_none()
            && self.reading.unread.get() == Reason::StillLoading
        {
            self.reading.unread.set(Reason::TimedOut);
        }
    }
}
