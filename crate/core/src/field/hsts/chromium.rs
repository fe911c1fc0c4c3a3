//! Chromium's reading: split at `;` outside quotes, then name and value of each piece.
//!
//! Differs from Firefox: `foo=` and `=bar` void the field; anything may stand in a quoted value and
//! `\` unescapes there, also in max-age; a max-age of 2^64 and more is just large.

use super::{Collector, Policy, Void, VoidReason, misplaced, text};
use crate::field::Span;
use crate::field::octets::{is_tchar, trim_ows};

/// Chromium keeps no policy for longer than a year.
const LONGEST: u64 = 31_536_000;

pub(super) fn read(field: &[u8], whole: Span) -> Result<Policy, Void> {
    let mut collector = Collector::default();
    let mut start = whole.start;
    while start < whole.end {
        let end = directive_end(field, start, whole.end);
        let piece = trim_ows(field, Span::new(start, end));
        if !piece.is_empty() {
            directive(field, piece, &mut collector)?;
        }
        start = end + 1;
    }
    collector.finish(whole.end, LONGEST)
}

/// Where the directive that begins at `start` ends: at a `;` that is not quoted, or at the end. A
/// quote may open anywhere, and one that never closes hides all later semicolons.
fn directive_end(field: &[u8], start: usize, end: usize) -> usize {
    let mut quoted = false;
    let mut escaped = false;
    for (offset, &octet) in Span::new(start, end).of(field).iter().enumerate() {
        match (quoted, octet) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => quoted = !quoted,
            (false, b';') => return start + offset,
            _ => {}
        }
    }
    end
}

/// A value without its quotes.
struct Value {
    span: Span,
    text: Vec<u8>,
    quoted: bool,
}

fn directive(field: &[u8], piece: Span, collector: &mut Collector) -> Result<(), Void> {
    let equals = piece.of(field).iter().position(|&octet| octet == b'=').map(|at| piece.start + at);
    let name = trim_ows(field, Span::new(piece.start, equals.unwrap_or(piece.end)));
    let value = match equals {
        Some(equals) => Some(value(field, name, Span::new(equals, piece.end))?),
        None => None,
    };
    let named = name.of(field);
    if named.eq_ignore_ascii_case(b"max-age") {
        collector.expect_first_max_age(name)?;
        let Some(value) = value else {
            return Err(Void { reason: VoidReason::MaxAgeEmpty, span: name });
        };
        collector.max_age(seconds(field, &value)?);
    } else if named.eq_ignore_ascii_case(b"includeSubDomains") {
        if let Some(value) = value {
            return Err(Void { reason: VoidReason::IncludeSubDomainsValue, span: value.span });
        }
        collector.include_subdomains(name)?;
    } else {
        if let Some(at) = named.iter().position(|&octet| !is_tchar(octet)) {
            let reason = VoidReason::NameNotToken { name: text(field, name) };
            return Err(misplaced(field, name, name.start + at, reason));
        }
        if let Some(value) = value.filter(|value| !value.quoted)
            && let Some(at) = value.text.iter().position(|&octet| !is_tchar(octet))
        {
            let reason = VoidReason::ValueNotToken { name: text(field, name) };
            return Err(misplaced(field, value.span, value.span.start + at, reason));
        }
    }
    Ok(())
}

/// The value after the `=` at the start of `rest`.
fn value(field: &[u8], name: Span, rest: Span) -> Result<Value, Void> {
    let equals = Span::new(rest.start, rest.start + 1);
    if name.is_empty() {
        return Err(Void { reason: VoidReason::NameEmpty, span: equals });
    }
    if let Some(at) = name.of(field).iter().position(|&octet| octet == b'"') {
        let at = name.start + at;
        return Err(Void { reason: VoidReason::Quote, span: Span::new(at, at + 1) });
    }
    let span = trim_ows(field, Span::new(equals.end, rest.end));
    let written = span.of(field);
    if written.is_empty() {
        let reason = match name.of(field) {
            name if name.eq_ignore_ascii_case(b"max-age") => VoidReason::MaxAgeEmpty,
            name if name.eq_ignore_ascii_case(b"includeSubDomains") => VoidReason::IncludeSubDomainsValue,
            _ => VoidReason::ValueEmpty { name: text(field, name) },
        };
        return Err(Void { reason, span: equals });
    }
    if written.first() != Some(&b'"') {
        return Ok(Value { span, text: written.to_vec(), quoted: false });
    }
    match unquoted(written) {
        Some(text) => Ok(Value { span, text, quoted: true }),
        None => Err(Void { reason: VoidReason::Quote, span }),
    }
}

/// The content of a quoted string that fills `written`, with `\x` read as `x`.
fn unquoted(written: &[u8]) -> Option<Vec<u8>> {
    let inside = written.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut text = Vec::with_capacity(inside.len());
    let mut escaped = false;
    for &octet in inside {
        match octet {
            b'\\' if !escaped => {
                escaped = true;
                continue;
            }
            // A second string begins, or the first ended too early.
            b'"' if !escaped => return None,
            _ => text.push(octet),
        }
        escaped = false;
    }
    (!escaped).then_some(text)
}

/// Digits only, leading zeros allowed, quoted or not. A number that is too large counts as the longest
/// time.
fn seconds(field: &[u8], value: &Value) -> Result<u64, Void> {
    if value.text.is_empty() {
        return Err(Void { reason: VoidReason::MaxAgeEmpty, span: value.span });
    }
    let mut seconds: u64 = 0;
    for (index, &octet) in value.text.iter().enumerate() {
        if !octet.is_ascii_digit() {
            let reason =
                VoidReason::MaxAgeNotDigits { value: crate::field::octets::isomorphic_decode(&value.text) };
            return Err(if value.quoted || index == 0 {
                Void { reason, span: value.span }
            } else {
                misplaced(field, value.span, value.span.start + index, reason)
            });
        }
        seconds = seconds.saturating_mul(10).saturating_add(u64::from(octet - b'0'));
    }
    Ok(seconds)
}
