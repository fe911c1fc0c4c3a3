//! JSON of any size: what is wanted of it is copied, the rest is passed over as fast as it comes.
//!
//! What is passed over is held to be sound but for its brackets and quotes; what is copied is read by `serde_json`.

use std::io::Read;

use super::copied::Copied;
use super::source::Source;
use crate::import::Unreadable;

/// How deeply values may lie in each other (as in `serde_json`).
const MAX_DEPTH: usize = 128;
/// Octets that are copied of one string; of a longer one its beginning.
const MAX_STRING: usize = 1024 * 1024;
/// Octets that are copied of one value.
const MAX_VALUE: usize = 16 * 1024 * 1024;
/// Octets of a member's name that are compared.
const MAX_NAME: usize = 64;

/// What of a value is wanted.
pub(super) enum Keep {
    /// All of it.
    All,
    /// These members of the object.
    Members(&'static [(&'static str, Self)]),
    /// The value, where [`HTML`] was copied before it.
    OfHtml,
}

/// A member whose value begins so says that a body is a page.
const HTML: &[u8] = b"\"mimeType\":\"text/html";

impl<R: Read> Source<R> {
    /// The next octet that is no white space.
    pub(super) fn token(&mut self) -> Result<u8, Unreadable> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.wrong("the file is cut off"));
            }
            let found = rest.iter().position(|octet| !matches!(octet, b' ' | b'\n' | b'\t' | b'\r'));
            let token = found.and_then(|at| rest.get(at).copied());
            let passed = found.unwrap_or(rest.len());
            self.pass(passed);
            if let Some(token) = token {
                return Ok(token);
            }
        }
    }

    fn expect(&mut self, wanted: u8) -> Result<(), Unreadable> {
        if self.token()? != wanted {
            return Err(self.wrong(format!("expected `{}`", char::from(wanted))));
        }
        self.pass(1);
        Ok(())
    }

    /// Calls `each` with the name of every member of the object that comes next; it takes or passes the value.
    pub(super) fn members(
        &mut self,
        mut each: impl FnMut(&mut Self, &str) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        self.expect(b'{')?;
        if self.token()? == b'}' {
            self.pass(1);
            return Ok(());
        }
        let mut name = Vec::new();
        loop {
            if self.token()? != b'"' {
                return Err(self.wrong("expected the name of a member, in quotes"));
            }
            name.clear();
            self.string(Some(&mut name), MAX_NAME)?;
            let inner = name.get(1..name.len().saturating_sub(1)).unwrap_or_default();
            let text = std::str::from_utf8(inner).unwrap_or_default();
            self.expect(b':')?;
            each(self, text)?;
            match self.token()? {
                b',' => self.pass(1),
                b'}' => {
                    self.pass(1);
                    return Ok(());
                }
                _ => return Err(self.wrong("expected `,` or `}`")),
            }
        }
    }

    /// Calls `each` before every element of the array that comes next; it takes or passes the element.
    pub(super) fn elements(
        &mut self,
        mut each: impl FnMut(&mut Self) -> Result<(), Unreadable>,
    ) -> Result<(), Unreadable> {
        self.expect(b'[')?;
        if self.token()? == b']' {
            self.pass(1);
            return Ok(());
        }
        loop {
            each(self)?;
            match self.token()? {
                b',' => self.pass(1),
                b']' => {
                    self.pass(1);
                    return Ok(());
                }
                _ => return Err(self.wrong("expected `,` or `]`")),
            }
        }
    }

    /// Copies what is wanted of the value that comes next.
    pub(super) fn copy(&mut self, keep: &Keep, out: &mut Vec<u8>) -> Result<(), Unreadable> {
        let token = self.token()?;
        match keep {
            Keep::Members(wanted) if token == b'{' => {
                let begin = out.len();
                out.push(b'{');
                let mut first = true;
                self.members(|source, name| {
                    let Some((name, keep)) = wanted.iter().find(|(wanted, _)| *wanted == name) else {
                        return source.value(None);
                    };
                    let is_html =
                        || memchr::memmem::find(out.get(begin..).unwrap_or_default(), HTML).is_some();
                    if matches!(keep, Keep::OfHtml) && !is_html() {
                        return source.value(None);
                    }
                    if !std::mem::take(&mut first) {
                        out.push(b',');
                    }
                    out.push(b'"');
                    out.extend(name.as_bytes());
                    out.extend(b"\":");
                    source.copy(keep, out)
                })?;
                out.push(b'}');
                Ok(())
            }
            _ => self.value(Some(out)),
        }
    }

    /// Passes the value that comes next over.
    pub(super) fn skip(&mut self) -> Result<(), Unreadable> {
        self.value(None)
    }

    /// Passes one value, copied to `out` where that is given.
    fn value(&mut self, mut out: Option<&mut Vec<u8>>) -> Result<(), Unreadable> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            let token = self.token()?;
            match token {
                b'"' => self.string(out.as_deref_mut(), MAX_STRING)?,
                b'{' | b'[' => {
                    if open.len() == MAX_DEPTH {
                        return Err(self.wrong(format!("nested more than {MAX_DEPTH} deep")));
                    }
                    open.push(token);
                    self.take(1, out.as_deref_mut());
                }
                b'}' | b']' => {
                    let opened = if token == b'}' { b'{' } else { b'[' };
                    if open.pop() != Some(opened) {
                        return Err(self.wrong(format!("`{}` closes nothing", char::from(token))));
                    }
                    self.take(1, out.as_deref_mut());
                }
                b',' | b':' if !open.is_empty() => {
                    self.take(1, out.as_deref_mut());
                    continue;
                }
                b'-' | b'0'..=b'9' | b'a'..=b'z' => self.word(out.as_deref_mut())?,
                _ => return Err(self.wrong("expected a value")),
            }
            if out.as_ref().is_some_and(|out| out.len() > MAX_VALUE) {
                return Err(self.wrong(format!("more than {} MB besides bodies", MAX_VALUE >> 20)));
            }
            if open.is_empty() {
                return Ok(());
            }
        }
    }

    /// Octets of what is held, copied to `out` where that is given.
    fn take(&mut self, octets: usize, out: Option<&mut Vec<u8>>) {
        if let (Some(out), Ok(rest)) = (out, self.rest()) {
            out.extend(rest.get(..octets).unwrap_or(rest));
        }
        self.pass(octets);
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self, mut out: Option<&mut Vec<u8>>) -> Result<(), Unreadable> {
        loop {
            let rest = self.rest()?;
            let of_word = |octet: &u8| octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'+' | b'.');
            let length = rest.iter().position(|octet| !of_word(octet));
            let octets = length.unwrap_or(rest.len());
            self.take(octets, out.as_deref_mut());
            if length.is_some() || self.rest()?.is_empty() {
                return Ok(());
            }
        }
    }

    /// A string with its quotes; of one longer than `max` its beginning is copied.
    fn string(&mut self, out: Option<&mut Vec<u8>>, max: usize) -> Result<(), Unreadable> {
        self.pass(1);
        let Some(out) = out else { return self.skip_string() };
        let mut copy = Copied::new(out, max);
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.wrong("the file is cut off inside a string"));
            }
            let end = memchr::memchr2(b'"', b'\\', rest);
            let plain = rest.get(..end.unwrap_or(rest.len())).unwrap_or(rest);
            copy.plain(plain);
            let is_end = end.and_then(|end| rest.get(end)) == Some(&b'"');
            let passed = plain.len();
            self.pass(passed);
            if end.is_none() {
                continue;
            }
            self.pass(1);
            if is_end {
                copy.end();
                return Ok(());
            }
            // The two octets of an escape may stand in two reads.
            let Some(escaped) = self.next()? else {
                return Err(self.wrong("the file is cut off inside a string"));
            };
            self.pass(1);
            copy.escape(escaped);
        }
    }

    /// Passes the rest of a string over: most of what a file holds are the strings of bodies, full of escapes.
    fn skip_string(&mut self) -> Result<(), Unreadable> {
        // Whether what is held begins with the second octet of an escape.
        let mut escaped = false;
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Err(self.wrong("the file is cut off inside a string"));
            }
            // Before this, octets are parts of an escape.
            let mut from = usize::from(escaped);
            let end = memchr::memchr2_iter(b'"', b'\\', rest).find(|&at| {
                if at < from {
                    return false;
                }
                let ends = rest.get(at) == Some(&b'"');
                from = if ends { from } else { at + 2 };
                ends
            });
            let held = rest.len();
            escaped = from > held;
            self.pass(end.map_or(held, |at| at + 1));
            if end.is_some() {
                return Ok(());
            }
        }
    }
}
