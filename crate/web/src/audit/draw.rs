//! The view on the page. Only the pieces that say something new are put in the place of what is there: a reader's open
//! findings, filters and focus stay, and a page with thousands of requests stays quick.

use gloo_utils::document;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, HtmlDetailsElement, HtmlDialogElement, HtmlElement, HtmlInputElement, HtmlSelectElement,
};

use crate::page::parsed;

/// What is compared and replaced as a whole.
const PIECES: &str = ".topbar, .sidenav, main > *";
/// What can have the focus.
const FOCUSED: &str = "a, button, summary, input, select, [tabindex]";
/// What a reader may have changed.
const KEPT: &str = "details, input, select";

/// What is on the page.
#[derive(Default)]
pub struct Drawing {
    /// The HTML of each piece.
    pieces: Vec<String>,
}

impl Drawing {
    /// Shows a view with a comparison in its place.
    pub fn draw(&mut self, html: &str, comparison: &str) -> Result<(), JsValue> {
        let made = parsed(html)?;
        if let (false, Some(place)) = (comparison.is_empty(), made.query_selector("[data-compare]")?) {
            // Both are made by maud: what a site says is escaped in them.
            if let Some(content) = parsed(comparison)?.body() {
                place.set_text_content(None);
                while let Some(child) = content.first_child() {
                    place.append_child(&child)?;
                }
            }
        }
        let fresh = pieces(&made)?;
        let texts: Vec<String> = fresh.iter().map(Element::outer_html).collect();
        let there = pieces(&document())?;
        let same = self.pieces.len() == texts.len() && there.len() == texts.len();
        if same {
            for ((old, new), (before, now)) in there.iter().zip(&fresh).zip(self.pieces.iter().zip(&texts)) {
                if before != now {
                    let reader = Reader::of(old)?;
                    old.replace_with_with_node_1(new)?;
                    reader.restore(new)?;
                }
            }
        } else if let Some(view) = document().query_selector("[data-view]")? {
            let reader = Reader::of(&view)?;
            view.set_text_content(None);
            if let Some(content) = made.body() {
                while let Some(child) = content.first_child() {
                    view.append_child(&child)?;
                }
            }
            reader.restore(&view)?;
        }
        self.pieces = texts;
        Ok(())
    }
}

fn pieces(of: &web_sys::Document) -> Result<Vec<Element>, JsValue> {
    let found = of.query_selector_all(PIECES)?;
    Ok((0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect())
}

fn all(within: &Element, selector: &str) -> Result<Vec<Element>, JsValue> {
    let found = within.query_selector_all(selector)?;
    Ok((0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect())
}

/// What a reader did to a part of the page.
struct Reader {
    /// What each thing is called, and how it stands.
    changed: Vec<(String, Standing)>,
    /// What the focus is on, and its place among all that can have it.
    focus: Option<(String, usize)>,
}

enum Standing {
    Open(bool),
    Checked(bool),
    Value(String),
}

impl Reader {
    fn of(part: &Element) -> Result<Self, JsValue> {
        let changed =
            all(part, KEPT)?.into_iter().filter_map(|element| Some((name(&element)?, standing(&element)?)));
        let focus = document().active_element().filter(|element| part.contains(Some(element)));
        let focus = match focus {
            None => None,
            Some(element) => {
                let place = all(part, FOCUSED)?.iter().position(|other| *other == element);
                Some((name(&element).unwrap_or_default(), place.unwrap_or_default()))
            }
        };
        Ok(Self { changed: changed.collect(), focus })
    }

    fn restore(&self, part: &Element) -> Result<(), JsValue> {
        for element in all(part, KEPT)? {
            let Some(name) = name(&element) else { continue };
            if let Some((_, standing)) = self.changed.iter().find(|(known, _)| *known == name) {
                restore(&element, standing);
            }
        }
        if let Some((wanted, place)) = &self.focus {
            let able = all(part, FOCUSED)?;
            let found = able.iter().find(|element| name(element).as_ref() == Some(wanted));
            // What took the place of a button that is gone, such as "Stop" of "Record".
            let found = found.or_else(|| able.get(*place).or_else(|| able.last()));
            if let Some(element) = found.and_then(|element| element.dyn_ref::<HtmlElement>()) {
                element.focus()?;
            }
        }
        Ok(())
    }
}

/// What may name an element, the best first.
const HOOKS: [&str; 10] = [
    "id",
    "data-fingerprint",
    "data-fold",
    "data-verdict",
    "data-filter",
    "data-action",
    "data-export",
    "name",
    "href",
    "aria-label",
];

/// What an element is called in every view of the same thing; none for what has no name.
fn name(element: &Element) -> Option<String> {
    let tag = element.tag_name();
    if tag.eq_ignore_ascii_case("summary") {
        return Some(format!("summary {}", name(&element.parent_element()?)?));
    }
    let hook = HOOKS.iter().find_map(|hook| Some(format!("{tag} {hook} {}", element.get_attribute(hook)?)));
    // A button to copy, or a choice, belongs to its finding.
    let of = element.closest("[data-finding]").ok().flatten().and_then(|finding| finding.get_attribute("id"));
    let choice = element.get_attribute("value").unwrap_or_default();
    hook.map(|hook| format!("{hook} {choice} {}", of.unwrap_or_default()))
}

fn standing(element: &Element) -> Option<Standing> {
    if let Some(details) = element.dyn_ref::<HtmlDetailsElement>() {
        return Some(Standing::Open(details.open()));
    }
    if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
        return Some(Standing::Value(select.value()));
    }
    let input = element.dyn_ref::<HtmlInputElement>()?;
    Some(match input.type_().as_str() {
        "checkbox" | "radio" => Standing::Checked(input.checked()),
        _ => Standing::Value(input.value()),
    })
}

fn restore(element: &Element, standing: &Standing) {
    match standing {
        Standing::Open(open) => {
            if let Some(details) = element.dyn_ref::<HtmlDetailsElement>() {
                details.set_open(*open);
            }
        }
        Standing::Checked(checked) => {
            if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_checked(*checked);
            }
        }
        Standing::Value(value) => {
            if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
                select.set_value(value);
            } else if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
                input.set_value(value);
            }
        }
    }
}

fn dialog() -> Option<HtmlDialogElement> {
    document().query_selector("[data-dialog]").ok()??.dyn_into().ok()
}

/// Asks something in a dialog.
pub fn open_dialog(html: &str) -> Result<(), JsValue> {
    let Some(dialog) = dialog() else { return Ok(()) };
    dialog.set_text_content(None);
    if let Some(content) = parsed(html)?.body() {
        while let Some(child) = content.first_child() {
            dialog.append_child(&child)?;
        }
    }
    if dialog.open() { Ok(()) } else { dialog.show_modal() }
}

/// Closes the dialog; the browser gives the focus back to what had it.
pub fn close_dialog() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

/// What stands in a field of the dialog.
pub fn answer(name: &str) -> String {
    let field = document().query_selector(&format!("[data-dialog] [name=\"{name}\"]")).ok().flatten();
    field
        .and_then(|field| field.dyn_into::<HtmlInputElement>().ok())
        .map(|input| input.value())
        .unwrap_or_default()
}

/// Says in the dialog what is missing in it.
pub fn complain(words: &str) {
    if let Ok(Some(element)) = document().query_selector("[data-dialog] [role=alert]") {
        element.set_text_content(Some(words));
    }
}
