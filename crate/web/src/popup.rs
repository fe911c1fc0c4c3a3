//! The popup page: reads what was captured, shows the report, does what its buttons say.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use gloo_utils::{body, document, window};
use https_audit_core::report::to_text;
use https_audit_core::view;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::Element;

use crate::browser::{Refusal, order_probe, settings, tabs, warn};
use crate::language::spoken;
use crate::page::{copy, failed, put, ready};
use crate::place::Place;
use crate::tab::{Audited, Watched, asked_tab};
use crate::{language, lists, options};

/// Milliseconds that changes are gathered before the view is drawn again.
const DRAW_AFTER: u32 = 100;
/// What a click or a key can be on.
const ACTS: &str = "[data-action], [data-copy]";

struct Popup {
    watched: Watched,
    shown: RefCell<Option<Audited>>,
    html: RefCell<String>,
    redraw: Rc<Redraw>,
}

/// That the view is to be drawn again. What changes while one is made is in the next one.
#[derive(Default)]
struct Redraw {
    popup: RefCell<std::rc::Weak<Popup>>,
    drawing: Cell<bool>,
    stale: Cell<bool>,
}

/// Shows the popup of the tab that `?tab=ID` names, or else of the one in front.
#[wasm_bindgen]
pub async fn popup() -> Result<(), JsValue> {
    // Asked for at once, and there by the time that the lists are.
    let (chosen, language) = (options::read(), language::read());
    let tab = asked_tab().await?;
    let redraw = Rc::new(Redraw::default());
    redraw.drawing.set(true);
    // Before the first view, which would miss what changes while it is made.
    let changed = Rc::clone(&redraw);
    let popup = Rc::new(Popup {
        watched: Watched::new(tab, move || changed.soon()),
        shown: RefCell::default(),
        html: RefCell::default(),
        redraw,
    });
    popup.redraw.popup.replace(Rc::downgrade(&popup));
    let reading = popup.watched.read(popup.redraw.late());
    // Both take their time, and neither needs the other.
    lists::knowledge().await?;
    lists::choose(chosen.await.options);
    language.await;
    let again = Rc::clone(&popup);
    settings::on_change(move || {
        let popup = Rc::clone(&again);
        spawn_local(async move {
            lists::choose(options::read().await.options);
            popup.redraw.soon();
        });
    });
    reading.wait().await;
    popup.draw().await?;
    popup.redraw.drawing.set(false);
    if popup.redraw.stale.get() {
        popup.redraw.soon();
    }
    EventListener::new(&body(), "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(element) = target.and_then(|target| target.closest(ACTS).ok().flatten()) {
            popup.act(&element);
        }
    })
    .forget();
    Ok(())
}

impl Redraw {
    fn late(self: &Rc<Self>) -> impl FnOnce() + 'static {
        let late = Rc::clone(self);
        move || late.soon()
    }

    fn soon(&self) {
        self.stale.set(true);
        let Some(popup) = self.popup.borrow().upgrade() else { return };
        if self.drawing.replace(true) {
            return;
        }
        spawn_local(async move {
            let redraw = &popup.redraw;
            while redraw.stale.get() {
                TimeoutFuture::new(DRAW_AFTER).await;
                redraw.stale.set(false);
                if let Err(error) = popup.draw().await {
                    warn(&format!("https-audit: popup: {error:?}"));
                }
            }
            redraw.drawing.set(false);
        });
    }
}

impl Popup {
    async fn draw(&self) -> Result<(), Refusal> {
        let audited = self.watched.audit(self.redraw.late()).await?;
        let html = spoken(|language| view::popup(&audited.report, &audited.state(), language));
        if *self.html.borrow() != html {
            let place = Place::of_reader();
            put(&html)?;
            body().set_class_name("popup");
            document().set_title(&format!("HTTPS Audit: {}", audited.report.site.host));
            place.restore();
            self.html.replace(html);
        }
        self.shown.replace(Some(audited));
        ready()
    }

    fn act(&self, element: &Element) {
        if let Some(lines) = element.get_attribute("data-copy") {
            copy(&lines);
            return;
        }
        let shown = self.shown.borrow();
        let Some(audited) = &*shown else { return };
        let tab = self.watched.tab;
        match element.get_attribute("data-action").as_deref() {
            Some("copy") => copy(&to_text(&audited.report)),
            Some("open-audit") => open(format!("audit.html?tab={tab}"), true),
            // A popup is gone before a file is saved.
            Some("open-export") => open(format!("audit.html?tab={tab}#export"), true),
            Some("grant-access") => open(audited.access_page(tab), false),
            Some(action @ ("probe" | "stop-probe")) => {
                let order = if action == "probe" { "begin" } else { "stop" };
                spawn_local(async move {
                    if let Err(error) = order_probe(tab, order).await {
                        failed("The check could not be ordered", &error);
                    }
                });
            }
            Some("reload") => {
                spawn_local(async move {
                    if let Err(error) = tabs::reload(tab).await {
                        failed("The page could not be reloaded", &error);
                    }
                });
            }
            _ => {}
        }
    }
}

/// Opens a page of the extension; a popup that is one stays open in a tab of its own.
fn open(page: String, leave: bool) {
    spawn_local(async move {
        match tabs::open(&page).await {
            // A popup closes by itself as the tab comes to the front, but not everywhere.
            Ok(()) if leave => drop(window().close()),
            Ok(()) => {}
            Err(error) => failed("The page could not be opened", &error),
        }
    });
}
