//! `tabs`.

use serde::Deserialize;

use wasm_bindgen::JsValue;

use super::{Refusal, done, number, object, rust, tabs_create, tabs_get, tabs_query, tabs_reload};

/// A tab, as far as it may be seen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Tab {
    /// Its id.
    pub id: Option<i64>,
    /// Its address, on hosts to which the extension has access.
    pub url: Option<String>,
    /// `loading` or `complete`.
    pub status: Option<String>,
    /// The cookie jar it uses (Firefox's containers).
    pub cookie_store_id: Option<String>,
}

/// One tab.
pub async fn get(id: i64) -> Result<Tab, Refusal> {
    rust(done(tabs_get(number(id))).await?)
}

/// The tab that the person looks at in this window.
pub async fn current() -> Result<Option<Tab>, Refusal> {
    let wanted = object(&[("active", JsValue::TRUE), ("currentWindow", JsValue::TRUE)]);
    let tabs: Vec<Tab> = rust(done(tabs_query(wanted)).await?)?;
    Ok(tabs.into_iter().next())
}

/// All tabs, or only those that are in front of their windows.
pub async fn all(in_front: bool) -> Result<Vec<Tab>, Refusal> {
    let wanted = if in_front { object(&[("active", JsValue::TRUE)]) } else { object(&[]) };
    rust(done(tabs_query(wanted)).await?)
}

/// Opens a page of the extension in a new tab.
pub async fn open(page: &str) -> Result<(), Refusal> {
    done(tabs_create(object(&[("url", JsValue::from_str(page))]))).await.map(drop)
}

/// Loads a tab's page again.
pub async fn reload(id: i64) -> Result<(), Refusal> {
    done(tabs_reload(number(id))).await.map(drop)
}
