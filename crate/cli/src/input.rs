//! JSON Lines on standard input, and octets in strings.

use std::io::{self, BufRead as _, Read as _};

use https_audit_core::field::location;
use https_audit_core::field::octets::isomorphic_encode;
use https_audit_core::import::file::MAX_LINE;
use https_audit_core::url::Url;
use serde::Serialize;
use serde_json::Value;

use crate::output::{Failure, push_json_line};

/// How standard input is called in messages.
pub const STDIN: &str = "-";

/// Appends to `out` a line of JSON for each line of standard input, which `each` makes of it; its error names what is
/// wrong with the line.
///
/// All of the input is read before anything is written: a bad line leaves standard output empty. So what is written is
/// held, and of what is read one line.
pub fn json_lines<T: Serialize>(
    out: &mut String,
    mut each: impl FnMut(Value) -> Result<T, String>,
) -> Result<(), Failure> {
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        let read = input.by_ref().take(MAX_LINE).read_until(b'\n', &mut line);
        if read.map_err(|error| Failure::of(STDIN, error))? == 0 {
            break;
        }
        if line.len() as u64 == MAX_LINE && !line.ends_with(b"\n") {
            return Err(Failure::at(STDIN, number, format!("the line is longer than {} MB", MAX_LINE >> 20)));
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        // A line end alone is an empty input.
        if number == 1 && text.is_empty() && input.fill_buf().is_ok_and(<[u8]>::is_empty) {
            break;
        }
        let value = serde_json::from_slice(text).map_err(|error| not_json(&error));
        let made = value.and_then(&mut each).map_err(|what| Failure::at(STDIN, number, what))?;
        push_json_line(out, &made);
    }
    Ok(())
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
    match url::Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => {
            Url::parse(url.as_str()).map(|url| url.without_secrets()).ok_or_else(|| "not a URL".to_owned())
        }
        parsed => Err(without_scheme(text).unwrap_or_else(|| match parsed {
            Ok(url) => format!("not an http or https URL, but {}", url.scheme()),
            Err(error) => format!("not a URL: {error}"),
        })),
    }
}

/// What to write in place of a text that is a host, with port and path perhaps: `shop.test:8000` is a URL, and
/// `shop.test` its scheme. Of what may hold a password nothing is said.
fn without_scheme(text: &str) -> Option<String> {
    if text.contains("://") || text.contains(['@', '\\']) || text.starts_with('/') {
        return None;
    }
    let origin = url::Url::parse(&format!("https://{text}")).ok()?.origin().ascii_serialization();
    let host = origin.strip_prefix("https:")?;
    Some(format!("a URL begins with its scheme: write https:{host}/ or http:{host}/"))
}

/// Standard input can be read once.
pub fn stdin_once<'a>(inputs: impl IntoIterator<Item = &'a String>) -> Result<(), Failure> {
    match inputs.into_iter().filter(|input| *input == STDIN).count() {
        0 | 1 => Ok(()),
        n => Err(Failure::of(STDIN, format!("standard input is named {n} times, and can be read once"))),
    }
}

#[cfg(test)]
mod tests {
    use super::web_url;

    #[test]
    fn an_address_without_a_scheme_is_proposed_with_one() {
        for (text, origin) in [
            ("shop.test", "//shop.test/"),
            ("Shop.test/a?token=geheim#b", "//shop.test/"),
            ("shop.test:8000", "//shop.test:8000/"),
            ("localhost:8000/a", "//localhost:8000/"),
            ("192.0.2.1", "//192.0.2.1/"),
            ("[::1]:8443", "//[::1]:8443/"),
        ] {
            let expected = format!("a URL begins with its scheme: write https:{origin} or http:{origin}");
            assert_eq!(web_url(text).err().as_deref(), Some(&*expected), "{text}");
        }
        for (text, expected) in [
            ("ftp://shop.test/", "not an http or https URL, but ftp"),
            ("about:blank", "not an http or https URL, but about"),
            ("mailto:a@shop.test", "not an http or https URL, but mailto"),
            ("user:geheim@shop.test", "not an http or https URL, but user"),
            ("/a", "not a URL: relative URL without a base"),
            ("", "not a URL: relative URL without a base"),
            ("https://", "not a URL: empty host"),
            ("a b", "not a URL: relative URL without a base"),
        ] {
            assert_eq!(web_url(text).err().as_deref(), Some(expected), "{text}");
        }
    }
}
