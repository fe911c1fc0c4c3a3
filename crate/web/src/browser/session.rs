//! `storage.session`: JSON under keys, in the browser's memory until it ends.

use js_sys::{Array, JSON, Reflect};
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::JsValue;

use super::{Refusal, done, object, session_get, session_remove, session_set};

/// What is under these keys, each none where there is none that can be read. The browser parses it: a parser of
/// our own would be a tenth of the module.
pub async fn get(keys: &[&str]) -> Result<Vec<Option<Deserializer>>, Refusal> {
    let found = values(keys).await?;
    Ok(found.into_iter().map(|value| value.map(Deserializer::from)).collect())
}

/// The same as the browser's own objects.
pub async fn values(keys: &[&str]) -> Result<Vec<Option<JsValue>>, Refusal> {
    let names: Array = keys.iter().map(|key| JsValue::from_str(key)).collect();
    let found = done(session_get(names)).await?;
    let value = |key: &&str| {
        let json = Reflect::get(&found, &JsValue::from_str(key)).ok()?.as_string()?;
        JSON::parse(&json).ok()
    };
    Ok(keys.iter().map(value).collect())
}

/// Writes JSON under keys. The browser is told at once; the answer is waited for.
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
