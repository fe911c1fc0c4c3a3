//! The popup page: reads what was captured, shows the report, does what its buttons say.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::future::TimeoutFuture;
use gloo_utils::{body, document, window};
use https_audit_core::capture::{COOKIES_KEY, Capture, MEMORY_KEY, PROBES_KEY, probe_starts};
use https_audit_core::evidence::{Observed, ProbeState, Reason};
use https_audit_core::report::{Report, to_text};
use https_audit_core::view::{self, PopupState};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Element;

use crate::browser::settings;
use crate::browser::{Refusal, on_change, order_probe, permissions, tabs, warn};
use crate::gather::{Gathered, gather, restored};
use crate::language::spoken;
use crate::place::Place;
use crate::reading::{Begun, Reading};
use crate::{language, lists, options};

/// Milliseconds that changes are gathered before the view is drawn again.
const DRAW_AFTER: u32 = 100;
/// Milliseconds between two looks at a check that runs.
const WATCH_EVERY: u32 = 1_000;
/// What a click or a key can be on.
const ACTS: &str = "[data-action], [data-export], [data-copy]";

/// What was seen of a tab, and the report on it.
struct Audited {
    seen: Gathered,
    report: Report,
}

struct Popup {
    tab: i64,
    shown: RefCell<Option<Audited>>,
    html: RefCell<String>,
    reading: Rc<Reading>,
    /// A view is being made. What changes meanwhile is in the next one.
    drawing: Cell<bool>,
    stale: Cell<bool>,
    /// The redirect check was under way when the view was made.
    probe_runs: Rc<Cell<bool>>,
}

/// Shows the popup of the tab that `?tab=ID` names, or else of the one in front.
#[wasm_bindgen]
pub async fn popup() -> Result<(), JsValue> {
    // Asked for at once, and there by the time that the lists are.
    let (chosen, language) = (options::read(), language::read());
    let tab = if let Some(id) = asked_tab()? {
        id
    } else {
        let tab = tabs::current().await?.and_then(|tab| tab.id);
        tab.ok_or_else(|| JsValue::from_str("no tab is in front"))?
    };
    let popup = Rc::new(Popup {
        tab,
        shown: RefCell::default(),
        html: RefCell::default(),
        reading: Rc::new(Reading::new(tab)),
        drawing: Cell::new(true),
        stale: Cell::new(false),
        probe_runs: Rc::default(),
    });
    // Before the first view, which would miss what changes while it is made.
    let again = Rc::clone(&popup);
    let mut keys = vec![Capture::tab_key(tab)];
    keys.extend([MEMORY_KEY, PROBES_KEY, COOKIES_KEY].map(str::to_owned));
    on_change(keys, move || Rc::clone(&again).draw_soon());
    let reading = popup.read();
    // Both take their time, and neither needs the other.
    lists::knowledge().await?;
    lists::choose(chosen.await.options);
    language.await;
    let again = Rc::clone(&popup);
    settings::on_change(move || {
        let popup = Rc::clone(&again);
        spawn_local(async move {
            lists::choose(options::read().await.options);
            popup.draw_soon();
        });
    });
    reading.wait().await;
    popup.draw().await?;
    popup.drawing.set(false);
    if popup.stale.get() {
        Rc::clone(&popup).draw_soon();
    }
    let acting = Rc::clone(&popup);
    EventListener::new(&body(), "click", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(element) = target.and_then(|target| target.closest(ACTS).ok().flatten()) {
            acting.act(&element);
        }
    })
    .forget();
    Ok(())
}

fn asked_tab() -> Result<Option<i64>, JsValue> {
    let search = window().location().search()?;
    let parameters = web_sys::UrlSearchParams::new_with_str(&search)?;
    Ok(parameters.get("tab").and_then(|id| id.parse().ok()))
}

impl Popup {
    async fn draw(self: &Rc<Self>) -> Result<(), Refusal> {
        let mut audited = self.audit().await?;
        if self.reading.is_due(&audited.seen) {
            self.read().wait().await;
            audited = self.audit().await?;
        }
        let html = spoken(|language| view::popup(&audited.report, &state(&audited), language));
        if *self.html.borrow() != html {
            let place = Place::of_reader();
            put(&html)?;
            body().set_class_name("popup");
            document().set_title(&format!("HTTPS Audit: {}", audited.report.site.host));
            place.restore();
            self.html.replace(html);
        }
        let probe = audited.seen.evidence.probe.as_ref();
        self.watch_probe(probe.is_some_and(|probe| probe.state == ProbeState::Running));
        self.shown.replace(Some(audited));
        let root = document().document_element();
        root.map_or(Ok(()), |root| {
            root.set_attribute("lang", &spoken(|language| language.tag().to_owned()))?;
            root.set_attribute("data-ready", "")
        })
    }

    fn read(self: &Rc<Self>) -> Begun {
        let late = Rc::clone(self);
        self.reading.begin(move || late.draw_soon())
    }

