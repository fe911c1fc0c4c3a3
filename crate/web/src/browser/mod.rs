//! The interfaces of `WebExtensions` that are used here, and nothing else.
//!
//! Both browsers have them under `chrome`, with promises, in Manifest V3.

pub mod action;
pub mod cookies;
pub mod page;
pub mod permissions;
pub mod session;
pub mod settings;
pub mod tabs;

use https_audit_core::field::Engine;
use js_sys::{Array, Object, Promise, Reflect};
use serde::de::DeserializeOwned;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = get, catch)]
    fn session_get(keys: Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    fn session_set(items: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = remove, catch)]
    fn session_remove(keys: Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local"], js_name = get, catch)]
    fn local_get(key: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "managed"], js_name = get, catch)]
    fn managed_get(keys: Array) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "local", "onChanged"], js_name = addListener)]
    fn on_local_changed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "i18n"], js_name = getUILanguage)]
    fn ui_language() -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = get, catch)]
    fn tabs_get(id: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    fn tabs_query(wanted: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = create, catch)]
    fn tabs_create(wanted: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = reload, catch)]
    fn tabs_reload(id: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "scripting"], js_name = executeScript, catch)]
    fn execute_script(what: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = getAll, catch)]
    fn cookies_get_all(wanted: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    fn permissions_contains(wanted: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeText, catch)]
    fn set_badge_text(details: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor, catch)]
    fn set_badge_background(details: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setIcon, catch)]
    fn set_icon(details: Object, done: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setTitle, catch)]
    fn set_title(details: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn get_url(path: &str) -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session", "onChanged"], js_name = addListener)]
    fn on_session_changed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "cookies", "onChanged"], js_name = addListener)]
    fn on_cookie_changed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onAdded"], js_name = addListener)]
    fn on_permission_added(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onRemoved"], js_name = addListener)]
    fn on_permission_removed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = sendMessage, catch)]
    fn send_message(message: Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(address: &str) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch_with(address: &str, how: Object) -> Result<Promise, JsValue>;

    /// A warning on the console.
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    pub fn warn(text: &str);
}

/// What a browser answered instead of doing it.
pub type Refusal = JsValue;

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, Refusal> {
    JsFuture::from(promise?).await
}

/// A plain object of these properties.
fn object(properties: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in properties {
        // Setting a property of a plain object does not fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object
}

fn rust<T: DeserializeOwned>(value: JsValue) -> Result<T, Refusal> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// A number of the browser's: an id is far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "ids are far below 2^53")]
fn number(id: i64) -> f64 {
    id as f64
}

/// Calls `changed` whenever what a view of these storage keys stands on may have changed, for
/// as long as the page lives: captured state, cookies, access.
pub fn on_change(keys: Vec<String>, changed: impl Fn() + Clone + 'static) {
    let listener = |act: Box<dyn Fn(JsValue)>| {
        Closure::<dyn Fn(JsValue)>::new(act).into_js_value().unchecked_into::<js_sys::Function>()
    };
    let (cookies, added, removed) = (changed.clone(), changed.clone(), changed.clone());
    on_cookie_changed(&listener(Box::new(move |_| cookies())));
    on_permission_added(&listener(Box::new(move |_| added())));
    on_permission_removed(&listener(Box::new(move |_| removed())));
    on_session_changed(&listener(Box::new(move |changes| {
        if keys.iter().any(|key| Reflect::has(&changes, &key.into()).unwrap_or(true)) {
            changed();
        }
    })));
}

/// Orders the redirect check of a tab's site from the background, or its end.
pub async fn order_probe(tab: i64, order: &str) -> Result<(), Refusal> {
    let order = object(&[("tabId", JsValue::from_f64(number(tab))), ("order", JsValue::from_str(order))]);
    done(send_message(order)).await.map(drop)
}

/// Orders the recording of a tab's session from the background, or its end.
pub async fn order_recording(tab: i64, order: &str) -> Result<(), Refusal> {
    let order = object(&[("tabId", JsValue::from_f64(number(tab))), ("record", JsValue::from_str(order))]);
    done(send_message(order)).await.map(drop)
}

/// Asks a server: without cookies, past the cache, and without following a redirect. What it answers is told by the
/// events of the request alone.
pub async fn ask(address: &str, signal: &web_sys::AbortSignal) -> Result<(), Refusal> {
    let word = JsValue::from_str;
    let how = object(&[
        ("redirect", word("manual")),
        ("credentials", word("omit")),
        ("cache", word("no-store")),
        ("signal", signal.into()),
    ]);
    done(fetch_with(address, how)).await.map(drop)
}

/// The octets of a file of the extension. It is asked for at once; the answer is waited for.
pub fn file(path: &str) -> impl Future<Output = Result<Vec<u8>, Refusal>> + use<> {
    let asked = fetch(&get_url(path));
    async move {
        let response: web_sys::Response = done(asked).await?.dyn_into()?;
        let buffer = JsFuture::from(response.array_buffer()?).await?;
        Ok(js_sys::Uint8Array::new(&buffer).to_vec())
    }
}

/// `runtime.lastError`; to look at it is to take note of it.
fn last_error() -> Option<JsValue> {
    let chrome = Reflect::get(&js_sys::global(), &"chrome".into()).ok()?;
    let runtime = Reflect::get(&chrome, &"runtime".into()).ok()?;
    Reflect::get(&runtime, &"lastError".into()).ok()
}

/// The engine that this runs in, by the scheme of its extensions' addresses.
pub fn engine() -> Engine {
    if get_url("").starts_with("moz-extension:") { Engine::Firefox } else { Engine::Chromium }
}

/// Milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "milliseconds since the epoch are far below 2^53")]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// The language of the browser itself, such as `de-AT`.
pub fn language() -> String {
    ui_language()
}

/// The browser's version as its user agent string has it.
pub fn version() -> String {
    let agent = Reflect::get(&js_sys::global(), &JsValue::from_str("navigator"))
        .and_then(|navigator| Reflect::get(&navigator, &JsValue::from_str("userAgent")))
        .ok()
        .and_then(|agent| agent.as_string())
        .unwrap_or_default();
    ["Firefox/", "Chrome/"]
        .iter()
        .find_map(|name| agent.split_once(name))
        .map(|(_, rest)| rest.split(' ').next().unwrap_or_default().to_owned())
        .unwrap_or_default()
}
