//! Chromium's reading of Set-Cookie.
//!
//! Differs from Firefox: a piece without `=` is a nameless cookie's value; HTAB inside anything is a
//! control character; any attribute with a value over 1,024 octets is as if it were not there; the
//! `__Host-` prefixes want `Path=/` written out.

use super::prefix::NamePrefix;
use super::{
    Attribute, AttributeKind, Expiry, MOST_ATTRIBUTE_OCTETS, MOST_OCTETS, Rejection, SameSite, SetContext,
    StoredCookie, default_path, domain, parts,
};
use crate::field::octets::{is_control, isomorphic_decode};
use crate::field::{Engine, Span, cookie_date};

pub(super) fn read(set_cookie: &[u8], cx: &SetContext<'_>) -> Result<StoredCookie, Rejection> {
    let parts = parts(set_cookie);
    let name = parts.name.unwrap_or_default().of(set_cookie);
    let value = parts.value.of(set_cookie);
    if name.is_empty() && value.is_empty() {
        return Err(Rejection::Empty);
    }
    if name.len() + value.len() > MOST_OCTETS {
        return Err(Rejection::TooLarge);
    }
    let spans = parts.attributes.iter().flat_map(|attribute| [Some(attribute.name), attribute.value]);
    let mut spans = [parts.name, Some(parts.value)].into_iter().chain(spans).flatten();
    if spans.any(|span: Span| span.of(set_cookie).iter().any(|&octet| is_control(octet))) {
        return Err(Rejection::ControlOctet);
    }
    let written = Written::collect(set_cookie, &parts.attributes);

    let domain = domain::of(written.domain, cx)?;
    if name.is_empty() {
        if NamePrefix::of(value).is_some() {
            return Err(Rejection::PrefixInValue);
        }
        // It would be sent as a cookie with a name.
        if value.contains(&b'=') {
            return Err(Rejection::Nameless);
        }
    } else if let Some(prefix) = NamePrefix::of(name)
        && !written.satisfies(prefix, cx)
    {
        return Err(Rejection::PrefixViolated);
    }
    let trustworthy = cx.url.is_potentially_trustworthy();
    if written.partitioned && !(written.secure && trustworthy) {
        return Err(if written.secure { Rejection::SecureOverHttp } else { Rejection::PartitionedNotSecure });
    }
    if written.same_site == SameSite::None && !written.secure {
        return Err(Rejection::SameSiteNoneNotSecure);
    }
    if written.secure && !trustworthy {
        return Err(Rejection::SecureOverHttp);
    }
    let expires_at = written.expiry(cx).capped(cx.now)?;
    let path = if written.path.starts_with(b"/") {
        isomorphic_decode(written.path)
    } else {
        default_path(cx.url).to_owned()
    };
    Ok(StoredCookie {
        name: isomorphic_decode(name),
        value_length: value.len(),
        domain: domain.name,
        host_only: domain.host_only,
        path,
        secure: written.secure,
        http_only: written.http_only,
        same_site: written.same_site,
        partitioned: written.partitioned,
        expires_at,
    })
}

/// The attributes that count: the last of each name.
struct Written<'a> {
    domain: &'a [u8],
    path: &'a [u8],
    expires: &'a [u8],
    max_age: Option<&'a [u8]>,
    same_site: SameSite,
    secure: bool,
    http_only: bool,
    partitioned: bool,
}

impl<'a> Written<'a> {
    fn collect(set_cookie: &'a [u8], attributes: &[Attribute]) -> Self {
        let mut written = Self {
            domain: b"",
            path: b"",
            expires: b"",
            max_age: None,
            same_site: SameSite::Unspecified,
            secure: false,
            http_only: false,
            partitioned: false,
        };
        for attribute in attributes {
            let value = attribute.value_in(set_cookie);
            if value.len() > MOST_ATTRIBUTE_OCTETS {
                continue;
            }
            match attribute.kind {
                AttributeKind::Domain => written.domain = value,
                AttributeKind::Path => written.path = value,
                AttributeKind::Expires => written.expires = value,
                AttributeKind::MaxAge => written.max_age = Some(value),
                AttributeKind::SameSite => written.same_site = SameSite::from_value(value),
                AttributeKind::Secure => written.secure = true,
                AttributeKind::HttpOnly => written.http_only = true,
                AttributeKind::Partitioned => written.partitioned = true,
                AttributeKind::Priority | AttributeKind::Unknown => {}
            }
        }
        written
    }

    fn satisfies(&self, prefix: NamePrefix, cx: &SetContext<'_>) -> bool {
        // The host's own IP address in Domain is the only Domain that `__Host-` bears.
        let own_address = cx.url.host_is_ip() && self.domain == cx.url.host().as_bytes();
        self.secure
            && cx.url.is_potentially_trustworthy()
            && (!prefix.needs_http_only() || self.http_only)
            && (!prefix.needs_host() || (self.path == b"/" && (self.domain.is_empty() || own_address)))
    }

    /// Max-Age, where it is a number, beats Expires (RFC 6265bis §5.7 step 12).
    fn expiry(&self, cx: &SetContext<'_>) -> Expiry {
        if let Some(seconds) = self.max_age.and_then(seconds) {
            return Expiry::after(cx.now, seconds);
        }
        match cookie_date::read(Engine::Chromium, self.expires) {
            Some(date) => Expiry::at(date, cx),
            None => Expiry::Session,
        }
    }
}

/// A whole number with an optional sign. One that leaves 64 bits counts as the largest or smallest,
/// whatever follows the digit where that happens.
fn seconds(value: &[u8]) -> Option<i64> {
    let (sign, digits) = match value.split_first()? {
        (b'-', digits) => (-1, digits),
        (b'+', digits) => (1, digits),
        _ => (1, value),
    };
    if digits.is_empty() {
        return None;
    }
    let mut sum: i64 = 0;
    for &digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        let next = sum.checked_mul(10).and_then(|sum| sum.checked_add(sign * i64::from(digit - b'0')));
        match next {
            Some(next) => sum = next,
            None => return Some(if sign < 0 { i64::MIN } else { i64::MAX }),
        }
    }
    Some(sum)
}
