//! What a page's document holds: `extension/page.js`, run in it.

use https_audit_core::capture::PageRead;
use js_sys::{Array, Reflect};
use wasm_bindgen::JsValue;

use super::{Refusal, done, execute_script, number, object, send_message, tabs};

/// Reads the page of a tab once it has loaded. None where the script could not end; refused where the browser or
/// the person keeps this extension out of the page.
pub async fn read(tab: i64) -> Result<Option<PageRead>, Refusal> {
    // Firefox writes on the console that it runs nothing in a page of the extension.
    if tabs::get(tab).await?.url.is_some_and(|url| !url.starts_with("http")) {
        return Err(JsValue::UNDEFINED);
    }
    let target = object(&[("tabId", JsValue::from_f64(number(tab)))]);
    let files = Array::of1(&JsValue::from_str("page.js"));
    let ran = done(execute_script(object(&[("target", target.into()), ("files", files.into())]))).await?;
    // The results of all frames that it ran in: of one.
    let ran = Array::from(&ran).get(0);
    let text =
        |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok().and_then(|text| text.as_string());
    let Ok(told) = Reflect::get(&ran, &"result".into()) else { return Ok(None) };
    let read = |(url, holds)| PageRead { tab_id: tab, url, document_id: text(&ran, "documentId"), holds };
    Ok(text(&told, "url").zip(text(&told, "holds")).map(read))
}

/// Gives the background what was read, to keep it with the rest of the tab.
pub fn tell(read: &PageRead) -> impl Future<Output = Result<(), Refusal>> + use<> {
    let mut message = vec![
        ("tabId", JsValue::from_f64(number(read.tab_id))),
        ("url", JsValue::from_str(&read.url)),
        ("holds", JsValue::from_str(&read.holds)),
    ];
    if let Some(document) = &read.document_id {
        message.push(("documentId", JsValue::from_str(document)));
    }
    let sent = send_message(object(&message));
    async { done(sent).await.map(drop) }
}
