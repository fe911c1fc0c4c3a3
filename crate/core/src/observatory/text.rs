//! Text as JavaScript has it: what the Observatory's analysers are written in.

use std::cmp::Ordering;

use crate::evidence::{Observed, Reason, Response};
use crate::url::from_hexadecimal;

/// Octets as its HTTP client decodes them, one character each.
pub(super) fn decoded(octets: &[u8]) -> String {
    octets.iter().map(|&octet| char::from(octet)).collect()
}

/// A field as `http.IncomingMessage.headers` of Node has it.
pub(super) fn field(response: &Response, name: &str) -> Observed<Option<String>> {
    let mut joined: Option<String> = None;
    for field in response.fields.iter().filter(|field| field.name.eq_ignore_ascii_case(name)) {
        if field.cut_from.is_some() {
            return Observed::Unseen(Reason::OverLimit);
        }
        let value = decoded(&field.value);
        match &mut joined {
            None => joined = Some(trim(&value).to_owned()),
            Some(_) if name == "content-type" => {}
            Some(all) => {
                all.push_str(", ");
                all.push_str(trim(&value));
            }
        }
    }
    if joined.is_none() && response.dropped > 0 {
        return Observed::Unseen(Reason::OverLimit);
    }
    Observed::Seen(joined)
}

/// What `trim` and `\s` take for white space, as far as it is Latin-1.
pub(super) const fn is_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | ' ' | '\u{A0}')
}

/// `trim`.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// `text.slice(0, most).trim().toLowerCase()`.
pub(super) fn word(text: &str, most: usize) -> String {
    let cut: String = text.chars().take(most).collect();
    trim(&cut).to_lowercase()
}

/// What stands in the order of the root collation (CLDR) before digits and letters.
const PUNCTUATION: &str = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// `Intl.Collator("en").compare` of what is in lower case.
pub(super) fn compare(a: &str, b: &str) -> Ordering {
    let weight = |c: char| match PUNCTUATION.find(c) {
        Some(place) => u32::try_from(place).unwrap_or_default(),
        None => 0x100 + u32::from(c),
    };
    a.chars().map(weight).cmp(b.chars().map(weight))
}

/// `decodeURIComponent`; none where it throws.
pub(super) fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    let mut octets = Vec::new();
    let mut rest = text.bytes();
    let mut escaped = Vec::new();
    while let Some(octet) = rest.next() {
        if octet == b'%' {
            escaped.push(from_hexadecimal(&[rest.next()?, rest.next()?])?);
            continue;
        }
        std::str::from_utf8(&escaped).ok()?;
        octets.append(&mut escaped);
        octets.push(octet);
    }
    std::str::from_utf8(&escaped).ok()?;
    octets.append(&mut escaped);
    Some(octets)
}