    async fn audit(&self) -> Result<Audited, Refusal> {
        let mut capture = restored(self.tab).await?;
        self.reading.add_to(&mut capture);
        let seen = gather(|asked| capture.evidence(asked), self.tab, self.reading.unread.get()).await?;
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

    fn draw_soon(self: Rc<Self>) {
        self.stale.set(true);
        if self.drawing.replace(true) {
            return;
        }
        spawn_local(async move {
            while self.stale.get() {
                TimeoutFuture::new(DRAW_AFTER).await;
                self.stale.set(false);
                if let Err(error) = self.draw().await {
                    warn(&format!("https-audit: popup: {error:?}"));
                }
            }
            self.drawing.set(false);
        });
    }

    fn act(&self, element: &Element) {
        if let Some(lines) = element.get_attribute("data-copy") {
            copy(&lines);
            return;
        }
        let shown = self.shown.borrow();
        let Some(audited) = &*shown else { return };
        if element.has_attribute("data-export") {
            match export(audited) {
                Ok(()) => say("The evidence is being saved"),
                Err(error) => failed("The evidence could not be saved", &error),
            }
            return;
        }
        match element.get_attribute("data-action").as_deref() {
            Some("copy") => copy(&to_text(&audited.report)),
            Some("grant-access") => {
                let page = access_page(self.tab, audited);
                spawn_local(async move {
                    if let Err(error) = tabs::open(&page).await {
                        failed("The page could not be opened", &error);
                    }
                });
            }
            Some(action @ ("probe" | "stop-probe")) => {
                let (tab, order) = (self.tab, if action == "probe" { "begin" } else { "stop" });
                spawn_local(async move {
                    if let Err(error) = order_probe(tab, order).await {
                        failed("The check could not be ordered", &error);
                    }
                });
            }
            Some("reload") => {
                let tab = self.tab;
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

/// Puts the view in the place of the one before. It is made by maud alone: everything that
/// comes from a site is escaped there; a parsed document runs no script in any case.
fn put(html: &str) -> Result<(), JsValue> {
    let parsed = web_sys::DomParser::new()?.parse_from_string(html, web_sys::SupportedType::TextHtml)?;
    let page = body();
    page.set_text_content(None);
    if let Some(made) = parsed.body() {
        while let Some(child) = made.first_child() {
            page.append_child(&child)?;
        }
    }
    Ok(())
}

/// What the view says besides the report.
fn state(audited: &Audited) -> PopupState {
    let visit = audited.seen.evidence.visits.last();
    let missing = visit.and_then(|visit| match visit.watched {
        Observed::Seen(()) => None,
        Observed::Unseen(reason) => Some(reason),
    });
    let web = audited.seen.site.url.is_some();
    let restricted = web && missing == Some(Reason::RestrictedPage);
    PopupState {
        seen_at: visit.filter(|visit| visit.watched.is_seen()).map(|visit| clock(visit.began_at)),
        needs_access: !audited.seen.whole && !restricted,
        can_reload: audited.seen.access
            && matches!(
                missing,
                Some(Reason::LoadedBeforeInstall | Reason::BackForwardCache | Reason::OverLimit)
            ),
        restricted,
        // Every host that it asks is one of the site.
        probe: if audited.seen.whole { probe_starts(&audited.seen.site) } else { Vec::new() },
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

/// The page that asks for access (`extension/access.js`): a popup would close on the browser's own question.
fn access_page(tab: i64, audited: &Audited) -> String {
    if audited.seen.site.url.is_none() {
        return format!("access.html?tab={tab}");
    }
    let name = audited.seen.site.registrable_domain.as_ref().unwrap_or(&audited.seen.site.host);
    let (name, pattern) = (js_sys::encode_uri_component(name), permissions::of_site(&audited.seen.site));
    format!("access.html?tab={tab}&site={name}&pattern={}", js_sys::encode_uri_component(&pattern))
}

fn copy(text: &str) {
    let writing = window().navigator().clipboard().write_text(text);
    spawn_local(async move {
        match JsFuture::from(writing).await {
            Ok(_) => say("Copied"),
            Err(error) => failed("Nothing could be copied", &error),
        }
    });
}

/// Tells what was done, also to a screen reader, in the language of the page.
fn say(words: &str) {
    if let Ok(Some(element)) = document().query_selector("[data-said]") {
        element.set_text_content(Some(&spoken(|language| language.say(words).to_owned())));
    }
}

/// Tells what could not be done; the browser's own words go to the console.
fn failed(words: &str, error: &JsValue) {
    say(words);
    warn(&format!("https-audit: {words}: {error:?}"));
}

/// Saves the evidence: the command makes the same report of it.
fn export(audited: &Audited) -> Result<(), JsValue> {
    let json = https_audit_core::json::to_string(&audited.seen.evidence)
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    let parts = js_sys::Array::of1(&JsValue::from_str(&json));
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type("application/json");
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(&format!("https-audit-{}.json", file_name(&audited.seen.site.host)));
    link.click();
    web_sys::Url::revoke_object_url(&address)
}

/// A host as part of a file name on any system: IPv6 addresses have colons.
fn file_name(host: &str) -> String {
    let part = |c: char| if c.is_ascii_alphanumeric() || c == '.' || c == '-' { c } else { '_' };
    host.chars().take(100).map(part).collect()
}
