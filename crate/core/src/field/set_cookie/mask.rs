//! Taking the secret out of a Set-Cookie field.

use super::prefix::NamePrefix;
use super::{Attribute, AttributeKind, Parts, parts};
use crate::field::Span;
use crate::field::octets::isomorphic_decode;

/// The field with its value masked so that it can be stored and still reads the same.
///
/// Every octet of the value becomes `x`, except what the reading depends on: control characters, and in a
/// nameless cookie's value a name prefix at its start and the `=` after that. An ill-formed UTF-8 sequence becomes another
/// ill-formed one of the same length, since Firefox replaces it by one character. The length stays.
/// So does every octet of the value of an attribute that browsers do not know.
/// Where there is no `=`, all of the first piece is masked, since it may be a secret, although Firefox
/// takes it for a name.
pub fn mask(set_cookie: &[u8]) -> Vec<u8> {
    let Parts { name, value, attributes } = parts(set_cookie);
    let nameless = name.is_none_or(Span::is_empty);
    let kept = match NamePrefix::of(value.of(set_cookie)) {
        Some(prefix) if nameless => prefix.text().len(),
        _ => 0,
    };
    let secret = Span::new(value.start + kept, value.end);
    let mut masked = set_cookie.get(..secret.start).unwrap_or_default().to_vec();
    for chunk in secret.of(set_cookie).utf8_chunks() {
        let keep = |octet: u8| octet.is_ascii_control() || (nameless && octet == b'=');
        masked.extend(chunk.valid().bytes().map(|octet| if keep(octet) { octet } else { b'x' }));
        // The start of a sequence that never ends, as long as the one that stood there.
        masked.extend_from_slice(match chunk.invalid().len() {
            0 => &[],
            1 => b"\xff",
            2 => b"\xe2\x80",
            _ => b"\xf0\x9f\x80",
        });
    }
    masked.extend_from_slice(set_cookie.get(secret.end..).unwrap_or_default());
    // What browsers know no attribute of may be a second cookie in the same line.
    for Attribute { kind, value, .. } in attributes {
        let Some(value) = value.filter(|_| kind == AttributeKind::Unknown) else { continue };
        for octet in masked.get_mut(value.start..value.end).unwrap_or_default() {
            if *octet >= b' ' && *octet != 0x7F {
                *octet = b'x';
            }
        }
    }
    masked
}

/// The field for people to read: the value as `…`, the rest isomorphically decoded.
pub fn masked_for_display(set_cookie: &[u8]) -> String {
    let Parts { value, .. } = parts(set_cookie);
    let before = set_cookie.get(..value.start).unwrap_or_default();
    let after = set_cookie.get(value.end..).unwrap_or_default();
    let hidden = if value.is_empty() { "" } else { "…" };
    format!("{}{hidden}{}", isomorphic_decode(before), isomorphic_decode(after))
}
