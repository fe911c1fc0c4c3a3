//! The words of a cipher string that stand for many suites (OpenSSL, `ciphers(1)`).

use super::suite::{Authentication as Au, Encryption as Enc, Exchange as Kx, Mac, Suite, Version};

/// Words that name suites which OpenSSL no longer has in any form, and those of TLS 1.3, which a cipher string does not
/// choose: they change nothing.
const WITHOUT_EFFECT: &[&str] = &[
    "kECDHr",
    "kECDHe",
    "kDHr",
    "kDHd",
    "kDH",
    "aDH",
    "aECDH",
    "aECDHr",
    "aECDHe",
    "kKRB5",
    "aKRB5",
    "KRB5",
    "kFZA",
    "aFZA",
    "eFZA",
    "FZA",
    "SSLv2",
    "RC2",
    "DH-RSA",
    "DH-DSS",
    "kGOST",
    "kGOST18",
    "aGOST",
    "aGOST01",
    "aGOST12",
    "aGOST94",
    "GOST",
    "GOST89",
    "GOST94",
    "GOST89MAC",
    "GOST12",
    "GOST2012",
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_CCM_SHA256",
    "TLS_AES_128_CCM_8_SHA256",
    "TLS13-AES-128-GCM-SHA256",
    "TLS13-AES-256-GCM-SHA384",
    "TLS13-CHACHA20-POLY1305-SHA256",
    "TLS-AES-128-GCM-SHA256",
    "TLS-AES-256-GCM-SHA384",
    "TLS-CHACHA20-POLY1305-SHA256",
];

/// Beginnings of suites' names that OpenSSL gave up with 1.1.0: fixed Diffie-Hellman, Kerberos.
const GIVEN_UP: &[&str] = &["ECDH-RSA-", "ECDH-ECDSA-", "DH-RSA-", "DH-DSS-", "KRB5-", "EXP-KRB5-"];

/// Whether a word is known to change nothing.
pub fn has_no_effect(word: &str) -> bool {
    WITHOUT_EFFECT.contains(&word) || GIVEN_UP.iter().any(|begin| word.starts_with(begin))
}

/// Whether a word stands for a suite; none where the word is unknown. Words are told apart by case, as OpenSSL does.
pub fn matches(word: &str, suite: &Suite) -> Option<bool> {
    Some(match word {
        "ALL" => suite.encryption != Enc::Null,
        "COMPLEMENTOFALL" | "eNULL" | "NULL" => suite.encryption == Enc::Null,
        "COMPLEMENTOFDEFAULT" => suite.encryption != Enc::Null && !is_default(suite),
        "HIGH" => suite.encryption != Enc::Null && !suite.is_left_out(),
        "MEDIUM" => matches!(suite.encryption, Enc::TripleDes | Enc::Seed | Enc::Idea | Enc::Rc4),
        "LOW" | "DES" => suite.encryption == Enc::Des,
        "EXP" | "EXPORT" | "EXPORT40" => suite.encryption == Enc::Export,
        "EXPORT56" => false,
        "SSLv3" => suite.since == Version::Ssl3,
        "TLSv1" | "TLSv1.0" => suite.since == Version::Tls10,
        "TLSv1.2" => suite.since == Version::Tls12,
        "CBC" => is_cbc(suite.encryption),
        _ => return exchange(word, suite).or_else(|| encryption(word, suite)).or_else(|| mac(word, suite)),
    })
}

/// In the list that OpenSSL 1.1.0 and later use where nothing is said.
pub fn is_default(suite: &Suite) -> bool {
    use Enc::{
        Aes128Ccm, Aes128Ccm8, Aes256Ccm, Aes256Ccm8, Aria128Gcm, Aria256Gcm, Camellia128, Camellia256, Null,
    };
    let rare = matches!(
        suite.encryption,
        Aes128Ccm
            | Aes128Ccm8
            | Aes256Ccm
            | Aes256Ccm8
            | Aria128Gcm
            | Aria256Gcm
            | Camellia128
            | Camellia256
            | Null
    );
    !rare && !suite.is_left_out() && !matches!(suite.authentication, Au::Null | Au::Dss)
}

