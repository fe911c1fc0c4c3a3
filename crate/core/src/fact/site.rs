//! What the audit is about: page, host, registrable domain.

use crate::knowledge::Knowledge;
use crate::url::{HostKind, Url, text_without_secrets};

/// The page's address in its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The address, without user, password and fragment.
    pub address: String,
    /// Parsed, when it is an http or https address.
    pub url: Option<Url>,
    /// The host; for a page of the browser itself its address.
    pub host: String,
    /// The registrable domain (public suffix and one label).
    pub registrable_domain: Option<String>,
    /// What kind of address it is.
    pub kind: SiteKind,
}

/// Kinds of address that are judged differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SiteKind {
    /// A host under a public suffix.
    Public,
    /// This computer: `localhost` and its sub-domains, 127.0.0.0/8, `::1`.
    Local,
    /// Any other IP address.
    IpAddress,
    /// A name whose last label is no public suffix, such as `intranet`.
    NoPublicSuffix,
    /// The host is itself a public suffix, such as `github.io`.
    PublicSuffix,
    /// Not the web: a page of the browser, a file, an empty tab.
    BrowserPage,
}

impl Site {
    /// Takes an address apart.
    pub fn new(address: &str, knowledge: &Knowledge<'_>) -> Self {
        let address = text_without_secrets(address);
        let url = Url::parse(&address).filter(|url| matches!(url.scheme(), "http" | "https"));
        let Some(url) = url else {
            return Self {
                host: address.split(['?', '#']).next().unwrap_or_default().to_owned(),
                address,
                url: None,
                registrable_domain: None,
                kind: SiteKind::BrowserPage,
            };
        };
        let host = url.host().to_owned();
        let registrable_domain = match url.host_kind() {
            HostKind::Domain => knowledge.suffixes.registrable_domain(&host).map(str::to_owned),
            HostKind::Ipv4 | HostKind::Ipv6 | HostKind::None => None,
        };
        let kind = if url.is_loopback() {
            SiteKind::Local
        } else if url.host_kind() != HostKind::Domain {
            SiteKind::IpAddress
        } else if !knowledge.suffixes.public_suffix(&host).is_some_and(|suffix| suffix.known) {
            SiteKind::NoPublicSuffix
        } else if registrable_domain.is_none() {
            SiteKind::PublicSuffix
        } else {
            SiteKind::Public
        };
        let registrable_domain = registrable_domain.filter(|_| kind == SiteKind::Public);
        Self { address: url.to_string(), url: Some(url), host, registrable_domain, kind }
    }

    /// Whether `host` belongs to the site: the same registrable domain, or the same host
    /// where there is none.
    pub fn holds(&self, host: &str) -> bool {
        match &self.registrable_domain {
            Some(domain) => is_at_or_below(undotted(host), domain),
            None => undotted(host) == undotted(&self.host),
        }
    }
}

/// The host without the final dot of a fully qualified name. It is the same site, and the browsers keep
/// HSTS and look into their lists without the dot; only for cookies is it another host.
pub(crate) fn undotted(host: &str) -> &str {
    host.strip_suffix('.').unwrap_or(host)
}

/// Whether `host` is `domain` or a sub-domain of it.
pub(crate) fn is_at_or_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}
