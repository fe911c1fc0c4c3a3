//! JSON, for people and for the browser.

use std::fmt::Write as _;
use std::io::{self, Write};

use serde::Serialize;

use crate::text::steers;

/// A value as JSON, a line for each part, indented by two spaces.
///
/// Written compactly and indented afterwards: with the library's own indenting writer beside its
/// compact one every type would be in the wasm module twice.
pub fn to_string(value: &impl Serialize) -> Result<String, serde_json::Error> {
    compact(value).map(|compact| indented(&compact))
}

/// A value as JSON on one line.
///
/// Everything that is written goes through here, since the library's writer is compiled anew for each kind of output.
pub fn compact(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut out = Out(Vec::with_capacity(CAPACITY));
    serde_json::to_writer(&mut out, value)?;
    // What the library writes is always UTF-8.
    String::from_utf8(out.0).map_err(|error| serde_json::Error::io(io::Error::other(error)))
}

/// JSON with each character spelt out that steers a terminal, reorders a line or hides in it: `\u202e`. To who parses it
/// the same, since outside of strings there is none but line feeds.
pub fn visible(json: &str) -> String {
    escaped(json, |c| c != '\n' && steers(c))
}

/// JSON with these characters, all of them in strings, spelt out.
pub fn escaped(json: &str, is_escaped: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_escaped(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string can not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// Octets that are made room for at once: a report of a site with few findings.
const CAPACITY: usize = 16 << 10;
/// What is longer is copied as a block, which in wasm is a call that costs more than some octets.
const SHORT: usize = 2;

/// Where the library writes to, in thousands of pieces of one octet or some.
struct Out(Vec<u8>);

impl Write for Out {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() > SHORT {
            self.0.extend_from_slice(piece);
        } else {
            for octet in piece {
                self.0.push(*octet);
            }
        }
        Ok(piece.len())
    }

    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        self.write(piece).map(|_| ())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn indented(compact: &str) -> String {
    let mut out = String::with_capacity(compact.len() * 3 / 2);
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    let mut before = b' ';
    // What stands before it has been copied.
    let mut copied = 0;
    let octets = compact.as_bytes();
    let mut next = 0;
    // By place: optimised for size, an iterator is two calls for each octet.
    while let Some(&octet) = octets.get(next) {
        let at = next;
        next += 1;
        if in_string {
            in_string = escaped || octet != b'"';
            escaped = !escaped && octet == b'\\';
            continue;
        }
        let closes = matches!(octet, b'}' | b']');
        if closes {
            depth = depth.saturating_sub(1);
        }
        // Empty brackets stay together.
        let opened = matches!(before, b'{' | b'[');
        let breaks = if closes { !opened } else { opened || before == b',' };
        if breaks {
            out.push_str(compact.get(copied..at).unwrap_or_default());
            copied = at;
            line(&mut out, depth);
        }
        match octet {
            b'{' | b'[' => depth += 1,
            b':' => {
                out.push_str(compact.get(copied..=at).unwrap_or_default());
                copied = at + 1;
                out.push(' ');
            }
            b'"' => in_string = true,
            _ => {}
        }
        // Of a string it is the quote: what ends one is no bracket of the document.
        before = octet;
    }
    out.push_str(compact.get(copied..).unwrap_or_default());
    out
}

fn line(out: &mut String, depth: usize) {
    // As deep as a report is; evidence may be deeper.
    const INDENT: &str = "\n                                ";
    if let Some(indent) = INDENT.get(..1 + 2 * depth) {
        out.push_str(indent);
    } else {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::{steers, to_string, visible};

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            r#"[{}\[\]",:\\ ]*"#.prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 32, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(".*", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_spelt_out_is_read_the_same(value in value(), c: char) {
            let value = serde_json::json!([value, format!("a\u{202e}\u{7f}\u{85}\u{e0041}{c}")]);
            let text = visible(&to_string(&value).unwrap());
            prop_assert!(text.chars().all(|c| c == '\n' || !steers(c)), "{}", text);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        }

        #[test]
        fn it_writes_what_the_library_writes(value in value()) {
            prop_assert_eq!(to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap());
        }
    }
}
