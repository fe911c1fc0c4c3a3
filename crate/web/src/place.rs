//! Where the reader is in the popup: which row is open, how far it is scrolled, what has the
//! focus. Kept while the view is drawn anew.

use gloo_utils::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlDetailsElement, HtmlElement};

/// A row of the popup, or what is folded in it.
const ROW: &str = "details[data-verdict], details[data-fold]";

/// The reader's place.
pub struct Place {
    /// Each row: its name, whether it is open, and how far its body is scrolled.
    rows: Vec<(String, bool, i32)>,
    /// A selector of what has the focus.
    focus: Option<String>,
}

impl Place {
    /// As it is now.
    pub fn of_reader() -> Self {
        let rows = rows().into_iter().filter_map(|row| {
            let name = name_of(&row)?;
            let scrolled = body_of(&row).map_or(0, |body| body.scroll_top());
            Some((name, row.open(), scrolled))
        });
        let focus = document().active_element().and_then(|element| selector(&element));
        Self { rows: rows.collect(), focus }
    }

    /// Back to it, where the new view still has it. Nothing changes in a first view.
    pub fn restore(&self) {
        for row in rows() {
            let name = name_of(&row);
            let known = self.rows.iter().find(|(known, ..)| Some(known) == name.as_ref());
            if let Some((_, open, scrolled)) = known {
                row.set_open(*open);
                if let Some(body) = body_of(&row) {
                    body.set_scroll_top(*scrolled);
                }
            }
        }
        let focus = self.focus.as_deref().and_then(|selector| document().query_selector(selector).ok()?);
        if let Some(element) = focus.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Without the focus the reader only has to tab once more.
            let _ = element.focus();
        }
    }
}

fn rows() -> Vec<HtmlDetailsElement> {
    let Ok(found) = document().query_selector_all(ROW) else { return Vec::new() };
    (0..found.length()).filter_map(|i| found.get(i)?.dyn_into().ok()).collect()
}

/// Verdicts and folds have different names.
fn name_of(row: &Element) -> Option<String> {
    row.get_attribute("data-verdict").or_else(|| row.get_attribute("data-fold"))
}

fn body_of(row: &HtmlDetailsElement) -> Option<Element> {
    row.query_selector(".verdict__body").ok()?
}

/// A selector that finds the same element in the next view: by action, finding or row.
fn selector(element: &Element) -> Option<String> {
    for hook in ["data-action", "data-export"] {
        if let Some(value) = element.get_attribute(hook) {
            return Some(format!("[{hook}=\"{value}\"]"));
        }
    }
    let finding = element.closest("[data-finding]").ok().flatten();
    if let Some(check) = finding.and_then(|finding| finding.get_attribute("data-finding")) {
        return Some(format!("[data-finding=\"{check}\"] button"));
    }
    let row = element.closest(ROW).ok().flatten()?;
    if let Some(fold) = row.get_attribute("data-fold") {
        return Some(format!("[data-fold=\"{fold}\"] > summary"));
    }
    let row = row.get_attribute("data-verdict")?;
    let part = if element.tag_name().eq_ignore_ascii_case("summary") { "summary" } else { ".verdict__body" };
    Some(format!("[data-verdict=\"{row}\"] > {part}"))
}
