//! What a Set-Cookie field says, before anyone judges it.
//!
//! Both browsers split alike (RFC 6265bis §5.6): at every `;`, each piece at its first `=`, SP and HTAB
//! trimmed. Quotes mean nothing.

use crate::field::Span;
use crate::field::octets::trim_ows;

/// A Set-Cookie field taken apart. All spans are of the field value given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// The name, where there is an `=`. It may be empty.
    pub name: Option<Span>,
    /// The value; all of the first piece where there is no `=`.
    pub value: Span,
    /// The attributes in order, repeated and unknown ones included. Pieces without any text are left out.
    pub attributes: Vec<Attribute>,
}

impl Parts {
    /// Whether name and value are longer together than any browser takes (RFC 6265bis §5.6).
    pub const fn is_too_large(&self) -> bool {
        let name = match self.name {
            Some(name) => name.len(),
            None => 0,
        };
        name + self.value.len() > super::MOST_OCTETS
    }
}

/// One attribute as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Which one.
    pub kind: AttributeKind,
    /// Its name as written; may be empty (`=x`).
    pub name: Span,
    /// Its value, where there is an `=`; may be empty.
    pub value: Option<Span>,
}

impl Attribute {
    /// Whether its value is longer than 1,024 octets, so that browsers ignore it (RFC 6265bis
    /// §5.6): Chromium whichever it is, Firefox only Domain, Expires, Max-Age and Path.
    pub fn is_too_long(&self) -> bool {
        self.value.is_some_and(|value| value.len() > super::MOST_ATTRIBUTE_OCTETS)
    }

    /// The value's octets; empty also where there is none, which browsers do not tell apart.
    pub fn value_in<'a>(&self, set_cookie: &'a [u8]) -> &'a [u8] {
        self.value.map_or(&[], |value| value.of(set_cookie))
    }
}

/// The attributes that browsers know, by name without ASCII case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AttributeKind {
    /// `Domain`
    Domain,
    /// `Expires`
    Expires,
    /// `HttpOnly`
    HttpOnly,
    /// `Max-Age`
    MaxAge,
    /// `Partitioned`
    Partitioned,
    /// `Path`
    Path,
    /// `Priority`, known to Chromium.
    Priority,
    /// `SameSite`
    SameSite,
    /// `Secure`
    Secure,
    /// Any other name.
    Unknown,
}

impl AttributeKind {
    fn from_name(name: &[u8]) -> Self {
        const KNOWN: [(&[u8], AttributeKind); 9] = [
            (b"domain", AttributeKind::Domain),
            (b"expires", AttributeKind::Expires),
            (b"httponly", AttributeKind::HttpOnly),
            (b"max-age", AttributeKind::MaxAge),
            (b"partitioned", AttributeKind::Partitioned),
            (b"path", AttributeKind::Path),
            (b"priority", AttributeKind::Priority),
            (b"samesite", AttributeKind::SameSite),
            (b"secure", AttributeKind::Secure),
        ];
        KNOWN
            .iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))
            .map_or(Self::Unknown, |known| known.1)
    }
}

/// Takes a Set-Cookie field value apart. Every input has parts; whether a browser would have them is
/// [`super::read`].
pub fn parts(set_cookie: &[u8]) -> Parts {
    let mut pieces = pieces(set_cookie);
    let (name, value) = match pieces.next() {
        Some(first) => match split_at_equals(set_cookie, first) {
            (name, Some(value)) => (Some(name), value),
            (value, None) => (None, value),
        },
        None => (None, Span::default()),
    };
    let attributes = pieces
        .filter(|&piece| !trim_ows(set_cookie, piece).is_empty())
        .map(|piece| {
            let (name, value) = split_at_equals(set_cookie, piece);
            Attribute { kind: AttributeKind::from_name(name.of(set_cookie)), name, value }
        })
        .collect();
    Parts { name, value, attributes }
}

/// The spans between semicolons; one at least.
fn pieces(field: &[u8]) -> impl Iterator<Item = Span> + '_ {
    let mut start = Some(0);
    std::iter::from_fn(move || {
        let from = start?;
        let rest = Span::new(from, field.len()).of(field);
        let end = rest.iter().position(|&octet| octet == b';').map(|at| from + at);
        start = end.map(|end| end + 1);
        Some(Span::new(from, end.unwrap_or(field.len())))
    })
}

fn split_at_equals(field: &[u8], piece: Span) -> (Span, Option<Span>) {
    match piece.of(field).iter().position(|&octet| octet == b'=') {
        Some(at) => {
            let equals = piece.start + at;
            let value = trim_ows(field, Span::new(equals + 1, piece.end));
            (trim_ows(field, Span::new(piece.start, equals)), Some(value))
        }
        None => (trim_ows(field, piece), None),
    }
}
