//! Location (RFC 9110 §10.2.2), followed as Fetch does ("location URL").

use crate::evidence::Response;
use crate::url::{Url, push_percent};

/// The Location of a response that redirects (Fetch, "redirect status"): with an empty one browsers show
/// the response itself.
pub fn of(response: &Response) -> Option<&[u8]> {
    let redirects = matches!(response.status, 301 | 302 | 303 | 307 | 308);
    response.values("location").find(|value| redirects && !value.is_empty())
}

/// Where the field sends a response that came from `base`; `None` where the value is no URL.
///
/// An octet outside ASCII stands percent-encoded in the result, whatever its encoding. User,
/// password and fragment are cut.
pub fn target(base: &Url, location: &[u8]) -> Option<Url> {
    let mut text = String::with_capacity(location.len());
    for &octet in location {
        if octet.is_ascii() {
            text.push(char::from(octet));
        } else {
            push_percent(&mut text, octet);
        }
    }
    base.join(&text).map(|target| target.without_secrets())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets() {
        let base = Url::parse("http://example.com/a/b#f").unwrap();
        for (location, expected) in [
            (&b"https://user:pass@example.com/"[..], Some("https://example.com/")),
            (b"/c#g", Some("http://example.com/c")),
            (b"c", Some("http://example.com/a/c")),
            (b"//www.example.com", Some("http://www.example.com/")),
            (b"/\xc3\xa9\xff", Some("http://example.com/%C3%A9%FF")),
            (b"http://", None),
        ] {
            assert_eq!(target(&base, location).map(|url| url.to_string()).as_deref(), expected);
        }
    }
}
