//! Domain names as people type them.

use std::net::{Ipv4Addr, Ipv6Addr};

use idna::AsciiDenyList;

/// The name in the form that lists and browsers have: A-labels, lower case, without the final dot of a
/// fully qualified name. IP addresses pass, IPv6 ones in brackets as in a URL.
///
/// The error says what is wrong with the name. A name of ASCII letters is taken as it stands, also where a
/// label begins with `xn--` and holds no sound Punycode: browsers' lists are compared octet by octet. What stands
/// before an `@` may be a user and a password: no message repeats it.
pub fn domain_name(text: &str) -> Result<String, String> {
    if is_ip_address(text) {
        return Ok(text.to_ascii_lowercase());
    }
    let shown = without_user(text);
    if text.contains("://") {
        return Err(format!("a URL, not a domain name: {shown}"));
    }
    let name = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        // UTS 46 as the URL standard uses it ("domain to ASCII", not strict).
        let ascii = idna::domain_to_ascii_cow(text.as_bytes(), AsciiDenyList::URL);
        ascii.map_err(|_| format!("not a domain name: {shown}"))?.into_owned()
    };
    let name = name.strip_suffix('.').unwrap_or(&name);
    // RFC 1035 §2.3.4.
    if name.len() > 253 || name.split('.').any(|label| label.len() > 63) {
        return Err(format!("longer than a domain name can be: {shown}"));
    }
    if name.split('.').any(str::is_empty) || name.contains(forbidden) {
        return Err(format!("not a domain name: {shown:?}"));
    }
    Ok(name.to_owned())
}

/// What follows the last `@`.
pub fn without_user(text: &str) -> &str {
    text.rsplit('@').next().unwrap_or_default()
}

/// What the URL standard calls a forbidden domain code point.
fn forbidden(character: char) -> bool {
    character.is_ascii_control() || " #%/:<>?@[\\]^|".contains(character)
}

fn is_ip_address(text: &str) -> bool {
    let in_brackets = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    text.parse::<Ipv4Addr>().is_ok() || in_brackets.is_some_and(|ip| ip.parse::<Ipv6Addr>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::domain_name;

    #[test]
    fn names_take_the_form_of_lists() {
        for (text, name) in [
            ("example.com", "example.com"),
            ("WWW.Example.COM.", "www.example.com"),
            ("münchen.de", "xn--mnchen-3ya.de"),
            ("食狮。公司.CN", "xn--85x722f.xn--55qx5d.cn"),
            ("_dmarc.example.com", "_dmarc.example.com"),
            ("xn--0.example", "xn--0.example"),
            ("dev", "dev"),
            ("192.0.2.1", "192.0.2.1"),
            ("[2001:DB8::1]", "[2001:db8::1]"),
        ] {
            assert_eq!(domain_name(text).as_deref(), Ok(name), "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        let (long_label, long_name) = (format!("{}.com", "a".repeat(64)), "a.".repeat(130));
        for (text, why) in [
            ("", "not a domain name"),
            (".", "not a domain name"),
            (".com", "not a domain name"),
            ("a..com", "not a domain name"),
            ("a b.com", "not a domain name"),
            ("a%62.com", "not a domain name"),
            ("example.com:443", "not a domain name"),
            ("a\n.com", "not a domain name"),
            ("ä b.de", "not a domain name"),
            ("https://example.com/", "a URL"),
            (&long_label, "longer"),
            (&long_name, "longer"),
        ] {
            assert!(domain_name(text).is_err_and(|error| error.starts_with(why)), "{text}");
        }
    }
}
