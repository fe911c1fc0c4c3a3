//! The host parser of the WHATWG URL Standard (§3.5), for ASCII.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{HostKind, from_hexadecimal};

/// Parses the host of a special scheme; `None` where it is invalid or not ASCII.
pub(super) fn parse(input: &str) -> Option<(String, HostKind)> {
    if let Some(rest) = input.strip_prefix('[') {
        let address: Ipv6Addr = rest.strip_suffix(']')?.parse().ok()?;
        return Some((format!("[{}]", serialise_ipv6(address)), HostKind::Ipv6));
    }
    let name = percent_decode(input);
    if name.is_empty() || !name.iter().all(|&octet| octet.is_ascii() && !is_forbidden(octet)) {
        return None;
    }
    let name = String::from_utf8(name).ok()?.to_ascii_lowercase();
    if ends_in_number(&name) {
        return Some((parse_ipv4(&name)?.to_string(), HostKind::Ipv4));
    }
    Some((name, HostKind::Domain))
}

/// Forbidden domain code points.
const fn is_forbidden(octet: u8) -> bool {
    octet <= b' '
        || matches!(
            octet,
            b'#' | b'/' | b':' | b'<' | b'>' | b'?' | b'@' | b'[' | b'\\' | b']' | b'^' | b'|' | b'%' | 0x7f
        )
}

fn percent_decode(input: &str) -> Vec<u8> {
    let mut decoded = Vec::with_capacity(input.len());
    let mut rest = input.as_bytes();
    while let Some((&octet, after)) = rest.split_first() {
        let encoded = after.get(..2).filter(|_| octet == b'%').and_then(from_hexadecimal);
        decoded.push(encoded.unwrap_or(octet));
        rest = after.get(encoded.map_or(0, |_| 2)..).unwrap_or_default();
    }
    decoded
}

/// Whether the last label (a trailing dot aside) is a number, which makes the whole an IPv4 address.
fn ends_in_number(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let last = name.rsplit('.').next().unwrap_or_default();
    !last.is_empty() && (last.bytes().all(|octet| octet.is_ascii_digit()) || ipv4_number(last).is_some())
}

/// Decimal, octal (leading 0) or hexadecimal (0x).
fn ipv4_number(label: &str) -> Option<u64> {
    let (digits, radix) = match label.strip_prefix("0x") {
        Some(digits) => (digits, 16),
        None if label.len() > 1 && label.starts_with('0') => (label.get(1..)?, 8),
        None => (label, 10),
    };
    if digits.is_empty() {
        return (radix != 10).then_some(0);
    }
    if !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    // Too long is too large: any number above 2^32 is refused later.
    Some(u64::from_str_radix(digits, radix).unwrap_or(u64::MAX))
}

fn parse_ipv4(name: &str) -> Option<Ipv4Addr> {
    let numbers: Vec<u64> =
        name.strip_suffix('.').unwrap_or(name).split('.').map(ipv4_number).collect::<Option<_>>()?;
    let (&last, first) = numbers.split_last()?;
    if first.len() > 3 || first.iter().any(|&number| number > 255) {
        return None;
    }
    // The last number fills all octets that are left.
    let room = 8 * (4 - u32::try_from(first.len()).ok()?);
    if last >= 1 << room {
        return None;
    }
    let mut address = last;
    let mut shift = 24;
    for &number in first {
        address += number << shift;
        shift -= 8;
    }
    Some(Ipv4Addr::from(u32::try_from(address).ok()?))
}

/// Groups in lower-case hexadecimal, the first longest run of two or more zero groups as `::`.
fn serialise_ipv6(address: Ipv6Addr) -> String {
    let groups = address.segments();
    let mut best = (0, 0);
    let mut start = 0;
    while start < groups.len() {
        let length = groups.iter().skip(start).take_while(|&&group| group == 0).count();
        if length > 1 && length > best.1 {
            best = (start, length);
        }
        start += length.max(1);
    }
    let hex = |part: &[u16]| part.iter().map(|group| format!("{group:x}")).collect::<Vec<_>>().join(":");
    if best.1 == 0 {
        return hex(&groups);
    }
    let before = groups.get(..best.0).unwrap_or_default();
    let after = groups.get(best.0 + best.1..).unwrap_or_default();
    format!("{}::{}", hex(before), hex(after))
}
