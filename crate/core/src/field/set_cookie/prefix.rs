//! Cookie name prefixes (RFC 6265bis §4.1.3 and its later additions).

use serde::{Deserialize, Serialize};

/// A prefix of a cookie's name that binds the cookie to certain attributes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NamePrefix {
    /// `__Secure-`: Secure.
    #[serde(rename = "__Secure-")]
    Secure,
    /// `__Host-`: Secure, no Domain, `Path=/`.
    #[serde(rename = "__Host-")]
    Host,
    /// `__Http-`: Secure and `HttpOnly`.
    #[serde(rename = "__Http-")]
    Http,
    /// `__Host-Http-`: all of these.
    #[serde(rename = "__Host-Http-")]
    HostHttp,
}

impl NamePrefix {
    /// The longest match first: `__Host-Http-` begins like `__Host-`.
    const ALL: [Self; 4] = [Self::HostHttp, Self::Host, Self::Http, Self::Secure];

    /// The prefix of a name, compared without ASCII case as both browsers do, so that no server that
    /// ignores case is fooled by `__HOST-`.
    pub fn of(name: &[u8]) -> Option<Self> {
        Self::ALL.into_iter().find(|prefix| {
            let text = prefix.text().as_bytes();
            name.get(..text.len()).is_some_and(|start| start.eq_ignore_ascii_case(text))
        })
    }

    /// As it is written.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Secure => "__Secure-",
            Self::Host => "__Host-",
            Self::Http => "__Http-",
            Self::HostHttp => "__Host-Http-",
        }
    }

    /// Whether it demands `HttpOnly`.
    pub const fn needs_http_only(self) -> bool {
        matches!(self, Self::Http | Self::HostHttp)
    }

    /// Whether it demands a host-only cookie with path `/`.
    pub const fn needs_host(self) -> bool {
        matches!(self, Self::Host | Self::HostHttp)
    }
}
