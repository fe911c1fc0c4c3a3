use proptest::prelude::*;

use super::*;
use crate::check::Location;
use crate::report::read_reports;

const SITE: &str = include_str!("../../../../tests/golden/weak-session-cookie.json");
/// 2026-11-28.
const NOW: i64 = 1_795_867_200;

fn report() -> Report {
    read_reports(SITE.as_bytes()).expect("golden").remove(0)
}

fn read(file: &str) -> Result<Baseline, Unreadable> {
    let ids: Vec<&str> = crate::check::registry::ALL.iter().map(|check| check.id).collect();
    Baseline::read(file, &ids)
}

fn told(file: &str, reports: &mut [Report]) -> Told {
    read(file).unwrap_or_else(|error| panic!("{error}\n{file}")).apply(reports, NOW)
}

#[test]
fn what_is_written_for_a_finding_accepts_it() {
    let all = report().findings;
    for finding in &all {
        let mut reports = [report()];
        let text = entry(finding, "known", Some("2026-11-28"));
        let told = told(&text, &mut reports);
        assert!(told.accepted >= 1 && told.expired.is_empty() && told.unused.is_empty(), "{text}: {told:?}");
        for other in &reports[0].findings {
            assert_eq!(other.accepted.is_some(), other.fingerprint == finding.fingerprint, "{text}");
        }
        assert_eq!(reports[0].baseline.as_ref(), Some(&told));
        assert_eq!((&reports[0].verdicts, &reports[0].grade), (&report().verdicts, &report().grade));
    }
}

#[test]
fn what_is_over_accepts_nothing_and_what_fits_nothing_is_told() {
    let file = "[[accept]]\ncheck = \"cookie.secure.missing\"\nwhy = \"a\"\nuntil = 2026-11-27\n\
        [[accept]]\nfingerprint = \"0\"\nwhy = 'b'\n\
        [[accept]]\ncheck = \"cookie.httponly.missing\" # all\nwhy = \"c\"\nuntil = 2026-11-28\n";
    let mut reports = [report(), report()];
    reports[1].findings.retain(|finding| finding.check != "cookie.httponly.missing");
    reports[1].findings[0].accepted = Some(Accepted { why: "of yore".to_owned(), until: None });
    let told = told(file, &mut reports);
    assert_eq!((told.expired.len(), told.unused.len()), (1, 1));
    assert_eq!((told.expired[0].why.as_str(), told.unused[0].why.as_str()), ("a", "b"));
    let accepted: Vec<_> =
        reports[0].findings.iter().filter_map(|finding| finding.accepted.as_ref()).collect();
    assert_eq!(accepted.len(), told.accepted);
    assert!(told.accepted > 0);
    assert!(
        accepted
            .iter()
            .all(|accepted| accepted.why == "c" && accepted.until.as_deref() == Some("2026-11-28"))
    );
    assert_eq!(reports[1].baseline.as_ref().map(|told| told.accepted), Some(0));
    assert!(reports[1].findings.iter().all(|finding| finding.accepted.is_none()), "the file decides");
    let text = crate::report::to_text(&reports[0]);
    for line in ["over, accepts nothing: cookie.secure.missing, until 2026-11-27: a", "fits no finding: 0: b"]
    {
        assert!(text.contains(line), "{text}");
    }
    let json = crate::report::to_json(&reports).expect("JSON");
    assert_eq!(read_reports(json.as_bytes()).expect("readable")[0].baseline, reports[0].baseline);
}

#[test]
fn parts_narrow_an_entry() {
    let finding = ReportFinding {
        location: Location::url("https://shop.example/cart?x=1").field("Set-Cookie").cookie("ab"),
        ..report().findings.remove(0)
    };
    let fits = |entry: Entry| entry.fits(&finding, "https://other.example/");
    let part = |text: &str| Some(text.to_owned());
    for (url, expected) in [
        ("https://shop.example/*", true),
        ("shop.example/cart", true),
        ("*/cart?x=1", true),
        ("http://shop.example/*", false),
        ("https://shop.example/", false),
        ("*.example/c*t", true),
        ("*shop*shop*", false),
        ("*", true),
    ] {
        assert_eq!(fits(Entry { url: part(url), ..Entry::default() }), expected, "{url}");
    }
    assert!(fits(Entry { field: part("set-cookie"), cookie: part("ab"), ..Entry::default() }));
    assert!(!fits(Entry { field: part("set-cookie"), cookie: part("b"), ..Entry::default() }));
    assert!(!fits(Entry {
        check: Some(finding.check.to_string()),
        fingerprint: part("0"),
        ..Entry::default()
    }));
    let nowhere = ReportFinding { location: Location::default(), ..finding.clone() };
    assert!(
        Entry { url: part("other.example/"), ..Entry::default() }.fits(&nowhere, "https://other.example/")
    );
    assert!(!Entry { cookie: part("ab"), ..Entry::default() }.fits(&nowhere, ""));
}

