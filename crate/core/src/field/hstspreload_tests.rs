//! Fields and the codes that hstspreload.org gives for them.

use super::*;

const NO_SUB: &str = "header.preloadable.include_sub_domains.missing";
const NO_PRELOAD: &str = "header.preloadable.preload.missing";
const NO_AGE: &str = "header.preloadable.max_age.missing";
const LOW: &str = "header.preloadable.max_age.below_1_year";
const NOT_DIGITS: &str = "header.parse.max_age.non_digit_characters";
const NOT_INT: &str = "header.parse.max_age.parse_int_error";
const NO_VALUE: &str = "header.parse.invalid.max_age.no_value";
const UNKNOWN: &str = "header.parse.unknown_directive";
const EMPTY_DIRECTIVE: &str = "header.parse.empty_directive";
const ZERO: &str = "header.parse.max_age.leading_zero";

/// Field, max-age, includeSubDomains, preload, parse errors, parse warnings.
type Row = (&'static str, Option<u64>, bool, bool, &'static [&'static str], &'static [&'static str]);

const ROWS: &[Row] = &[
    ("max-age=31536000; includeSubDomains; preload", Some(31_536_000), true, true, &[], &[]),
    ("includeSubDomains; preload; max-age=4321", Some(4321), true, true, &[], &[]),
    ("   max-age=10886400  ;  includeSubDomains  ;  preload  ", Some(10_886_400), true, true, &[], &[]),
    ("inCLUDESUBDomaINs; max-AGe=12345678", Some(12_345_678), true, false, &[], &[]),
    ("", None, false, false, &[], &["header.parse.empty"]),
    (" \t", None, false, false, &[], &["header.parse.empty"]),
    (";", None, false, false, &[], &[EMPTY_DIRECTIVE]),
    ("max-age=1;", Some(1), false, false, &[], &[EMPTY_DIRECTIVE]),
    ("; max-age=1;;", Some(1), false, false, &[], &[EMPTY_DIRECTIVE]),
    ("max-age=1; a; b", Some(1), false, false, &[], &[UNKNOWN, UNKNOWN]),
    ("preload; preload; preload", None, false, true, &[], &["header.parse.repeated.preload"]),
    ("preload=1; preloaded", None, false, false, &[], &["header.parse.invalid.preload"]),
    ("max-age=1; max-age=2", Some(1), false, false, &[], &["header.parse.repeated.max_age"]),
    ("max-age=x; max-age=2", Some(2), false, false, &[NOT_DIGITS], &[]),
    (
        "includeSubDomains; includeSubDomains=x; includesubdomains",
        None,
        true,
        false,
        &[],
        &["header.parse.invalid.include_sub_domains", "header.parse.repeated.include_sub_domains"],
    ),
    ("includeSubDomain; max-age=1", Some(1), false, false, &[], &[UNKNOWN]),
    ("max-age=01234", Some(1234), false, false, &[], &[ZERO]),
    ("max-age=0", Some(0), false, false, &[], &[]),
    ("max-age=00", Some(0), false, false, &[], &[ZERO]),
    ("max-age=0x10", None, false, false, &[NOT_DIGITS], &[ZERO]),
    ("max-age=", None, false, false, &[NOT_INT], &[]),
    ("max-age", None, false, false, &[NO_VALUE], &[]),
    ("max-age; max-age 1", None, false, false, &[NO_VALUE], &[]),
    ("max-age;", None, false, false, &[NO_VALUE], &[EMPTY_DIRECTIVE]),
    ("includeDomains; max-age;", None, false, false, &[NO_VALUE], &[UNKNOWN, EMPTY_DIRECTIVE]),
    ("max-age=-101", None, false, false, &[NOT_DIGITS], &[]),
    ("max-age=+101", None, false, false, &[NOT_DIGITS], &[]),
    ("max-age=\"31536000\"", None, false, false, &[NOT_DIGITS], &[]),
    ("max-age= 31536000", None, false, false, &[NOT_DIGITS], &[]),
    ("max-age =31536000", None, false, false, &[NO_VALUE], &[]),
    ("max-age=1.5; max-age=1.5", None, false, false, &[NOT_DIGITS, NOT_DIGITS], &[]),
    ("max-age=18446744073709551615", Some(u64::MAX), false, false, &[], &[]),
    ("max-age=18446744073709551616", None, false, false, &[NOT_INT], &[]),
    // Splits inside quotes.
    ("max-age=1; a=\"b;preload\"", Some(1), false, false, &[], &[UNKNOWN, "header.parse.invalid.preload"]),
    // Unicode: white space, long s, dotted capital I.
    ("\u{a0}max-age=1\u{85}; preload\u{2003}", Some(1), false, true, &[], &[]),
    ("include\u{17f}ubdomain\u{17f}", None, true, false, &[], &[]),
    ("include\u{17f}ubdomainsX", None, false, false, &[], &[UNKNOWN]),
    ("\u{130}ncludeSubDomains", None, false, false, &[], &["header.parse.invalid.include_sub_domains"]),
    ("max-age=\u{661}", None, false, false, &[NOT_DIGITS], &[]),
];

#[test]
fn fields_and_codes() {
    for &(field, max_age, include_subdomains, preload, errors, warnings) in ROWS {
        let parsed = parse(field.as_bytes());
        assert_eq!(parsed.policy, Policy { max_age, include_subdomains, preload }, "{field:?}");
        assert_eq!(parsed.errors, errors, "{field:?}");
        assert_eq!(parsed.warnings, warnings, "{field:?}");
    }
}

#[test]
fn octets_that_are_no_utf8_match_nothing() {
    assert_eq!(parse(b"\xa0max-age=1").warnings, [UNKNOWN]);
    assert_eq!(parse(b"max-age=1\xff").errors, [NOT_DIGITS]);
    assert_eq!(parse(b"preload\xff").warnings, ["header.parse.invalid.preload"]);
}

/// Field, preloadable errors and warnings, removable errors.
type CodesRow = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);

#[test]
fn preloadable_and_removable() {
    let codes = |field: &str| {
        let parsed = parse(field.as_bytes());
        (preloadable(&parsed), removable(&parsed))
    };
    let rows: &[CodesRow] = &[
        ("max-age=31536000; includeSubDomains; preload", &[], &[], &["header.removable.contains.preload"]),
        ("", &[NO_SUB, NO_PRELOAD, NO_AGE], &["header.parse.empty"], &["header.removable.missing.max_age"]),
        (
            "preload",
            &[NO_SUB, NO_AGE],
            &[],
            &["header.removable.contains.preload", "header.removable.missing.max_age"],
        ),
        (
            "includeSubDomains; preload; max-age",
            &[NO_VALUE, NO_AGE],
            &[],
            &[NO_VALUE, "header.removable.contains.preload", "header.removable.missing.max_age"],
        ),
        (
            "includeSubDomains; preload; max-age=0",
            &["header.preloadable.max_age.zero"],
            &[],
            &["header.removable.contains.preload"],
        ),
        ("includeSubDomains; max-age=31535999", &[NO_PRELOAD, LOW], &[], &[]),
        ("max-age=315360000", &[NO_SUB, NO_PRELOAD], &[], &[]),
        (
            "max-age=315360001;",
            &[NO_SUB, NO_PRELOAD],
            &[EMPTY_DIRECTIVE, "header.preloadable.max_age.over_10_years"],
            &[],
        ),
    ];
    for &(field, errors, warnings, removable_errors) in rows {
        let (preloadable, removable) = codes(field);
        assert_eq!(preloadable.errors, errors, "{field:?}");
        assert_eq!(preloadable.warnings, warnings, "{field:?}");
        assert_eq!(removable.errors, removable_errors, "{field:?}");
        assert!(removable.warnings.is_empty(), "{field:?}");
    }
}

#[test]
fn a_response_needs_exactly_one_field() {
    let none = response(&[]);
    assert_eq!(none.preloadable.errors, ["response.no_header"]);
    assert_eq!(none.removable.errors, ["response.no_header"]);
    let several = response(&[b"max-age=1", b"max-age=1"]);
    assert_eq!(several.preloadable.errors, ["response.multiple_headers"]);
    assert_eq!(several.policy, Policy::default());
    assert_eq!(response(&[b"max-age=1"]).policy.max_age, Some(1));
}
