//! Firefox's dates: the general date reader of its runtime library (NSPR), described from behaviour.
//!
//! The text is walked word by word. A word is looked at where it begins and then skipped up to the next
//! separator, so what a word begins with decides (`Junk` is June, `6Jun` is nothing). Numbers find
//! their meaning by length and by what follows. Time zones, offsets, AM and PM count. Only month, day
//! and year are required; fields out of range carry over (`24:00`, 31 February).

use super::{days_from_epoch, leading_number};

/// Firefox gives up on a text with more words than this.
const MOST_STEPS: usize = 1000;

pub(super) fn read(text: &[u8]) -> Option<i64> {
    let mut reader = Reader { text, at: 0, found: Found::default() };
    let mut steps = 0;
    while reader.octet(0) != 0 {
        steps += 1;
        if steps > MOST_STEPS {
            return None;
        }
        reader.word();
        reader.skip_to_next();
    }
    reader.found.instant()
}

/// What has been found so far; the first finding of each stays.
#[derive(Default)]
struct Found {
    /// 0 is January; -1 comes from a written month 0 and means December of the year before.
    month: Option<i64>,
    day: Option<i64>,
    year: Option<i64>,
    /// Hour, minute, second.
    time: Option<(i64, i64, i64)>,
    zone: Option<Zone>,
    /// Minutes east of Greenwich, from `+hhmm` and the like.
    offset: Option<i64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Zone {
    Gmt,
    /// Minutes east of Greenwich, summer time included.
    East(i64),
}

impl Found {
    fn instant(&self) -> Option<i64> {
        let (year, month, day) = (self.year?, self.month?, self.day?);
        if year > i64::from(i16::MAX) {
            return None;
        }
        let (hour, minute, second) = self.time.unwrap_or_default();
        let east = match (self.offset, self.zone) {
            (Some(offset), _) => offset,
            (None, Some(Zone::East(minutes))) => minutes,
            (None, Some(Zone::Gmt) | None) => 0,
        };
        let days = days_from_epoch(year, month + 1, 1) + day - 1;
        Some(days * 86_400 + hour * 3600 + (minute - east) * 60 + second)
    }
}

struct Reader<'a> {
    text: &'a [u8],
    at: usize,
    found: Found,
}

