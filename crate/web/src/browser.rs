//! The interfaces of `WebExtensions` that are used here, and nothing else.
//!
//! Both browsers have them under `chrome`, with promises, in Manifest V3.

use js_sys::{Array, Object, Promise};
use serde::Serialize;
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
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = get, catch)]
    fn tabs_get(id: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = query, catch)]
    fn tabs_query(wanted: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "tabs"], js_name = reload, catch)]
    fn tabs_reload(id: f64) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "cookies"], js_name = getAll, catch)]
    fn cookies_get_all(wanted: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    fn permissions_contains(wanted: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = request, catch)]
    fn permissions_request(wanted: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeText, catch)]
    fn set_badge_text(details: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setBadgeBackgroundColor, catch)]
    fn set_badge_background(details: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setIcon, catch)]
    fn set_icon(details: JsValue, done: JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "action"], js_name = setTitle, catch)]
    fn set_title(details: JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "runtime"], js_name = getURL)]
    fn get_url(path: &str) -> String;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session", "onChanged"], js_name = addListener)]
    fn on_session_changed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "cookies", "onChanged"], js_name = addListener)]
    fn on_cookie_changed(listener: &js_sys::Function);
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onAdded"], js_name = addListener)]
    fn on_permission_added(listener: &js_sys::Function);
    #[wasm_bindgen(js_name = fetch, catch)]
    fn fetch(address: &str) -> Result<Promise, JsValue>;

    /// A warning on the console.
    #[wasm_bindgen(js_namespace = console, js_name = warn)]
    pub fn warn(text: &str);
}

/// What a browser answered instead of doing it.
pub type Refusal = JsValue;

async fn done(promise: Result<Promise, JsValue>) -> Result<JsValue, Refusal> {
    JsFuture::from(promise?).await
}

fn js(value: &impl Serialize) -> JsValue {
    value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).unwrap_or_default()
}

fn rust<T: DeserializeOwned>(value: JsValue) -> Result<T, Refusal> {
    serde_wasm_bindgen::from_value(value).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// A number of the browser's: an id is far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "ids are far below 2^53")]
fn number(id: i64) -> f64 {
    id as f64
}

/// `storage.session`: strings under keys, in the browser's memory until it ends.
pub mod session {
    use super::{Array, JsValue, Object, Refusal, done, session_get, session_remove, session_set};

    /// The strings under these keys, each none where there is none.
    pub async fn get(keys: &[&str]) -> Result<Vec<Option<String>>, Refusal> {
        let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
        let found = done(session_get(names)).await?;
        let value = |key: &&str| js_sys::Reflect::get(&found, &JsValue::from_str(key)).ok()?.as_string();
        Ok(keys.iter().map(value).collect())
    }

    /// Writes strings under keys.
    pub async fn set(items: &[(String, String)]) -> Result<(), Refusal> {
        let object = Object::new();
        for (key, value) in items {
            js_sys::Reflect::set(&object, &JsValue::from_str(key), &JsValue::from_str(value))?;
        }
        done(session_set(object)).await.map(drop)
    }

    /// Removes keys.
    pub async fn remove(keys: &[String]) -> Result<(), Refusal> {
        done(session_remove(keys.iter().map(|key| JsValue::from_str(key)).collect())).await.map(drop)
    }
}

/// `tabs`.
pub mod tabs {
    use serde::Deserialize;

    use super::{Refusal, done, js, number, rust, tabs_get, tabs_query, tabs_reload};

    /// A tab, as far as it may be seen.
    #[derive(Debug, Clone, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Tab {
        /// Its id.
        pub id: Option<i64>,
        /// Its address, on hosts to which the extension has access.
        pub url: Option<String>,
        /// The cookie jar it uses (Firefox's containers).
        pub cookie_store_id: Option<String>,
    }

    /// One tab.
    pub async fn get(id: i64) -> Result<Tab, Refusal> {
        rust(done(tabs_get(number(id))).await?)
    }

    /// The tab that the person looks at in this window.
    pub async fn current() -> Result<Option<Tab>, Refusal> {
        let wanted = serde_json::json!({"active": true, "currentWindow": true});
        let tabs: Vec<Tab> = rust(done(tabs_query(js(&wanted))).await?)?;
        Ok(tabs.into_iter().next())
    }

    /// All tabs, or only those that are in front of their windows.
    pub async fn all(in_front: bool) -> Result<Vec<Tab>, Refusal> {
        let wanted = if in_front { serde_json::json!({"active": true}) } else { serde_json::json!({}) };
        rust(done(tabs_query(js(&wanted))).await?)
    }

    /// Loads a tab's page again.
    pub async fn reload(id: i64) -> Result<(), Refusal> {
        done(tabs_reload(number(id))).await.map(drop)
    }
}

/// `cookies`.
pub mod cookies {
    use serde::{Deserialize, Serialize};

    use super::{JsValue, Refusal, cookies_get_all, done, js, rust};

