//! Fields and what each browser stores, as seen in real browsers.

use proptest::prelude::*;

use super::*;

/// Seconds and `includeSubDomains`.
type Stored = Option<(u64, bool)>;

/// What is stored: `None` void, `Some((0, _))` deletes.
fn stored(engine: Engine, field: &[u8]) -> Stored {
    match read(engine, &[field]) {
        Reading::InForce { max_age, include_subdomains } => Some((max_age, include_subdomains)),
        Reading::Delete { include_subdomains } => Some((0, include_subdomains)),
        Reading::Void(_) => None,
        Reading::Absent => panic!("a field was given"),
    }
}

const YEAR: Stored = Some((31_536_000, false));
const YEAR_SUB: Stored = Some((31_536_000, true));

#[test]
fn both_browsers_agree() {
    let rows: &[(&str, Stored)] = &[
        ("max-age=31536000", YEAR),
        ("max-age=31536000; includeSubDomains; preload", YEAR_SUB),
        ("MAX-AGE=31536000;INCLUDESUBDOMAINS", YEAR_SUB),
        (" \t;; max-age \t= 031536000 ;;includeSubDomains ;", YEAR_SUB),
        ("max-age=\"31536000\"", YEAR),
        ("max-age=31536000; preload=1; preload; foo; foo; bar=\"a;b,c\"", YEAR),
        ("max-age=31536000; includeSubDomain; include_subdomains", YEAR),
        ("max-age=0", Some((0, false))),
        ("max-age=\"0\"; includeSubDomains", Some((0, true))),
        ("max-age=1", Some((1, false))),
        ("", None),
        (";", None),
        ("includeSubDomains", None),
        ("max-age", None),
        ("max-age=", None),
        ("max-age=\"\"", None),
        ("max-age=31536000; max-age=31536000", None),
        ("max-age=31536000; includeSubDomains; includesubdomains", None),
        ("max-age=31536000; includeSubDomains=", None),
        ("max-age=31536000; includeSubDomains=1", None),
        ("max-age=31536000; includeSubDomains=\"\"", None),
        ("max-age=-1", None),
        ("max-age=+1", None),
        ("max-age=1.5", None),
        ("max-age=31536000s", None),
        ("max-age='31536000'", None),
        ("max-age=\" 31536000\"", None),
        ("max-age=31536000, includeSubDomains", None),
        ("max-age=31536000,", None),
        ("max-age=31536000 always", None),
        ("max-age=31536000 includeSubDomains", None),
        ("max-age=31536000; includeSubDomains preload", None),
        ("max-age=\"31536000", None),
        ("max-age=31536000\"", None),
        ("max-age=\"31536000\"x", None),
        ("\"max-age=31536000\"", None),
        ("max-age=31536000; report-uri=https://example.com/", None),
        ("max-age=31536000; a b", None),
        ("max-age=31536000; é", None),
        ("max-age:31536000", None),
        ("max-age==31536000", None),
        ("\u{b}max-age=31536000", None),
        ("\u{a0}max-age=31536000", None),
        ("max-age=31536000\u{c}", None),
        ("max-age=31536000; a=b\0", None),
    ];
    for engine in Engine::ALL {
        for &(field, expected) in rows {
            assert_eq!(stored(engine, field.as_bytes()), expected, "{engine:?}: {field:?}");
        }
    }
}

#[test]
fn browsers_differ() {
    let rows: &[(&[u8], Stored, Stored)] = &[
        (b"max-age=31536001", YEAR, Some((31_536_001, false))),
        (b"max-age=3153600001", YEAR, Some((3_153_600_000, false))),
        (b"max-age=18446744073709551615", YEAR, Some((3_153_600_000, false))),
        (b"max-age=18446744073709551616", YEAR, None),
        (b"max-age=31536000; foo=", None, YEAR),
        (b"max-age=31536000; preload =", None, YEAR),
        (b"max-age=31536000; =bar", None, YEAR),
        (b"max-age=31536000; =", None, YEAR),
        (b"max-age=31536000; a=\"\x01\"", YEAR, None),
        (b"max-age=31536000; a=\"\xe9\"", YEAR, None),
        (b"max-age=31536000; a=\"\\\"\"", YEAR, YEAR),
        (b"max-age=\"3153600\\0\"", YEAR, None),
    ];
    for &(field, chromium, firefox) in rows {
        assert_eq!(stored(Engine::Chromium, field), chromium, "Chromium: {}", isomorphic_decode(field));
        assert_eq!(stored(Engine::Firefox, field), firefox, "Firefox: {}", isomorphic_decode(field));
    }
}