impl Reader<'_> {
    /// The octet `ahead` of the cursor; 0 past the end, and a 0 inside the text ends it too.
    fn octet(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn rest(&self) -> &[u8] {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn word(&mut self) {
        match self.octet(0) {
            b'a'..=b'z' | b'A'..=b'Z' => self.name(),
            b'+' | b'-' => self.offset(),
            b'0'..=b'9' => self.number(),
            _ => {}
        }
    }

    /// Moves past the rest of this word and the separators after it.
    fn skip_to_next(&mut self) {
        while !matches!(self.octet(0), 0 | b'-' | b'+') && !is_gap(self.octet(0)) {
            self.at += 1;
        }
        loop {
            while is_gap(self.octet(0)) {
                self.at += 1;
            }
            // A hyphen is a sign only before a digit, and not between a month's name and the year.
            let after_letter = self
                .at
                .checked_sub(1)
                .and_then(|before| self.text.get(before))
                .is_some_and(u8::is_ascii_alphabetic);
            let plain_hyphen = self.octet(0) == b'-'
                && ((after_letter && self.found.year.is_none()) || !self.octet(1).is_ascii_digit());
            if !plain_hyphen {
                return;
            }
            self.at += 1;
        }
    }

    /// A word: month, weekday or time zone, by its first three letters.
    fn name(&mut self) {
        const MONTHS: [&[u8; 3]; 12] =
            [b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec"];
        let word = [self.octet(0), self.octet(1), self.octet(2)].map(|octet| octet.to_ascii_lowercase());
        if let Some((number, _)) = (0..).zip(MONTHS).find(|(_, month)| **month == word) {
            self.found.month = self.found.month.or(Some(number));
            return;
        }
        let zone = match &word {
            b"gmt" => Zone::Gmt,
            [b'u', b't', next] if !next.is_ascii_alphabetic() => Zone::Gmt,
            b"pst" => Zone::East(-8 * 60),
            b"pdt" | b"mst" => Zone::East(-7 * 60),
            b"mdt" | b"cst" => Zone::East(-6 * 60),
            b"cdt" | b"est" => Zone::East(-5 * 60),
            b"edt" | b"ast" => Zone::East(-4 * 60),
            b"nst" => Zone::East(-3 * 60 - 30),
            b"bst" | b"met" => Zone::East(60),
            b"eet" => Zone::East(2 * 60),
            b"jst" => Zone::East(9 * 60),
            _ => return,
        };
        self.found.zone = self.found.zone.or(Some(zone));
    }

    /// `+0800`, `+08` or `+8`, alone or after GMT; other lengths mean nothing.
    fn offset(&mut self) {
        let sign = if self.octet(0) == b'+' { 1 } else { -1 };
        self.at += 1;
        if self.found.offset.is_some() || !matches!(self.found.zone, None | Some(Zone::Gmt)) {
            return;
        }
        let (number, digits) = leading_number(self.rest());
        let minutes = match digits {
            4 => number / 100 * 60 + number % 100,
            1 | 2 => number * 60,
            _ => return,
        };
        // Minus one minute is how the library says "no offset yet".
        self.found.offset = Some(sign * minutes).filter(|&minutes| minutes != -1);
        self.found.zone = Some(Zone::Gmt);
    }

    fn number(&mut self) {
        let (number, digits) = leading_number(self.rest());
        let next = self.octet(digits);
        if next == b':' {
            self.time();
        } else if matches!(next, b'/' | b'-') && self.octet(digits + 1).is_ascii_digit() {
            self.numeric_date();
        } else if next.is_ascii_alphabetic() {
            // `6th`, `6Jun`: nothing.
        } else {
            match digits {
                4 | 5 => self.found.year = self.found.year.or(Some(number)),
                2 if self.found.day.is_none() && number < 32 => self.found.day = Some(number),
                2 => self.found.year = self.found.year.or(Some(full_year(number))),
                1 => self.found.day = self.found.day.or(Some(number)),
                _ => {}
            }
        }
    }

    /// `h:m` (see below for its seconds) or `h:m:s`, with AM or PM after it. Where it turns out to be none, the cursor stays where
    /// the trouble was.
    fn time(&mut self) {
        if self.found.time.is_some() {
            return;
        }
        let (mut hour, digits) = leading_number(self.rest());
        if digits > 2 {
            return;
        }
        self.at += digits + 1;
        let (minute, digits) = leading_number(self.rest());
        if !(1..=2).contains(&digits) {
            return;
        }
        self.at += digits;
        self.at += usize::from(self.octet(0) == b':');
        let (mut second, digits) = leading_number(self.rest());
        if digits > 2 {
            return;
        }
        if digits == 0 {
            // A slip of the library: where seconds are missing, it takes the octet that stands there for
            // their digit, so that `08:49` at the end of the text is 48 seconds early. It then takes -1
            // for "no seconds".
            second = i64::from(i8::from_ne_bytes([self.octet(0)])) - i64::from(b'0');
            second = if second == -1 { 0 } else { second };
        }
        self.at += digits;
        if hour <= 12 {
            let blanks = self.rest().iter().take_while(|octet| matches!(octet, b' ' | b'\t')).count();
            let half = [self.octet(blanks), self.octet(blanks + 1)].map(|octet| octet.to_ascii_lowercase());
            match &half {
                b"pm" if hour < 12 => hour += 12,
                b"am" if hour == 12 => hour = 0,
                _ => {}
            }
        }
        self.found.time = Some((hour, minute, second));
    }

    /// `06/21/2027`, `21-06-27`, `2027/…` with a two-digit year first: three numbers joined by `/` or `-`.
    fn numeric_date(&mut self) {
        if self.found.month.is_some() {
            return;
        }
        let Some((first, second, mut third, length)) = three_numbers(self.rest()) else { return };
        if self.octet(length).is_ascii_alphanumeric() {
            return;
        }
        if first > 31 || first == 0 {
            // Year, month, day.
            if second > 12 || third > 31 {
                return;
            }
            let year = full_year(first);
            (self.found.year, self.found.month, self.found.day) = (Some(year), Some(second - 1), Some(third));
        } else if first <= 12 || second <= 12 {
            third = full_year(third);
            // Day first only where the first number can not be a month.
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            (self.found.year, self.found.month, self.found.day) = (Some(third), Some(month - 1), Some(day));
        }
        self.at += length;
    }
}

/// Separators between words.
const fn is_gap(octet: u8) -> bool {
    matches!(octet, b' ' | b'\t' | b',' | b';' | b'/' | b'(' | b')' | b'[' | b']')
}

/// Two-digit years end in 2069.
const fn full_year(year: i64) -> i64 {
    match year {
        0..70 => year + 2000,
        70..100 => year + 1900,
        _ => year,
    }
}

/// Numbers of one or two digits, one or two, and one, two, four or five; and the length of it all.
fn three_numbers(text: &[u8]) -> Option<(i64, i64, i64, usize)> {
    let mut at = 0;
    let mut numbers = [0; 3];
    for (index, number) in numbers.iter_mut().enumerate() {
        if index > 0 {
            if !matches!(text.get(at), Some(b'/' | b'-')) {
                return None;
            }
            at += 1;
        }
        let most = if index == 2 { 5 } else { 2 };
        let rest = text.get(at..).unwrap_or_default();
        let (value, digits) = leading_number(rest.get(..most).unwrap_or(rest));
        if digits == 0 || digits == 3 {
            return None;
        }
        *number = value;
        at += digits;
    }
    Some((numbers[0], numbers[1], numbers[2], at))
}
