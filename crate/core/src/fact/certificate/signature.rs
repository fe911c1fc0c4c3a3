//! Signature algorithms and the hashes in them.

use super::der::{Der, OID, SEQUENCE, explicit, oid};

/// The hash under a certificate's signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureHash {
    /// MD2 or MD5: certificates with a chosen hash were made in 2008.
    Md5,
    /// SHA-1: two files of one hash were shown in 2017.
    Sha1,
    /// SHA-224 and up.
    Sha2,
}

use SignatureHash::{Md5, Sha1, Sha2};

/// Object identifiers, their names, and the hash (RFC 3279, RFC 4055, RFC 5758, RFC 8410).
const ALGORITHMS: &[(&str, &str, Option<SignatureHash>)] = &[
    ("1.2.840.113549.1.1.2", "md2WithRSAEncryption", Some(Md5)),
    ("1.2.840.113549.1.1.4", "md5WithRSAEncryption", Some(Md5)),
    ("1.2.840.113549.1.1.5", "sha1WithRSAEncryption", Some(Sha1)),
    ("1.3.14.3.2.29", "sha1WithRSASignature", Some(Sha1)),
    ("1.2.840.113549.1.1.14", "sha224WithRSAEncryption", Some(Sha2)),
    ("1.2.840.113549.1.1.11", "sha256WithRSAEncryption", Some(Sha2)),
    ("1.2.840.113549.1.1.12", "sha384WithRSAEncryption", Some(Sha2)),
    ("1.2.840.113549.1.1.13", "sha512WithRSAEncryption", Some(Sha2)),
    ("1.2.840.10040.4.3", "dsa-with-sha1", Some(Sha1)),
    ("1.2.840.10045.4.1", "ecdsa-with-SHA1", Some(Sha1)),
    ("1.2.840.10045.4.3.1", "ecdsa-with-SHA224", Some(Sha2)),
    ("1.2.840.10045.4.3.2", "ecdsa-with-SHA256", Some(Sha2)),
    ("1.2.840.10045.4.3.3", "ecdsa-with-SHA384", Some(Sha2)),
    ("1.2.840.10045.4.3.4", "ecdsa-with-SHA512", Some(Sha2)),
    ("1.3.101.112", "Ed25519", None),
    ("1.3.101.113", "Ed448", None),
];

/// id-RSASSA-PSS, whose parameters name the hash.
const PSS: &str = "1.2.840.113549.1.1.10";
/// Hashes inside these parameters.
const HASHES: &[(&str, &str, SignatureHash)] = &[
    ("1.3.14.3.2.26", "SHA-1", Sha1),
    ("2.16.840.1.101.3.4.2.1", "SHA-256", Sha2),
    ("2.16.840.1.101.3.4.2.2", "SHA-384", Sha2),
    ("2.16.840.1.101.3.4.2.3", "SHA-512", Sha2),
];

/// Name and hash of an `AlgorithmIdentifier` (RFC 5280 §4.1.1.2); none where it is none.
pub(super) fn read(algorithm: &mut Der<'_>) -> Option<(String, Option<SignatureHash>)> {
    let oid = oid(algorithm.expect(OID)?)?;
    if oid == PSS {
        let hash = algorithm.expect(SEQUENCE).and_then(pss_hash);
        let known = hash.and_then(|hash| HASHES.iter().find(|(oid, _, _)| *oid == hash));
        return Some(match known {
            Some((_, name, hash)) => (format!("RSASSA-PSS with {name}"), Some(*hash)),
            None => ("RSASSA-PSS".to_owned(), None),
        });
    }
    Some(match ALGORITHMS.iter().find(|(known, _, _)| *known == oid) {
        Some((_, name, hash)) => ((*name).to_owned(), *hash),
        None => (oid, None),
    })
}

/// `hashAlgorithm [0] EXPLICIT DEFAULT sha1` of RSASSA-PSS-params (RFC 4055 §3.1); `content`
/// is what is inside the SEQUENCE.
fn pss_hash(content: &[u8]) -> Option<String> {
    match Der(content).optional(explicit(0)) {
        Some(hash) => oid(Der(Der(hash).expect(SEQUENCE)?).expect(OID)?),
        None => Some("1.3.14.3.2.26".to_owned()),
    }
}
