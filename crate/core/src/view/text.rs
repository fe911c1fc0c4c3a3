//! Text of reports as markup.

use maud::{Markup, html};

use crate::text::steers;

/// Characters of one code span that are shown.
const CODE_LIMIT: usize = 160;
/// Characters of a text of a report that are shown: one that was opened as a file can hold anything.
const PROSE_LIMIT: usize = 2_000;

/// A sentence of a report: parts between back-ticks become `<code>`. Those parts may come
/// from the site; they are isolated, so that right-to-left text stays where it is.
pub(super) fn sentence(text: &str) -> Markup {
    let text = cut(text, PROSE_LIMIT);
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

/// Text of a site, isolated and cut, that may break at its dots, slashes and underscores.
pub(super) fn breaking(text: &str, limit: usize) -> Markup {
    let text = cut(text, limit);
    html! {
        bdi {
            @for part in text.split_inclusive(['.', '_', '/', '-', '&', '?']) { (part) wbr; }
        }
    }
}

/// A raw value, cut; the characters from the first of `mark` to the one before its second are marked.
pub(super) fn marked(text: &str, mark: Option<(usize, usize)>, limit: usize) -> Markup {
    let shown = cut(text, limit);
    let (start, end) = mark.filter(|(start, end)| start < end).unwrap_or_default();
    let part = |from: usize, to: usize| -> String {
        shown.chars().skip(from).take(to.saturating_sub(from)).collect()
    };
    html! {
        @if end == 0 { (shown) } @else { (part(0, start)) mark { (part(start, end)) } (part(end, usize::MAX)) }
    }
}

/// At most `limit` characters, the last one an ellipsis where text was cut. What would reorder a line, or hide in it,
/// is replaced.
pub(super) fn cut(text: &str, limit: usize) -> String {
    let cut = crate::text::cut(text, limit);
    cut.chars().map(|c| if steers(c) { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

/// Lines to paste, of which only what is not a line's end is replaced.
pub(super) fn lines(text: &str, limit: usize) -> String {
    let cut = crate::text::cut(text, limit);
    cut.chars().map(|c| if steers(c) && c != '\n' { char::REPLACEMENT_CHARACTER } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{cut, lines, marked, sentence};

    #[test]
    fn what_offends_is_marked_by_characters() {
        let shown = |mark| marked("é<b>x", mark, 10).into_string();
        assert_eq!(shown(Some((1, 4))), "é<mark>&lt;b&gt;</mark>x");
        assert_eq!(shown(Some((3, 99))), "é&lt;b<mark>&gt;x</mark>");
        assert_eq!((shown(None), shown(Some((2, 2)))), ("é&lt;b&gt;x".into(), "é&lt;b&gt;x".into()));
    }

    #[test]
    fn nothing_is_longer_than_it_may_be_or_steers_a_line() {
        let long = "`x` ".repeat(1_000_000);
        assert!(sentence(&long).into_string().len() < 40_000);
        assert_eq!(cut("a\u{202E}b\0", 9), "a\u{FFFD}b\u{FFFD}");
        assert_eq!(lines("a\nb\u{202E}", 9), "a\nb\u{FFFD}");
    }
}
