//! The throw-away certificate authority: made on start, kept in memory, trusted by nobody but the test.
//!
//! Leaves are ECDSA P-256 with 90 days to live, so that nothing is "expiring". All good leaves share one
//! key, made on demand for whatever name the client asks for: one SPKI hash then covers every host, also
//! those that a test invents. The bad leaves have keys of their own, which are in no list, so that a browser
//! really refuses them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer,
    KeyPair, KeyUsagePurpose, PublicKeyData as _, SerialNumber,
};
use ring::rand::SystemRandom;
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use serde::Deserialize;
use time::{Duration, OffsetDateTime};

use crate::Error;

/// What is right or wrong with a host's certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certificate {
    /// Signed by the demo CA, for this name, in its lifetime.
    Good,
    /// Signed by the demo CA, for this name, over since yesterday.
    Expired,
    /// Signed by the demo CA, for this name, valid from tomorrow.
    NotYetValid,
    /// Signed by another CA, which is given to nobody.
    Untrusted,
    /// Signed by its own key.
    SelfSigned,
    /// Signed by the demo CA for another name.
    NameMismatch,
    /// No TLS at all: the connection is closed before an answer.
    NoTls,
}

/// The demo CA, its evil twin and the keys of the leaves.
pub struct Authority {
    trusted: Issuer<'static, KeyPair>,
    trusted_pem: String,
    untrusted: Issuer<'static, KeyPair>,
    good_key: KeyPair,
    bad_key: KeyPair,
    now: OffsetDateTime,
    configs: Mutex<BTreeMap<String, Arc<ServerConfig>>>,
}

impl Authority {
    /// Makes the two CAs and the keys.
    ///
    /// # Errors
    /// [`Error::Certificate`] when the crypto library fails.
    pub fn new() -> Result<Self, Error> {
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let now = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).unwrap_or_default())
            .unwrap_or(OffsetDateTime::UNIX_EPOCH);
        let (trusted, trusted_pem) = authority("HTTPS Audit demo CA", now)?;
        let (untrusted, _) = authority("HTTPS Audit demo CA that nobody trusts", now)?;
        let (good_key, bad_key) = (KeyPair::generate()?, KeyPair::generate()?);
        let configs = Mutex::default();
        Ok(Self { trusted, trusted_pem, untrusted, good_key, bad_key, now, configs })
    }

    /// The certificate of the demo CA, PEM.
    pub fn ca_pem(&self) -> &str {
        &self.trusted_pem
    }

    /// SHA-256 of the good leaves' `SubjectPublicKeyInfo`, base64: what Chromium's
    /// `--ignore-certificate-errors-spki-list` takes.
    pub fn good_spki_sha256(&self) -> String {
        let spki = self.good_key.subject_public_key_info();
        base64::engine::general_purpose::STANDARD.encode(ring::digest::digest(&ring::digest::SHA256, &spki))
    }

    /// The TLS configuration for a name, made once.
    ///
    /// # Errors
    /// [`Error::Certificate`] for a name that is no DNS name, [`Error::Random`], [`Error::Tls`] when TLS refuses the key.
    pub fn config(&self, name: &str, kind: Certificate) -> Result<Arc<ServerConfig>, Error> {
        let mut configs = self.configs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(config) = configs.get(name) {
            return Ok(Arc::clone(config));
        }
        let (leaf, key) = self.leaf(name, kind)?;
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let mut config =
            ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                .with_safe_default_protocol_versions()?
                .with_no_client_auth()
                .with_single_cert(vec![leaf], key)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let config = Arc::new(config);
        configs.insert(name.to_owned(), Arc::clone(&config));
        Ok(config)
    }

    fn leaf(&self, name: &str, kind: Certificate) -> Result<(CertificateDer<'static>, &KeyPair), Error> {
        let subject = if kind == Certificate::NameMismatch { "another-name-demo.org" } else { name };
        let mut params = CertificateParams::new(vec![subject.to_owned()])?;
        params.distinguished_name = named("HTTPS Audit demo leaf");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        // By default the serial number comes from the key, which the leaves share; Firefox refuses two
        // certificates of one issuer and serial number (SEC_ERROR_REUSED_ISSUER_AND_SERIAL).
        let serial = ring::rand::generate::<[u8; 16]>(&SystemRandom::new()).map_err(|_| Error::Random)?;
        params.serial_number = Some(SerialNumber::from_slice(&serial.expose()));
        let start = match kind {
            Certificate::Expired => Duration::days(-91),
            Certificate::NotYetValid => Duration::days(1),
            // An hour for clocks that run late; the rest of the 90 days lies ahead.
            _ => Duration::hours(-1),
        };
        params.not_before = self.now + start;
        params.not_after = params.not_before + Duration::days(90);
        let key = if kind == Certificate::Good { &self.good_key } else { &self.bad_key };
        let leaf = match kind {
            Certificate::SelfSigned => params.self_signed(key)?,
            Certificate::Untrusted => params.signed_by(key, &self.untrusted)?,
            _ => params.signed_by(key, &self.trusted)?,
        };
        Ok((leaf.der().clone(), key))
    }
}

/// A CA of a year's life and its certificate in PEM.
fn authority(name: &str, now: OffsetDateTime) -> Result<(Issuer<'static, KeyPair>, String), Error> {
    let mut params = CertificateParams::new(Vec::new())?;
    params.distinguished_name = named(name);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params.not_before = now - Duration::days(200);
    params.not_after = now + Duration::days(165);
    let key = KeyPair::generate()?;
    let pem = params.self_signed(&key)?.pem();
    Ok((Issuer::new(params, key), pem))
}

fn named(name: &str) -> DistinguishedName {
    let mut distinguished = DistinguishedName::new();
    distinguished.push(DnType::CommonName, name);
    distinguished
}
