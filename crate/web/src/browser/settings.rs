//! `storage.local` and `storage.managed`: what was chosen for good, by the person and by their organisation.

use js_sys::{Array, JSON, Reflect};
use wasm_bindgen::prelude::*;

use super::{done, local_get, managed_get, on_local_changed};

/// What stands under names, as words.
pub struct Words(JsValue);

impl Words {
    /// The word of a name; none where there is none.
    pub fn of(&self, name: &str) -> Option<String> {
        Reflect::get(&self.0, &JsValue::from_str(name)).ok()?.as_string()
    }
}

/// What the person chose: JSON under one key. The browser is asked at once; the answer is waited for.
pub fn own(key: &'static str) -> impl Future<Output = Words> {
    let asked = local_get(key);
    async move {
        let found = done(asked).await.unwrap_or_default();
        let json = Reflect::get(&found, &JsValue::from_str(key)).ok().and_then(|text| text.as_string());
        Words(json.and_then(|json| JSON::parse(&json).ok()).unwrap_or_default())
    }
}

/// What the organisation set, likewise. Firefox refuses where there is nothing.
pub fn managed(names: &[&str]) -> impl Future<Output = Words> + use<> {
    let asked = managed_get(names.iter().map(|name| JsValue::from_str(name)).collect::<Array>());
    async move { Words(done(asked).await.unwrap_or_default()) }
}

/// Calls `changed` whenever the person chose anew, for as long as the page lives.
pub fn on_change(changed: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn(JsValue)>::new(move |_| changed());
    on_local_changed(listener.into_js_value().unchecked_ref());
}
