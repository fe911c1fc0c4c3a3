//! What the words for a failed load say about the server: a browser's, a live audit's, a proxy's.

use super::CertificateCause as Cause;
use crate::evidence::PROXY;

/// What a browser's word for a failure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// The certificate was refused.
    Certificate(Cause),
    /// The server took the connection and could not agree on TLS.
    Handshake,
    /// The server took no connection.
    NoConnection,
    /// The server took the connection and dropped it.
    Dropped,
    /// The person, the page, the network on this side, or nobody knows: it says nothing
    /// about the server.
    Nobody,
}

use Blame::{Certificate, Dropped, Handshake, NoConnection};

/// Marks in the browsers' words, the first that fits decides. Chromium:
/// `net/base/net_error_list.h`. Firefox: names of `nsresult`s and of NSS errors, or the
/// sentence of `nsserrors.properties` in the person's language; these are the English ones.
const MARKS: &[(&str, Blame)] = &[
    ("ERR_CERT_DATE_INVALID", Certificate(Cause::Date)),
    ("ERR_CERT_COMMON_NAME_INVALID", Certificate(Cause::NameMismatch)),
    ("ERR_CERT_AUTHORITY_INVALID", Certificate(Cause::Authority)),
    ("ERR_CERT_", Certificate(Cause::Other)),
    ("ERR_CERTIFICATE_TRANSPARENCY_REQUIRED", Certificate(Cause::Other)),
    ("ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN", Certificate(Cause::Other)),
    // A client certificate that the person did not give.
    ("ERR_SSL_CLIENT_AUTH", Blame::Nobody),
    ("ERR_SSL_", Handshake),
    ("ERR_CONNECTION_REFUSED", NoConnection),
    ("ERR_CONNECTION_RESET", Dropped),
    ("ERR_CONNECTION_CLOSED", Dropped),
    ("ERR_EMPTY_RESPONSE", Dropped),
    ("SEC_ERROR_EXPIRED_CERTIFICATE", Certificate(Cause::Expired)),
    ("SSL_ERROR_BAD_CERT_DOMAIN", Certificate(Cause::NameMismatch)),
    ("SEC_ERROR_UNKNOWN_ISSUER", Certificate(Cause::Untrusted)),
    ("MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", Certificate(Cause::SelfSigned)),
    ("MOZILLA_PKIX_ERROR_NOT_YET_VALID_CERTIFICATE", Certificate(Cause::NotYetValid)),
    ("SEC_ERROR_", Certificate(Cause::Other)),
    ("MOZILLA_PKIX_ERROR_", Certificate(Cause::Other)),
    ("SSL_ERROR_", Handshake),
    ("Certificate has expired", Certificate(Cause::Expired)),
    ("presented a certificate that is not yet valid", Certificate(Cause::NotYetValid)),
    ("domain name does not match", Certificate(Cause::NameMismatch)),
    ("self-signed", Certificate(Cause::SelfSigned)),
    ("issuer is not recognized", Certificate(Cause::Untrusted)),
    ("issuer has been marked as not trusted", Certificate(Cause::Untrusted)),
    ("has been revoked", Certificate(Cause::Other)),
    ("NS_ERROR_CONNECTION_REFUSED", NoConnection),
    ("NS_ERROR_NET_RESET", Dropped),
    ("NS_ERROR_NET_INTERRUPT", Dropped),
    ("NS_ERROR_NET_EMPTY_RESPONSE", Dropped),
];

/// Begins the words of a live audit: `live:KIND: sentence`.
pub const LIVE: &str = "live:";

/// Its kinds; of any other it says nothing about the server. The sentence may quote the server and is not looked at.
const LIVE_KINDS: &[(&str, Blame)] = &[
    ("certificate-expired", Certificate(Cause::Expired)),
    ("certificate-not-yet-valid", Certificate(Cause::NotYetValid)),
    ("certificate-name-mismatch", Certificate(Cause::NameMismatch)),
    ("certificate-self-signed", Certificate(Cause::SelfSigned)),
    ("certificate-untrusted", Certificate(Cause::Untrusted)),
    ("certificate-incomplete", Certificate(Cause::Untrusted)),
    ("certificate-other", Certificate(Cause::Other)),
    ("tls-failed", Handshake),
    ("connection-refused", NoConnection),
    ("dropped", Dropped),
];

