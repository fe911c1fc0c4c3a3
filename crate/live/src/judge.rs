//! The verdict on a certificate chain. A refused one does not end the connection: what is served there is to be seen.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use https_audit_core::evidence::Certificate;
use https_audit_core::fact::{CertificateFact, X509};
use https_audit_core::time::rfc3339;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, SignatureScheme};

use crate::place::bare;
use crate::roots::Roots;
use crate::trouble::word;

/// Certificates of a chain that are kept; servers send 2 to 4.
const MAX_CHAIN: usize = 10;
/// Characters of names that are told.
const MAX_NAMES: usize = 200;

/// Sees a handshake, lets it go on, and remembers what was wrong.
#[derive(Debug)]
pub struct Judge {
    roots: Roots,
    host: String,
    port: u16,
    seen: Mutex<Seen>,
}

/// What a handshake showed.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// The certificates as they were sent, leaf first.
    pub chain: Vec<Certificate>,
    /// Why the chain is refused, as evidence holds it.
    pub refusal: Option<String>,
    /// What the server signed with.
    pub scheme: Option<SignatureScheme>,
}

impl Judge {
    /// For a handshake with this host.
    pub fn new(roots: &Roots, host: &str, port: u16) -> Arc<Self> {
        Arc::new(Self { roots: roots.clone(), host: host.to_owned(), port, seen: Mutex::default() })
    }

    /// What was seen so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn note(&self, what: impl FnOnce(&mut Seen)) {
        what(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Judges the certificates that a server sent, leaf first, at this second; [`Self::seen`] then tells.
    pub fn chain(&self, chain: &[CertificateDer<'_>], now: i64) {
        let kept: Vec<Certificate> = chain.iter().take(MAX_CHAIN).map(certificate).collect();
        let refusal = self.refusal(chain, &kept, now).map(|(kind, sentence)| word(kind, &sentence));
        self.note(|seen| (seen.chain, seen.refusal) = (kept, refusal));
    }

    fn refusal(
        &self,
        chain: &[CertificateDer<'_>],
        kept: &[Certificate],
        now: i64,
    ) -> Option<(&'static str, String)> {
        let whose = format!("{}:{}", self.host, self.port);
        let Some((leaf, rest)) = chain.split_first() else {
            return Some(("certificate-other", format!("{}:{} sent no certificate", self.host, self.port)));
        };
        let facts: Vec<CertificateFact> = kept.iter().map(CertificateFact::new).collect();
        let read = facts.first().and_then(CertificateFact::read);
        let name = server_name(&self.host);
        let now_unix = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(now).unwrap_or(0)));
        let error = match &name {
            Some(name) => self.roots.verifier.verify_server_cert(leaf, rest, name, &[], now_unix).err()?,
            None => {
                return Some((
                    "certificate-name-mismatch",
                    format!("{whose}: no certificate can be for such a host"),
                ));
            }
        };
        // Named by the person itself: only its dates and names are left to judge.
        let named = self.roots.named.iter().any(|root| root.as_ref() == leaf.as_ref());
        if named && read.is_some_and(|read| is_good(read, &self.host, now)) {
            return None;
        }
        Some(explain(&error, &whose, read, &facts, now))
    }
}

/// What is wrong, in the word of the core's facts and in a sentence.
fn explain(
    error: &Error,
    whose: &str,
    leaf: Option<&X509>,
    chain: &[CertificateFact],
    now: i64,
) -> (&'static str, String) {
    let Some(leaf) = leaf else {
        return ("certificate-other", format!("{whose}: it can not be read: {error}"));
    };
    // The library names the first thing that it meets, and of a date not whose it is: the leaf itself is exacter.
    let authority = matches!(
        error,
        Error::InvalidCertificate(CertificateError::UnknownIssuer | CertificateError::Other(_))
    );
    if authority && leaf.self_issued {
        return ("certificate-self-signed", format!("{whose}: signed by itself"));
    }
    if leaf.not_after < now {
        return ("certificate-expired", format!("{whose}: ended at {}", rfc3339(leaf.not_after)));
    }
    if leaf.not_before > now {
        return ("certificate-not-yet-valid", format!("{whose}: begins at {}", rfc3339(leaf.not_before)));
    }
    let Error::InvalidCertificate(error) = error else {
        return ("certificate-other", format!("{whose}: {error}"));
    };
    match error {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            let names: String = match &leaf.names {
                Some(names) if !names.is_empty() => names.join(", ").chars().take(MAX_NAMES).collect(),
                _ => "no host".to_owned(),
            };
            ("certificate-name-mismatch", format!("{whose}: it is for {names}"))
        }
        CertificateError::UnknownIssuer => unknown_issuer(whose, leaf, chain),
        error => ("certificate-other", format!("{whose}: {error}")),
    }
}

/// Where the chain as it was sent ends.
fn unknown_issuer(whose: &str, leaf: &X509, chain: &[CertificateFact]) -> (&'static str, String) {
    let mut top = leaf;
    for _ in chain {
        let above = |read: &&X509| read.subject == top.issuer && !top.self_issued;
        match chain.iter().filter_map(CertificateFact::read).find(above) {
            Some(next) => top = next,
            None => break,
        }
    }
    if top.self_issued {
        let root = &top.subject;
        return ("certificate-untrusted", format!("{whose}: leads to {root}, no trusted root"));
    }
    let issuer = &top.issuer;
    ("certificate-incomplete", format!("{whose}: issued by {issuer}, not sent and no trusted root"))
}

/// Whether names and dates are right.
fn is_good(leaf: &X509, host: &str, now: i64) -> bool {
    leaf.not_before <= now && now <= leaf.not_after && leaf.covers(host) == Some(true)
}

/// The name that a certificate must be for; none for what can be no host.
pub fn server_name(host: &str) -> Option<ServerName<'static>> {
    let host = bare(host.strip_suffix('.').unwrap_or(host));
    ServerName::try_from(host.to_owned()).ok()
}

fn certificate(der: &CertificateDer<'_>) -> Certificate {
    // Which roots a browser brings along is not known here.
    Certificate { der: BASE64_STANDARD.encode(der), built_in_root: None }
}

impl ServerCertVerifier for Judge {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<CertificateDer<'_>> =
            std::iter::once(end_entity).chain(intermediates).cloned().collect();
        self.chain(&chain, i64::try_from(now.as_secs()).unwrap_or(i64::MAX));
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verified = self.roots.verifier.verify_tls12_signature(message, cert, dss);
        Ok(self.signature(verified, dss.scheme))
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let verified = self.roots.verifier.verify_tls13_signature(message, cert, dss);
        Ok(self.signature(verified, dss.scheme))
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.roots.verifier.supported_verify_schemes()
    }
}

impl Judge {
    /// A signature that can not be verified proves nothing: the connection counts as one with a refused certificate.
    fn signature(
        &self,
        verified: Result<HandshakeSignatureValid, Error>,
        scheme: SignatureScheme,
    ) -> HandshakeSignatureValid {
        self.note(|seen| {
            seen.scheme = Some(scheme);
            if let (Err(error), None) = (verified, &seen.refusal) {
                let place = format!("{}:{}", self.host, self.port);
                let sentence =
                    format!("{place} did not prove that it has the key of its certificate: {error}");
                seen.refusal = Some(word("certificate-other", &sentence));
            }
        });
        HandshakeSignatureValid::assertion()
    }
}
