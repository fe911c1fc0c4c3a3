//! Fields that set a policy in one word or in a list of words.
//!
//! Fetch calls what they share "get, decode, and split": all lines of a name are one list with commas between its
//! members. Chromium 156 and Firefox 153 read these fields alike.

use super::octets::{is_tchar, trimmed};
use crate::words::words;

/// The members of all lines of a field, in order.
pub fn members<'a>(lines: &[&'a [u8]]) -> Vec<&'a [u8]> {
    lines.iter().flat_map(|line| line.split(|&octet| octet == b',')).map(trimmed).collect()
}

/// What X-Frame-Options makes a browser do (HTML, "X-Frame-Options processing model").
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FrameOptions {
    /// There is no such field.
    Absent,
    /// It has no value that browsers know; ALLOW-FROM is none since Chromium and Firefox 70 (2019).
    Ignored,
    /// `SAMEORIGIN`: framed by pages of the same origin only.
    SameOrigin,
    /// `DENY`: never framed.
    Deny,
    /// Several values that differ, one of them known: never framed.
    Conflict,
}

/// How a browser reads the lines of X-Frame-Options.
pub fn frame_options(lines: &[&[u8]]) -> FrameOptions {
    let of = |value: &[u8]| {
        if value.eq_ignore_ascii_case(b"deny") {
            Some(FrameOptions::Deny)
        } else if value.eq_ignore_ascii_case(b"sameorigin") {
            Some(FrameOptions::SameOrigin)
        } else {
            // Known, and allows what would be allowed anyway.
            value.eq_ignore_ascii_case(b"allowall").then_some(FrameOptions::Ignored)
        }
    };
    let members = members(lines);
    let Some((first, rest)) = members.split_first() else { return FrameOptions::Absent };
    if rest.iter().all(|member| member.eq_ignore_ascii_case(first)) {
        return of(first).unwrap_or(FrameOptions::Ignored);
    }
    if members.iter().any(|member| of(member).is_some()) {
        FrameOptions::Conflict
    } else {
        FrameOptions::Ignored
    }
}

/// Whether X-Content-Type-Options says `nosniff` (Fetch, "determine nosniff"): its first member decides.
pub fn nosniff(lines: &[&[u8]]) -> bool {
    members(lines).first().is_some_and(|member| member.eq_ignore_ascii_case(b"nosniff"))
}

words! {
    /// A referrer policy (Referrer Policy §3).
    pub enum ReferrerPolicy {
        /// Nothing is sent.
        NoReferrer = "no-referrer",
        /// The whole address, but nothing from https to http.
        NoReferrerWhenDowngrade = "no-referrer-when-downgrade",
        /// The whole address, but nothing to other origins.
        SameOrigin = "same-origin",
        /// The origin, also to http.
        Origin = "origin",
        /// The origin, but nothing from https to http.
        StrictOrigin = "strict-origin",
        /// The whole address to the same origin, else the origin, also to http.
        OriginWhenCrossOrigin = "origin-when-cross-origin",
        /// What browsers do without a policy.
        StrictOriginWhenCrossOrigin = "strict-origin-when-cross-origin",
        /// The whole address to everybody.
        UnsafeUrl = "unsafe-url",
    }
}

/// The policy of the Referrer-Policy lines: the last member that is one (Referrer Policy §8.1).
pub fn referrer_policy(lines: &[&[u8]]) -> Option<ReferrerPolicy> {
    members(lines).into_iter().rev().find_map(|member| {
        let word = std::str::from_utf8(member).ok()?.to_ascii_lowercase();
        ReferrerPolicy::of(&word)
    })
}

/// The policy of a `meta name=referrer` element, which also knows four old words (HTML, "referrer").
pub fn referrer_policy_of_meta(value: &[u8]) -> Option<ReferrerPolicy> {
    let old: [(&[u8], ReferrerPolicy); 4] = [
        (b"never", ReferrerPolicy::NoReferrer),
        (b"default", ReferrerPolicy::StrictOriginWhenCrossOrigin),
        (b"always", ReferrerPolicy::UnsafeUrl),
        (b"origin-when-crossorigin", ReferrerPolicy::OriginWhenCrossOrigin),
    ];
    let value = value.trim_ascii();
    let known = old.iter().find(|(word, _)| value.eq_ignore_ascii_case(word));
    known.map(|(_, policy)| *policy).or_else(|| referrer_policy(&[value]))
}

