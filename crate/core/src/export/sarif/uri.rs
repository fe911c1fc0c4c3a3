//! Addresses as URI references of RFC 3986, which is stricter than browsers are.

use crate::url::{Url, push_percent};

/// The address of a page or a response. One that is no URL becomes a relative reference that shows it.
pub(super) fn reference(address: &str) -> String {
    let Some(url) = Url::parse(address) else {
        return encoded(address, |octet| is_unreserved(octet) || octet == b'/')
            .trim_start_matches('/')
            .to_owned();
    };
    let (scheme, rest) = url.as_str().split_once(':').unwrap_or_default();
    let mut out = format!("{scheme}:");
    let rest = if let Some(rest) = rest.strip_prefix("//") {
        let (authority, rest) =
            rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len())).unwrap_or((rest, ""));
        out.push_str("//");
        // Of the schemes that it knows the parser let nothing but a host and a port pass; brackets stand around an
        // IPv6 address alone (§3.2.2).
        let special = url.effective_port().is_some();
        let stays =
            if special { |octet| is_allowed(octet) || matches!(octet, b'[' | b']') } else { is_unreserved };
        out.push_str(&encoded(authority, stays));
        rest
    } else {
        rest
    };
    let (rest, fragment) = match rest.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (rest, None),
    };
    out.push_str(&encoded(rest, is_allowed));
    // At most one `#`, which begins the fragment (§3.5).
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(&encoded(fragment, is_allowed));
    }
    out
}

/// What stays stays; all else is percent-encoded, also a `%` that begins no code.
fn encoded(text: &str, stays: fn(u8) -> bool) -> String {
    let mut out = String::new();
    let octets = text.as_bytes();
    for (at, &octet) in octets.iter().enumerate() {
        let is_code = || {
            let digits = octets.get(at + 1..at + 3);
            digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        };
        if stays(octet) || (octet == b'%' && is_code()) {
            out.push(char::from(octet));
        } else {
            push_percent(&mut out, octet);
        }
    }
    out
}

/// §2.3
const fn is_unreserved(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~')
}

/// Unreserved and delimiters (§2.2), but for brackets and `#`.
const fn is_allowed(octet: u8) -> bool {
    is_unreserved(octet)
        || matches!(
            octet,
            b':' | b'/'
                | b'?'
                | b'@'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
        )
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn every_address_is_a_reference() {
        for (address, expected) in [
            ("https://shop-demo.com/a?b[]=1&c=%zz|", "https://shop-demo.com/a?b%5B%5D=1&c=%25zz%7C"),
            ("http://[2001:db8::1]:8080/{x}", "http://[2001:db8::1]:8080/%7Bx%7D"),
            ("https://a\"b.test/", "https://a%22b.test/"),
            ("about:blank", "about:blank"),
            ("chrome://newtab/", "chrome://newtab/"),
            ("not: an <address>", "not%3A%20an%20%3Caddress%3E"),
            ("x:y?http://[a]", "x:y?http://%5Ba%5D"),
            ("x://a:b[/c#d#e", "x://a%3Ab%5B/c#d%23e"),
            ("//evil.test/\u{202E}", "evil.test/%E2%80%AE"),
            ("", ""),
        ] {
            assert_eq!(reference(address), expected, "{address}");
        }
    }
}
