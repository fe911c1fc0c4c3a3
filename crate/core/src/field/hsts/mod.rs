//! Strict-Transport-Security (RFC 6797 §6.1) as each browser reads it.
//!
//! The browsers agree on nearly everything and are stricter than most people think: one misplaced
//! comma or a repeated `max-age` voids the whole field. Where they differ is said at the place where
//! it happens, in `chromium.rs` and `firefox.rs`.
//!
//! # Not supported
//!
//! Over http, and over TLS that the browser did not accept, both ignore the field (RFC 6797 §8.1);
//! that is for the caller to know.

use super::octets::{isomorphic_decode, trim_ows};
use super::{Engine, Span};

mod chromium;
mod firefox;
#[cfg(test)]
mod tests;

/// What a browser does with the Strict-Transport-Security fields of one response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// There was no such field.
    Absent,
    /// The field that decides breaks the syntax: it is ignored as a whole, and a policy that the
    /// browser already holds stays (RFC 6797 §6.1 requirement 4, §8.1).
    Void(Void),
    /// `max-age=0`: the browser forgets the host (RFC 6797 §6.1.1).
    Delete {
        /// Whether `includeSubDomains` stood in the field too; without effect.
        include_subdomains: bool,
    },
    /// The browser notes the host as a Known HSTS Host.
    InForce {
        /// Seconds, as capped by this browser: at most 31,536,000 in Chromium and 3,153,600,000 in
        /// Firefox.
        max_age: u64,
        /// Whether sub-domains are covered (RFC 6797 §6.1.2).
        include_subdomains: bool,
    },
}

impl Reading {
    /// `(max_age, include_subdomains)` where the field puts HSTS in force.
    pub const fn in_force(&self) -> Option<(u64, bool)> {
        match *self {
            Self::InForce { max_age, include_subdomains } => Some((max_age, include_subdomains)),
            _ => None,
        }
    }
}

/// Why a field is void, and which octets of it are to blame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct Void {
    /// What is wrong, with its facts.
    pub reason: VoidReason,
    /// The offending octets in the field that decides (the first); empty where something is missing.
    pub span: Span,
}

/// What makes a Strict-Transport-Security field void. Texts are the offending octets, isomorphically
/// decoded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VoidReason {
    /// No `max-age`, also where the field is empty.
    #[error("max-age is missing (RFC 6797 §6.1.1)")]
    MaxAgeMissing,
    /// `max-age` with no or an empty value.
    #[error("max-age has no value (RFC 6797 §6.1.1)")]
    MaxAgeEmpty,
    /// `max-age` is not a whole number of seconds written in digits.
    #[error("max-age is not a number of seconds: {value} (RFC 6797 §6.1.1)")]
    MaxAgeNotDigits {
        /// The value as written, without quotes.
        value: String,
    },
    /// `max-age` does not fit in 64 bits; Firefox only.
    #[error("max-age is too large a number: {value} (RFC 6797 §6.1.1)")]
    MaxAgeTooLarge {
        /// The digits as written.
        value: String,
    },
    /// The same directive twice.
    #[error("{directive} appears more than once (RFC 6797 §6.1, requirement 2)")]
    Repeated {
        /// `max-age` or `includeSubDomains`.
        directive: &'static str,
    },
    /// `includeSubDomains` with a value, even an empty one.
    #[error("includeSubDomains takes no value (RFC 6797 §6.1.2)")]
    IncludeSubDomainsValue,
    /// A comma outside quotes, often two fields joined into one.
    #[error("a comma separates nothing here, directives end with a semicolon (RFC 6797 §6.1)")]
    Comma,
    /// A word after a complete directive: a forgotten semicolon.
    #[error("unexpected word {word}, a semicolon may be missing before it (RFC 6797 §6.1)")]
    ExtraWord {
        /// The word.
        word: String,
    },
    /// A directive with an empty name; Chromium only.
    #[error("a directive has no name before its equals sign (RFC 6797 §6.1)")]
    NameEmpty,
    /// A directive whose name is no token.
    #[error("{name} is not a valid directive name (RFC 6797 §6.1)")]
    NameNotToken {
        /// The name as written.
        name: String,
    },
    /// An equals sign with nothing after it; Chromium only.
    #[error("{name} has an equals sign and no value (RFC 6797 §6.1)")]
    ValueEmpty {
        /// The directive's name.
        name: String,
    },
    /// A value that is neither a token nor a quoted string.
    #[error("the value of {name} has characters that need quotes (RFC 6797 §6.1)")]
    ValueNotToken {
        /// The directive's name.
        name: String,
    },
    /// A quoted string that is not closed, or text after its end, or a quote where none may be.
    #[error("a quotation mark is out of place (RFC 6797 §6.1, quoted-string)")]
    Quote,
    /// A control or non-ASCII octet in a quoted string; Firefox only.
    #[error("a quoted value holds an octet that is not printable ASCII (RFC 6797 §6.1, quoted-string)")]
    QuotedOctet,
    /// NUL, CR or LF: no field can hold them, the load fails or the line ends there.
    #[error("a field can not contain NUL, CR or LF (RFC 9110 §5.5)")]
    LineOctet,
}

