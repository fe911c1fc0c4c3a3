//! Set-Cookie (RFC 6265bis §4.1, §5.6, §5.7) as each browser reads and stores it.
//!
//! [`parts`] says what was written, [`read`] what a browser does with it as the first cookie of a
//! first-party navigation, [`mask`] takes the secret out and keeps everything that matters to both.
//!
//! # Not supported
//!
//! The jar: overwriting, the limit of cookies a site, and the rule that an http response can not shadow a
//! Secure cookie (RFC 6265bis §5.7 step 15) need to know what is stored. Cookies in another site's
//! context: both browsers have policies of their own there.

use serde::{Deserialize, Serialize};

use super::Engine;
use crate::url::Url;

mod chromium;
mod domain;
mod firefox;
mod mask;
mod parts;
mod prefix;
#[cfg(test)]
mod tests;

pub use mask::{mask, masked_for_display};
pub use parts::{Attribute, AttributeKind, Parts, parts};
pub use prefix::NamePrefix;

/// Where and when a Set-Cookie field was received.
#[derive(Clone, Copy)]
pub struct SetContext<'a> {
    /// The URL of the response.
    pub url: &'a Url,
    /// The time of receipt, in seconds since 1970.
    pub now: i64,
    /// The response's `Date` ([`super::cookie_date::response_date`]), in seconds since 1970: both
    /// browsers correct `Expires` by it.
    pub response_date: Option<i64>,
    /// The registrable domain of a name (lower case, no dot at either end): its public suffix and one label
    /// more, private section included; `None` for a public suffix and for a name of one label.
    pub registrable_domain: &'a dyn for<'h> Fn(&'h str) -> Option<&'h str>,
}

impl std::fmt::Debug for SetContext<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("SetContext")
            .field("url", &self.url)
            .field("now", &self.now)
            .field("response_date", &self.response_date)
            .finish_non_exhaustive()
    }
}

/// What a browser does with a Set-Cookie field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stores this.
    Accepted(StoredCookie),
    /// It stores nothing.
    Rejected(Rejection),
}

impl Verdict {
    /// The stored cookie, where there is one.
    pub const fn cookie(&self) -> Option<&StoredCookie> {
        match self {
            Self::Accepted(cookie) => Some(cookie),
            Self::Rejected(_) => None,
        }
    }

    /// The reason of refusal, where it was refused.
    pub const fn rejection(&self) -> Option<Rejection> {
        match *self {
            Self::Accepted(_) => None,
            Self::Rejected(rejection) => Some(rejection),
        }
    }
}

/// A cookie as it stands in a browser's jar, without its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StoredCookie {
    /// The name, isomorphically decoded (one character is one octet); empty for a nameless cookie.
    pub name: String,
    /// The number of octets of the value as stored: Firefox replaces what is no UTF-8 by U+FFFD, three
    /// octets each.
    pub value_length: usize,
    /// The domain in lower case without leading dot; an IPv6 address stands in brackets.
    pub domain: String,
    /// Whether it goes to exactly this host, not to its sub-domains.
    pub host_only: bool,
    /// The path, isomorphically decoded.
    pub path: String,
    /// `Secure`.
    pub secure: bool,
    /// `HttpOnly`.
    pub http_only: bool,
    /// `SameSite`, as stored: not what a browser makes of an unspecified one.
    pub same_site: SameSite,
    /// `Partitioned` (CHIPS).
    pub partitioned: bool,
    /// When it expires, in seconds since 1970, at most 400 days after receipt; `None` for a session
    /// cookie.
    pub expires_at: Option<i64>,
}

/// The `SameSite` attribute (RFC 6265bis §5.6.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum SameSite {
    /// Only in requests from the same site.
    Strict,
    /// Also in top-level navigations from other sites.
    Lax,
    /// In all requests; the cookie must be Secure.
    None,
    /// Absent, empty or unknown. Chromium treats it as Lax, Firefox as None.
    Unspecified,
}

impl SameSite {
    fn from_value(value: &[u8]) -> Self {
        if value.eq_ignore_ascii_case(b"strict") {
            Self::Strict
        } else if value.eq_ignore_ascii_case(b"lax") {
            Self::Lax
        } else if value.eq_ignore_ascii_case(b"none") {
            Self::None
        } else {
            Self::Unspecified
        }
    }
}

