//! Content-Security-Policy (CSP3 §2.2.1, §2.2.2): policies, directives and source expressions.
//!
//! Browsers split a field at every comma into policies, each at its semicolons into directives, and these at white
//! space into a name and values. Nothing of it can fail: what no browser reads is kept here with the reason
//! ([`State`]), and a source expression that matches nothing is [`Source::Invalid`].
//!
//! # Not supported
//!
//! Which directive answers for which request is a fact (`fact/csp.rs`), and so is what several policies allow together.

mod source;
#[cfg(test)]
mod tests;

pub use source::{Host, Keyword, Source, classify, is_ip_address, is_slip};

use super::Span;

/// One policy of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Where it stands in the field, without white space around it.
    pub span: Span,
    /// Its directives in order, also those that browsers pass over.
    pub directives: Vec<Directive>,
}

/// One directive; the spans are of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The name as written.
    pub name: Span,
    /// From its first value to the end of the last; empty where it has none.
    pub value: Span,
    /// What browsers do with it.
    pub state: State,
}

/// What browsers do with a directive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It counts, if they know its name.
    Counts,
    /// Its name stood before in the same policy: the first one counts (CSP3 §2.2.1, step 2.5).
    Repeated,
    /// It has an octet outside ASCII (step 2.2).
    NotAscii,
}

/// How well a directive's name is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// It is in force in at least one of the browsers.
    Current,
    /// It once was, or was to be.
    Deprecated,
    /// It is no directive.
    Unknown,
}

/// Directives in force, in lower case.
const CURRENT: [&str; 26] = [
    "base-uri",
    "child-src",
    "connect-src",
    "default-src",
    "fenced-frame-src",
    "font-src",
    "form-action",
    "frame-ancestors",
    "frame-src",
    "img-src",
    "manifest-src",
    "media-src",
    "object-src",
    "report-to",
    "report-uri",
    "require-trusted-types-for",
    "sandbox",
    "script-src",
    "script-src-attr",
    "script-src-elem",
    "style-src",
    "style-src-attr",
    "style-src-elem",
    "trusted-types",
    "upgrade-insecure-requests",
    "worker-src",
];

/// Directives that browsers no longer have, or never had outside a trial.
const DEPRECATED: [&str; 9] = [
    "block-all-mixed-content",
    "disown-opener",
    "navigate-to",
    "plugin-types",
    "prefetch-src",
    "referrer",
    "reflected-xss",
    "require-sri-for",
    "webrtc",
];

/// How well browsers know a directive's name; its case does not matter.
pub fn known(name: &[u8]) -> Known {
    let among = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known.as_bytes()));
    if among(&CURRENT) {
        Known::Current
    } else if among(&DEPRECATED) {
        Known::Deprecated
    } else {
        Known::Unknown
    }
}

/// Whether browsers read source expressions in a directive of this name.
pub fn has_sources(name: &[u8]) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = |end: &[u8]| name.ends_with(end);
    ends(b"-src")
        || ends(b"-src-elem")
        || ends(b"-src-attr")
        || matches!(&name[..], b"base-uri" | b"form-action" | b"frame-ancestors")
}

/// The policies of one field, in order. An empty one is kept, though browsers drop it.
pub fn policies(field: &[u8]) -> Vec<Policy> {
    let mut policies = Vec::new();
    let mut start = 0;
    for piece in field.split(|&octet| octet == b',') {
        let whole = Span::new(start, start + piece.len());
        policies.push(policy(field, whole));
        start = whole.end + 1;
    }
    policies
}

/// One policy, commas and all: what a `meta` element holds (HTML, "Content security policy state", parses no list;
/// Firefox neither, Chromium does).
pub fn policy(field: &[u8], whole: Span) -> Policy {
    let mut policy = Policy { span: trim(field, whole), directives: Vec::new() };
    let mut start = whole.start;
    for piece in whole.of(field).split(|&octet| octet == b';') {
        let span = trim(field, Span::new(start, start + piece.len()));
        start += piece.len() + 1;
        let text = span.of(field);
        if text.is_empty() {
            continue;
        }
        let length = text.iter().position(u8::is_ascii_whitespace).unwrap_or(text.len());
        let name = Span::new(span.start, span.start + length);
        let state = if !text.is_ascii() {
            State::NotAscii
        } else if policy.find(field, name.of(field)).is_some() {
            State::Repeated
        } else {
            State::Counts
        };
        let value = trim(field, Span::new(name.end, span.end));
        policy.directives.push(Directive { name, value, state });
    }
    policy
}

impl Policy {
    /// The directive of this name that counts.
    pub fn find(&self, field: &[u8], name: &[u8]) -> Option<&Directive> {
        self.directives.iter().find(|directive| directive.state == State::Counts && directive.is(field, name))
    }
}

impl Directive {
    /// Whether it has this name; case does not matter.
    pub fn is(&self, field: &[u8], name: &[u8]) -> bool {
        self.name.of(field).eq_ignore_ascii_case(name)
    }

    /// Where its values stand: source expressions, mostly.
    pub fn values(&self, field: &[u8]) -> Vec<Span> {
        let mut values = Vec::new();
        let mut start = self.value.start;
        for word in self.value.of(field).split(u8::is_ascii_whitespace) {
            if !word.is_empty() {
                values.push(Span::new(start, start + word.len()));
            }
            start += word.len() + 1;
        }
        values
    }
}

/// `span` without ASCII white space at its ends (Infra: TAB, LF, FF, CR, SPACE).
fn trim(field: &[u8], span: Span) -> Span {
    let text = span.of(field);
    let start = span.start + (text.len() - text.trim_ascii_start().len());
    Span::new(start, start + text.trim_ascii().len())
}
