//! Cookies as the browser stores them (the `cookies` API of extensions).

use serde::{Deserialize, Serialize};

use crate::words::words;

/// A stored cookie, without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JarCookie {
    /// Its name; empty for a nameless one.
    pub name: String,
    /// Octets of its value.
    pub value_length: usize,
    /// Its domain, without a leading dot.
    pub domain: String,
    /// Sent to exactly this host, not to its sub-domains.
    pub host_only: bool,
    /// Its path.
    pub path: String,
    /// Sent over https only.
    pub secure: bool,
    /// Hidden from scripts.
    pub http_only: bool,
    /// Its `SameSite` attribute.
    pub same_site: SameSiteStored,
    /// Seconds since the epoch at which it ends; none for a session cookie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// Top-level site that it is partitioned by (CHIPS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<String>,
}

/// What became of one cookie while the extension watched, since the browser began: without its values, so that the
/// same cookie set anew and a changed one look alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct JarChange {
    /// Its name; empty for a nameless one.
    pub name: String,
    /// Its domain, without a leading dot.
    pub domain: String,
    /// Sent to exactly this host, not to its sub-domains.
    pub host_only: bool,
    /// Its path.
    pub path: String,
    /// Top-level site that it is partitioned by (CHIPS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<String>,
    /// How often it was set.
    pub set: u32,
    /// What happened last.
    pub last: ChangeCause,
    /// It had `Secure` at least once.
    pub was_secure: bool,
    /// It had `HttpOnly` at least once.
    pub was_http_only: bool,
}

impl JarChange {
    /// Whether both are about one entry of the jar.
    pub fn is_of_same_cookie(&self, other: &Self) -> bool {
        self.name == other.name
            && self.domain == other.domain
            && self.host_only == other.host_only
            && self.path == other.path
            && self.partition == other.partition
    }
}

words! {
    /// What happened to a cookie (`cookies.OnChangedCause`).
    pub enum ChangeCause {
        /// It was set.
        Set = "set",
        /// A script, a response, the person or an extension removed it.
        Removed = "removed",
        /// It ran out, or was set anew with an end in the past.
        Expired = "expired",
        /// The browser made room.
        Evicted = "evicted",
    }
}

words! {
    /// `cookies.SameSiteStatus`.
    pub enum SameSiteStored {
        /// `Strict`.
        Strict = "strict",
        /// `Lax`.
        Lax = "lax",
        /// `None`.
        NoRestriction = "no_restriction",
        /// None was given, or an unknown one.
        Unspecified = "unspecified",
    }
}
