//! Page loads that failed, and what the browsers' words for it say about the server.

use super::{Facts, is_navigation};
use crate::evidence::{Connection, ConnectionState, Evidence, Exchange, Failure, Observed};
use crate::url::Url;

/// A load over https that got no response, by the server's doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFailure<'a> {
    /// The failure in the browser's words.
    pub failure: &'a Failure,
    /// The certificate was refused; otherwise there was no connection at all.
    pub is_certificate: bool,
    /// The server took the connection and then failed at TLS.
    pub is_handshake: bool,
    /// What the browser says is wrong with the certificate.
    pub cause: CertificateCause,
    /// The server speaks only versions of TLS that the browser refuses.
    pub is_old_version: bool,
}

/// Why a certificate was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CertificateCause {
    /// Not valid at this time: over, or not yet begun. The browser tells not which.
    Date,
    /// Over.
    Expired,
    /// Not yet begun.
    NotYetValid,
    /// Made for another name.
    NameMismatch,
    /// Signed by itself.
    SelfSigned,
    /// Signed by nobody the browser trusts.
    Untrusted,
    /// Signed by itself, or by nobody the browser trusts. The browser tells not which.
    Authority,
    /// Something else that the browser names: revoked, too weak, not logged.
    Other,
    /// The browser's words say no more, or are in a language that is not known here.
    NotTold,
}

impl CertificateCause {
    /// Whether a browser that says `self` may mean `exact`.
    pub fn may_be(self, exact: Self) -> bool {
        match self {
            Self::Date => matches!(exact, Self::Date | Self::Expired | Self::NotYetValid),
            Self::Authority => matches!(exact, Self::Authority | Self::SelfSigned | Self::Untrusted),
            Self::NotTold => true,
            _ => self == exact,
        }
    }
}

/// What a browser's word for a failure says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Blame {
    /// The certificate was refused.
    Certificate(CertificateCause),
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
use CertificateCause as Cause;

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
const LIVE: &str = "live:";

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

/// Beginnings of Firefox's English sentences about the handshake, which say nothing of the
/// certificate.
const HANDSHAKE: &[&str] =
    &["SSL ", "Peer using ", "Peer reports ", "Cannot communicate securely with peer: no common"];

/// The server speaks no version of TLS that the browser still takes (Firefox,
/// `nsserrors.properties`).
const OLD_VERSION: &[&str] = &[
    "SSL_ERROR_UNSUPPORTED_VERSION",
    "SSL_ERROR_PROTOCOL_VERSION_ALERT",
    "Peer using unsupported version of security protocol",
    "Peer reports incompatible or unsupported protocol version",
    "ERR_SSL_OBSOLETE_VERSION",
];

/// The browsers' words for a name without an address.
const UNKNOWN_HOST: &[&str] = &["ERR_NAME_NOT_RESOLVED", "NS_ERROR_UNKNOWN_HOST", "live:unknown-host:"];

impl Blame {
    fn of(error: &str) -> Self {
        if let Some(rest) = error.strip_prefix(LIVE) {
            let kind = rest.split(':').next().unwrap_or_default();
            let known = LIVE_KINDS.iter().find(|(known, _)| *known == kind);
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

/// The certificate error that a browser's word stands for, if it is one.
pub fn certificate_cause(error: &str) -> Option<CertificateCause> {
    match Blame::of(error) {
        Certificate(cause) => Some(cause),
        _ => None,
    }
}

/// The connection's certificate was refused and the person went on all the same, so that
/// the browser takes no policy from it (RFC 6797 §8.1). Firefox says so; Chromium without
/// its flag only lets it be inferred from the refusal before.
pub(super) fn is_overridden(evidence: &Evidence, exchange: &Exchange) -> bool {
    match &exchange.connection {
        Observed::Seen(
            Connection { state: ConnectionState::Broken, .. } | Connection { overridden: Some(_), .. },
        ) => true,
        Observed::Seen(Connection { stated: true, .. }) => false,
        _ => failures(evidence, "https", exchange.url.host(), exchange.url.port())
            .any(|failure| failure.at < exchange.at && certificate_cause(&failure.error).is_some()),
    }
}

/// Every failed page load of a host over this scheme, on this port; none is the default one.
/// What answers on another port is another service, with a certificate of its own.
pub(super) fn failures<'a>(
    evidence: &'a Evidence,
    scheme: &str,
    host: &str,
    port: Option<u16>,
) -> impl Iterator<Item = &'a Failure> {
    let visits = evidence.visits.iter().filter_map(|visit| visit.failure.as_ref());
    let probed = evidence.probe.iter().flat_map(|probe| &probe.failures);
    evidence
        .earlier_failures
        .iter()
        .chain(probed)
        .chain(visits)
        .filter(move |failure| Url::parse(&failure.url).is_some_and(|url| is_at(&url, scheme, host, port)))
}

fn is_at(url: &Url, scheme: &str, host: &str, port: Option<u16>) -> bool {
    url.scheme() == scheme && url.host() == host && url.port() == port
}

impl<'a> Facts<'a> {
    /// The newest https load of `host` that failed by the server's doing, when no later
    /// one succeeded; on this port, none is the default one.
    pub fn tls_failure(&self, host: &str, port: Option<u16>) -> Option<TlsFailure<'a>> {
        let (failure, blame) = self.failure("https", host, port)?;
        Some(TlsFailure {
            failure,
            is_certificate: matches!(blame, Certificate(_)),
            is_handshake: matches!(blame, Handshake | Dropped),
            cause: if let Certificate(cause) = blame { cause } else { CertificateCause::NotTold },
            is_old_version: !failure.error.starts_with(LIVE)
                && OLD_VERSION.iter().any(|mark| failure.error.contains(mark)),
        })
    }

    /// The same for the page's host, on the page's own port where the page is https.
    pub fn page_tls_failure(&self) -> Option<TlsFailure<'a>> {
        let url = self.site.url.as_ref()?;
        self.tls_failure(url.host(), url.port().filter(|_| url.is_https()))
    }

    /// Nothing answers over http on this host: its newest http load that failed by the server's
    /// doing, when that got no answer and no later one succeeded; on this port, none is the
    /// default one.
    pub fn http_refused(&self, host: &str, port: Option<u16>) -> Option<&'a Failure> {
        let (failure, blame) = self.failure("http", host, port)?;
        matches!(blame, NoConnection | Dropped).then_some(failure)
    }

    /// The redirect check found no address for this host, and others answered it: there is no such host.
    pub fn is_unknown_host(&self, host: &str) -> bool {
        let unknown = |failure: &Failure| {
            UNKNOWN_HOST.iter().any(|mark| failure.error.contains(mark))
                && Url::parse(&failure.url).is_some_and(|url| url.host() == host)
        };
        self.evidence.probe.as_ref().is_some_and(|probe| {
            probe.failures.iter().any(unknown) && probe.exchanges.iter().any(|e| e.response.is_seen())
        })
    }

    fn failure(&self, scheme: &str, host: &str, port: Option<u16>) -> Option<(&'a Failure, Blame)> {
        let (failure, blame) = failures(self.evidence, scheme, host, port)
            .map(|failure| (failure, Blame::of(&failure.error)))
            .filter(|(_, blame)| *blame != Blame::Nobody)
            .max_by_key(|(failure, _)| failure.at)?;
        let answered = self.exchanges().any(|exchange| {
            is_navigation(exchange)
                && is_at(&exchange.url, scheme, host, port)
                && exchange.at > failure.at
                && exchange.response.is_seen()
        });
        (!answered).then_some((failure, blame))
    }
}

#[cfg(test)]
mod tests;
