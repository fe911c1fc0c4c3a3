//! Cookies as the browser stores them (the `cookies` API of extensions).

use serde::{Deserialize, Serialize};

use crate::words::words;

/// A stored cookie, without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
