//! Chromium's cookie dates: tokens between delimiters, taken in order of appearance.
//!
//! Numbers are digits and nothing else: `6th`, `2027x` and `08:49:37PM` count for nothing.
//!
//! A day, a month name, a time `h:m:s` with all three numbers and a year must all be there; words after
//! the month, so also time zones, AM and PM, mean nothing. The calendar day must exist.

use super::{days_from_epoch, days_in_month};

const MONTHS: [&[u8]; 12] =
    [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];

pub(super) fn read(text: &[u8]) -> Option<i64> {
    let mut day = None;
    let mut month = None;
    let mut time = None;
    let mut year = None;
    for token in text.split(|&octet| is_delimiter(octet)).filter(|token| !token.is_empty()) {
        if !token.first().is_some_and(u8::is_ascii_digit) {
            // The first word that begins like a month's name; `Junk` is June.
            month = month.or_else(|| month_of(token));
        } else if token.contains(&b':') {
            time = time.or_else(|| time_of(token));
        } else if day.is_none() && token.len() <= 2 && number(token).is_some() {
            day = number(token);
        } else if year.is_none() && token.len() <= 5 {
            year = number(token);
        }
    }
    let (day, month, year) = (day?, month?, year?);
    let (hour, minute, second) = time?;
    let year = match year {
        0..=69 => year + 2000,
        70..=99 => year + 1900,
        _ => year,
    };
    let exists = (1..=days_in_month(year, month)).contains(&day) && hour < 24 && minute < 60 && second < 60;
    exists.then(|| days_from_epoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Everything printable that is neither letter, digit nor colon, and HTAB.
fn is_delimiter(octet: u8) -> bool {
    matches!(octet, b'\t' | b' ') || (octet.is_ascii_punctuation() && octet != b':')
}

fn month_of(token: &[u8]) -> Option<i64> {
    let name = token.get(..3)?;
    (1..).zip(MONTHS).find(|(_, month)| name.eq_ignore_ascii_case(month)).map(|(number, _)| number)
}

/// `h:m:s`, all of the token. Numbers out of range are a time all the same, and spoil the date.
fn time_of(token: &[u8]) -> Option<(i64, i64, i64)> {
    let mut numbers = token.split(|&octet| octet == b':').map(number);
    let time = (numbers.next()??, numbers.next()??, numbers.next()??);
    numbers.next().is_none().then_some(time)
}

/// A number of 32 bits, written in digits only.
fn number(text: &[u8]) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0, |number: i64, &digit| {
        let next = number * 10 + i64::from(digit.is_ascii_digit().then(|| digit - b'0')?);
        (next <= i64::from(u32::MAX)).then_some(next)
    })
}
