//! Certificates, read from their DER.
//!
//! What a server sends is hostile until proven otherwise: everything is bounded, and a
//! certificate that can not be read is a fact of its own ([`CertificateFact::Unreadable`]).

mod key;
mod names;
mod signature;
#[cfg(test)]
mod tests;

pub use key::KeyKind;
pub use signature::SignatureHash;

use base64ct::{Base64, Encoding as _};
use x509_cert::der::Decode as _;
use x509_cert::ext::pkix::name::DirectoryString;
use x509_cert::name::Name;

use crate::evidence::{Certificate, Connection, Observed};

/// Certificates of a chain that are read; servers send 2 to 4.
const MAX_CHAIN: usize = 10;
/// Characters of base64 that are decoded: 64 KB of DER, many times a certificate's size.
const MAX_BASE64: usize = 88 * 1024;
/// Characters kept of a name.
const MAX_NAME: usize = 200;

/// One certificate of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateFact {
    /// What it says.
    Read(Box<X509>),
    /// It is no certificate that this tool can read: broken off, too large, or not DER.
    Unreadable,
}

/// What a certificate says (RFC 5280).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct X509 {
    /// Common name of the subject; where it has none, its unit or organization; empty where it has neither.
    pub subject: String,
    /// Common name of the issuer; likewise.
    pub issuer: String,
    /// Issuer and subject are the same name.
    pub self_issued: bool,
    /// Names it is made for (subjectAltName, DNS and IP); none where they can't be read.
    pub names: Option<Vec<String>>,
    /// Seconds since the epoch from which it is valid.
    pub not_before: i64,
    /// Seconds since the epoch until which it is valid.
    pub not_after: i64,
    /// Kind and size of its public key.
    pub key: KeyKind,
    /// Signature algorithm, such as `sha256WithRSAEncryption`; its object identifier where unknown.
    pub signature: String,
    /// The hash that was signed; none where the algorithm names none, or is unknown.
    pub hash: Option<SignatureHash>,
    /// It is a root that comes with the browser; none where the browser does not tell.
    pub built_in_root: Option<bool>,
}

impl CertificateFact {
    /// What it says, if it can be read.
    pub fn read(&self) -> Option<&X509> {
        match self {
            Self::Read(certificate) => Some(certificate),
            Self::Unreadable => None,
        }
    }

    fn new(certificate: &Certificate) -> Self {
        X509::parse(certificate).map_or(Self::Unreadable, |read| Self::Read(Box::new(read)))
    }
}

impl X509 {
    /// Seconds from its first to its last moment.
    pub const fn lifetime(&self) -> i64 {
        self.not_after.saturating_sub(self.not_before)
    }

    /// Whether it is made for this host (RFC 9525 §6.3); none where its names can't be read.
    /// `host` as in a URL.
    pub fn covers(&self, host: &str) -> Option<bool> {
        self.names.as_ref().map(|all| names::covers(all, host))
    }

    fn parse(certificate: &Certificate) -> Option<Self> {
        let base64 = certificate.der.trim();
        if base64.len() > MAX_BASE64 {
            return None;
        }
        let der = Base64::decode_vec(base64).ok()?;
        let parsed = x509_cert::Certificate::from_der(&der).ok()?;
        let body = parsed.tbs_certificate();
        let seconds = |time: x509_cert::time::Time| i64::try_from(time.to_unix_duration().as_secs()).ok();
        let (signature, hash) = signature::read(parsed.signature_algorithm());
        Some(Self {
            subject: common_name(body.subject()),
            issuer: common_name(body.issuer()),
            self_issued: body.subject() == body.issuer(),
            names: names::read(body),
            not_before: seconds(body.validity().not_before)?,
            not_after: seconds(body.validity().not_after)?,
            key: key::read(body.subject_public_key_info()),
            signature,
            hash,
            built_in_root: certificate.built_in_root,
        })
    }
}

/// The common name; some roots have none, but are known by their unit or their organization.
///
/// Not the whole name as text: for that the library brings a list of all object identifiers, 60 KB.
fn common_name(name: &Name) -> String {
    let text = |text: DirectoryString| text.value().into_owned();
    let common = name.common_name().ok().flatten().map(text);
    let unit = || name.organization_unit().ok().flatten().map(text);
    let organization = || name.organization().ok().flatten().map(text);
    common.or_else(unit).or_else(organization).unwrap_or_default().chars().take(MAX_NAME).collect()
}

pub(super) fn certificates(connection: Observed<&Connection>) -> Observed<Vec<CertificateFact>> {
    let certificates = connection.and_then(|connection| connection.certificates.as_ref());
    certificates.map(|chain| chain.iter().take(MAX_CHAIN).map(CertificateFact::new).collect())
}

impl crate::fact::Facts<'_> {
    /// The browser told of every certificate whether it is a root of its own, and none is: a
    /// private authority, which the CA/Browser Forum does not bind.
    pub fn is_private_authority(&self) -> bool {
        let Observed::Seen(chain) = &self.certificates else { return false };
        let told = |certificate: &CertificateFact| certificate.read().and_then(|read| read.built_in_root);
        !chain.is_empty() && chain.iter().all(|certificate| told(certificate) == Some(false))
    }
}