/// Why a browser refuses a cookie; where several reasons hold, the one that it finds first.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, thiserror::Error,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rejection {
    /// Neither name nor value (RFC 6265bis §5.6).
    #[error("it has neither name nor value")]
    Empty,
    /// A value without a name: Firefox refuses it always, Chromium where the value holds an `=`.
    #[error("it has no name")]
    Nameless,
    /// A control character in name, value or an attribute (RFC 6265bis §5.6).
    #[error("it holds a control character")]
    ControlOctet,
    /// Name and value are longer than 4,096 octets together (RFC 6265bis §5.6).
    #[error("name and value are longer than 4,096 octets together")]
    TooLarge,
    /// A Domain that is not the host nor a parent of it, or no domain name at all (RFC 6265bis §5.7).
    #[error("its Domain is not the host or a parent of the host")]
    DomainMismatch,
    /// A Domain that is a public suffix (RFC 6265bis §5.7).
    #[error("its Domain is a public suffix")]
    DomainPublicSuffix,
    /// The path holds a tab; Firefox only.
    #[error("its Path holds a tab")]
    PathInvalid,
    /// The name's prefix demands attributes that it lacks (RFC 6265bis §4.1.3).
    #[error("its name prefix demands attributes that it lacks")]
    PrefixViolated,
    /// A nameless cookie whose value begins with a name prefix (RFC 6265bis §5.7); Chromium only.
    #[error("it has no name and a value that looks like a prefixed name")]
    PrefixInValue,
    /// `SameSite=None` without `Secure` (RFC 6265bis §5.7).
    #[error("SameSite=None needs Secure")]
    SameSiteNoneNotSecure,
    /// `Partitioned` without `Secure` (CHIPS).
    #[error("Partitioned needs Secure")]
    PartitionedNotSecure,
    /// `Secure` from an origin that is not trustworthy (RFC 6265bis §5.7).
    #[error("a Secure cookie can not be set over http")]
    SecureOverHttp,
    /// It was already expired: nothing is stored, and a cookie of the same name is deleted.
    #[error("it is already expired, which deletes it")]
    Expired,
}

impl Rejection {
    /// The code used in JSON, lower case with hyphens.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Nameless => "nameless",
            Self::ControlOctet => "control-octet",
            Self::TooLarge => "too-large",
            Self::DomainMismatch => "domain-mismatch",
            Self::DomainPublicSuffix => "domain-public-suffix",
            Self::PathInvalid => "path-invalid",
            Self::PrefixViolated => "prefix-violated",
            Self::PrefixInValue => "prefix-in-value",
            Self::SameSiteNoneNotSecure => "same-site-none-not-secure",
            Self::PartitionedNotSecure => "partitioned-not-secure",
            Self::SecureOverHttp => "secure-over-http",
            Self::Expired => "expired",
        }
    }
}

/// Both browsers keep no cookie for longer than 400 days (RFC 6265bis §5.5), in seconds.
pub const LONGEST_LIFETIME: i64 = 34_560_000;

/// The most octets of name and value together (RFC 6265bis §5.6).
const MOST_OCTETS: usize = 4096;

/// The most octets of an attribute's value (RFC 6265bis §5.6).
const MOST_ATTRIBUTE_OCTETS: usize = 1024;

/// What `engine` does with the Set-Cookie field value `set_cookie` received as in `cx`.
pub fn read(engine: Engine, set_cookie: &[u8], cx: &SetContext<'_>) -> Verdict {
    let outcome = match engine {
        Engine::Chromium => chromium::read(set_cookie, cx),
        Engine::Firefox => firefox::read(set_cookie, cx),
    };
    match outcome {
        Ok(cookie) => Verdict::Accepted(cookie),
        Err(rejection) => Verdict::Rejected(rejection),
    }
}

/// When a cookie ends, before it is compared with now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expiry {
    Session,
    At(i64),
    /// Before any time.
    Past,
}

impl Expiry {
    /// `seconds` after now.
    const fn after(now: i64, seconds: i64) -> Self {
        if seconds <= 0 { Self::Past } else { Self::At(now.saturating_add(seconds)) }
    }

    /// A date in `Expires`, shifted by how far the server's clock is off.
    fn at(date: i64, cx: &SetContext<'_>) -> Self {
        let shift = cx.response_date.map_or(0, |date| cx.now.saturating_sub(date));
        Self::At(date.saturating_add(shift))
    }

    /// What is stored: `None` for a session cookie.
    fn capped(self, now: i64) -> Result<Option<i64>, Rejection> {
        match self {
            Self::Session => Ok(None),
            Self::At(at) if at > now => Ok(Some(at.min(now.saturating_add(LONGEST_LIFETIME)))),
            Self::At(_) | Self::Past => Err(Rejection::Expired),
        }
    }
}

/// The path up to its last slash (RFC 6265bis §5.1.4).
fn default_path(url: &Url) -> &str {
    match url.path().rsplit_once('/') {
        None | Some(("", _)) => "/",
        Some((directory, _)) => directory,
    }
}
