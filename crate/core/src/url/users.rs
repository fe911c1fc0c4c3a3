//! Cutting users and passwords from texts that hold addresses, such as a policy with its report-uri.

/// Text, which may hold addresses in any place, without their users and passwords; the rest stays octet for octet.
///
/// An address begins with a scheme and slashes, or with two slashes where no path goes on; backslashes count as
/// slashes, and octets may be percent-encoded, more than once too. Its authority goes on to what ends one in any
/// URL, and to white space and double quotes; in a query `&` ends it.
pub fn without_users(text: &[u8]) -> Vec<u8> {
    let (mut kept, mut from, mut at) = (Vec::new(), 0, 0);
    // How many slashes stand before the octet, how many times the last is encoded, and what stands before them.
    let (mut slashes, mut depth, mut last) = (0, 0, b' ');
    let mut in_query = false;
    while let Some(read) = Octet::at(text, at) {
        if matches!(read.value, b'/' | b'\\') {
            (slashes, depth, at) = (slashes + 1, read.depth, read.end);
            continue;
        }
        let opens = match last {
            b':' => slashes > 0,
            _ => slashes > 1 && b" \t=\"'(<>,;&?[{".contains(&last),
        };
        if opens {
            let authority = Authority::at(text, at, depth, in_query);
            kept.extend_from_slice(text.get(from..at).unwrap_or_default());
            (from, at, last) = (authority.host, authority.end, authority.last);
        } else {
            (at, last) = (read.end, read.value);
        }
        slashes = 0;
        in_query = match last {
            b'?' => true,
            b' ' | b'"' => false,
            _ => in_query,
        };
    }
    kept.extend_from_slice(text.get(from..).unwrap_or_default());
    kept
}

/// What follows the slashes of an address.
struct Authority {
    /// Where the host begins.
    host: usize,
    end: usize,
    /// The last octet.
    last: u8,
}

impl Authority {
    /// What is percent-encoded more often than the slashes, `depth` times, belongs to user, password or host.
    fn at(text: &[u8], start: usize, depth: usize, in_query: bool) -> Self {
        let mut authority = Self { host: start, end: start, last: b'/' };
        while let Some(read) = Octet::at(text, authority.end) {
            let delimits = read.depth <= depth;
            if delimits
                && (read.value <= b' '
                    || b"/\\?#\"<>".contains(&read.value)
                    || in_query && read.value == b'&')
            {
                break;
            }
            (authority.end, authority.last) = (read.end, read.value);
            if delimits && read.value == b'@' {
                authority.host = read.end;
            }
        }
        authority
    }
}

/// An octet of a text in which octets may be percent-encoded.
struct Octet {
    value: u8,
    /// Where the next one begins.
    end: usize,
    /// How many times it is encoded.
    depth: usize,
}

impl Octet {
    fn at(text: &[u8], at: usize) -> Option<Self> {
        let mut read = Self { value: *text.get(at)?, end: at + 1, depth: 0 };
        while read.value == b'%'
            && let Some(value) = text.get(read.end..read.end + 2).and_then(from_hexadecimal)
        {
            read = Self { value, end: read.end + 2, depth: read.depth + 1 };
        }
        Some(read)
    }
}

/// The octet that two digits stand for.
pub(crate) fn from_hexadecimal(digits: &[u8]) -> Option<u8> {
    let value = |digit: &u8| char::from(*digit).to_digit(16);
    let [high, low] = digits else { return None };
    u8::try_from(value(high)? * 16 + value(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_and_passwords_are_cut_and_nothing_else() {
        for (text, expected) in [
            ("https://u:p@h/#t", "https://h/#t"),
            ("report-uri https://u:p@h/r https://k@i/", "report-uri https://h/r https://i/"),
            ("{\"url\":\"https://k@h/r\"}", "{\"url\":\"https://h/r\"}"),
            (r#"{"url":"https:\/\/u:p@h\/r"}"#, r#"{"url":"https:\/\/h\/r"}"#),
            ("//u:p@h", "//h"),
            ("report-uri //u:p@h/ /a", "report-uri //h/ /a"),
            ("https:/u:p@h", "https:/h"),
            (r"https:\\u:p@h", r"https:\\h"),
            (r"\/u:p@h\a@b", r"\/h\a@b"),
            ("https://u:p'&,;(p@h/", "https://h/"),
            ("https://a@b:c@h", "https://h"),
            ("https://https://u:p@h", "https://https://h"),
            ("blob:https://u:p@h/1", "blob:https://h/1"),
            ("/?next=https://u:p@h&to=a@b", "/?next=https://h&to=a@b"),
            ("/?next=https://h&to=a@b", "/?next=https://h&to=a@b"),
            ("?next=//u:p@h", "?next=//h"),
            ("?next=https%3A%2F%2fu%3ap%40h%2Fa@b", "?next=https%3A%2F%2fh%2Fa@b"),
            ("?next=https:%5c%2fu:%2540p@h", "?next=https:%5c%2fh"),
            ("?a=b%3Fc%3Dhttps%253A%252F%252Fh%2Fa@b", "?a=b%3Fc%3Dhttps%253A%252F%252Fh%2Fa@b"),
            ("?a=b%3Fc%3Dhttps%253A%252F%252Fu%253Ap%2540h", "?a=b%3Fc%3Dhttps%253A%252F%252Fh"),
            // What is encoded more often than the slashes ends no authority.
            ("https://u:p%2Fp%23@h/", "https://h/"),
            ("?next=https%3A%2F%2Fu:p%252F%40h", "?next=https%3A%2F%2Fh"),
            // No number.
            ("https://u:%+fp@h/%", "https://h/%"),
        ] {
            assert_eq!(String::from_utf8(without_users(text.as_bytes())).as_deref(), Ok(expected), "{text}");
        }
        for text in [
            "",
            "://",
            "a@b",
            "mailto:somebody@example.com",
            "script-src https: https://h/@a wss://i:* 'self'",
            "https://h//x@y",
            "https://h/a//x@y",
            "/a/@b",
            "Apache // mod@ssl",
            "5; mode=block; report=//h/a@b",
            "https:",
        ] {
            assert_eq!(without_users(text.as_bytes()), text.as_bytes(), "{text}");
        }
        assert_eq!(without_users(b"\xff//\xe9 //\xff:\xfe@h\xff"), b"\xff//\xe9 //h\xff");
    }

    proptest::proptest! {
        #[test]
        fn no_password_is_left(
            before in "[ -~]{0,12}",
            opening in "(https?:|wss:|x:|[ =\"])(//|\\\\\\\\|/\\\\|%2F%2F)",
            user in "[a-z!$&'()*+,;=:%]{0,6}",
        ) {
            let text = format!("{before} {opening}{user}:PASSWORD@example.com/");
            let cut = String::from_utf8(without_users(text.as_bytes())).expect("text");
            proptest::prop_assert!(!cut.contains("PASSWORD"), "{cut}");
            proptest::prop_assert_eq!(without_users(cut.as_bytes()), cut.as_bytes());
        }

        #[test]
        fn all_octets_are_read(text in proptest::collection::vec(proptest::num::u8::ANY, 0..64)) {
            let cut = without_users(&text);
            proptest::prop_assert!(cut.len() <= text.len());
        }
    }

    #[test]
    fn work_grows_with_the_text_only() {
        for pattern in ["https:", "://", "%252F", "//@", "http:%25", "=//a"] {
            let text = pattern.repeat(200_000);
            assert!(without_users(text.as_bytes()).len() <= text.len());
        }
    }
}
