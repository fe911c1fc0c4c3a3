//! The audit page: shows a tab's report as long as the tab is used, or that of a file; saves it, compares it with an
//! earlier one, and takes what a baseline accepts out of what fails.
//!
//! One way for everything: an event changes what is shown ([`Shown`]), and the view is made anew from that.

mod accept;
mod draw;
mod filter;
mod open;
mod recorded;
mod save;
mod shown;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::future::TimeoutFuture;
use gloo_utils::{body, document};
use https_audit_core::capture::Session;
use https_audit_core::report::to_text;
use https_audit_core::view::Language;
use js_sys::{JSON, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use crate::browser::{Refusal, order_probe, order_recording, tabs, warn};
use crate::language::{self, spoken};
use crate::page::{copy, failed, ready, say};
use draw::Drawing;
use shown::Shown;

/// Milliseconds that changes of the tab are gathered before the view is made again.
const DRAW_AFTER: u32 = 300;
/// What a click or a key can be on.
const ACTS: &str = "[data-action], [data-export], [data-copy]";

#[wasm_bindgen]
extern "C" {
    /// What makes reports: the module of `auditor.rs`, as `extension/audit.js` hands it over.
    pub type Source;
    #[wasm_bindgen(method, getter)]
    fn tab(this: &Source) -> f64;
    #[wasm_bindgen(method, catch)]
    fn audit(this: &Source) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn evidence(this: &Source) -> Result<String, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn reports(this: &Source, evidence: JsValue) -> Result<Promise, JsValue>;
}

/// The page, as `extension/audit.js` holds it.
#[wasm_bindgen]
pub struct AuditPage(Rc<Page>);

struct Page {
    source: Source,
    language: Language,
    shown: RefCell<Shown>,
    drawing: RefCell<Drawing>,
    /// Name and text of the evidence that a dialog shows.
    previewed: RefCell<Option<(String, String)>>,
    /// The evidence of the recording that is shown instead of the tab, and when that began.
    recorded: RefCell<Option<(i64, JsValue)>>,
    busy: Cell<bool>,
    stale: Cell<bool>,
}

#[wasm_bindgen]
impl AuditPage {
    /// Shows the page for the first time. `embed`: in the developer tools.
    pub async fn open(source: Source, embed: bool) -> Result<Self, JsValue> {
        language::read().await;
        let page = Rc::new(Page {
            source,
            language: spoken(Clone::clone),
            shown: RefCell::new(Shown::new(embed)),
            drawing: RefCell::default(),
            previewed: RefCell::default(),
            recorded: RefCell::default(),
            busy: Cell::new(true),
            stale: Cell::new(false),
        });
        page.load().await?;
        page.draw()?;
        page.listen();
        save::asked()?;
        ready()?;
        page.busy.set(false);
        if page.stale.get() {
            page.load_soon();
        }
        Ok(Self(page))
    }

    /// What is known of the tab may have changed; `anew`: so may what everything is judged by.
    pub fn changed(&self, anew: Option<bool>) {
        if anew == Some(true) {
            // The evidence stays, and is audited again.
            if let Some((began_at, _)) = &mut *self.0.recorded.borrow_mut() {
                *began_at = -1;
            }
        }
        self.0.load_soon();
    }
}

impl Page {
    #[expect(clippy::cast_possible_truncation, reason = "ids of tabs are far below 2^53")]
    fn tab(&self) -> i64 {
        self.source.tab() as i64
    }

    /// Asks for the report on the tab as it is now, or on the recording that ended there.
    async fn load(&self) -> Result<(), Refusal> {
        let tab = self.tab();
        let session = recorded::session().await?;
        if let Some(session) = session.as_ref().filter(|session| recorded::is_shown(session, tab)) {
            match self.load_recorded(session).await {
                Ok(()) => return Ok(()),
                // What is left to do is to discard it.
                Err(error) => failed(self.language.say("The recording could not be shown"), &error),
            }
        }
        let told = JsFuture::from(self.source.audit()?).await?;
        self.recorded.take();
        self.shown.borrow_mut().load(&told.as_string().unwrap_or_default(), session.as_ref())
    }

    /// Audits a recording that has ended, unless that is what is shown already: it does not change any more.
    async fn load_recorded(&self, session: &Session) -> Result<(), Refusal> {
        let is_there =
            self.recorded.borrow().as_ref().is_some_and(|(began_at, _)| *began_at == session.told.began_at);
        if is_there {
            return Ok(());
        }
        let evidence = recorded::evidence(session).await?;
        let told = JsFuture::from(self.source.reports(evidence.clone())?).await?;
        self.shown.borrow_mut().load_recorded(&told.as_string().unwrap_or_default(), session)?;
        self.recorded.replace(Some((session.told.began_at, evidence)));
        Ok(())
    }

    /// The evidence of what is shown, as it is saved.
    fn evidence(&self) -> Result<String, Refusal> {
        match &*self.recorded.borrow() {
            None => self.source.evidence(),
            Some((_, evidence)) => {
                JSON::stringify_with_replacer_and_space(evidence, &JsValue::NULL, &JsValue::from(2))
                    .map(String::from)
            }
        }
    }

    fn load_soon(self: &Rc<Self>) {
        self.stale.set(true);
        if self.busy.replace(true) {
            return;
        }
        let page = Rc::clone(self);
        spawn_local(async move {
            while page.stale.get() {
                TimeoutFuture::new(DRAW_AFTER).await;
                page.stale.set(false);
                // Of a tab that is gone nothing new is to be said.
                if let Err(error) = page.load().await.and_then(|()| page.draw())
                    && tabs::get(page.tab()).await.is_ok()
                {
                    warn(&format!("https-audit: audit page: {error:?}"));
                }
            }
            page.busy.set(false);
        });
    }

    /// Makes the view of what is shown now.
    fn draw(&self) -> Result<(), Refusal> {
        let shown = self.shown.borrow();
        self.drawing.borrow_mut().draw(&shown.html(&self.language), &shown.comparison(&self.language))?;
        document().set_title(&shown.title());
        filter::apply(&self.language);
        Ok(())
    }

    /// As [`draw`](Self::draw), where nobody waits for an error.
    fn draw_now(&self) {
        if let Err(error) = self.draw() {
            failed("The page could not be drawn", &error);
        }
    }

    fn listen(self: &Rc<Self>) {
        let on = |name: &'static str, act: fn(&Rc<Self>, &web_sys::Event)| {
            let page = Rc::clone(self);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(&body(), name, options, move |event| act(&page, event)).forget();
        };
        on("click", |page, event| {
            // What was said before is read by now.
            say("");
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            let at = |selector| target.as_ref().and_then(|target| target.closest(selector).ok().flatten());
            if at(".menu").is_none() {
                filter::close_menus();
            }
            if let Some(link) = at("a[href^=\"#\"]") {
                filter::lead(&page.language, &link);
            } else if let Some(element) = at(ACTS) {
                page.act(&element);
            }
        });
        for name in ["input", "change"] {
            on(name, |page, event| {
                let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
                match target {
                    Some(element) if element.has_attribute("data-filter") => filter::apply(&page.language),
                    Some(element) if element.has_attribute("data-file") && event.type_() == "change" => {
                        open::chosen(page, &element);
                    }
                    _ => {}
                }
            });
        }
        on("dragover", |_, event| open::over(event));
        on("dragleave", |_, _| open::left());
        on("drop", open::dropped);
        on("keydown", |_, event| filter::key(event));
        // The form of the filters sends nothing.
        on("submit", |_, event| event.prevent_default());
    }

    fn act(self: &Rc<Self>, element: &Element) {
        if let Some(lines) = element.get_attribute("data-copy") {
            copy(&lines);
            return;
        }
        if let Some(format) = element.get_attribute("data-export") {
            filter::close_menus();
            save::export(self, &format);
            return;
        }
        let tab = self.shown.borrow().tab();
        match element.get_attribute("data-action").as_deref().unwrap_or_default() {
            "copy" => {
                if let Some(report) = self.shown.borrow().report() {
                    copy(&to_text(report));
                }
            }
            "open-file" => open::ask(),
            "close-dialog" => draw::close_dialog(),
            "show-file" => {
                self.shown.borrow_mut().show_file();
                self.draw_now();
            }
            "close-file" => {
                self.shown.borrow_mut().close_file();
                self.draw_now();
            }
            "accept" => accept::ask(self, &element.get_attribute("data-fingerprint").unwrap_or_default()),
            "accept-now" => accept::accept(self),
            "save-baseline" => accept::save(self),
            "drop-baseline" => accept::forget(self),
            "save-evidence" => save::evidence(self),
            "grant-access" => {
                let page = self.shown.borrow().access_page();
                spawn_local(async move {
                    if let Err(error) = tabs::open(&page).await {
                        failed("The page could not be opened", &error);
                    }
                });
            }
            action @ ("probe" | "stop-probe") => {
                let order = if action == "probe" { "begin" } else { "stop" };
                spawn_local(async move {
                    if let Err(error) = order_probe(tab, order).await {
                        failed("The check could not be ordered", &error);
                    }
                });
            }
            action @ ("record" | "stop-record" | "drop-record") => {
                let order = match action {
                    "record" => "begin",
                    "stop-record" => "end",
                    _ => "drop",
                };
                spawn_local(async move {
                    if let Err(error) = order_recording(tab, order).await {
                        failed("The recording could not be ordered", &error);
                    }
                });
            }
            "open-record" => spawn_local(async {
                let opened = async { tabs::open(&recorded::page().await?).await };
                if let Err(error) = opened.await {
                    failed("The page could not be opened", &error);
                }
            }),
            "reload" => spawn_local(async move {
                if let Err(error) = tabs::reload(tab).await {
                    failed("The page could not be reloaded", &error);
                }
            }),
            _ => {}
        }
    }
}