    /// A stored cookie. Its value stays in the browser: only its length is taken.
    #[derive(Debug, Clone, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct Cookie {
        /// Its name.
        pub name: String,
        /// Octets of its value.
        #[serde(rename = "value", deserialize_with = "length")]
        pub value_length: usize,
        /// With a leading dot for a domain cookie.
        pub domain: String,
        /// Sent to exactly this host.
        pub host_only: bool,
        /// Its path.
        pub path: String,
        /// Over https only.
        pub secure: bool,
        /// Hidden from scripts.
        pub http_only: bool,
        /// `strict`, `lax`, `no_restriction`, `unspecified`.
        pub same_site: String,
        /// Seconds since the epoch; none for a session cookie.
        pub expiration_date: Option<f64>,
        /// CHIPS.
        pub partition_key: Option<PartitionKey>,
    }

    /// What a cookie is partitioned by.
    #[derive(Debug, Clone, Default, Deserialize)]
    #[serde(rename_all = "camelCase", default)]
    pub struct PartitionKey {
        /// The site at the top.
        pub top_level_site: Option<String>,
    }

    fn length<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
        String::deserialize(deserializer).map(|value| value.len())
    }

    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Wanted<'a> {
        domain: &'a str,
        partition_key: serde_json::Map<String, serde_json::Value>,
        #[serde(skip_serializing_if = "Option::is_none")]
        store_id: Option<&'a str>,
    }

    /// All cookies of a domain and below it, partitioned ones included.
    pub async fn of(domain: &str, store: Option<&str>, firefox: bool) -> Result<Vec<Cookie>, Refusal> {
        let partition_key = serde_json::Map::new();
        let wanted = js(&Wanted { domain, partition_key, store_id: store });
        // Without it Firefox refuses while the person isolates first parties; null takes all.
        if firefox {
            js_sys::Reflect::set(&wanted, &JsValue::from_str("firstPartyDomain"), &JsValue::NULL)?;
        }
        rust(done(cookies_get_all(wanted)).await?)
    }
}

/// `permissions`.
pub mod permissions {
    use super::{Promise, Refusal, done, js, permissions_contains, permissions_request};

    /// Whether the extension has access to all these hosts (match patterns).
    pub async fn contains(origins: &[String]) -> Result<bool, Refusal> {
        let wanted = serde_json::json!({ "origins": origins });
        Ok(done(permissions_contains(js(&wanted))).await?.is_truthy())
    }

    /// Asks the person for access. To be called while a click is handled.
    pub fn request(origins: &[String]) -> Result<Promise, Refusal> {
        permissions_request(js(&serde_json::json!({ "origins": origins })))
    }
}

/// `action`: the toolbar button of one tab.
pub mod action {
    use serde_json::json;

    use wasm_bindgen::prelude::Closure;

    use super::{Refusal, done, js, last_error, set_badge_background, set_badge_text, set_icon, set_title};

    /// What the button shows.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Button {
        /// At most three characters.
        pub badge: String,
        /// `#rrggbb` behind them.
        pub colour: &'static str,
        /// Name of the icon: `pass`, `warn`, `fail`, `unknown`, `off`.
        pub icon: &'static str,
        /// What a screen reader says.
        pub title: String,
    }

    /// Shows it on one tab. Fails when the tab is gone.
    pub async fn show(tab: i64, button: &Button) -> Result<(), Refusal> {
        let path = json!({
            "16": format!("/icons/icon-{}-16.png", button.icon),
            "32": format!("/icons/icon-{}-32.png", button.icon),
        });
        done(set_badge_text(js(&json!({"tabId": tab, "text": button.badge})))).await?;
        done(set_badge_background(js(&json!({"tabId": tab, "color": button.colour})))).await?;
        // Chromium's promise is kept even for a tab that is gone, and the complaint goes to the
        // console unless a callback looks at it.
        set_icon(js(&json!({"tabId": tab, "path": path})), Closure::once_into_js(|| drop(last_error())))?;
        done(set_title(js(&json!({"tabId": tab, "title": button.title})))).await?;
        Ok(())
    }
}

/// Calls `changed` whenever what a view of these storage keys stands on may have changed, for
/// as long as the page lives: captured state, cookies, access.
pub fn on_change(keys: Vec<String>, changed: impl Fn() + Clone + 'static) {
    let listener = |act: Box<dyn Fn(JsValue)>| {
        Closure::<dyn Fn(JsValue)>::new(act).into_js_value().unchecked_into::<js_sys::Function>()
    };
    let (cookies, access) = (changed.clone(), changed.clone());
    on_cookie_changed(&listener(Box::new(move |_| cookies())));
    on_permission_added(&listener(Box::new(move |_| access())));
    on_session_changed(&listener(Box::new(move |changes| {
        if keys.iter().any(|key| js_sys::Reflect::has(&changes, &key.into()).unwrap_or(true)) {
            changed();
        }
    })));
}

/// The octets of a file of the extension.
pub async fn file(path: &str) -> Result<Vec<u8>, Refusal> {
    let response: web_sys::Response = done(fetch(&get_url(path))).await?.dyn_into()?;
    let buffer = JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// `runtime.lastError`; to look at it is to take note of it.
fn last_error() -> Option<JsValue> {
    let chrome = js_sys::Reflect::get(&js_sys::global(), &"chrome".into()).ok()?;
    let runtime = js_sys::Reflect::get(&chrome, &"runtime".into()).ok()?;
    js_sys::Reflect::get(&runtime, &"lastError".into()).ok()
}

/// Whether this is Firefox, by the scheme of its extensions' addresses.
pub fn is_firefox() -> bool {
    get_url("").starts_with("moz-extension:")
}

/// The browser's version as its user agent string has it.
pub fn version() -> String {
    let agent = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("navigator"))
        .and_then(|navigator| js_sys::Reflect::get(&navigator, &JsValue::from_str("userAgent")))
        .ok()
        .and_then(|agent| agent.as_string())
        .unwrap_or_default();
    ["Firefox/", "Chrome/"]
        .iter()
        .find_map(|name| agent.split_once(name))
        .map(|(_, rest)| rest.split(' ').next().unwrap_or_default().to_owned())
        .unwrap_or_default()
}
