//! `cookies`.

use https_audit_core::capture::BrowserCookie;
use https_audit_core::field::Engine;
use wasm_bindgen::JsValue;

use super::{Refusal, cookies_get_all, done, engine, object, rust};

/// All cookies of a domain and below it, partitioned ones included.
pub async fn of(domain: &str, store: Option<&str>) -> Result<Vec<BrowserCookie>, Refusal> {
    let mut wanted = vec![("domain", JsValue::from_str(domain)), ("partitionKey", object(&[]).into())];
    if let Some(store) = store {
        wanted.push(("storeId", JsValue::from_str(store)));
    }
    // Without it Firefox refuses while the person isolates first parties; null takes all.
    if engine() == Engine::Firefox {
        wanted.push(("firstPartyDomain", JsValue::NULL));
    }
    rust(done(cookies_get_all(object(&wanted))).await?)
}