/// The reading of all Strict-Transport-Security fields of one response, in the order received.
///
/// The first field decides, even when it is empty or void (RFC 6797 §8.1).
pub fn read(engine: Engine, fields: &[&[u8]]) -> Reading {
    let Some(&field) = fields.first() else {
        return Reading::Absent;
    };
    let whole = trim_ows(field, Span::new(0, field.len()));
    if let Some(at) = field.iter().position(|octet| matches!(octet, 0 | b'\r' | b'\n')) {
        return void(VoidReason::LineOctet, Span::new(at, at + 1));
    }
    let outcome = match engine {
        Engine::Chromium => chromium::read(field, whole),
        Engine::Firefox => firefox::read(field, whole),
    };
    match outcome {
        Err(void) => Reading::Void(void),
        Ok(Policy { max_age: 0, include_subdomains }) => Reading::Delete { include_subdomains },
        Ok(Policy { max_age, include_subdomains }) => Reading::InForce { max_age, include_subdomains },
    }
}

/// A field that holds: seconds as capped, and the flag.
struct Policy {
    max_age: u64,
    include_subdomains: bool,
}

/// The two directives while they are being collected. Both must appear at most once.
#[derive(Default)]
struct Collector {
    max_age: Option<u64>,
    include_subdomains: bool,
}

impl Collector {
    fn max_age(&mut self, seconds: u64) {
        self.max_age = Some(seconds);
    }

    /// Refuses the second `max-age`, even when the two agree.
    fn expect_first_max_age(&self, name: Span) -> Result<(), Void> {
        if self.max_age.is_some() {
            return Err(Void { reason: VoidReason::Repeated { directive: "max-age" }, span: name });
        }
        Ok(())
    }

    fn include_subdomains(&mut self, name: Span) -> Result<(), Void> {
        if self.include_subdomains {
            return Err(Void { reason: VoidReason::Repeated { directive: "includeSubDomains" }, span: name });
        }
        self.include_subdomains = true;
        Ok(())
    }

    fn finish(self, end: usize, cap: u64) -> Result<Policy, Void> {
        match self.max_age {
            Some(max_age) => {
                Ok(Policy { max_age: max_age.min(cap), include_subdomains: self.include_subdomains })
            }
            None => Err(Void { reason: VoidReason::MaxAgeMissing, span: Span::new(end, end) }),
        }
    }
}

fn void(reason: VoidReason, span: Span) -> Reading {
    Reading::Void(Void { reason, span })
}

/// The octets as text for a message.
fn text(field: &[u8], span: Span) -> String {
    isomorphic_decode(span.of(field))
}

/// Why an unquoted `value` with an octet that is no token octet at `at` is wrong, in the words that
/// help most: a comma, a forgotten semicolon, a quote, or plainly another character.
fn misplaced(field: &[u8], value: Span, at: usize, otherwise: VoidReason) -> Void {
    match field.get(at) {
        Some(b',') => Void { reason: VoidReason::Comma, span: Span::new(at, at + 1) },
        Some(b'"') => Void { reason: VoidReason::Quote, span: Span::new(at, at + 1) },
        Some(b' ' | b'\t') => {
            let rest = trim_ows(field, Span::new(at, value.end));
            let length = rest.of(field).iter().take_while(|octet| !matches!(octet, b' ' | b'\t')).count();
            let word = Span::new(rest.start, rest.start + length);
            Void { reason: VoidReason::ExtraWord { word: text(field, word) }, span: word }
        }
        _ => Void { reason: otherwise, span: value },
    }
}
