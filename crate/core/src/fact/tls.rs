//! What was negotiated, in the browsers' words.

use crate::knowledge::tls_guideline;

/// A TLS version. The order is that of their age.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    /// SSL 2 or 3.
    Ssl,
    /// TLS 1.0.
    Tls10,
    /// TLS 1.1.
    Tls11,
    /// TLS 1.2.
    Tls12,
    /// TLS 1.3.
    Tls13,
}

impl TlsVersion {
    /// `TLSv1.3`, `TLS 1.3`, `TLSv1` (1.0); none for a word that names no version.
    pub fn parse(word: &str) -> Option<Self> {
        let word: String = word.to_ascii_lowercase().chars().filter(|c| !" v_".contains(*c)).collect();
        match word.as_str() {
            "tls1.3" => Some(Self::Tls13),
            "tls1.2" => Some(Self::Tls12),
            "tls1.1" => Some(Self::Tls11),
            "tls1" | "tls1.0" => Some(Self::Tls10),
            other => other.starts_with("ssl").then_some(Self::Ssl),
        }
    }

    /// Whether RFC 8996 (TLS 1.0, 1.1) or RFC 7568 (SSL 3) forbids it.
    pub fn is_obsolete(self) -> bool {
        self < Self::Tls12
    }
}

/// What is weak in a cipher suite that the guideline leaves out.
pub fn suite_weakness(suite: &str) -> Option<&'static str> {
    if tls_guideline::CIPHER_SUITES.contains(&suite) {
        return None;
    }
    let has = |mark: &str| suite.contains(mark);
    Some(if has("_NULL_") {
        "it does not encrypt"
    } else if has("_anon_") {
        "nobody proves who the server is"
    } else if has("RC4") {
        "RC4 can be broken (RFC 7465)"
    } else if has("3DES") || has("_DES_") || has("_IDEA_") {
        "its blocks of 64 bits leak after enough traffic"
    } else if has("_WITH_") && !has("DHE_") {
        "who gets the server's key later can read what was recorded before"
    } else if has("_CBC_") {
        "CBC mode has been attacked many times, and its padding is hard to check safely"
    } else {
        "it is none of the guideline's"
    })
}

/// The same of one that a server accepts besides; browsers no longer know what EXPORT was.
#[cfg(feature = "offers")]
pub fn offered_weakness(suite: &str) -> &'static str {
    if suite.contains("_EXPORT") {
        return "its keys are short enough to be tried out";
    }
    suite_weakness(suite).unwrap_or("it is weak in the eyes of whoever recorded it")
}

/// Whether a key exchange holds against a quantum computer: a hybrid of an elliptic curve and
/// ML-KEM (or its draft, Kyber). None for a word that names no group: Firefox says `none`
/// where no key was exchanged.
pub fn is_hybrid(group: &str) -> Option<bool> {
    let group = group.to_ascii_lowercase();
    if ["", "none", "custom", "unknown group"].contains(&group.as_str()) {
        return None;
    }
    Some(["mlkem", "kyber", "xyber"].iter().any(|mark| group.contains(mark)))
}

#[cfg(test)]
mod tests {
    use super::{TlsVersion, is_hybrid, suite_weakness};

    #[test]
    fn versions_are_read_in_every_spelling() {
        for (word, version) in [
            ("TLSv1.3", Some(TlsVersion::Tls13)),
            ("TLS 1.2", Some(TlsVersion::Tls12)),
            ("TLSv1_1", None),
            ("TLSv1.1", Some(TlsVersion::Tls11)),
            ("TLSv1", Some(TlsVersion::Tls10)),
            ("SSLv3", Some(TlsVersion::Ssl)),
            ("unknown", None),
        ] {
            assert_eq!(TlsVersion::parse(word), version, "{word}");
        }
        assert!(TlsVersion::Tls11.is_obsolete() && !TlsVersion::Tls12.is_obsolete());
    }

    #[test]
    fn suites_outside_the_guideline_are_weak() {
        assert_eq!(suite_weakness("TLS_AES_256_GCM_SHA384"), None);
        assert_eq!(suite_weakness("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"), None);
        for (suite, why) in [
            ("TLS_RSA_WITH_AES_128_GCM_SHA256", "recorded before"),
            ("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "CBC"),
            ("TLS_ECDHE_RSA_WITH_RC4_128_SHA", "RC4"),
            ("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "64 bits"),
            ("TLS_AES_128_CCM_8_SHA256", "guideline"),
            ("TLS_RSA_WITH_NULL_SHA", "not encrypt"),
        ] {
            assert!(suite_weakness(suite).is_some_and(|weakness| weakness.contains(why)), "{suite}");
        }
    }

    #[test]
    fn groups_are_told_in_both_spellings() {
        assert_eq!(is_hybrid("X25519MLKEM768"), Some(true));
        assert_eq!(is_hybrid("mlkem768x25519"), Some(true));
        assert_eq!(is_hybrid("x25519"), Some(false));
        assert_eq!(is_hybrid("none"), None);
    }
}
