//! Absolute URLs, as browsers write them.
//!
//! Browsers hand over URLs that are already parsed and serialised by the WHATWG URL Standard; the
//! command normalises what people type with a full implementation first. [`Url`] is for reading such
//! URLs, and for following a `Location` ([`Url::join`]), so it knows the special schemes (http, https,
//! ws, wss, ftp) thoroughly and takes any other (`about:`, `chrome:`, `moz-extension:`) as it is.
//!
//! # Not supported
//!
//! Host names outside ASCII need IDNA tables: such input gives `None`. `file:` URLs are not joined.

use std::fmt;

use serde::{Deserialize, Serialize};

mod host;
mod parse;
mod secrets;
mod users;

#[cfg(test)]
mod tests;

pub(crate) use parse::push_percent;
pub use secrets::{text_without_secrets, without_secrets as octets_without_secrets};
pub(crate) use users::from_hexadecimal;
pub use users::without_users;

/// An absolute URL in WHATWG serialisation. Ordered and compared by its text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(try_from = "String", into = "String")]
pub struct Url {
    href: String,
    parts: Parts,
}

/// Positions in `href`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Parts {
    /// Where the `:` after the scheme is.
    scheme_end: usize,
    host: (usize, usize),
    host_kind: HostKind,
    port: Option<u16>,
    /// Where the path begins (after authority, or after the colon of an opaque URL).
    path: usize,
    /// Where `?` is, or what follows the path.
    query: usize,
    /// Where `#` is, or the end.
    fragment: usize,
}

/// What kind of host a URL has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostKind {
    /// No host: `about:blank`, `data:…`.
    None,
    /// A name.
    Domain,
    /// An IPv4 address.
    Ipv4,
    /// An IPv6 address, in brackets.
    Ipv6,
}

/// The text is no absolute URL, or has a host name outside ASCII.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an absolute URL")]
pub struct NotAUrl;

impl Url {
    /// Parses an absolute URL and brings it into its serialised form.
    pub fn parse(text: &str) -> Option<Self> {
        parse::absolute(text)
    }

    /// Resolves `reference` against this URL, as a browser does with a link (WHATWG URL, "basic URL
    /// parser" with a base). `None` where that fails, or where this URL has no special scheme and
    /// `reference` is relative.
    pub fn join(&self, reference: &str) -> Option<Self> {
        parse::with_base(self, reference)
    }

    /// The whole URL.
    pub fn as_str(&self) -> &str {
        &self.href
    }

    /// The scheme in lower case, without the colon.
    pub fn scheme(&self) -> &str {
        self.slice(0, self.parts.scheme_end)
    }

    /// Host without port, IPv6 in brackets; empty where there is none.
    pub fn host(&self) -> &str {
        self.slice(self.parts.host.0, self.parts.host.1)
    }

    /// Which kind of host it is.
    pub const fn host_kind(&self) -> HostKind {
        self.parts.host_kind
    }

    /// Whether the host is an IP address.
    pub const fn host_is_ip(&self) -> bool {
        matches!(self.parts.host_kind, HostKind::Ipv4 | HostKind::Ipv6)
    }

    /// The port, where one is written: never the default of the scheme.
    pub const fn port(&self) -> Option<u16> {
        self.parts.port
    }

    /// The port that a connection goes to; `None` for schemes without one.
    pub fn effective_port(&self) -> Option<u16> {
        self.parts.port.or_else(|| default_port(self.scheme()))
    }

    /// The path, beginning with `/` for special schemes; without query.
    pub fn path(&self) -> &str {
        self.slice(self.parts.path, self.parts.query)
    }

    /// The query without its `?`, where there is one.
    pub fn query(&self) -> Option<&str> {
        self.slice(self.parts.query, self.parts.fragment).strip_prefix('?')
    }

    /// The fragment without its `#`, where there is one.
    pub fn fragment(&self) -> Option<&str> {
        self.slice(self.parts.fragment, self.href.len()).strip_prefix('#')
    }

    /// The serialised origin (`https://example.com:8443`); `null` for schemes without one.
    pub fn origin(&self) -> String {
        if default_port(self.scheme()).is_none() {
            return "null".to_owned();
        }
        let port = self.parts.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{}://{}{port}", self.scheme(), self.host())
    }

    /// Whether the scheme is https.
    pub fn is_https(&self) -> bool {
        self.scheme() == "https"
    }

    /// Whether the scheme is http.
    pub fn is_http(&self) -> bool {
        self.scheme() == "http"
    }

    /// Whether the origin is potentially trustworthy (Secure Contexts §3.1): https and wss, and any
    /// scheme on the loopback hosts `localhost`, `*.localhost`, `127.0.0.0/8` and `[::1]`.
    pub fn is_potentially_trustworthy(&self) -> bool {
        matches!(self.scheme(), "https" | "wss") || self.is_loopback()
    }

    /// Whether the host is the machine itself: `localhost`, `*.localhost`, `127.0.0.0/8`, `[::1]`.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        match self.parts.host_kind {
            HostKind::None => false,
            HostKind::Ipv4 => host.starts_with("127."),
            HostKind::Ipv6 => host == "[::1]",
            HostKind::Domain => {
                let name = host.strip_suffix('.').unwrap_or(host);
                name == "localhost" || name.ends_with(".localhost")
            }
        }
    }

    /// The URL without user, password and fragment: what a report may show.
    #[must_use]
    pub fn without_secrets(&self) -> Self {
        Self::parse(&secrets::cut(&self.href)).unwrap_or_else(|| self.clone())
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.href.get(start..end).unwrap_or_default()
    }
}

/// The default port of a special scheme; `None` for every other.
fn default_port(scheme: &str) -> Option<u16> {
    match scheme {
        "http" | "ws" => Some(80),
        "https" | "wss" => Some(443),
        "ftp" => Some(21),
        _ => None,
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.href)
    }
}

impl fmt::Debug for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Url({})", self.href)
    }
}

impl TryFrom<String> for Url {
    type Error = NotAUrl;

    fn try_from(text: String) -> Result<Self, NotAUrl> {
        Self::parse(&text).ok_or(NotAUrl)
    }
}

impl From<Url> for String {
    fn from(url: Url) -> Self {
        url.href
    }
}

impl std::str::FromStr for Url {
    type Err = NotAUrl;

    fn from_str(text: &str) -> Result<Self, NotAUrl> {
        Self::parse(text).ok_or(NotAUrl)
    }
}
