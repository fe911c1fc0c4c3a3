//! Points in time: seconds since the epoch, in and out of RFC 3339.

use time::format_description::well_known::Rfc3339;
use time::{Date, Month, OffsetDateTime, Time};

/// Seconds since the epoch as `2026-11-22T14:03:32Z`. A time that has no such form
/// (beyond the year 9999) is given as plain seconds.
pub fn rfc3339(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds)
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_else(|| seconds.to_string())
}

/// Seconds since the epoch of a time in UTC: year, month and day, then hour, minute and second. None where there is no
/// such time. A parser of text would be eight times as large.
pub fn utc(year: u16, [month, day]: [u8; 2], [hour, minute, second]: [u8; 3]) -> Option<i64> {
    let date = Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, day).ok()?;
    let time = Time::from_hms(hour, minute, second).ok()?;
    Some(date.with_time(time).assume_utc().unix_timestamp())
}

/// Seconds since the epoch of an RFC 3339 time; none when it is not one.
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    OffsetDateTime::parse(text, &Rfc3339).ok().map(OffsetDateTime::unix_timestamp)
}

/// Seconds as people say them: the largest unit that leaves at least two, rounded down.
pub fn duration(seconds: u64) -> String {
    let (n, unit) = match seconds {
        1 => return "1 second".to_owned(),
        0..120 => (seconds, "seconds"),
        120..7_200 => (seconds / 60, "minutes"),
        7_200..172_800 => (seconds / 3_600, "hours"),
        172_800..63_072_000 => (seconds / 86_400, "days"),
        _ => (seconds / 31_536_000, "years"),
    };
    format!("{n} {unit}")
}

#[cfg(test)]
mod tests {
    use super::{duration, parse_rfc3339, rfc3339, utc};

    #[test]
    fn times_go_there_and_back() {
        assert_eq!(rfc3339(1_795_356_212), "2026-11-22T14:03:32Z");
        assert_eq!(parse_rfc3339("2026-11-22T15:03:32+01:00"), Some(1_795_356_212));
        assert_eq!(parse_rfc3339("yesterday"), None);
        assert_eq!(utc(2026, [11, 22], [14, 3, 32]), Some(1_795_356_212));
        assert_eq!(utc(2026, [2, 29], [0, 0, 0]), None);
        assert_eq!(duration(31_536_000), "365 days");
        assert_eq!(duration(63_072_000), "2 years");
        assert_eq!(duration(300), "5 minutes");
    }
}
