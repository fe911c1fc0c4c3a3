//! Dates in `Expires`, and in the response's own `Date`, as each browser reads them.
//!
//! RFC 6265bis §5.1.1 gives an algorithm for cookie dates; Chromium follows its spirit, Firefox uses its
//! general reader of dates, which knows time zones, AM and PM, and forms such as `06/21/2027`. Both
//! read the form that everyone should send, `Sun, 06 Jun 2027 08:49:37 GMT`, the same.

use super::Engine;

mod chromium;
mod firefox;
#[cfg(test)]
mod tests;

/// The instant that `text` means in `Expires`, in seconds since 1970-01-01T00:00:00Z, or `None` where
/// the browser finds no date in it.
pub fn read(engine: Engine, text: &[u8]) -> Option<i64> {
    match engine {
        Engine::Chromium => chromium::read(text),
        Engine::Firefox => firefox::read(text),
    }
}

/// The instant of a response's `Date` field, in seconds since 1970. Both browsers use one and the same
/// general reader of dates for it.
pub fn response_date(text: &[u8]) -> Option<i64> {
    firefox::read(text)
}

/// Days from 1970-01-01 to the given day of the proleptic Gregorian calendar. `month` counts from 1;
/// months and days out of range carry over.
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    // Years that begin in March, so that the leap day is the last of a year.
    let months = year * 12 + month - 3;
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let leaps = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leaps + (month * 153 + 2) / 5 + day - 719_469
}

/// Number of days in a month that exists.
fn days_in_month(year: i64, month: i64) -> i64 {
    days_from_epoch(year, month + 1, 1) - days_from_epoch(year, month, 1)
}

/// The number that the leading ASCII digits of `text` write, and how many there are; at most nine are
/// taken.
fn leading_number(text: &[u8]) -> (i64, usize) {
    let digits = text.iter().take(9).take_while(|octet| octet.is_ascii_digit());
    digits.fold((0, 0), |(number, count), &digit| (number * 10 + i64::from(digit - b'0'), count + 1))
}
