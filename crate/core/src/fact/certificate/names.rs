//! The names a certificate is made for.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::der::{BOOLEAN, Der, OCTET_STRING, OID, SEQUENCE, explicit, implicit};

/// Names that are kept; large providers put 100 on one certificate.
const MAX_NAMES: usize = 1000;

/// id-ce-subjectAltName, 2.5.29.17.
const SUBJECT_ALT_NAME: [u8; 3] = [0x55, 0x1d, 17];

/// Object identifiers and contents of the extensions, `rest` being what follows the key in the certificate; none where
/// it is no certificate.
pub(super) fn extensions(mut rest: Der<'_>) -> Option<Vec<(&[u8], &[u8])>> {
    // Two identifiers, which nobody uses.
    for number in [1, 2] {
        let _ = rest.optional(implicit(number)).or_else(|| rest.optional(explicit(number)));
    }
    let Some(extensions) = rest.optional(explicit(3)) else { return rest.0.is_empty().then(Vec::new) };
    if !rest.0.is_empty() {
        return None;
    }
    let mut all = Vec::new();
    for extension in Der(Der(extensions).expect(SEQUENCE)?).all(SEQUENCE)? {
        let mut extension = Der(extension);
        let kind = extension.expect(OID)?;
        extension.optional(BOOLEAN);
        all.push((kind, extension.expect(OCTET_STRING)?));
    }
    Some(all)
}

/// DNS names in lower case and IP addresses. Browsers have not looked at the common name since 2017, so a certificate
/// without subjectAltName has none.
pub(super) fn read(extensions: &[(&[u8], &[u8])]) -> Option<Vec<String>> {
    let mut found = extensions.iter().filter(|(kind, _)| *kind == SUBJECT_ALT_NAME);
    match (found.next(), found.next()) {
        (None, _) => Some(Vec::new()),
        (Some((_, contents)), None) => all(contents),
        _ => None,
    }
}

/// What is in a `GeneralNames`.
fn all(contents: &[u8]) -> Option<Vec<String>> {
    let mut contents = Der(contents);
    let mut names = Der(contents.expect(SEQUENCE)?);
    let mut all = Vec::new();
    while !names.0.is_empty() {
        let (tag, octets) = names.next()?;
        if tag == implicit(2) && !octets.is_ascii() {
            return None;
        }
        if all.len() < MAX_NAMES {
            all.extend(name(tag, octets));
        }
    }
    Some(all)
}

/// A `GeneralName`, where it is a DNS name or an address.
fn name(tag: u8, octets: &[u8]) -> Option<String> {
    if tag == implicit(2) {
        return std::str::from_utf8(octets).ok().map(str::to_ascii_lowercase);
    }
    if tag != implicit(7) {
        return None;
    }
    <[u8; 4]>::try_from(octets)
        .map(|v4| Ipv4Addr::from(v4).to_string())
        .or_else(|_| <[u8; 16]>::try_from(octets).map(|v6| Ipv6Addr::from(v6).to_string()))
        .ok()
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
