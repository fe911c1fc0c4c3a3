//! `permissions`.

use js_sys::{Array, Object, Promise};
use wasm_bindgen::JsValue;

use super::{Refusal, done, object, permissions_contains, permissions_request};

fn wanted(origins: &[String]) -> Object {
    let origins: Array = origins.iter().map(|origin| JsValue::from_str(origin)).collect();
    object(&[("origins", origins.into())])
}

/// Whether the extension has access to all these hosts (match patterns).
pub async fn contains(origins: &[String]) -> Result<bool, Refusal> {
    Ok(done(permissions_contains(wanted(origins))).await?.is_truthy())
}

/// Asks the person for access. To be called while a click is handled.
pub fn request(origins: &[String]) -> Result<Promise, Refusal> {
    permissions_request(wanted(origins))
}
