//! `storage.session`: strings under keys, in the browser's memory until it ends.

use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::{Refusal, done, object, session_get, session_remove, session_set};

/// The strings under these keys, each none where there is none.
pub async fn get(keys: &[&str]) -> Result<Vec<Option<String>>, Refusal> {
    let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    let found = done(session_get(names)).await?;
    let value = |key: &&str| Reflect::get(&found, &JsValue::from_str(key)).ok()?.as_string();
    Ok(keys.iter().map(value).collect())
}

/// Writes strings under keys. The browser is told at once; the answer is waited for.
pub fn set(items: &[(String, String)]) -> impl Future<Output = Result<(), Refusal>> + use<> {
    let items: Vec<_> = items.iter().map(|(key, value)| (key.as_str(), JsValue::from_str(value))).collect();
    let promise = session_set(object(&items));
    async move { done(promise).await.map(drop) }
}

/// Removes keys, likewise.
pub fn remove(keys: &[String]) -> impl Future<Output = Result<(), Refusal>> + use<> {
    let promise = session_remove(keys.iter().map(|key| JsValue::from_str(key)).collect());
    async move { done(promise).await.map(drop) }
}
