//! HTTPS Audit in the browser: the wasm face of the core.
//!
//! Two programs are made of this crate, each a module of its own, so that neither carries what only the other needs.
//! With the feature `background` it folds the browser's events into the state of each tab, writes it to session
//! storage, and sets the toolbar button by the three verdicts. With the feature `pages` it reads that storage and
//! shows the whole report. Neither judges anything.

// What serves both is written once; whether all of it is used shows in a build of both.
#![cfg_attr(not(all(feature = "background", feature = "pages")), allow(dead_code))]

#[cfg(feature = "background")]
mod background;
mod browser;
#[cfg(feature = "background")]
mod button;
mod gather;
mod language;
mod lists;
mod options;
#[cfg(feature = "pages")]
mod place;
#[cfg(feature = "pages")]
mod popup;
#[cfg(feature = "background")]
mod probe;
#[cfg(feature = "pages")]
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