/// Marks in mitmproxy's words, which quote OpenSSL's (`X509_verify_cert_error_string`); the first that fits decides. Of any
/// other it says nothing about the server.
#[cfg(feature = "files")]
const PROXY_MARKS: &[(&str, Blame)] = &[
    ("verify failed: certificate has expired", Certificate(Cause::Expired)),
    ("verify failed: certificate is not yet valid", Certificate(Cause::NotYetValid)),
    ("verify failed: hostname mismatch", Certificate(Cause::NameMismatch)),
    ("verify failed: IP address mismatch", Certificate(Cause::NameMismatch)),
    ("verify failed: self-signed certificate in certificate chain", Certificate(Cause::Untrusted)),
    ("verify failed: self-signed certificate", Certificate(Cause::SelfSigned)),
    ("verify failed: unable to get local issuer certificate", Certificate(Cause::Untrusted)),
    ("Certificate verify failed", Certificate(Cause::Other)),
    ("does not speak TLS", Handshake),
    ("Connect call failed", NoConnection),
];

/// The command alone reads what proxies write.
#[cfg(not(feature = "files"))]
const PROXY_MARKS: &[(&str, Blame)] = &[];

/// Beginnings of Firefox's English sentences about the handshake, which say nothing of the
/// certificate.
const HANDSHAKE: &[&str] =
    &["SSL ", "Peer using ", "Peer reports ", "Cannot communicate securely with peer: no common"];

/// The server speaks no version of TLS that the browser still takes (Firefox,
/// `nsserrors.properties`).
pub const OLD_VERSION: &[&str] = &[
    "SSL_ERROR_UNSUPPORTED_VERSION",
    "SSL_ERROR_PROTOCOL_VERSION_ALERT",
    "Peer using unsupported version of security protocol",
    "Peer reports incompatible or unsupported protocol version",
    "ERR_SSL_OBSOLETE_VERSION",
];

/// The browsers' words for a name without an address.
pub const UNKNOWN_HOST: &[&str] = &["ERR_NAME_NOT_RESOLVED", "NS_ERROR_UNKNOWN_HOST", "live:unknown-host:"];

impl Blame {
    /// What the word says.
    pub fn of(error: &str) -> Self {
        if let Some(rest) = error.strip_prefix(LIVE) {
            let kind = rest.split(':').next().unwrap_or_default();
            let known = LIVE_KINDS.iter().find(|(known, _)| *known == kind);
            return known.map_or(Self::Nobody, |(_, blame)| *blame);
        }
        if let Some(rest) = error.strip_prefix(PROXY) {
            let known = PROXY_MARKS.iter().find(|(mark, _)| rest.contains(mark));
            return known.map_or(Self::Nobody, |(_, blame)| *blame);
        }
        if let Some((_, blame)) = MARKS.iter().find(|(mark, _)| error.contains(mark)) {
            return *blame;
        }
        if let Some(code) = error.strip_prefix("Error code ") {
            return code.parse().map_or(Self::Nobody, Self::of_nsresult);
        }
        if HANDSHAKE.iter().any(|mark| error.starts_with(mark)) {
            return Handshake;
        }
        // Firefox names every other failure `NS_…` and Chromium `net::…`; a sentence
        // instead is NSS speaking, in whatever language: nearly always of a certificate.
        let is_name = error.starts_with("NS_") || error.starts_with("net::");
        if !is_name && error.contains(' ') { Certificate(Cause::NotTold) } else { Self::Nobody }
    }

    /// Firefox gives the number where it has no name: `nsresult`s of the modules network
    /// (`0x804B`) and security (`0x805A`, with the NSS error's absolute value below).
    const fn of_nsresult(code: u32) -> Self {
        match code {
            // NS_ERROR_CONNECTION_REFUSED
            0x804B_000D => NoConnection,
            // NS_ERROR_NET_RESET, _NET_EMPTY_RESPONSE, _NET_INTERRUPT
            0x804B_0014 | 0x804B_0024 | 0x804B_0047 => Dropped,
            0x805A_1FF5 => Certificate(Cause::Expired),
            0x805A_1FF3 => Certificate(Cause::Untrusted),
            0x805A_2FF4 => Certificate(Cause::NameMismatch),
            0x805A_3FFB => Certificate(Cause::NotYetValid),
            0x805A_3FF2 => Certificate(Cause::SelfSigned),
            // SEC_ERROR_… count down from 8192, MOZILLA_PKIX_ERROR_… from 16384.
            0x805A_1F00..=0x805A_2000 | 0x805A_3F00..=0x805A_4000 => Certificate(Cause::Other),
            // SSL_ERROR_… count down from 12288.
            0x805A_2E00..=0x805A_3000 => Handshake,
            _ => Self::Nobody,
        }
    }
}