const fn is_cbc(encryption: Enc) -> bool {
    use Enc::{Aes128Cbc, Aes256Cbc, Camellia128, Camellia256, Des, Export, Idea, Seed, TripleDes};
    matches!(
        encryption,
        Aes256Cbc | Aes128Cbc | Camellia256 | Camellia128 | TripleDes | Seed | Idea | Des | Export
    )
}

/// Words about key exchange and authentication.
fn exchange(word: &str, suite: &Suite) -> Option<bool> {
    let (kx, au) = (suite.exchange, suite.authentication);
    Some(match word {
        "kRSA" => kx == Kx::Rsa,
        "RSA" => kx == Kx::Rsa && au == Au::Rsa,
        "kEDH" | "kDHE" | "DH" => kx == Kx::Dhe,
        "EDH" | "DHE" => kx == Kx::Dhe && au != Au::Null,
        "ADH" => kx == Kx::Dhe && au == Au::Null,
        "kEECDH" | "kECDHE" | "ECDH" => kx == Kx::Ecdhe,
        "EECDH" | "ECDHE" => kx == Kx::Ecdhe && au != Au::Null,
        "AECDH" => kx == Kx::Ecdhe && au == Au::Null,
        "kPSK" => kx == Kx::Psk,
        "kECDHEPSK" => kx == Kx::EcdhePsk,
        "kDHEPSK" => kx == Kx::DhePsk,
        "kRSAPSK" => kx == Kx::RsaPsk,
        "PSK" => matches!(kx, Kx::Psk | Kx::EcdhePsk | Kx::DhePsk | Kx::RsaPsk),
        "kSRP" | "SRP" => kx == Kx::Srp,
        "aRSA" => au == Au::Rsa,
        "aDSS" | "DSS" => au == Au::Dss,
        "aNULL" => au == Au::Null,
        "aECDSA" | "ECDSA" => au == Au::Ecdsa,
        "aPSK" => au == Au::Psk,
        "aSRP" => au == Au::Srp,
        _ => return None,
    })
}

/// Words about encryption.
fn encryption(word: &str, suite: &Suite) -> Option<bool> {
    use Enc::{
        Aes128Cbc, Aes128Ccm, Aes128Ccm8, Aes128Gcm, Aes256Cbc, Aes256Ccm, Aes256Ccm8, Aes256Gcm, Aria128Gcm,
        Aria256Gcm, Camellia128, Camellia256, Chacha20, Idea, Rc4, Seed, TripleDes,
    };
    let enc = suite.encryption;
    let aes128 = matches!(enc, Aes128Cbc | Aes128Gcm | Aes128Ccm | Aes128Ccm8);
    let aes256 = matches!(enc, Aes256Cbc | Aes256Gcm | Aes256Ccm | Aes256Ccm8);
    Some(match word {
        "AES128" => aes128,
        "AES256" => aes256,
        "AES" => aes128 || aes256,
        "AESGCM" => matches!(enc, Aes128Gcm | Aes256Gcm),
        "AESCCM" => matches!(enc, Aes128Ccm | Aes256Ccm | Aes128Ccm8 | Aes256Ccm8),
        "AESCCM8" => matches!(enc, Aes128Ccm8 | Aes256Ccm8),
        "CHACHA20" => enc == Chacha20,
        "ARIA" | "ARIAGCM" => matches!(enc, Aria128Gcm | Aria256Gcm),
        "ARIA128" => enc == Aria128Gcm,
        "ARIA256" => enc == Aria256Gcm,
        "CAMELLIA" => matches!(enc, Camellia128 | Camellia256),
        "CAMELLIA128" => enc == Camellia128,
        "CAMELLIA256" => enc == Camellia256,
        "3DES" => enc == TripleDes,
        "SEED" => enc == Seed,
        "IDEA" => enc == Idea,
        "RC4" => enc == Rc4,
        _ => return None,
    })
}

/// Words about the digest.
fn mac(word: &str, suite: &Suite) -> Option<bool> {
    Some(match word {
        "MD5" => suite.mac == Mac::Md5,
        "SHA" | "SHA1" => suite.mac == Mac::Sha1,
        "SHA256" => suite.mac == Mac::Sha256,
        "SHA384" => suite.mac == Mac::Sha384,
        _ => return None,
    })
}
