//! The filters above the findings: words, severities, an area. They hide what is on the page; nothing is made anew.

use gloo_utils::document;
use https_audit_core::view::Language;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlDetailsElement, HtmlElement, HtmlInputElement, HtmlSelectElement, KeyboardEvent};

/// Shows the findings that the filters let through, and says how many.
pub fn apply(language: &Language) {
    let words = value("text").to_lowercase();
    let words: Vec<&str> = words.split_whitespace().collect();
    let area = value("area");
    let severities: Vec<&str> =
        ["error", "warning", "note"].into_iter().filter(|severity| is_on(severity)).collect();
    let Ok(found) = document().query_selector_all("[data-finding]") else { return };
    let (mut all, mut shown) = (0_usize, 0_usize);
    for at in 0..found.length() {
        let Some(finding) = found.get(at).and_then(|node| node.dyn_into::<HtmlElement>().ok()) else {
            continue;
        };
        let attribute = |name| finding.get_attribute(name).unwrap_or_default();
        let passes = severities.contains(&attribute("data-severity").as_str())
            && (area.is_empty() || attribute("data-area") == area)
            && (words.is_empty() || has(&finding, &words));
        finding.set_hidden(!passes);
        all += 1;
        shown += usize::from(passes);
    }
    let said = language.fill("{} of {} shown", &[&shown.to_string(), &all.to_string()]);
    put("[data-shown]", &said);
    if let Ok(Some(none)) = document().query_selector("[data-none-shown]")
        && let Ok(none) = none.dyn_into::<HtmlElement>()
    {
        none.set_hidden(shown > 0 || all == 0);
    }
}

/// Leads to a finding: opens it, and lifts the filters if they hide it.
pub fn lead(language: &Language, link: &Element) {
    let id = link.get_attribute("href").unwrap_or_default();
    let target = id.strip_prefix('#').and_then(|id| document().get_element_by_id(id));
    let Some(finding) = target.filter(|target| target.has_attribute("data-finding")) else { return };
    if finding.has_attribute("hidden") {
        lift();
        apply(language);
    }
    if let Some(details) = finding.dyn_ref::<HtmlDetailsElement>() {
        details.set_open(true);
    }
}

/// Sets every filter so that it lets everything through.
fn lift() {
    for name in ["text", "area"] {
        let Some(field) = field(name) else { continue };
        match field.dyn_ref::<HtmlSelectElement>() {
            Some(select) => select.set_value(""),
            None => field.unchecked_into::<HtmlInputElement>().set_value(""),
        }
    }
    for severity in ["error", "warning", "note"] {
        if let Some(input) = field(severity) {
            input.unchecked_into::<HtmlInputElement>().set_checked(true);
        }
    }
}

/// Closes the menu that is open, and gives its button the focus that was in it.
pub fn close_menus() {
    let open = document().query_selector("details.menu[open]").ok().flatten();
    let Some(menu) = open.and_then(|open| open.dyn_into::<HtmlDetailsElement>().ok()) else { return };
    let within = document().active_element().is_some_and(|element| menu.contains(Some(&element)));
    menu.set_open(false);
    let button = menu.query_selector("summary").ok().flatten();
    if let (true, Some(button)) = (within, button.and_then(|button| button.dyn_into::<HtmlElement>().ok())) {
        let _ = button.focus();
    }
}

/// Escape closes a menu. A slash leads to the search, as in other developers' tools, unless something is being typed.
pub fn key(event: &web_sys::Event) {
    let Some(key) = event.dyn_ref::<KeyboardEvent>() else { return };
    if key.key() == "Escape" {
        close_menus();
        return;
    }
    // Behind a dialog there is nothing to search.
    if document().query_selector("[data-dialog][open]").ok().flatten().is_some() {
        return;
    }
    let typing = document()
        .active_element()
        .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"));
    if key.key() != "/" || typing || key.ctrl_key() || key.meta_key() || key.alt_key() {
        return;
    }
    if let Some(search) = field("text").and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        key.prevent_default();
        let _ = search.focus();
    }
}

fn field(name: &str) -> Option<Element> {
    document().query_selector(&format!("[data-filter=\"{name}\"]")).ok()?
}

fn value(name: &str) -> String {
    let Some(field) = field(name) else { return String::new() };
    match field.dyn_ref::<HtmlSelectElement>() {
        Some(select) => select.value(),
        None => field.dyn_into::<HtmlInputElement>().map(|input| input.value()).unwrap_or_default(),
    }
}

/// A severity without a box of its own is shown.
fn is_on(severity: &str) -> bool {
    let input = field(severity).and_then(|field| field.dyn_into::<HtmlInputElement>().ok());
    input.is_none_or(|input| input.checked())
}

fn has(finding: &Element, words: &[&str]) -> bool {
    let text = finding.text_content().unwrap_or_default().to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn put(selector: &str, text: &str) {
    if let Ok(Some(element)) = document().query_selector(selector)
        && element.text_content().as_deref() != Some(text)
    {
        element.set_text_content(Some(text));
    }
}
