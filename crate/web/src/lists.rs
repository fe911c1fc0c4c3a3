//! The preload lists, the public suffixes, the words of the checks and the hosts that undo a policy, read from the extension's own files.

use std::cell::{Cell, OnceCell, RefCell};

use https_audit_core::knowledge::Knowledge;
use https_audit_core::options::Options;
use wasm_bindgen::JsValue;

use crate::browser::{Refusal, file};

type Files = [&'static [u8]; 4];

thread_local! {
    static FILES: OnceCell<Files> = const { OnceCell::new() };
    static CHOSEN: Cell<Options> = const { Cell::new(Options::NONE) };
    static LISTS: RefCell<Vec<(Options, &'static Knowledge<'static>)>> = const { RefCell::new(Vec::new()) };
}

/// From now on audits are made by this choice.
pub fn choose(options: Options) {
    CHOSEN.set(options);
}

/// The lists, with what was chosen; each file is read once for as long as the program lives.
pub async fn knowledge() -> Result<&'static Knowledge<'static>, Refusal> {
    let known = || {
        let chosen = CHOSEN.get();
        LISTS.with_borrow(|lists| lists.iter().find(|(of, _)| *of == chosen).map(|(_, lists)| *lists))
    };
    if let Some(lists) = known() {
        return Ok(lists);
    }
    let [preload, suffixes, catalogue, bypasses] = files().await?;
    // Somebody else may have opened them meanwhile.
    if let Some(lists) = known() {
        return Ok(lists);
    }
    let options = CHOSEN.get();
    let lists = Knowledge::new(preload, suffixes, catalogue, bypasses)
        .map_err(|error| JsValue::from_str(&format!("a list of this extension is damaged: {error}")))?;
    // They are needed until the program ends, so they are given away for good; choices are few.
    let lists: &'static Knowledge<'static> = Box::leak(Box::new(lists.with(options)));
    LISTS.with_borrow_mut(|all| all.push((options, lists)));
    Ok(lists)
}

async fn files() -> Result<Files, Refusal> {
    if let Some(files) = FILES.with(|files| files.get().copied()) {
        return Ok(files);
    }
    // All are asked for before one is waited for.
    let names = ["data/preload.bin", "data/public-suffixes.bin", "data/checks.txt", "data/csp-bypasses.txt"];
    let [preload, suffixes, catalogue, bypasses] = names.map(file);
    let (preload, suffixes) = (preload.await?, suffixes.await?);
    let (catalogue, bypasses) = (catalogue.await?, bypasses.await?);
    // Two that asked at the same time share the first.
    Ok(FILES.with(|kept| {
        *kept.get_or_init(|| [preload.leak(), suffixes.leak(), catalogue.leak(), bypasses.leak()])
    }))
}
