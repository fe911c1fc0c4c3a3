//! Cutting user, password and fragment from the text of an address.

use super::{Url, default_port, without_users};

/// The address without user, password and fragment, nor users and passwords of the addresses in its path and
/// query; the rest stays octet for octet. It may be relative, and need not be UTF-8.
pub fn without_secrets(address: &[u8]) -> Vec<u8> {
    let fragment = address.iter().position(|&octet| octet == b'#').unwrap_or(address.len());
    let (address, _) = address.split_at(fragment);
    let Some((start, special)) = authority(address) else { return without_users(address) };
    let (before, rest) = address.split_at(start);
    let ends = |octet: &u8| matches!(octet, b'/' | b'?') || special && *octet == b'\\';
    let (authority, tail) = rest.split_at(rest.iter().position(ends).unwrap_or(rest.len()));
    let user = authority.iter().rposition(|&octet| octet == b'@').map_or(0, |at| at + 1);
    [before, authority.get(user..).unwrap_or_default(), &without_users(tail)].concat()
}

/// The same for text, which is serialised where it is an absolute URL.
pub fn text_without_secrets(text: &str) -> String {
    Url::parse(text).map_or_else(|| cut(text), |url| url.without_secrets().into())
}

/// The same for text as it stands.
pub(super) fn cut(text: &str) -> String {
    String::from_utf8_lossy(&without_secrets(text.as_bytes())).into_owned()
}

/// Where the authority begins, and whether a backslash ends it as a slash does.
///
/// The URL parser passes over tabs and line ends, and over spaces at the start. What follows
/// `https:` without a slash is an authority or a path, depending on the base: it is taken for
/// an authority here.
fn authority(address: &[u8]) -> Option<(usize, bool)> {
    let is_dropped = |octet: u8| matches!(octet, b'\t' | b'\r' | b'\n');
    let begin = address.iter().position(|&octet| octet > b' ')?;
    let text = address.get(begin..)?;
    let in_scheme = |octet: u8| octet.is_ascii_alphanumeric() || matches!(octet, b'+' | b'-' | b'.');
    let colon = text
        .iter()
        .position(|&octet| !(in_scheme(octet) || is_dropped(octet)))
        .filter(|&end| text.get(end) == Some(&b':') && text.first().is_some_and(u8::is_ascii_alphabetic));
    let (special, mut at) = match colon {
        Some(colon) => {
            let scheme = text.iter().take(colon).filter(|&&octet| !is_dropped(octet));
            let scheme: Vec<u8> = scheme.map(u8::to_ascii_lowercase).collect();
            // A special one has an authority, whatever the slashes behind it.
            let special = std::str::from_utf8(&scheme).is_ok_and(|scheme| default_port(scheme).is_some());
            (special, begin + colon + 1)
        }
        None => (true, begin),
    };
    let mut slashes = 0;
    while let Some(&octet) = address.get(at) {
        match octet {
            b'/' => slashes += 1,
            b'\\' if special => slashes += 1,
            _ if is_dropped(octet) => {}
            _ => break,
        }
        at += 1;
        if slashes == 2 && !special {
            break;
        }
    }
    let needed = if special && colon.is_some() { 0 } else { 2 };
    (slashes >= needed).then_some((at, special))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_password_and_fragment_are_cut_and_nothing_else() {
        for (address, expected) in [
            ("https://user:pass@example.com/a?b=c@d#token", "https://example.com/a?b=c@d"),
            ("//user:pass@example.com:8443", "//example.com:8443"),
            ("https://a@b:c@example.com", "https://example.com"),
            (r"HTTPS:\\user@example.com\a@b", r"HTTPS:\\example.com\a@b"),
            ("https:/user@example.com/", "https:/example.com/"),
            ("https:user@example.com/", "https:example.com/"),
            (" ht\ttps:/\t/us\ter@example.com", " ht\ttps:/\t/example.com"),
            ("app://us\\er:pass@host/a", "app://host/a"),
            ("app:///a@b", "app:///a@b"),
            ("mailto:somebody@example.com", "mailto:somebody@example.com"),
            ("/a@b/c", "/a@b/c"),
            ("a@b", "a@b"),
            ("1https://a@b/", "1https://b/"),
            (
                "https://a@b/https://u:p@h/?next=https%3A%2F%2Fu%3Ap@i#t",
                "https://b/https://h/?next=https%3A%2F%2Fi",
            ),
            ("/sign-in?next=//u:p@h/", "/sign-in?next=//h/"),
            ("#token", ""),
            ("", ""),
        ] {
            assert_eq!(without_secrets(address.as_bytes()), expected.as_bytes(), "{address}");
        }
        assert_eq!(without_secrets(b"//\xff@h/\xe9#\xff"), b"//h/\xe9");
        assert_eq!(text_without_secrets("HTTPS://u:p@h#x"), "https://h/");
        assert_eq!(text_without_secrets("https://u:p@bücher.example/#x"), "https://bücher.example/");
    }

    proptest::proptest! {
        #[test]
        fn it_cuts_what_the_parser_takes_for_secrets(user in "[a-z:@ ]{1,8}", slashes in "[/\\\\]{2,3}", path in "[a-z/@:]{0,8}") {
            let text = format!("https:{slashes}{user}@example.com/{path}#secret");
            let cut = String::from_utf8(without_secrets(text.as_bytes())).expect("text");
            proptest::prop_assert_eq!(Url::parse(&cut), Url::parse(&text).map(|url| url.without_secrets()));
        }
    }
}
