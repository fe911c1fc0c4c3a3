//! DER (X.690 §10): one element after the other, nothing copied.
//!
//! Own code, because the library that reads whole certificates is 45 KB of the module, and eight fields are wanted.

/// Tags that certificates have (X.690 §8.1.2).
pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// `[number]`, around an element of its own.
pub(super) const fn explicit(number: u8) -> u8 {
    0xa0 | number
}

/// `[number]`, in place of the tag of what has no elements inside.
pub(super) const fn implicit(number: u8) -> u8 {
    0x80 | number
}

/// What is left to read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Der<'a>(pub(super) &'a [u8]);

impl<'a> Der<'a> {
    /// The next element's tag and contents; none at the end, and where it is not DER.
    pub(super) fn next(&mut self) -> Option<(u8, &'a [u8])> {
        let (&tag, rest) = self.0.split_first()?;
        // Tags of several octets are nowhere in a certificate.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (&first, rest) = rest.split_first()?;
        let (length, rest) = if first < 0x80 {
            (usize::from(first), rest)
        } else {
            let (octets, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
            // As few octets as can be, and no length without an end.
            if octets.is_empty() || octets.len() > 4 || octets.first() == Some(&0) {
                return None;
            }
            let length = octets.iter().try_fold(0_usize, |length, &octet| {
                length.checked_mul(256)?.checked_add(usize::from(octet))
            })?;
            if length < 0x80 {
                return None;
            }
            (length, rest)
        };
        let (contents, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((tag, contents))
    }

    /// The next element's contents, where it has this tag.
    pub(super) fn expect(&mut self, wanted: u8) -> Option<&'a [u8]> {
        let (tag, contents) = self.next()?;
        (tag == wanted).then_some(contents)
    }

    /// The same, stepping over nothing where the next element is another.
    pub(super) fn optional(&mut self, wanted: u8) -> Option<&'a [u8]> {
        if self.0.first() == Some(&wanted) { self.next().map(|(_, contents)| contents) } else { None }
    }

    /// Everything left, element by element; none where something in it is not DER, or has another tag.
    pub(super) fn all(mut self, wanted: u8) -> Option<Vec<&'a [u8]>> {
        let mut all = Vec::new();
        while !self.0.is_empty() {
            all.push(self.expect(wanted)?);
        }
        Some(all)
    }
}

/// An object identifier in dots (X.690 §8.19).
pub(super) fn oid(octets: &[u8]) -> Option<String> {
    let mut text = String::new();
    let mut arc: u64 = 0;
    let mut ended = false;
    for &octet in octets {
        arc = arc.checked_mul(128)?.checked_add(u64::from(octet & 0x7f))?;
        ended = octet < 0x80;
        if !ended {
            continue;
        }
        if text.is_empty() {
            // The first two share a number: 40 times the first, which is at most 2.
            let first = (arc / 40).min(2);
            text = [first.to_string(), (arc - first * 40).to_string()].join(".");
        } else {
            text.push('.');
            text.push_str(&arc.to_string());
        }
        arc = 0;
    }
    ended.then_some(text)
}

/// A time (RFC 5280 §4.1.2.5), in seconds since the epoch.
pub(super) fn time(tag: u8, octets: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(octets).ok()?;
    let (century, rest) = match tag {
        // UTCTime: two digits of the year, 1950 to 2049.
        0x17 => (if text.get(..2)? < "50" { "20" } else { "19" }, text),
        // GeneralizedTime.
        0x18 => (text.get(..2)?, text.get(2..)?),
        _ => return None,
    };
    // Seconds are always there, and the zone is always UTC (RFC 5280 §4.1.2.5.1, §4.1.2.5.2).
    let digits =
        rest.strip_suffix('Z').filter(|digits| digits.bytes().all(|octet| octet.is_ascii_digit()))?;
    if digits.len() != 12 {
        return None;
    }
    let part = |from: usize| digits.get(from..from + 2)?.parse::<u8>().ok();
    let year = 100 * century.parse::<u16>().ok()? + u16::from(part(0)?);
    crate::time::utc(year, [part(2)?, part(4)?], [part(6)?, part(8)?, part(10)?])
}
