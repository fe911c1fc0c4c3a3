//! `cookies`.

use https_audit_core::field::Engine;
use serde::Deserialize;
use wasm_bindgen::JsValue;

use super::{Refusal, cookies_get_all, done, engine, object, rust};

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

/// All cookies of a domain and below it, partitioned ones included.
pub async fn of(domain: &str, store: Option<&str>) -> Result<Vec<Cookie>, Refusal> {
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
