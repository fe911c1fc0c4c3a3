//! Firefox's reading: one pass from left to right, `name [= value] *( ; name [= value] )`.
//!
//! Differs from Chromium: names and values may be empty; a quoted string holds only printable ASCII,
//! SP and HTAB, and a `\` in it stays where it is, so that it voids a max-age; a max-age of 2^64 and
//! more is void.

use super::{Collector, Policy, Void, VoidReason, misplaced, text};
use crate::field::Span;
use crate::field::octets::{is_ows, is_tchar};

/// Firefox keeps no policy for longer than a hundred years.
const LONGEST: u64 = 3_153_600_000;

pub(super) fn read(field: &[u8], whole: Span) -> Result<Policy, Void> {
    let mut cursor = Cursor { field, at: whole.start, end: whole.end };
    let mut collector = Collector::default();
    // The whole field is parsed before any directive is looked at: bad syntax at the end comes first.
    let mut directives = vec![cursor.directive()?];
    while cursor.accept(|octet| octet == b';') {
        directives.push(cursor.directive()?);
    }
    if cursor.at < cursor.end {
        return Err(cursor.unexpected(directives.last()));
    }
    for directive in directives {
        let named = directive.name.of(field);
        if named.eq_ignore_ascii_case(b"max-age") {
            collector.expect_first_max_age(directive.name)?;
            let Some(value) = directive.value else {
                return Err(Void { reason: VoidReason::MaxAgeEmpty, span: directive.name });
            };
            collector.max_age(seconds(field, value)?);
        } else if named.eq_ignore_ascii_case(b"includeSubDomains") {
            collector.include_subdomains(directive.name)?;
            if let Some(value) = directive.value {
                return Err(Void { reason: VoidReason::IncludeSubDomainsValue, span: value });
            }
        }
    }
    collector.finish(whole.end, LONGEST)
}

struct Directive {
    name: Span,
    /// Without the quotes, escapes untouched.
    value: Option<Span>,
}

struct Cursor<'a> {
    field: &'a [u8],
    at: usize,
    end: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<u8> {
        if self.at < self.end { self.field.get(self.at).copied() } else { None }
    }

    fn accept(&mut self, wanted: impl Fn(u8) -> bool) -> bool {
        let found = self.peek().is_some_and(wanted);
        self.at += usize::from(found);
        found
    }

    fn run(&mut self, wanted: impl Fn(u8) -> bool) -> Span {
        let start = self.at;
        while self.accept(&wanted) {}
        Span::new(start, self.at)
    }

    fn directive(&mut self) -> Result<Directive, Void> {
        self.run(is_ows);
        let name = self.run(is_tchar);
        self.run(is_ows);
        let mut value = None;
        if self.accept(|octet| octet == b'=') {
            self.run(is_ows);
            value = Some(if self.accept(|octet| octet == b'"') {
                self.quoted_string()?
            } else {
                self.run(is_tchar)
            });
            self.run(is_ows);
        }
        Ok(Directive { name, value })
    }

    /// The content of the quoted string whose opening quote has just been passed.
    fn quoted_string(&mut self) -> Result<Span, Void> {
        let start = self.at;
        loop {
            match self.peek() {
                Some(b'"') => {
                    let inside = Span::new(start, self.at);
                    self.at += 1;
                    return Ok(inside);
                }
                Some(b'\\') => {
                    self.at += 1;
                    // A quoted-pair takes any ASCII octet, also a control (RFC 6797 cites RFC 2616).
                    if !self.accept(|octet| octet.is_ascii()) {
                        return Err(self.bad_string(start));
                    }
                }
                Some(b' '..=b'~' | b'\t') => self.at += 1,
                _ => return Err(self.bad_string(start)),
            }
        }
    }

    fn bad_string(&self, start: usize) -> Void {
        if self.at < self.end {
            return Void { reason: VoidReason::QuotedOctet, span: Span::new(self.at, self.at + 1) };
        }
        Void { reason: VoidReason::Quote, span: Span::new(start.saturating_sub(1), self.end) }
    }

    /// What is wrong with the octet at the cursor, where a `;` or the end was due.
    fn unexpected(&self, last: Option<&Directive>) -> Void {
        let until = Span::new(self.at, self.end).of(self.field).iter().position(|&octet| octet == b';');
        let rest = Span::new(self.at, until.map_or(self.end, |length| self.at + length));
        let before = self.at.checked_sub(1).and_then(|before| self.field.get(before));
        if before.is_some_and(|&octet| is_ows(octet)) && self.peek().is_some_and(is_tchar) {
            // Step back on the space, so that the word itself is named.
            let none = VoidReason::ExtraWord { word: String::new() };
            return misplaced(self.field, rest, self.at - 1, none);
        }
        let reason = match last {
            Some(Directive { name, value: Some(_) }) => {
                VoidReason::ValueNotToken { name: text(self.field, *name) }
            }
            Some(Directive { name, value: None }) => {
                VoidReason::NameNotToken { name: text(self.field, Span::new(name.start, rest.end)) }
            }
            None => VoidReason::NameNotToken { name: text(self.field, rest) },
        };
        misplaced(self.field, rest, self.at, reason)
    }
}

fn seconds(field: &[u8], value: Span) -> Result<u64, Void> {
    let written = value.of(field);
    if written.is_empty() {
        return Err(Void { reason: VoidReason::MaxAgeEmpty, span: value });
    }
    let mut seconds: Option<u64> = Some(0);
    for &octet in written {
        if !octet.is_ascii_digit() {
            let reason = VoidReason::MaxAgeNotDigits { value: text(field, value) };
            return Err(Void { reason, span: value });
        }
        let digit = u64::from(octet - b'0');
        seconds = seconds.and_then(|sum| sum.checked_mul(10)?.checked_add(digit));
    }
    seconds
        .ok_or_else(|| Void { reason: VoidReason::MaxAgeTooLarge { value: text(field, value) }, span: value })
}
