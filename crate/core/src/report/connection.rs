//! The page's connection, as facts of a report and as text.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::text::clean;
use crate::check::why;
use crate::evidence::{Connection, ConnectionState, Observed, Reason, Transparency};
use crate::fact::{CertificateFact, Facts};

/// The connection that the page came over. What is null the browser did not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConnectionJson {
    /// `secure`, `weak`, `broken` or `insecure`.
    pub state: ConnectionState,
    /// The browser said so itself; false: it follows from a page that loaded over https.
    pub stated: bool,
    /// Kind of certificate error that the person went past, in the browser's word.
    pub overridden: Option<String>,
    /// Negotiated protocol.
    pub protocol: Option<String>,
    /// Negotiated cipher suite.
    pub cipher_suite: Option<String>,
    /// Key-exchange group.
    pub key_exchange_group: Option<String>,
    /// Signature scheme of the handshake.
    pub signature_scheme: Option<String>,
    /// Encrypted Client Hello was used.
    pub encrypted_client_hello: Option<bool>,
    /// Certificate Transparency: `compliant`, `not-enough-timestamps`, `not-diverse`, `not-applicable`.
    pub transparency: Option<Transparency>,
    /// The certificates, leaf first; Chromium tells the leaf alone.
    pub certificates: Option<Vec<CertificateJson>>,
    /// Why the protocol and what goes with it are null.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Reason>,
}

/// What one certificate says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CertificateJson {
    /// Whether it could be read. If not, the rest is empty.
    pub readable: bool,
    /// Common name of the subject.
    pub subject: String,
    /// Common name of the issuer.
    pub issuer: String,
    /// DNS names and IP addresses that it is made for.
    pub names: Vec<String>,
    /// Valid from (RFC 3339).
    pub not_before: String,
    /// Valid until (RFC 3339).
    pub not_after: String,
    /// Kind of key, size in bits.
    pub key: String,
    /// Signature algorithm.
    pub signature: String,
    /// It is a root that comes with the browser; null where the browser does not tell.
    pub built_in_root: Option<bool>,
}

impl CertificateJson {
    fn new(fact: &CertificateFact) -> Self {
        let Some(read) = fact.read() else { return Self::default() };
        Self {
            readable: true,
            subject: read.subject.clone(),
            issuer: read.issuer.clone(),
            names: read.names.clone().unwrap_or_default(),
            not_before: crate::time::rfc3339(read.not_before),
            not_after: crate::time::rfc3339(read.not_after),
            key: read.key.words(),
            signature: read.signature.clone(),
            built_in_root: read.built_in_root,
        }
    }
}

impl ConnectionJson {
    /// Of an https page whose connection was seen.
    pub(super) fn new(facts: &Facts<'_>) -> Option<Self> {
        let connection: &Connection = facts.connection().seen()?;
        if connection.state == ConnectionState::Insecure {
            return None;
        }
        let text = |word: &Observed<String>| word.as_ref().seen().cloned();
        let certificates = facts.certificates.as_ref().seen();
        Some(Self {
            state: connection.state,
            stated: connection.stated,
            overridden: connection.overridden.clone(),
            protocol: text(&connection.protocol),
            cipher_suite: text(&connection.cipher_suite),
            key_exchange_group: text(&connection.key_exchange_group),
            signature_scheme: text(&connection.signature_scheme),
            encrypted_client_hello: connection.encrypted_client_hello.seen(),
            transparency: connection.transparency.seen(),
            certificates: certificates.map(|chain| chain.iter().map(CertificateJson::new).collect()),
            why: match connection.protocol {
                Observed::Seen(_) => None,
                Observed::Unseen(reason) => Some(reason),
            },
        })
    }

    /// What was told, in rows of label and value.
    pub fn rows(&self) -> Vec<(&'static str, String)> {
        let mut rows = Vec::new();
        for (label, value) in [
            ("Version", &self.protocol),
            ("Cipher suite", &self.cipher_suite),
            ("Key exchange", &self.key_exchange_group),
            ("Signature", &self.signature_scheme),
            ("Overridden", &self.overridden),
        ] {
            rows.extend(value.as_ref().map(|value| (label, value.clone())));
        }
        let ech = self.encrypted_client_hello.map(|used| if used { "used" } else { "not used" });
        rows.extend(ech.map(|word| ("ECH", word.to_owned())));
        let transparency = self.transparency.map(|told| match told {
            Transparency::Compliant => "the browser’s policy is met",
            Transparency::NotEnoughTimestamps => "too few timestamps",
            Transparency::NotDiverse => "timestamps of too few logs",
            Transparency::NotApplicable => "not asked for here",
        });
        rows.extend(transparency.map(|words| ("Transparency", words.to_owned())));
        for (n, certificate) in self.certificates.iter().flatten().enumerate() {
            rows.push((if n == 0 { "Certificate" } else { "Issued by" }, certificate.words()));
        }
        rows
    }

    /// Why there is no more, and where there is.
    pub fn missing(&self) -> Option<(&'static str, &'static str)> {
        let reason = self.why?;
        let how = if self.certificates.is_some() {
            "Firefox tells it."
        } else {
            "Firefox tells it; Chromium tells the certificate with chrome://flags/#web-request-security-info."
        };
        Some((why(reason), if reason == Reason::NotExposedByThisBrowser { how } else { "" }))
    }

    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "\nConnection")?;
        for (label, value) in self.rows() {
            writeln!(out, "  {label:<13} {}", clean(&value))?;
        }
        if let Some((why, how)) = self.missing() {
            writeln!(out, "  TLS details   not observed. {why} {how}")?;
        }
        Ok(())
    }
}

impl CertificateJson {
    fn words(&self) -> String {
        if !self.readable {
            return "can not be read".to_owned();
        }
        let day = |time: &str| time.split('T').next().unwrap_or_default().to_owned();
        let root = if self.built_in_root == Some(true) { "; a root of the browser" } else { "" };
        format!(
            "{}, {}, {}, until {}{root}",
            if self.subject.is_empty() {
                self.names.first().map_or("(no name)", String::as_str)
            } else {
                &self.subject
            },
            self.key,
            self.signature,
            day(&self.not_after),
        )
    }
}
