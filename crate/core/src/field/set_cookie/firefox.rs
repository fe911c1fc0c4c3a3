//! Firefox's reading of Set-Cookie.
//!
//! Differs from Chromium: what is no UTF-8 in the value is replaced when it is stored; a piece without `=` is a name with an
//! empty value, and a cookie needs a name; HTAB is white space, only not in a path; the limit of 1,024
//! octets binds Path, Domain, Expires and Max-Age only; the `__Host-` prefixes look at the stored path.

use super::prefix::NamePrefix;
use super::{
    AttributeKind, Expiry, MOST_ATTRIBUTE_OCTETS, MOST_OCTETS, Rejection, SameSite, SetContext, StoredCookie,
    default_path, domain, parts,
};
use crate::field::octets::{is_control, isomorphic_decode};
use crate::field::{Engine, cookie_date};

pub(super) fn read(set_cookie: &[u8], cx: &SetContext<'_>) -> Result<StoredCookie, Rejection> {
    let parts = parts(set_cookie);
    let (name, value) = match parts.name {
        Some(name) => (name.of(set_cookie), parts.value.of(set_cookie)),
        None => (parts.value.of(set_cookie), &b""[..]),
    };

    let mut domain_value: &[u8] = b"";
    let mut path_value: &[u8] = b"";
    let mut expires: &[u8] = b"";
    let mut max_age: &[u8] = b"";
    let mut same_site = SameSite::Unspecified;
    let (mut secure, mut http_only, mut partitioned) = (false, false, false);
    for attribute in &parts.attributes {
        let value = attribute.value_in(set_cookie);
        if holds_control(attribute.name.of(set_cookie)) || holds_control(value) {
            return Err(Rejection::ControlOctet);
        }
        let keeps = value.len() <= MOST_ATTRIBUTE_OCTETS;
        match attribute.kind {
            AttributeKind::Domain if keeps => domain_value = value,
            AttributeKind::Path if keeps => path_value = value,
            AttributeKind::Expires if keeps => expires = value,
            AttributeKind::MaxAge if keeps => max_age = value,
            AttributeKind::SameSite => same_site = SameSite::from_value(value),
            AttributeKind::Secure => secure = true,
            AttributeKind::HttpOnly => http_only = true,
            AttributeKind::Partitioned => partitioned = true,
            _ => {}
        }
    }
    if name.is_empty() {
        return Err(if value.is_empty() { Rejection::Empty } else { Rejection::Nameless });
    }
    if name.len() + value.len() > MOST_OCTETS {
        return Err(Rejection::TooLarge);
    }
    if holds_control(name) || holds_control(value) {
        return Err(Rejection::ControlOctet);
    }
    let default = default_path(cx.url).as_bytes();
    // A default path that is itself too long is not used, and what was written stays, even nothing.
    let path = if path_value.starts_with(b"/") || default.len() > MOST_ATTRIBUTE_OCTETS {
        path_value
    } else {
        default
    };
    if path.contains(&b'\t') {
        return Err(Rejection::PathInvalid);
    }
    if same_site == SameSite::None && !secure {
        return Err(Rejection::SameSiteNoneNotSecure);
    }
    if partitioned && !secure {
        return Err(Rejection::PartitionedNotSecure);
    }
    let domain = domain::of(domain_value, cx)?;
    let trustworthy = cx.url.is_potentially_trustworthy();
    if let Some(prefix) = NamePrefix::of(name) {
        let satisfied = secure
            && trustworthy
            && (!prefix.needs_http_only() || http_only)
            && (!prefix.needs_host() || (domain.host_only && path == b"/"));
        if !satisfied {
            return Err(Rejection::PrefixViolated);
        }
    }
    if secure && !trustworthy {
        return Err(Rejection::SecureOverHttp);
    }
    let expires_at = expiry(max_age, expires, cx).capped(cx.now)?;
    Ok(StoredCookie {
        name: isomorphic_decode(name),
        value_length: String::from_utf8_lossy(value).len(),
        domain: domain.name,
        host_only: domain.host_only,
        path: isomorphic_decode(path),
        secure,
        http_only,
        same_site,
        partitioned,
        expires_at,
    })
}

/// A control character other than HTAB.
fn holds_control(text: &[u8]) -> bool {
    text.iter().any(|&octet| is_control(octet) && octet != b'\t')
}

/// Max-Age, where it is a number, beats Expires (RFC 6265bis §5.7 step 12).
fn expiry(max_age: &[u8], expires: &[u8], cx: &SetContext<'_>) -> Expiry {
    if let Some(seconds) = seconds(max_age) {
        return Expiry::after(cx.now, seconds);
    }
    match cookie_date::read(Engine::Firefox, expires) {
        Some(date) => Expiry::at(date, cx),
        None => Expiry::Session,
    }
}

/// Digits only. A hyphen in front settles it, whatever follows: expired. A number that leaves 64 bits
/// counts as the largest, whatever follows the digit where that happens.
fn seconds(value: &[u8]) -> Option<i64> {
    if value.first()? == &b'-' {
        return Some(i64::MIN);
    }
    let mut sum: i64 = 0;
    for &digit in value {
        if !digit.is_ascii_digit() {
            return None;
        }
        match sum.checked_mul(10).and_then(|sum| sum.checked_add(i64::from(digit - b'0'))) {
            Some(next) => sum = next,
            None => return Some(i64::MAX),
        }
    }
    Some(sum)
}
