//! HTTPS Audit in the browser: the wasm face of the core.
//!
//! Two programs share this module. The `background` folds the browser's events into the
//! state of each tab and writes it to session storage; the `popup` reads that storage and
//! shows the report. Both get a tab's report from `audit`; neither judges anything.

mod audit;
mod background;
mod browser;
mod button;
mod lists;
mod place;
mod popup;
mod probe;
mod reading;

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

/// The version of the module, as in the manifest.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// Runs when the module is loaded: what should never happen is at least said on the console.
#[wasm_bindgen(start)]
fn start() {
    panic::set_hook(Box::new(|info| browser::warn(&format!("https-audit: {info}"))));
}