#[test]
fn the_first_field_decides() {
    for engine in Engine::ALL {
        assert_eq!(read(engine, &[]), Reading::Absent);
        assert_eq!(read(engine, &[b"max-age=1", b"bad,"]).in_force(), Some((1, false)));
        assert!(matches!(read(engine, &[b"", b"max-age=1"]), Reading::Void(_)));
        assert!(matches!(read(engine, &[b"max-age=0", b"max-age=1"]), Reading::Delete { .. }));
    }
}

#[test]
fn a_void_field_names_the_culprit() {
    let rows: &[(&str, Engine, &str, &str)] = &[
        ("max-age=1, includeSubDomains", Engine::Chromium, ",", "a comma separates nothing"),
        ("max-age=1, includeSubDomains", Engine::Firefox, ",", "a comma separates nothing"),
        ("max-age=1 always", Engine::Chromium, "always", "unexpected word always"),
        ("max-age=1 always", Engine::Firefox, "always", "unexpected word always"),
        ("max-age=1; includeSubDomains preload; a", Engine::Chromium, "preload", "unexpected word preload"),
        ("max-age=1; includeSubDomains preload; a", Engine::Firefox, "preload", "unexpected word preload"),
        ("max-age=1; Max-Age=2", Engine::Chromium, "Max-Age", "max-age appears more than once"),
        ("max-age=1; Max-Age=2", Engine::Firefox, "Max-Age", "max-age appears more than once"),
        ("max-age=-1", Engine::Chromium, "-1", "max-age is not a number of seconds: -1"),
        ("max-age=-1", Engine::Firefox, "-1", "max-age is not a number of seconds: -1"),
        ("preload", Engine::Chromium, "", "max-age is missing"),
        ("preload", Engine::Firefox, "", "max-age is missing"),
        ("max-age=1; includeSubDomains=x", Engine::Chromium, "x", "includeSubDomains takes no value"),
        ("max-age=1; includeSubDomains=x", Engine::Firefox, "x", "includeSubDomains takes no value"),
        ("max-age=1; foo=", Engine::Chromium, "=", "foo has an equals sign and no value"),
        ("max-age=1; a=b/c", Engine::Chromium, "b/c", "the value of a has characters"),
        ("max-age=1; a=b/c", Engine::Firefox, "/c", "the value of a has characters"),
        ("max-age=1; a=\"b", Engine::Firefox, "\"b", "a quotation mark is out of place"),
        ("max-age=1; a=\"b", Engine::Chromium, "\"b", "a quotation mark is out of place"),
        ("max-age=1; a=\"é\"", Engine::Firefox, "\u{c3}", "a quoted value holds an octet"),
    ];
    for &(field, engine, culprit, sentence) in rows {
        let Reading::Void(void) = read(engine, &[field.as_bytes()]) else {
            panic!("{engine:?} takes {field:?}");
        };
        assert_eq!(text(field.as_bytes(), void.span), culprit, "{engine:?}: {field:?}");
        let message = void.to_string();
        assert!(message.starts_with(sentence) && message.contains("(RFC"), "{field:?}: {message}");
    }
}

proptest! {
    #[test]
    fn never_panics(field in proptest::collection::vec(any::<u8>(), 0..64)) {
        for engine in Engine::ALL {
            if let Reading::Void(void) = read(engine, &[&field]) {
                prop_assert!(void.span.end <= field.len());
            }
        }
    }

    #[test]
    fn spans_stay_inside(field in "[mMaxage=0-9;, \"\\\\é\t-]{0,40}|max-age=1[;, =\"a\\\\]{0,9}") {
        for engine in Engine::ALL {
            if let Reading::Void(void) = read(engine, &[field.as_bytes()]) {
                prop_assert!(void.span.end <= field.len() && void.span.start <= void.span.end);
                prop_assert!(!void.to_string().is_empty());
            }
        }
    }
}
