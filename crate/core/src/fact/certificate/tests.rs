//! Reading the certificates of tests/fixtures/certificates, and octets that are none.

use base64ct::{Base64, Encoding as _};
use proptest::prelude::*;

use super::{CertificateFact, KeyKind, SignatureHash, X509};
use crate::evidence::Certificate;

fn der(name: &str) -> String {
    let path = format!("{}/../../tests/fixtures/certificates/{name}.pem", env!("CARGO_MANIFEST_DIR"));
    let pem = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

fn fact(der: String) -> CertificateFact {
    CertificateFact::new(&Certificate { der, built_in_root: None })
}

fn read(name: &str) -> X509 {
    fact(der(name)).read().unwrap_or_else(|| panic!("{name} is readable")).clone()
}

#[test]
fn a_certificate_says_what_openssl_put_in() {
    let good = read("good");
    assert_eq!((good.subject.as_str(), good.issuer.as_str()), ("shop-demo.com", "Test Authority"));
    assert!(!good.self_issued);
    assert_eq!(
        good.names.as_deref(),
        Some(&["shop-demo.com".to_owned(), "www.shop-demo.com".to_owned()][..])
    );
    assert_eq!(crate::time::rfc3339(good.not_before), "2026-10-01T00:00:00Z");
    assert_eq!(crate::time::rfc3339(good.not_after), "2026-12-30T00:00:00Z");
    assert_eq!((&good.key, good.hash), (&KeyKind::Ec(256), Some(SignatureHash::Sha2)));
    assert_eq!(good.signature, "ecdsa-with-SHA256");
    assert_eq!(
        read("address").names.as_deref(),
        Some(&["192.0.2.7".to_owned(), "2001:db8::7".to_owned()][..])
    );
    assert_eq!(read("no-names").covers("shop-demo.com"), Some(false));
    assert!(read("self-signed").self_issued);
}

#[test]
fn keys_and_signatures_are_told() {
    for (name, key) in [
        ("rsa-1024", KeyKind::Rsa(1024)),
        ("rsa-2048", KeyKind::Rsa(2048)),
        ("pss-sha1", KeyKind::Rsa(2048)),
        ("ec-192", KeyKind::Ec(192)),
        ("intermediate", KeyKind::Ec(384)),
        ("ed25519", KeyKind::EdDsa),
    ] {
        assert_eq!(read(name).key, key, "{name}");
    }
    for (name, signature, hash) in [
        ("sha1", "sha1WithRSAEncryption", SignatureHash::Sha1),
        ("md5", "md5WithRSAEncryption", SignatureHash::Md5),
        ("pss-sha1", "RSASSA-PSS with SHA-1", SignatureHash::Sha1),
        ("pss-sha256", "RSASSA-PSS with SHA-256", SignatureHash::Sha2),
        ("rsa-root", "sha256WithRSAEncryption", SignatureHash::Sha2),
    ] {
        let read = read(name);
        assert_eq!((read.signature.as_str(), read.hash), (signature, Some(hash)), "{name}");
    }
}

#[test]
fn what_is_no_certificate_is_unreadable() {
    for der in [der("truncated"), String::new(), "!".into(), "AAAA".into(), "A".repeat(200_000)] {
        assert_eq!(fact(der.clone()), CertificateFact::Unreadable, "{}", der.len());
    }
}

proptest! {
    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        fact(Base64::encode_string(&octets));
    }

    #[test]
    fn no_changed_octet_makes_it_panic(at in 0..900_usize, to in any::<u8>(), cut in 0..900_usize) {
        for name in ["good", "rsa-1024", "pss-sha256"] {
            let mut octets = Base64::decode_vec(&der(name)).expect("a fixture is base64");
            let length = octets.len();
            if let Some(octet) = octets.get_mut(at % length) {
                *octet = to;
            }
            fact(Base64::encode_string(&octets));
            octets.truncate(cut);
            fact(Base64::encode_string(&octets));
        }
    }
}
