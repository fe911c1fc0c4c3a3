//! JSON Lines on standard input, and octets in strings.

use std::io::{self, Read};

use https_audit_core::field::location;
use https_audit_core::field::octets::isomorphic_encode;
use https_audit_core::url::Url;
use serde_json::Value;

use crate::output::Failure;

/// How standard input is called in messages.
pub const STDIN: &str = "-";

/// Every line of standard input as JSON, each handed to `each`, whose error names what is wrong with it.
///
/// All of it is read before anything is written: a bad line leaves standard output empty.
pub fn json_lines<T>(mut each: impl FnMut(Value) -> Result<T, String>) -> Result<Vec<T>, Failure> {
    let mut input = Vec::new();
    io::stdin().lock().read_to_end(&mut input).map_err(|error| Failure::of(STDIN, error))?;
    let input = input.strip_suffix(b"\n").unwrap_or(&input);
    if input.is_empty() {
        return Ok(Vec::new());
    }
    let lines = input.split(|&octet| octet == b'\n').enumerate();
    lines
        .map(|(index, line)| {
            let value = serde_json::from_slice(line).map_err(|error| not_json(&error));
            value.and_then(&mut each).map_err(|what| Failure::at(STDIN, index + 1, what))
        })
        .collect()
}

/// The parser's own words, its line (always 1) taken out of the sentence.
fn not_json(error: &serde_json::Error) -> String {
    let what = error.to_string();
    let what = what.rfind(" at line ").and_then(|at| what.get(..at)).unwrap_or(&what);
    format!("not JSON: {what}, at column {}", error.column().max(1))
}

/// The octets of a JSON string.
pub fn octets(value: &Value) -> Result<Vec<u8>, String> {
    let text = value.as_str().ok_or("not a string")?;
    isomorphic_encode(text)
        .map_err(|at| format!("the character at byte {at} is above U+00FF and stands for no octet"))
}

/// Where a Location sends a response from `base`, as browsers read it: hosts outside ASCII too.
pub fn location(base: &Url, value: &[u8]) -> Option<Url> {
    location::target(base, value).or_else(|| {
        let target = url::Url::parse(base.as_str()).ok()?.join(std::str::from_utf8(value).ok()?).ok()?;
        location::target(base, target.as_str().as_bytes())
    })
}

/// Brings an address that people type into the form that browsers have; http and https only. It comes without
/// user, password and fragment, and no message repeats it: what is no URL may hold a password all the same.
pub fn web_url(text: &str) -> Result<Url, String> {
    let url = url::Url::parse(text).map_err(|error| format!("not a URL: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("not an http or https URL, but {}", url.scheme()));
    }
    Url::parse(url.as_str()).map(|url| url.without_secrets()).ok_or_else(|| "not a URL".to_owned())
}

/// Standard input can be read once.
pub fn stdin_once<'a>(inputs: impl IntoIterator<Item = &'a String>) -> Result<(), Failure> {
    match inputs.into_iter().filter(|input| *input == STDIN).count() {
        0 | 1 => Ok(()),
        n => Err(Failure::of(STDIN, format!("standard input is named {n} times, and can be read once"))),
    }
}
