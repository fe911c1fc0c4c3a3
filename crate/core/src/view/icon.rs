//! The icons, as one sprite that every page carries.

use maud::{Markup, PreEscaped, html};

/// Symbols of the statuses (`i-…`) and of actions (`g-…`).
const SPRITE: &str = concat!(
    r#"<symbol id="i-pass" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="currentColor"/><path class="g" d="M5.9 10.4l2.8 2.8 5.4-6"/></symbol>"#,
    r#"<symbol id="i-warn" viewBox="0 0 20 20"><path d="M8.5 2.1a1.7 1.7 0 0 1 3 0l7.3 13.3a1.7 1.7 0 0 1-1.5 2.6H2.7a1.7 1.7 0 0 1-1.5-2.6z" fill="currentColor"/><path class="g" d="M10 7v4.4"/><circle class="gd" cx="10" cy="14.5" r="1.25"/></symbol>"#,
    r#"<symbol id="i-fail" viewBox="0 0 20 20"><path d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" fill="currentColor"/><path class="g" d="M6.9 6.9l6.2 6.2M13.1 6.9l-6.2 6.2"/></symbol>"#,
    r#"<symbol id="i-unknown" viewBox="0 0 20 20"><circle class="o" cx="10" cy="10" r="8.3" stroke-dasharray="3.1 3.42"/><path class="o" d="M7.7 8a2.35 2.35 0 1 1 3.5 2c-.8.5-1.2.9-1.2 1.7"/><circle cx="10" cy="14.4" r="1.15" fill="currentColor"/></symbol>"#,
    r#"<symbol id="i-not-applicable" viewBox="0 0 20 20"><circle class="o" cx="10" cy="10" r="8.3"/><path class="o" d="M6.4 10h7.2"/></symbol>"#,
    r#"<symbol id="i-note" viewBox="0 0 20 20"><rect x="1.5" y="1.5" width="17" height="17" rx="3" fill="currentColor"/><path class="g" d="M10 9v5"/><circle class="gd" cx="10" cy="6" r="1.25"/></symbol>"#,
    r#"<symbol id="g-chevron" viewBox="0 0 16 16"><path d="M4 6l4 4 4-4"/></symbol>"#,
    r#"<symbol id="g-copy" viewBox="0 0 16 16"><rect x="5.5" y="5.5" width="8" height="8.5" rx="1.5"/><path d="M10.5 5.5V3.4A1.4 1.4 0 0 0 9.1 2H3.9a1.4 1.4 0 0 0-1.4 1.4v6.2A1.4 1.4 0 0 0 3.9 11h1.6"/></symbol>"#,
    r#"<symbol id="g-export" viewBox="0 0 16 16"><path d="M8 2v8M5 7.2l3 3 3-3M2.5 11v1.6A1.4 1.4 0 0 0 3.9 14h8.2a1.4 1.4 0 0 0 1.4-1.4V11"/></symbol>"#,
    r#"<symbol id="g-again" viewBox="0 0 16 16"><path d="M13.2 6.5A5.5 5.5 0 1 0 13.4 9.6M13.4 3v3.6H9.8"/></symbol>"#,
);

/// Symbols that the popup has no use for.
const MORE: &str = concat!(
    r#"<symbol id="g-check" viewBox="0 0 16 16"><path d="M3 8.5l3.2 3.2L13 4.6"/></symbol>"#,
    r#"<symbol id="g-cross" viewBox="0 0 16 16"><path d="M4 4l8 8M12 4l-8 8"/></symbol>"#,
    r#"<symbol id="g-plus" viewBox="0 0 16 16"><path d="M8 3v10M3 8h10"/></symbol>"#,
    r#"<symbol id="g-same" viewBox="0 0 16 16"><path d="M3 6h10M3 10h10"/></symbol>"#,
    r#"<symbol id="g-open" viewBox="0 0 16 16"><path d="M2.5 12.6V3.9c0-.8.6-1.4 1.4-1.4h2.4l1.6 1.8h4.2c.8 0 1.4.6 1.4 1.4v6.9c0 .5-.4.9-.9.9H3.4c-.5 0-.9-.4-.9-.9z"/></symbol>"#,
    r#"<symbol id="g-record" viewBox="0 0 16 16"><circle cx="8" cy="8" r="5.6"/><circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none"/></symbol>"#,
    r#"<symbol id="g-stop" viewBox="0 0 16 16"><rect x="3.5" y="3.5" width="9" height="9" rx="1.5"/></symbol>"#,
);

/// The hidden element that holds the symbols of the popup.
pub(super) fn sprite() -> Markup {
    html! { svg.sprite width="0" height="0" aria-hidden="true" { (PreEscaped(SPRITE)) } }
}

/// The one that holds all symbols.
pub(super) fn full_sprite() -> Markup {
    html! { svg.sprite width="0" height="0" aria-hidden="true" { (PreEscaped(SPRITE)) (PreEscaped(MORE)) } }
}

/// One icon, hidden from screen readers: a word always stands beside it.
pub(super) fn icon(class: &str, symbol: &str) -> Markup {
    html! { svg class=(class) aria-hidden="true" { use href={ "#" (symbol) } {} } }
}