/// The token of a field that is an item (RFC 9651 §3.3): of Cross-Origin-Opener-Policy and
/// Cross-Origin-Embedder-Policy. None for everything else, which browsers take for no field at all.
pub fn token<'a>(lines: &[&'a [u8]]) -> Option<&'a [u8]> {
    let [line] = lines else { return None };
    let token = trimmed(line.split(|&octet| octet == b';').next().unwrap_or_default());
    let (first, rest) = token.split_first()?;
    let sound = (first.is_ascii_alphabetic() || *first == b'*')
        && rest.iter().all(|&octet| is_tchar(octet) || matches!(octet, b':' | b'/'));
    sound.then_some(token)
}

/// The value of a field that is compared as a whole, in its case: of Cross-Origin-Resource-Policy.
pub fn whole<'a>(lines: &[&'a [u8]]) -> Option<&'a [u8]> {
    let [line] = lines else { return None };
    Some(trimmed(line))
}

/// Type and charset of a Content-Type (Fetch, "extract a MIME type").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaType {
    /// `type/subtype`, in lower case.
    pub essence: String,
    /// It has a `charset`.
    pub charset: bool,
}

/// The media type of Content-Type lines: the last member that is one.
pub fn media_type(lines: &[&[u8]]) -> Option<MediaType> {
    members(lines).into_iter().rev().find_map(|member| {
        let mut parts = member.split(|&octet| octet == b';').map(trimmed);
        let essence = std::str::from_utf8(parts.next()?).ok()?.to_ascii_lowercase();
        let (of, sub) = essence.split_once('/')?;
        let token = |text: &str| !text.is_empty() && text.bytes().all(is_tchar);
        let charset = parts.any(|part| {
            let (name, value) = part.split_at(part.len().min(8));
            name.eq_ignore_ascii_case(b"charset=") && !value.is_empty()
        });
        (token(of) && token(sub) && essence != "*/*").then_some(MediaType { essence, charset })
    })
}

/// Whether a directive stands in Cache-Control or in a field of its form; `name` without its value.
pub fn has_directive(lines: &[&[u8]], name: &str) -> bool {
    directive(lines, name).is_some()
}

/// The value of a directive of Cache-Control, empty where it has none. The first one counts.
pub fn directive<'a>(lines: &[&'a [u8]], name: &str) -> Option<&'a [u8]> {
    members(lines).into_iter().find_map(|member| {
        let at = member.iter().position(|&octet| octet == b'=').unwrap_or(member.len());
        let (word, value) = member.split_at(at);
        trimmed(word)
            .eq_ignore_ascii_case(name.as_bytes())
            .then(|| trimmed(value.get(1..).unwrap_or_default()))
    })
}

