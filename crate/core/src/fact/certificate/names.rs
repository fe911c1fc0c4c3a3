//! The names a certificate is made for.

use std::net::{Ipv4Addr, Ipv6Addr};

use x509_cert::TbsCertificate;
use x509_cert::ext::pkix::SubjectAltName;
use x509_cert::ext::pkix::name::GeneralName;

/// Names that are kept; large providers put 100 on one certificate.
const MAX_NAMES: usize = 1000;

/// DNS names in lower case and IP addresses. Browsers have not looked at the common name
/// since 2017, so a certificate without subjectAltName has none.
pub(super) fn read(body: &TbsCertificate) -> Option<Vec<String>> {
    let extension = body.get_extension::<SubjectAltName>().ok()?;
    let names = extension.map(|(_, names)| names.0).unwrap_or_default();
    Some(names.iter().take(MAX_NAMES).filter_map(name).collect())
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(dns) => Some(dns.as_str().to_ascii_lowercase()),
        GeneralName::IpAddress(octets) => {
            let octets = octets.as_bytes();
            <[u8; 4]>::try_from(octets)
                .map(|v4| Ipv4Addr::from(v4).to_string())
                .or_else(|_| <[u8; 16]>::try_from(octets).map(|v6| Ipv6Addr::from(v6).to_string()))
                .ok()
        }
        _ => None,
    }
}

/// RFC 9525 §6.3: exactly, or a wildcard for the whole leftmost label. `host` as in a URL.
pub(super) fn covers(names: &[String], host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches([']', '.']);
    if let Ok(address) = host.parse::<Ipv6Addr>() {
        return names.iter().any(|name| name.parse() == Ok(address));
    }
    let parent = host.split_once('.').map(|(_, parent)| parent);
    names.iter().any(|name| {
        name == host || name.strip_prefix("*.").is_some_and(|rest| Some(rest) == parent && rest.contains('.'))
    })
}

#[cfg(test)]
mod tests {
    use super::covers;

    #[test]
    fn names_match_as_browsers_match_them() {
        let names =
            ["shop-demo.com", "*.shop-demo.com", "192.0.2.7", "2001:db8::7", "*.com"].map(String::from);
        for (host, covered) in [
            ("shop-demo.com", true),
            ("shop-demo.com.", true),
            ("www.shop-demo.com", true),
            ("a.b.shop-demo.com", false),
            ("other-demo.com", false),
            ("192.0.2.7", true),
            ("192.0.2.8", false),
            ("[2001:db8::7]", true),
            ("[2001:db8::8]", false),
        ] {
            assert_eq!(covers(&names, host), covered, "{host}");
        }
    }
}
