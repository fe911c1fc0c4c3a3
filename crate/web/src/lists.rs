//! The preload lists, the public suffixes, the words of the checks and the hosts that undo a policy, read from the extension's own files.

use std::cell::OnceCell;

use https_audit_core::knowledge::Knowledge;
use wasm_bindgen::JsValue;

use crate::browser::{Refusal, file};

/// The lists, read once for as long as the program lives.
pub async fn knowledge() -> Result<&'static Knowledge<'static>, Refusal> {
    thread_local! {
        static LISTS: OnceCell<&'static Knowledge<'static>> = const { OnceCell::new() };
    }
    if let Some(lists) = LISTS.with(|lists| lists.get().copied()) {
        return Ok(lists);
    }
    // All are asked for before one is waited for.
    let names = ["data/preload.bin", "data/public-suffixes.bin", "data/checks.txt", "data/csp-bypasses.txt"];
    let [preload, suffixes, catalogue, bypasses] = names.map(file);
    let (preload, suffixes) = (preload.await?, suffixes.await?);
    let (catalogue, bypasses) = (catalogue.await?, bypasses.await?);
    // They are needed until the program ends, so they are given away for good; two that asked
    // at the same time share the first.
    let lists = Knowledge::new(preload.leak(), suffixes.leak(), catalogue.leak(), bypasses.leak())
        .map_err(|error| JsValue::from_str(&format!("a list of this extension is damaged: {error}")))?;
    Ok(LISTS.with(|kept| *kept.get_or_init(|| Box::leak(Box::new(lists)))))
}
