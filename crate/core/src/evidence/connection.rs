//! The browser's own word on a connection.

use serde::{Deserialize, Serialize};

use super::Observed;
use crate::words::words;

/// What the browser said of the connection that a response came over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Connection {
    /// Whether the browser trusts it.
    pub state: ConnectionState,
    /// `true`: the browser said so itself (`securityInfo`). `false`: the page loaded
    /// over https without an error, which the browser only does with a certificate that
    /// it, or the person, accepted.
    pub stated: bool,
    /// Kind of certificate error that the person overrode, in the browser's word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overridden: Option<String>,
    /// Negotiated protocol, such as `TLSv1.3`.
    pub protocol: Observed<String>,
    /// Negotiated cipher suite, by its IANA name.
    pub cipher_suite: Observed<String>,
    /// Key-exchange group, such as `X25519MLKEM768`.
    pub key_exchange_group: Observed<String>,
    /// Signature scheme of the handshake, such as `ECDSA-P256-SHA256`.
    pub signature_scheme: Observed<String>,
    /// Encrypted Client Hello was used.
    pub encrypted_client_hello: Observed<bool>,
    /// Certificate Transparency, in the browser's judgement.
    pub transparency: Observed<Transparency>,
    /// The certificates, leaf first. Chromium tells only the leaf.
    pub certificates: Observed<Vec<Certificate>>,
}

words! {
    /// The browsers' words for a connection's state.
    pub enum ConnectionState {
        /// Encrypted, certificate accepted.
        Secure = "secure",
        /// Encrypted with something the browser itself calls weak.
        Weak = "weak",
        /// The certificate has an error that was overridden.
        Broken = "broken",
        /// Not encrypted.
        Insecure = "insecure",
    }
}

words! {
    /// What the browser says of Certificate Transparency (RFC 6962).
    pub enum Transparency {
        /// The browser's policy is met.
        Compliant = "compliant",
        /// Too few timestamps.
        NotEnoughTimestamps = "not-enough-timestamps",
        /// Enough timestamps, of too few logs or operators.
        NotDiverse = "not-diverse",
        /// The browser asks for none here (a root of the person's own, say).
        NotApplicable = "not-applicable",
    }
}

/// One certificate as the browser gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// The certificate's DER, in base64.
    pub der: String,
    /// It is a root that comes with the browser; absent where the browser does not tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub built_in_root: Option<bool>,
}
