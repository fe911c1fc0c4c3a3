//! Dates and what each browser makes of them. 1,812,271,777 is 2027-06-06T08:49:37Z.

use proptest::prelude::*;

use super::*;

const AT: i64 = 1_812_271_777;
const MIDNIGHT: i64 = AT - 8 * 3600 - 49 * 60 - 37;

#[test]
fn dates() {
    let rows: &[(&str, Option<i64>, Option<i64>)] = &[
        ("Sun, 06 Jun 2027 08:49:37 GMT", Some(AT), Some(AT)),
        ("Sunday, 06-Jun-27 08:49:37 GMT", Some(AT), Some(AT)),
        ("Sun Jun  6 08:49:37 2027", Some(AT), Some(AT)),
        ("6 june 2027 08:49:37", Some(AT), Some(AT)),
        ("06 Junk 2027 08:49:37 GMT", Some(AT), Some(AT)),
        ("\"Sun, 06 Jun 2027 08:49:37 GMT\"", Some(AT), Some(AT)),
        // Time zones, AM and PM.
        ("06 Jun 2027 08:49:37 PST", Some(AT), Some(AT + 8 * 3600)),
        ("06 Jun 2027 08:49:37 PDT", Some(AT), Some(AT + 7 * 3600)),
        ("06 Jun 2027 08:49:37 +0800", Some(AT), Some(AT - 8 * 3600)),
        ("06 Jun 2027 08:49:37 GMT+8", Some(AT), Some(AT - 8 * 3600)),
        ("06 Jun 2027 08:49:37 GMT-0330", Some(AT), Some(AT + 3 * 3600 + 1800)),
        ("06 Jun 2027 08:49:37 PM", Some(AT), Some(AT + 12 * 3600)),
        ("06 Jun 2027 12:49:37 AM", Some(AT + 4 * 3600), Some(AT - 8 * 3600)),
        // Incomplete and out of range.
        ("06 Jun 2027", None, Some(MIDNIGHT)),
        ("06 Jun 2027 08:49", None, Some(AT - 37 - 48)),
        ("06 Jun 2027 08:49x", None, Some(AT - 37 + 72)),
        ("06 Jun 2027 08:49 pm", None, Some(AT - 37 - 16 + 12 * 3600)),
        ("06 Jun 2027 08:49/", None, Some(AT - 37)),
        ("06 Jun 2027 08:49:37PM", None, Some(AT + 12 * 3600)),
        ("06 Jun 2027 008:49:037", Some(AT), Some(MIDNIGHT)),
        ("06 Jun 2027 08:49:37:00", None, Some(AT)),
        ("06 Jun 2027 8:49x 08:49:37", Some(AT), Some(AT - 37 + 72)),
        ("06 Jun 2027 24:00:00 08:49:37", None, Some(MIDNIGHT + 86_400)),
        ("6th Jun 06 2027 08:49:37", Some(AT), Some(AT)),
        ("06 Jun 2027x 08:49:37", None, None),
        ("06 Jun 2027 24:00:00", None, Some(MIDNIGHT + 86_400)),
        ("06 Jun 2027 08:49:60", None, Some(AT + 23)),
        ("31 Feb 2027 00:00:00", None, Some(1_804_032_000)),
        ("00 Jun 2027 00:00:00", None, Some(MIDNIGHT - 6 * 86_400)),
        ("06/06/2027 08:49:37", None, Some(AT)),
        ("06/21/2027", None, Some(MIDNIGHT + 15 * 86_400)),
        ("21/06/2027", None, Some(MIDNIGHT + 15 * 86_400)),
        ("06 Jun 2027 08.49.37", None, Some(MIDNIGHT)),
        ("Sun/06/Jun/2027/08:49:37", Some(AT), None),
        ("06 Jun 127 08:49:37", Some(-58_145_958_623), None),
        ("06 Jun 70 08:49:37", Some(13_510_177), Some(13_510_177)),
        ("06 Jun 69 08:49:37", Some(3_137_734_177), Some(3_137_734_177)),
        ("06 Jun 12345 08:49:37", Some(327_416_892_577), Some(327_416_892_577)),
        ("06 Jun 32768 08:49:37", Some(971_904_559_777), None),
        ("6Jun2027 08:49:37", None, None),
        ("08:49:37", None, None),
        ("never", None, None),
        ("", None, None),
    ];
    for &(text, chromium, firefox) in rows {
        assert_eq!(read(Engine::Chromium, text.as_bytes()), chromium, "Chromium: {text:?}");
        assert_eq!(read(Engine::Firefox, text.as_bytes()), firefox, "Firefox: {text:?}");
    }
}

#[test]
fn calendar() {
    for (year, month, day, days) in [
        (1970, 1, 1, 0),
        (1970, 3, 1, 59),
        (2000, 2, 29, 11_016),
        (2027, 6, 6, MIDNIGHT / 86_400),
        (1969, 12, 31, -1),
        (1970, 13, 1, 365),
        (1970, 0, 1, -31),
    ] {
        assert_eq!(days_from_epoch(year, month, day), days, "{year}-{month}-{day}");
    }
    assert_eq!(days_in_month(2028, 2), 29);
    assert_eq!(days_in_month(2100, 2), 28);
    assert_eq!(days_in_month(2027, 12), 31);
}

proptest! {
    #[test]
    fn never_panics(text in proptest::collection::vec(any::<u8>(), 0..64)) {
        for engine in Engine::ALL {
            let _ = read(engine, &text);
        }
    }

    #[test]
    fn never_panics_on_likely_text(text in "[0-9:/+ ,JunFebSTgmtp-]{0,40}") {
        for engine in Engine::ALL {
            let _ = read(engine, text.as_bytes());
        }
    }
}
