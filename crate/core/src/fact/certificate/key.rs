//! Public keys and their sizes.

use super::der::{BIT_STRING, Der, INTEGER, OID, SEQUENCE, oid};

/// A public key, sizes in bits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyKind {
    /// RSA with a modulus of this size.
    Rsa(u32),
    /// An elliptic curve of this size.
    Ec(u32),
    /// Ed25519 or Ed448.
    EdDsa,
    /// Anything else, by object identifier.
    Other(String),
}

impl KeyKind {
    /// In words: `RSA, 1024 bits`.
    pub fn words(&self) -> String {
        match self {
            Self::Rsa(bits) => format!("RSA, {bits} bits"),
            Self::Ec(bits) => format!("elliptic curve, {bits} bits"),
            Self::EdDsa => "EdDSA".to_owned(),
            Self::Other(oid) => format!("algorithm {oid}"),
        }
    }
}

/// rsaEncryption (RFC 3279) and id-RSASSA-PSS (RFC 4055).
const RSA: [&str; 2] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10"];
/// id-ecPublicKey (RFC 5480).
const EC: &str = "1.2.840.10045.2.1";
/// id-Ed25519 and id-Ed448 (RFC 8410).
const EDDSA: [&str; 2] = ["1.3.101.112", "1.3.101.113"];

/// Named curves and the bits of their order.
const CURVES: &[(&str, u32)] = &[
    ("1.2.840.10045.3.1.1", 192),
    ("1.2.840.10045.3.1.7", 256),
    ("1.3.132.0.8", 160),
    ("1.3.132.0.9", 160),
    ("1.3.132.0.10", 256),
    ("1.3.132.0.30", 160),
    ("1.3.132.0.31", 192),
    ("1.3.132.0.32", 224),
    ("1.3.132.0.33", 224),
    ("1.3.132.0.34", 384),
    ("1.3.132.0.35", 521),
    ("1.3.36.3.3.2.8.1.1.1", 160),
    ("1.3.36.3.3.2.8.1.1.3", 192),
    ("1.3.36.3.3.2.8.1.1.5", 224),
    ("1.3.36.3.3.2.8.1.1.7", 256),
    ("1.3.36.3.3.2.8.1.1.9", 320),
    ("1.3.36.3.3.2.8.1.1.11", 384),
    ("1.3.36.3.3.2.8.1.1.13", 512),
];

/// Kind and size of a `SubjectPublicKeyInfo` (RFC 5280 §4.1.2.7); none where it is none.
pub(super) fn read(info: &[u8]) -> Option<KeyKind> {
    let mut info = Der(info);
    let mut algorithm = Der(info.expect(SEQUENCE)?);
    let kind = oid(algorithm.expect(OID)?)?;
    // The first octet says how many bits of the last do not count.
    let (unused, key) = info.expect(BIT_STRING)?.split_first()?;
    let known = if RSA.contains(&kind.as_str()) {
        if *unused == 0 { modulus_bits(key).map(KeyKind::Rsa) } else { None }
    } else if kind == EC {
        algorithm.expect(OID).and_then(oid).and_then(|curve| {
            CURVES.iter().find(|(known, _)| *known == curve).map(|&(_, bits)| KeyKind::Ec(bits))
        })
    } else if EDDSA.contains(&kind.as_str()) {
        Some(KeyKind::EdDsa)
    } else {
        None
    };
    Some(known.unwrap_or(KeyKind::Other(kind)))
}

/// Size of the modulus in an `RSAPublicKey` (RFC 8017 §A.1.1).
fn modulus_bits(octets: &[u8]) -> Option<u32> {
    let mut fields = Der(Der(octets).expect(SEQUENCE)?);
    let modulus = fields.expect(INTEGER)?;
    fields.expect(INTEGER)?;
    // A number that is not negative may begin with an octet of zeros.
    let octets = match modulus {
        [0, rest @ ..] => rest,
        [0x80..=0xff, ..] => return None,
        all => all,
    };
    let first = octets.first()?;
    let bits = octets.len().checked_mul(8)?;
    u32::try_from(bits).ok()?.checked_sub(first.leading_zeros())
}
