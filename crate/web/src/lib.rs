//! HTTPS Audit in the browser: the wasm face of the core.
//!
//! Four programs are made of this crate, each a module of its own, so that none carries what only another needs; none
//! judges anything.
//!
//! | feature | does |
//! | --- | --- |
//! | `background` | folds the browser's events into the state of each tab, writes it to session storage, sets the toolbar button by the three verdicts |
//! | `popup` | reads that storage and shows the report on one tab |
//! | `auditor` | reads the same, or an evidence file, and writes the report as JSON |
//! | `audit` | shows such reports in the audit page, saves, opens and compares them |

// What serves several is written once; whether all of it is used shows in a build of all.
#![cfg_attr(
    not(all(feature = "background", feature = "popup", feature = "auditor", feature = "audit")),
    allow(dead_code)
)]

#[cfg(feature = "audit")]
mod audit;
#[cfg(feature = "auditor")]
mod auditor;
#[cfg(feature = "background")]
mod background;
mod browser;
#[cfg(feature = "background")]
mod button;
#[cfg(any(feature = "background", feature = "popup", feature = "auditor"))]
mod gather;
#[cfg(any(feature = "background", feature = "popup", feature = "audit"))]
mod language;
#[cfg(any(feature = "background", feature = "popup", feature = "auditor"))]
mod lists;
#[cfg(any(feature = "background", feature = "popup", feature = "auditor"))]
mod options;
#[cfg(any(feature = "popup", feature = "audit"))]
mod page;
#[cfg(feature = "popup")]
mod place;
#[cfg(feature = "popup")]
mod popup;
#[cfg(feature = "background")]
mod probe;
#[cfg(any(feature = "popup", feature = "auditor"))]
mod reading;
#[cfg(any(feature = "auditor", feature = "audit"))]
mod state;
#[cfg(any(feature = "popup", feature = "auditor"))]
mod tab;

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
