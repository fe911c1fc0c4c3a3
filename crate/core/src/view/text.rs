//! Text of reports as markup.

use maud::{Markup, html};

/// Characters of one code span that are shown.
const CODE_LIMIT: usize = 160;

/// A sentence of a report: parts between back-ticks become `<code>`. Those parts may come
/// from the site; they are isolated, so that right-to-left text stays where it is.
pub(super) fn sentence(text: &str) -> Markup {
    html! {
        @for (n, part) in text.split('`').enumerate() {
            @if n % 2 == 0 { (part) } @else { code dir="auto" { bdi { (cut(part, CODE_LIMIT)) } } }
        }
    }
}

/// Text of a site, isolated and cut.
pub(super) fn foreign(text: &str, limit: usize) -> Markup {
    html! { bdi { (cut(text, limit)) } }
}

/// At most `limit` characters, the last one an ellipsis where text was cut.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let mut out: String = text.chars().take(limit).collect();
    if text.chars().nth(limit).is_some() {
        out.pop();
        out.push('…');
    }
    out
}