/// Whether a Server field names a version: digits behind a slash, or digits with a point between them. What merely holds a
/// digit (`AmazonS3`, the node `ECS (nyb/1D2E)`) does not.
pub fn names_version(value: &[u8]) -> bool {
    let words = value.split(|octet| !(octet.is_ascii_alphanumeric() || b"./-_".contains(octet)));
    words.into_iter().any(|word| {
        let (behind, slash) = match word.iter().position(|&octet| octet == b'/') {
            Some(at) => (word.get(at + 1..).unwrap_or_default(), true),
            None => (word, false),
        };
        let behind = behind.strip_prefix(b"v").unwrap_or(behind);
        let digits = behind.iter().take_while(|octet| octet.is_ascii_digit()).count();
        let rest = behind.get(digits..).unwrap_or_default();
        digits > 0 && (rest.first() == Some(&b'.') || slash && rest.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frame_options_are_one_list() {
        use FrameOptions as F;
        let rows: [(&[&str], F); 13] = [
            (&[], F::Absent),
            (&["DENY"], F::Deny),
            (&[" sameorigin\t"], F::SameOrigin),
            (&["SAMEORIGIN, sameorigin"], F::SameOrigin),
            (&["DENY", "deny"], F::Deny),
            (&["DENY", "SAMEORIGIN"], F::Conflict),
            (&["ALLOWALL, x"], F::Conflict),
            (&["DENY; x"], F::Ignored),
            (&["\"DENY\""], F::Ignored),
            (&["ALLOW-FROM https://a.test/"], F::Ignored),
            (&["ALLOWALL"], F::Ignored),
            (&["x, y"], F::Ignored),
            (&[""], F::Ignored),
        ];
        for (lines, expected) in rows {
            let octets: Vec<&[u8]> = lines.iter().map(|line| line.as_bytes()).collect();
            assert_eq!(frame_options(&octets), expected, "{lines:?}");
        }
    }

    #[test]
    fn the_first_member_is_nosniff_or_none_is() {
        for (line, expected) in [
            ("nosniff", true),
            ("NoSniff, x", true),
            ("x, nosniff", false),
            (", nosniff", false),
            ("nosniff;", false),
            ("'nosniff'", false),
        ] {
            assert_eq!(nosniff(&[line.as_bytes()]), expected, "{line}");
        }
        assert!(!nosniff(&[]));
    }

    #[test]
    fn the_last_known_referrer_policy_counts() {
        use ReferrerPolicy as R;
        for (line, expected) in [
            ("no-referrer", Some(R::NoReferrer)),
            ("no-referrer, Strict-Origin", Some(R::StrictOrigin)),
            ("unsafe-url, future-word", Some(R::UnsafeUrl)),
            ("never", None),
            ("no-referrer origin", None),
            ("", None),
        ] {
            assert_eq!(referrer_policy(&[line.as_bytes()]), expected, "{line}");
        }
        assert_eq!(referrer_policy(&[b"origin", b"x, same-origin"]), Some(R::SameOrigin));
        assert_eq!(referrer_policy_of_meta(b" Always "), Some(R::UnsafeUrl));
        assert_eq!(referrer_policy_of_meta(b"origin"), Some(R::Origin));
        assert_eq!(referrer_policy_of_meta(b""), None);
    }

    #[test]
    fn an_item_is_one_token() {
        let rows: [(&str, Option<&str>); 7] = [
            ("same-origin", Some("same-origin")),
            (" same-origin ; report-to=\"x\"", Some("same-origin")),
            ("Same-Origin", Some("Same-Origin")),
            ("\"same-origin\"", None),
            ("same-origin, same-origin", None),
            ("same origin", None),
            ("", None),
        ];
        for (line, expected) in rows {
            assert_eq!(token(&[line.as_bytes()]), expected.map(str::as_bytes), "{line}");
        }
        assert_eq!(token(&[b"same-origin", b"same-origin"]), None);
        assert_eq!(whole(&[b" same-site "]), Some(&b"same-site"[..]));
    }

    #[test]
    fn the_last_media_type_counts() {
        let of = |line: &str| media_type(&[line.as_bytes()]).map(|of| (of.essence, of.charset));
        for (line, expected) in [
            ("text/html; charset=utf-8", Some(("text/html", true))),
            ("Text/HTML;x=y ; CHARSET=\"utf-8\"", Some(("text/html", true))),
            ("text/html; charset=", Some(("text/html", false))),
            ("text/plain, image/svg+xml", Some(("image/svg+xml", false))),
            ("text/html, */*", Some(("text/html", false))),
            ("html", None),
            ("text/", None),
            ("", None),
        ] {
            assert_eq!(of(line), expected.map(|(essence, charset)| (essence.to_owned(), charset)), "{line}");
        }
    }

    #[test]
    fn directives_have_a_name_and_perhaps_a_value() {
        let lines: [&[u8]; 2] = [b"No-Store , max-age = 60", b"private=\"x\""];
        assert!(has_directive(&lines, "no-store") && has_directive(&lines, "private"));
        assert!(!has_directive(&lines, "no-cache") && !has_directive(&[], "private"));
        assert_eq!(directive(&lines, "max-age"), Some(&b"60"[..]));
        assert_eq!(directive(&lines, "no-store"), Some(&b""[..]));
    }

    #[test]
    fn a_version_has_digits_and_points() {
        for value in [
            "nginx/1.24.0",
            "Apache/2 (Debian)",
            "Jetty(9.4.z)",
            "Microsoft-IIS/10.0",
            "x OpenSSL/1.0.2k",
            "lighttpd/v1",
        ] {
            assert!(names_version(value.as_bytes()), "{value}");
        }
        for value in ["", "nginx", "AmazonS3", "ECS (nyb/1D2E)", "cloudflare", "gws", "Apache/Debian", "1"] {
            assert!(!names_version(value.as_bytes()), "{value}");
        }
    }
}
