//! The Domain attribute (RFC 6265bis §5.6.3, §5.7 steps 6 to 10).

use super::{Rejection, SetContext};
/// The domain that a cookie is stored under.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Domain {
    pub(super) name: String,
    pub(super) host_only: bool,
}

/// Where a cookie with the Domain attribute `value` (empty where there is none) belongs.
pub(super) fn of(value: &[u8], cx: &SetContext<'_>) -> Result<Domain, Rejection> {
    let host = cx.url.host();
    let host_only = || Ok(Domain { name: host.to_owned(), host_only: true });
    if value.is_empty() {
        return host_only();
    }
    let Ok(written) = std::str::from_utf8(value) else { return Err(Rejection::DomainMismatch) };
    let written = written.to_ascii_lowercase();
    let name = match written.strip_prefix('.') {
        // Firefox keeps a lone dot, Chromium has an empty name then: no host has either.
        Some(name) if !name.is_empty() => name,
        _ => written.as_str(),
    };
    if cx.url.host_is_ip() {
        // An IP address has no sub-domains; its own name in Domain is harmless.
        return if name == host { host_only() } else { Err(Rejection::DomainMismatch) };
    }
    let Some(registrable) = registrable_domain(host, cx) else {
        // The host is a public suffix itself, or has one label.
        return if name == host { host_only() } else { Err(Rejection::DomainMismatch) };
    };
    if !is_same_or_parent(name, host) {
        return Err(Rejection::DomainMismatch);
    }
    if !is_same_or_parent(registrable, name) {
        return Err(Rejection::DomainPublicSuffix);
    }
    Ok(Domain { name: name.to_owned(), host_only: false })
}

/// Whether `host` is `parent` or lies below it.
fn is_same_or_parent(parent: &str, host: &str) -> bool {
    match host.strip_suffix(parent) {
        Some(below) => below.is_empty() || (below.ends_with('.') && !parent.is_empty()),
        None => false,
    }
}

/// The registrable domain of `host`, with the dot at its end where `host` has one.
fn registrable_domain<'a>(host: &'a str, cx: &SetContext<'_>) -> Option<&'a str> {
    let bare = host.strip_suffix('.').unwrap_or(host);
    let registrable = (cx.registrable_domain)(bare)?;
    host.get(bare.len() - registrable.len()..)
}
