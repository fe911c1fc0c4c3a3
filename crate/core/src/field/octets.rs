//! Octets of field values: isomorphic encoding, token characters, trimming.

use super::Span;

/// Isomorphic decode (Infra §4.6): each octet becomes the character with the same number.
pub fn isomorphic_decode(octets: &[u8]) -> String {
    octets.iter().map(|&octet| char::from(octet)).collect()
}

/// Isomorphic encode (Infra §4.6): each character U+0000 to U+00FF becomes one octet.
///
/// `Err` holds the byte index of the first character above U+00FF.
pub fn isomorphic_encode(text: &str) -> Result<Vec<u8>, usize> {
    text.char_indices().map(|(index, character)| u8::try_from(character).map_err(|_| index)).collect()
}

/// Whether the octet is a `tchar` (RFC 9110 §5.6.2), which both browsers take for HSTS tokens.
pub const fn is_tchar(octet: u8) -> bool {
    octet.is_ascii_graphic()
        && !matches!(
            octet,
            b'(' | b')'
                | b'<'
                | b'>'
                | b'@'
                | b','
                | b';'
                | b':'
                | b'\\'
                | b'"'
                | b'/'
                | b'['
                | b']'
                | b'?'
                | b'='
                | b'{'
                | b'}'
        )
}

/// Whether the octet is SP or HTAB, the only white space inside a field line (RFC 9110 §5.6.3).
pub const fn is_ows(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t')
}

/// Whether the octet is a control character (RFC 5234: `%x00-1F / %x7F`), HTAB included.
pub const fn is_control(octet: u8) -> bool {
    octet.is_ascii_control()
}

/// Narrows `span` of `field` by SP and HTAB at both ends.
pub fn trim_ows(field: &[u8], span: Span) -> Span {
    let inside = span.of(field);
    let Some(first) = inside.iter().position(|&octet| !is_ows(octet)) else {
        // All white space: where the text would have been is its start.
        return Span::new(span.start, span.start);
    };
    let last = inside.iter().rposition(|&octet| !is_ows(octet)).unwrap_or(first);
    Span::new(span.start + first, span.start + last + 1)
}

/// `text` without SP and HTAB at both ends.
pub fn trimmed(text: &[u8]) -> &[u8] {
    trim_ows(text, Span::new(0, text.len())).of(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn isomorphic_is_one_octet_a_character() {
        assert_eq!(isomorphic_decode(&[0, 0x61, 0x80, 0xff]), "\u{0}a\u{80}\u{ff}");
        assert_eq!(isomorphic_encode("\u{0}a\u{80}\u{ff}"), Ok(vec![0, 0x61, 0x80, 0xff]));
        assert_eq!(isomorphic_encode("aé€"), Err(3));
    }

    #[test]
    fn only_space_and_tab_are_trimmed() {
        for (input, expected) in [
            ("", ""),
            (" \t ", ""),
            (" a b\t", "a b"),
            ("\u{b}a\u{c}", "\u{b}a\u{c}"),
            ("\u{a0}a", "\u{a0}a"),
        ] {
            assert_eq!(trimmed(input.as_bytes()), expected.as_bytes(), "{input:?}");
        }
    }
}
