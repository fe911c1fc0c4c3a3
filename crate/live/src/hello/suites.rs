//! The cipher suites that a hello offers.

use https_audit_core::evidence::OfferedVersion;
use https_audit_core::fact::suite_weakness;
use rustls::CipherSuite;

/// A cipher suite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suite {
    /// Its number on the wire.
    pub number: u16,
    /// Its IANA name.
    pub name: String,
}

impl Suite {
    /// The guideline leaves it out.
    pub fn is_weak(&self) -> bool {
        suite_weakness(&self.name).is_some()
    }
}

/// What no server of the web has without a secret that it shares with this program, what was never more than a draft, and
/// signals that are no suites.
const NOT_ASKED: &[&str] =
    &["PSK", "SRP", "KRB5", "ECCPWD", "FORTEZZA", "_draft", "_SCSV", "TLS_NULL_WITH_NULL_NULL", "_FIPS_"];

/// Endings of suites that came with TLS 1.2: authenticated encryption, and digests of their own.
const SINCE_TLS_1_2: &[&str] = &["_SHA256", "_SHA384", "_CCM", "_CCM_8", "_GCM"];

/// Every suite of a version that a certificate, or nothing, is enough for, by number.
pub fn of_version(version: OfferedVersion) -> Vec<Suite> {
    (0..=u16::MAX).filter_map(|number| suite(version, number)).collect()
}

fn suite(version: OfferedVersion, number: u16) -> Option<Suite> {
    let name = CipherSuite::from(number).as_str()?;
    // The library's own spelling of TLS 1.3's.
    let of_tls_1_3 = name.strip_prefix("TLS13_");
    if of_tls_1_3.is_some() != (version == OfferedVersion::Tls13)
        || NOT_ASKED.iter().any(|mark| name.contains(mark))
    {
        return None;
    }
    let came_later = SINCE_TLS_1_2.iter().any(|end| name.ends_with(end));
    if version.is_obsolete() && came_later {
        return None;
    }
    let name = of_tls_1_3.map_or_else(|| name.to_owned(), |rest| format!("TLS_{rest}"));
    Some(Suite { number, name })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_has_its_own() {
        let of = |version| of_version(version).into_iter().map(|suite| suite.name).collect::<Vec<_>>();
        let current = of(OfferedVersion::Tls13);
        assert_eq!(current.first().map(String::as_str), Some("TLS_AES_128_GCM_SHA256"));
        assert_eq!(current.len(), 5);
        let (old, tls_1_2) = (of(OfferedVersion::Tls10), of(OfferedVersion::Tls12));
        assert_eq!(old, of(OfferedVersion::Tls11));
        assert!(old.iter().all(|name| tls_1_2.contains(name)));
        for name in [
            "TLS_RSA_WITH_RC4_128_MD5",
            "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
            "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA",
            "TLS_DH_anon_WITH_AES_128_CBC_SHA",
            "TLS_ECDHE_RSA_WITH_NULL_SHA",
            "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA",
            "TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA",
        ] {
            assert!(old.iter().any(|known| known == name), "{name}");
        }
        for name in [
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_RSA_WITH_AES_256_CCM_8",
            "TLS_DHE_RSA_WITH_AES_256_CBC_SHA256",
            "TLS_RSA_WITH_NULL_SHA256",
        ] {
            assert!(tls_1_2.iter().any(|known| known == name), "{name}");
            assert!(!old.iter().any(|known| known == name), "{name}");
        }
        assert!(
            tls_1_2.iter().all(|name| name.starts_with("TLS_") && name.contains("_WITH_")),
            "{tls_1_2:?}"
        );
        assert!(tls_1_2.len() > 150, "{}", tls_1_2.len());
    }

    #[test]
    fn the_guideline_decides_what_is_weak() {
        let strong: Vec<String> = of_version(OfferedVersion::Tls12)
            .into_iter()
            .filter(|suite| !suite.is_weak())
            .map(|suite| suite.name)
            .collect();
        assert_eq!(strong.len(), 6, "{strong:?}");
        assert!(of_version(OfferedVersion::Tls10).iter().all(Suite::is_weak));
    }
}
