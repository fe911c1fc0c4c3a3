//! What the page saves: the report in every format, and the evidence after a look at what is in it.

use std::rc::Rc;

use gloo_utils::{document, window};
use https_audit_core::export::{Format, export as write, file_name};
use https_audit_core::view::{Preview, preview};
use js_sys::JSON;
use serde::Deserialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlDetailsElement, HtmlElement};

use super::{Page, draw};
use crate::page::{failed, save, say};

/// Opens the menu of formats, where the address asks for it (`#export`): the popup's button leads here.
pub fn asked() -> Result<(), JsValue> {
    if window().location().hash()? != "#export" {
        return Ok(());
    }
    let menu =
        document().query_selector(".menu")?.and_then(|menu| menu.dyn_into::<HtmlDetailsElement>().ok());
    let Some(menu) = menu else { return Ok(()) };
    menu.set_open(true);
    let first = menu.query_selector("summary")?.and_then(|first| first.dyn_into::<HtmlElement>().ok());
    first.map_or(Ok(()), |first| first.focus())
}

/// Saves the report in a format; of the evidence a preview is shown first.
pub fn export(page: &Rc<Page>, word: &str) {
    let done = if word == "evidence" { ask(page) } else { report(page, word) };
    if let Err(error) = done {
        failed(page.language.say("Nothing could be saved"), &error);
    }
}

fn report(page: &Page, word: &str) -> Result<(), JsValue> {
    let shown = page.shown.borrow();
    let (Some(format), Some(first)) = (Format::named(word), shown.report()) else { return Ok(()) };
    let text = write(format, shown.reports()).map_err(|error| JsValue::from_str(&error.to_string()))?;
    let name = file_name(first, format);
    save(&name, format.media_type(), &text)?;
    say(&page.language.fill("{} is being saved", &[&name]));
    Ok(())
}

/// Shows what the evidence holds.
fn ask(page: &Page) -> Result<(), JsValue> {
    if !page.shown.borrow().is_live() {
        say(page.language.say("A report holds no evidence: export that from the tab itself"));
        return Ok(());
    }
    let text = page.evidence()?;
    let holds = Preview::deserialize(Deserializer::from(JSON::parse(&text)?))
        .map_err(|error| JsValue::from_str(&error.to_string()))?;
    draw::open_dialog(&preview(&holds, &text, &page.language))?;
    if let Some(report) = page.shown.borrow().report() {
        let name = file_name(report, Format::Json).replace("https-audit-", "https-audit-evidence-");
        page.previewed.replace(Some((name, text)));
    }
    Ok(())
}

/// Saves the evidence that was shown, whatever the tab shows by now.
pub fn evidence(page: &Page) {
    let Some((name, text)) = page.previewed.take() else { return };
    let saved = save(&name, "application/json", &text);
    draw::close_dialog();
    match saved {
        Ok(()) => say(page.language.say("The evidence is being saved")),
        Err(error) => failed(page.language.say("The evidence could not be saved"), &error),
    }
}
