//! Fields that hold addresses, without the secrets of these.

use crate::url;

/// The field without users, passwords and fragments of its addresses; the rest stays octet for
/// octet. Of fields that may hold one among other things, such as the report-uri of a policy, users and passwords
/// are cut. `name` in lower case.
pub fn without_secrets(name: &str, value: &[u8]) -> Vec<u8> {
    match name {
        "location" | "content-location" => url::octets_without_secrets(value),
        "refresh" => refresh(value),
        "link" => link(value),
        _ => url::without_users(value),
    }
}

/// `5; url="https://example.com/"` (HTML, "shared declarative refresh steps"). A closing quote
/// goes with the fragment: browsers need none.
fn refresh(value: &[u8]) -> Vec<u8> {
    let in_time = |octet: u8| octet.is_ascii_digit() || b".;, \t".contains(&octet);
    let time = value.iter().position(|&octet| !in_time(octet)).unwrap_or(value.len());
    let mut address = value.get(time..).unwrap_or_default();
    if let Some((name, rest)) = address.split_at_checked(3)
        && name.eq_ignore_ascii_case(b"url")
        && let Some(rest) = rest.trim_ascii_start().strip_prefix(b"=")
    {
        address = rest.trim_ascii_start();
    }
    if let Some((b'"' | b'\'', rest)) = address.split_first() {
        address = rest;
    }
    let (before, address) = value.split_at(value.len() - address.len());
    [before, &url::octets_without_secrets(address)].concat()
}

/// `<https://example.com/a.css>; rel=preload, …` (RFC 8288 §3).
fn link(value: &[u8]) -> Vec<u8> {
    let mut pieces = value.split(|&octet| octet == b'<');
    let mut cut = url::without_users(pieces.next().unwrap_or_default());
    for piece in pieces {
        let end = piece.iter().position(|&octet| octet == b'>').unwrap_or(piece.len());
        let (address, rest) = piece.split_at(end);
        cut.push(b'<');
        cut.extend(url::octets_without_secrets(address));
        cut.extend(url::without_users(rest));
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_cut_and_nothing_else() {
        for (name, value, expected) in [
            ("location", "//u:p@h/\u{e9}#t", "//h/\u{e9}"),
            ("content-location", "/a#t", "/a"),
            ("refresh", "5", "5"),
            ("refresh", "0;URL=https://u:p@h/a#t", "0;URL=https://h/a"),
            ("refresh", "0.5 , url = 'https://u:p@h/a?b'", "0.5 , url = 'https://h/a?b'"),
            ("refresh", "0; url=\"/a#t\"", "0; url=\"/a"),
            ("refresh", "0 https://u:p@h/", "0 https://h/"),
            ("refresh", "1; \"//u@h\"", "1; \"//h\""),
            ("link", "</a>; anchor=\"//u:p@h/\"", "</a>; anchor=\"//h/\""),
            ("server", "https://u:p@h/#t", "https://h/#t"),
            (
                "link",
                "<https://u:p@h/a#t>; rel=preload; title=\"#1\", <#b>; rel=x, <",
                "<https://h/a>; rel=preload; title=\"#1\", <>; rel=x, <",
            ),
        ] {
            let cut = without_secrets(name, value.as_bytes());
            assert_eq!(cut, expected.as_bytes(), "{name}: {value}");
        }
    }
}
