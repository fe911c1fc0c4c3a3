//! Files that are opened: reports, evidence, baselines; chosen or dropped on the page.

use std::rc::Rc;

use gloo_utils::{body, document};
use https_audit_core::baseline::Baseline;
use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{DragEvent, Element, File, HtmlElement, HtmlInputElement};

use super::shown::{Opened, read};
use super::{Page, draw};
use crate::page::say;

/// Octets of a file at most: larger than any report, and no more than a page can hold several times.
const MAX: f64 = 100.0 * 1024.0 * 1024.0;

/// Lets the person choose a file.
pub fn ask() {
    if let Ok(Some(input)) = document().query_selector("[data-file]")
        && let Ok(input) = input.dyn_into::<HtmlElement>()
    {
        // Later, since this very click is still being handled, and the input's own comes by the same listener.
        spawn_local(async move { input.click() });
    }
}

/// A file was chosen.
pub fn chosen(page: &Rc<Page>, element: &Element) {
    let Some(input) = element.dyn_ref::<HtmlInputElement>() else { return };
    if let Some(file) = input.files().and_then(|files| files.get(0)) {
        take(page, file);
    }
    // The same file may be chosen again.
    input.set_value("");
}

/// Something is dragged over the page.
pub fn over(event: &web_sys::Event) {
    event.prevent_default();
    let _ = body().set_attribute("data-dragged", "");
}

/// It is no longer.
pub fn left() {
    let _ = body().remove_attribute("data-dragged");
}

/// Something was dropped on the page.
pub fn dropped(page: &Rc<Page>, event: &web_sys::Event) {
    event.prevent_default();
    left();
    let data = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
    match data.and_then(|data| data.files()).and_then(|files| files.get(0)) {
        Some(file) => take(page, file),
        None => say(page.language.say("That is no file")),
    }
}

fn take(page: &Rc<Page>, file: File) {
    let page = Rc::clone(page);
    spawn_local(async move {
        let name = file.name();
        match open(&page, &file).await {
            Ok(said) => say(&said),
            Err(error) => say(&page.language.fill("{} can not be opened: {}", &[&name, &words(&error)])),
        }
        page.draw_now();
        if let Ok(Some(compared)) = document().query_selector("[data-compare] .diff") {
            compared.scroll_into_view();
        }
    });
}

async fn open(page: &Page, file: &File) -> Result<String, JsValue> {
    if file.size() > MAX {
        return Err(page.language.say("it is larger than 100 MB").into());
    }
    let name = file.name();
    let text = JsFuture::from(file.text()).await?.as_string().unwrap_or_default();
    draw::close_dialog();
    if !text.trim_start().starts_with('{') {
        let baseline = Baseline::read(&text, &page.shown.borrow().ids());
        let baseline = baseline.map_err(|error| JsValue::from_str(&error.to_string()))?;
        page.shown.borrow_mut().set_baseline(baseline, text);
        return Ok(page.language.fill("{} says what is accepted", &[&name]));
    }
    let parsed = JSON::parse(&text)?;
    let schema = Reflect::get(&parsed, &"schema".into())?.as_string().unwrap_or_default();
    let reports = if schema.starts_with("https-audit/report") {
        read(parsed)?
    } else if schema.starts_with("https-audit/evidence@") {
        let made = JsFuture::from(page.source.reports(parsed)?).await?;
        read(JSON::parse(&made.as_string().unwrap_or_default())?)?
    } else if Reflect::has(&parsed, &"log".into())? {
        return Err(page.language.say("it is a HAR file, which this version does not read").into());
    } else {
        return Err(page.language.say("it is neither a report nor evidence of HTTPS Audit").into());
    };
    page.shown.borrow_mut().open(Opened { name: name.clone(), reports });
    Ok(page.language.fill("{} is open", &[&name]))
}

/// The words of an error.
fn words(error: &JsValue) -> String {
    let message = Reflect::get(error, &"message".into()).ok().and_then(|message| message.as_string());
    error.as_string().or(message).unwrap_or_default()
}
