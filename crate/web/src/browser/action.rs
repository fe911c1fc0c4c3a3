//! `action`: the toolbar button of one tab.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;

use super::{
    Refusal, done, last_error, number, object, set_badge_background, set_badge_text, set_icon, set_title,
};

/// What the button shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Button {
    /// At most three characters.
    pub badge: String,
    /// `#rrggbb` behind them.
    pub colour: &'static str,
    /// Name of the icon: `pass`, `warn`, `fail`, `unknown`, `off`.
    pub icon: &'static str,
    /// What a screen reader says.
    pub title: String,
}

/// Shows it on one tab. Fails when the tab is gone.
pub async fn show(tab: i64, button: &Button) -> Result<(), Refusal> {
    let on_tab = |name, value| object(&[("tabId", JsValue::from_f64(number(tab))), (name, value)]);
    let icon = |size| JsValue::from_str(&format!("/icons/icon-{}-{size}.png", button.icon));
    let icons = object(&[("16", icon(16)), ("32", icon(32))]);
    done(set_badge_text(on_tab("text", JsValue::from_str(&button.badge)))).await?;
    done(set_badge_background(on_tab("color", JsValue::from_str(button.colour)))).await?;
    // Chromium's promise is kept even for a tab that is gone, and the complaint goes to the
    // console unless a callback looks at it.
    set_icon(on_tab("path", icons.into()), Closure::once_into_js(|| drop(last_error())))?;
    done(set_title(on_tab("title", JsValue::from_str(&button.title)))).await?;
    Ok(())
}