#[test]
fn a_bad_file_is_told_with_its_place() {
    for (file, message) in [
        (
            "[[accept]]\ncheck = \"cookie.samesite.mising\"\nwhy = \"\"",
            "2:9: no check of this id; did you mean `cookie.samesite.",
        ),
        ("[[accept]]\ncheck = \"nonsense\"\nwhy = \"w\"", "2:9: no check of this id; `https-audit checks`"),
        ("[[accept]]\nwhy = \"ä\"\n  chek = \"x\"", "3:3: no such key; there are check, fingerprint, url"),
        ("\n[[accept]]\nwhy = \"w\"", "2:1: the entry has neither `check` nor `fingerprint`"),
        ("[[accept]]\nfingerprint = \"0\"\nwhy = \" \"", "1:1: the entry does not say why"),
        ("[[accept]]\nfingerprint = \"0\"\n[[accept]]", "1:1: the entry does not say why"),
        ("[[accept]]\nfingerprint = 1", "2:15: `fingerprint` is no text"),
        ("[[accept]]\nuntil = \"2027-03-31\"", "2:9: `until` is no day"),
        ("[[accept]]\nuntil = 2027-02-30", "2:9: `until` is no day"),
        ("[[accept]]\nuntil = 2027-03-31T00:00:00Z", "2:9: `until` is no day"),
        ("[[accept]]\nwhy = \"a\"\nwhy = \"b\"", "3:1: `why` is there twice"),
        ("[accept]\nwhy = \"a\"", "1:1: there are entries `[[accept]]` only, in two brackets"),
        ("[[except]]\nwhy = \"a\"", "1:3: there are entries `[[accept]]` only"),
        ("why = \"a\"", "1:1: a key before the first"),
        ("accept = [{ why = \"a\" }]", "1:1: a key before the first"),
        ("[[accept]]\nwhy = { a = 1 }", "2:7: a table where"),
        ("[[accept]]\nwhy = [\"a\"]", "2:7: a list where"),
        ("[[accept]]\nwhy.not = \"a\"", "2:4: a key with a dot"),
        ("[[accept]]\nwhy = \"a", "2:"),
        ("[[accept]\nwhy = \"a\"", "1:"),
        ("[[accept]]\nwhy", "2:"),
        ("[[accept]]\nwhy = \"\\x\"", "2:"),
        ("[[accept]]\n# \u{1}\nfingerprint = \"0\"\nwhy = \"w\"", "2:"),
    ] {
        let error = read(file).expect_err(file).to_string();
        assert!(error.starts_with(message), "{file:?}: {error}, not {message}");
    }
    assert_eq!(read("# nothing\n").map(|baseline| baseline.entries.len()), Ok(0));
}

proptest! {
    #[test]
    fn an_entry_is_toml_whatever_the_strings_hold(
        (url, cookie, field, why, until) in (".*", ".*", ".*", ".*", proptest::option::of(".*"))
    ) {
        let location = Location {
            url: Some(url.clone()), field: Some(field.clone()), cookie: Some(cookie.clone()), ..Location::default()
        };
        let finding = ReportFinding { location, ..report().findings.remove(0) };
        let text = entry(&finding, &why, until.as_deref());
        let table: toml::Table = toml::from_str(&text).expect(&text);
        let table = &table["accept"][0];
        prop_assert_eq!(table["why"].as_str(), Some(&*why));
        prop_assert_eq!(table["cookie"].as_str(), Some(&*cookie));
        prop_assert_eq!(table["field"].as_str(), Some(&*field));
        prop_assert_eq!(table["url"].as_str(), url.split(['?', '#']).next());
        prop_assert_eq!(table.get("until").is_some(), until.is_some());
        // Read by our own reader it is the same, and accepts the finding.
        let read = read(&entry(&finding, "w", None)).expect("an entry");
        prop_assert!(read.entries[0].fits(&finding, ""), "{:?}", read);
    }

    #[test]
    fn what_we_read_is_what_the_toml_crate_reads(
        lines in proptest::collection::vec(
            prop_oneof![
                Just("[[accept]]".to_owned()),
                "(why|url|cookie|fingerprint|field) ?= ?[\"'][ -~]{0,6}[\"']",
                "(why|url) = \"\"\"[a\"\\\\\n]{0,6}\"\"\"",
                "until = 20[0-9]{2}-[01][0-9]-[0-3][0-9]",
                "#.{0,5}",
            ],
            0..6,
        )
    ) {
        let text = format!("[[accept]]\n{}\n", lines.join("\n"));
        if let Ok(baseline) = read(&text) {
            let table: toml::Table = toml::from_str(&text).expect(&text);
            let entries = table["accept"].as_array().expect("a list");
            prop_assert_eq!(entries.len(), baseline.entries.len());
            for (read, entry) in entries.iter().zip(&baseline.entries) {
                prop_assert_eq!(read["why"].as_str(), Some(entry.why.as_str()));
                prop_assert_eq!(read.get("url").and_then(toml::Value::as_str), entry.url.as_deref());
                let until = read.get("until").and_then(toml::Value::as_datetime).map(ToString::to_string);
                prop_assert_eq!(until.as_deref(), entry.until.as_deref());
            }
        }
    }
}

#[test]
fn a_star_in_an_address_is_no_wildcard_of_an_entry() {
    let mut finding = report().findings.remove(0);
    finding.location.url = Some("https://shop-demo.com/*".to_owned());
    finding.location.cookie = Some("sessionid".to_owned());
    let mut other = finding.clone();
    other.location.url = Some("https://shop-demo.com/pay".to_owned());
    other.fingerprint = "0".to_owned();
    let entries = read(&entry(&finding, "w", None)).expect("an entry").entries;
    assert!(entries[0].fits(&finding, "") && !entries[0].fits(&other, ""));
}
