//! Certificates, read from their DER.
//!
//! What a server sends is hostile until proven otherwise: everything is bounded, and a
//! certificate that can not be read is a fact of its own ([`CertificateFact::Unreadable`]).

mod der;
mod key;
mod names;
mod signature;
#[cfg(test)]
mod tests;

pub use key::KeyKind;
pub use signature::SignatureHash;

use base64ct::{Base64, Encoding as _};

use self::der::{BIT_STRING, Der, INTEGER, OID, SEQUENCE, SET, explicit};
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

    /// Reads a certificate.
    pub fn new(certificate: &Certificate) -> Self {
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
        let octets = Base64::decode_vec(base64).ok()?;
        // Certificate and TBSCertificate (RFC 5280 §4.1).
        let mut outermost = Der(&octets);
        let mut parts = Der(outermost.expect(SEQUENCE)?);
        let mut body = Der(parts.expect(SEQUENCE)?);
        let mut algorithm = Der(parts.expect(SEQUENCE)?);
        parts.expect(BIT_STRING)?;
        if !outermost.0.is_empty() || !parts.0.is_empty() {
            return None;
        }
        body.optional(explicit(0));
        body.expect(INTEGER)?;
        body.expect(SEQUENCE)?;
        let issuer = body.expect(SEQUENCE)?;
        let mut validity = Der(body.expect(SEQUENCE)?);
        let subject = body.expect(SEQUENCE)?;
        let key = body.expect(SEQUENCE)?;
        let mut moment = || validity.next().and_then(|(tag, octets)| der::time(tag, octets));
        let (not_before, not_after) = (moment()?, moment()?);
        let (signature, hash) = signature::read(&mut algorithm)?;
        Some(Self {
            subject: common_name(subject)?,
            issuer: common_name(issuer)?,
            self_issued: subject == issuer,
            names: names::read(&names::extensions(body)?),
            not_before,
            not_after,
            key: key::read(key)?,
            signature,
            hash,
            built_in_root: certificate.built_in_root,
        })
    }
}

/// The common name; some roots have none, but are known by their unit or their organization (X.520: 3, 11, 10). None
/// where it is no name.
fn common_name(name: &[u8]) -> Option<String> {
    let mut known: [Option<String>; 3] = [None, None, None];
    for set in Der(name).all(SET)? {
        for attribute in Der(set).all(SEQUENCE)? {
            let mut attribute = Der(attribute);
            let kind = attribute.expect(OID)?;
            let (tag, octets) = attribute.next()?;
            let place = match kind {
                [0x55, 4, 3] => 0,
                [0x55, 4, 11] => 1,
                [0x55, 4, 10] => 2,
                _ => continue,
            };
            if let Some(place @ None) = known.get_mut(place) {
                *place = directory_string(tag, octets);
            }
        }
    }
    Some(known.into_iter().flatten().next().unwrap_or_default().chars().take(MAX_NAME).collect())
}

/// `DirectoryString` (RFC 5280 §4.1.2.4), of which no certificate has a universal one.
fn directory_string(tag: u8, octets: &[u8]) -> Option<String> {
    match tag {
        // UTF8String, PrintableString, TeletexString.
        0x0c | 0x13 | 0x14 => String::from_utf8(octets.to_vec()).ok(),
        // BMPString: two octets a letter.
        0x1e => {
            let units = octets.chunks(2).map(|pair| <[u8; 2]>::try_from(pair).map(u16::from_be_bytes));
            String::from_utf16(&units.collect::<Result<Vec<_>, _>>().ok()?).ok()
        }
        _ => None,
    }
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
