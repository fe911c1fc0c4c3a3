//! Page loads that failed, and what the browsers' words for it say about the server.

mod blame;

use super::{Facts, is_navigation};
use crate::evidence::{Connection, ConnectionState, Evidence, Exchange, Failure, Observed};
use crate::url::Url;

use blame::Blame::{self, Certificate, Dropped, Handshake, NoConnection};
use blame::{LIVE, OLD_VERSION, UNKNOWN_HOST};

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

#[cfg(feature = "offers")]
impl<'a> TlsFailure<'a> {
    /// What happened, in the sentence of a live audit; none where a browser saw it.
    pub fn of_live(&self) -> Option<&'a str> {
        let (_, sentence) = self.failure.error.strip_prefix(LIVE)?.split_once(": ")?;
        Some(sentence)
    }
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
