//! Whom to trust: the system's roots, or those of a file.

use std::sync::Arc;

use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

/// There are no roots to trust.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRoots {
    /// The system's can not be read.
    #[error("the system has no root certificates that can be read ({0}); name a file with --cacert")]
    System(String),
    /// A file holds none.
    #[error("it holds no certificate in PEM (`-----BEGIN CERTIFICATE-----`)")]
    Empty,
    /// A file is broken.
    #[error("certificate {number} in it can not be read: {why}")]
    Broken {
        /// Counted from 1.
        number: usize,
        /// What is wrong.
        why: String,
    },
}

/// The roots, ready to judge chains.
#[derive(Debug, Clone)]
pub struct Roots {
    pub(crate) verifier: Arc<WebPkiServerVerifier>,
    /// Those that a person named, each trusted as it stands.
    pub(crate) named: Arc<Vec<CertificateDer<'static>>>,
}

impl Roots {
    /// The system's.
    pub fn of_system() -> Result<Self, NoRoots> {
        let read = rustls_native_certs::load_native_certs();
        let mut store = RootCertStore::empty();
        // What of an old root can not be read is trusted by nobody.
        store.add_parsable_certificates(read.certs);
        let why = || read.errors.first().map_or_else(|| "none is there".to_owned(), ToString::to_string);
        Self::new(store, Vec::new()).ok_or_else(|| NoRoots::System(why()))
    }

    /// Those of a file in PEM, in the place of the system's.
    pub fn of_pem(octets: &[u8]) -> Result<Self, NoRoots> {
        let mut store = RootCertStore::empty();
        let mut named = Vec::new();
        for (at, certificate) in CertificateDer::pem_slice_iter(octets).enumerate() {
            let broken = |why: String| NoRoots::Broken { number: at + 1, why };
            let certificate = certificate.map_err(|error| broken(error.to_string()))?;
            store.add(certificate.clone()).map_err(|error| broken(error.to_string()))?;
            named.push(certificate);
        }
        Self::new(store, named).ok_or(NoRoots::Empty)
    }

    fn new(store: RootCertStore, named: Vec<CertificateDer<'static>>) -> Option<Self> {
        let verifier = WebPkiServerVerifier::builder_with_provider(Arc::new(store), provider()).build();
        Some(Self { verifier: verifier.ok()?, named: Arc::new(named) })
    }
}

/// What TLS is done with.
pub fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_certificates_or_says_what_is_wrong() {
        let own = rcgen::generate_simple_self_signed(["shop.test".to_owned()]).expect("a certificate");
        let pem = own.cert.pem();
        assert_eq!(Roots::of_pem(pem.as_bytes()).expect("roots").named.len(), 1);
        assert_eq!(Roots::of_pem(b"").err(), Some(NoRoots::Empty));
        let broken = format!("{pem}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        assert!(matches!(Roots::of_pem(broken.as_bytes()), Err(NoRoots::Broken { number: 2, .. })));
    }
}
