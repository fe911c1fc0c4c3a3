//! What a server accepts besides what it agreed to with the page's own connection.
//!
//! No browser tells it: a live audit asks (docs/live.md). The feature `offers` has it, so that the extension's modules
//! are without.

use serde::{Deserialize, Serialize};

use super::{Observed, Reason};
use crate::words::words;

/// The answers of one server, asked with one hello for each version and one for each weak suite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Offers {
    /// Its host, which was also the name in the hello (RFC 6066 §3).
    pub host: String,
    /// Its port.
    pub port: u16,
    /// The versions that were asked for, each once, the oldest first.
    pub versions: Vec<VersionOffer>,
}

/// What a server says to one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VersionOffer {
    /// The version.
    pub version: OfferedVersion,
    /// Whether the server answers a hello that offers this version alone with a hello of this version. An alert, a close
    /// and a hello of another version are `false`; where none of them came, why.
    pub accepted: Observed<bool>,
    /// What came in the place of a hello of this version, in the recorder's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead: Option<String>,
    /// Suites outside the guideline that the server chose, by their IANA names, in the order in which it chose them.
    /// Those of TLS 1.3 are not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub weak_suites: Vec<String>,
    /// Why it may accept more weak suites than these; absent where it refused the rest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub more: Option<Reason>,
}

words! {
    /// A version of TLS that is asked for; the words are the browsers'.
    pub enum OfferedVersion {
        /// RFC 2246.
        Tls10 = "TLSv1",
        /// RFC 4346.
        Tls11 = "TLSv1.1",
        /// RFC 5246.
        Tls12 = "TLSv1.2",
        /// RFC 8446.
        Tls13 = "TLSv1.3",
    }
}

impl OfferedVersion {
    /// All of them, the oldest first.
    pub const ALL: [Self; 4] = [Self::Tls10, Self::Tls11, Self::Tls12, Self::Tls13];

    /// As people write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tls10 => "TLS 1.0",
            Self::Tls11 => "TLS 1.1",
            Self::Tls12 => "TLS 1.2",
            Self::Tls13 => "TLS 1.3",
        }
    }

    /// Whether RFC 8996 forbids it.
    pub fn is_obsolete(self) -> bool {
        self < Self::Tls12
    }
}

impl Offers {
    /// `HOST:PORT`.
    pub fn place(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }
}
