//! What the extension's pages have in common: to put a view on the page, to copy, to save, to say what was done.

use gloo_utils::{body, document, window};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::browser::warn;
use crate::language::spoken;

/// A view as elements that are on no page yet. It is made by maud alone: everything that comes from a site is escaped
/// there; a parsed document runs no script in any case.
pub fn parsed(html: &str) -> Result<web_sys::Document, JsValue> {
    web_sys::DomParser::new()?.parse_from_string(html, web_sys::SupportedType::TextHtml)
}

/// Puts a view in the place of the one before.
pub fn put(html: &str) -> Result<(), JsValue> {
    let page = body();
    page.set_text_content(None);
    if let Some(made) = parsed(html)?.body() {
        while let Some(child) = made.first_child() {
            page.append_child(&child)?;
        }
    }
    Ok(())
}

/// Says that a whole view is on the page.
pub fn ready() -> Result<(), JsValue> {
    let Some(root) = document().document_element() else { return Ok(()) };
    root.set_attribute("lang", &spoken(|language| language.tag().to_owned()))?;
    root.set_attribute("data-ready", "")
}

/// Copies text.
pub fn copy(text: &str) {
    let writing = window().navigator().clipboard().write_text(text);
    spawn_local(async move {
        match JsFuture::from(writing).await {
            Ok(_) => say("Copied"),
            Err(error) => failed("Nothing could be copied", &error),
        }
    });
}

/// Tells what was done, also to a screen reader, in the language of the page.
pub fn say(words: &str) {
    if let Ok(Some(element)) = document().query_selector("[data-said]") {
        element.set_text_content(Some(&spoken(|language| language.say(words).to_owned())));
    }
}

/// Tells what could not be done; the browser's own words go to the console.
pub fn failed(words: &str, error: &JsValue) {
    say(words);
    warn(&format!("https-audit: {words}: {error:?}"));
}

/// Saves a file.
pub fn save(name: &str, media_type: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let kind = web_sys::BlobPropertyBag::new();
    kind.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let address = web_sys::Url::create_object_url_with_blob(&blob)?;
    let link: web_sys::HtmlAnchorElement = document().create_element("a")?.dyn_into()?;
    link.set_href(&address);
    link.set_download(name);
    link.click();
    web_sys::Url::revoke_object_url(&address)
}
