//! The committed assets against the committed sources, entry by entry.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::*;

/// A source list of the repository, decompressed.
fn source(gzip: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(gzip).read_to_string(&mut text).expect("a committed source is whole");
    text
}

/// A preload source as a map from entry to includeSubDomains.
fn entries(gzip: &[u8]) -> BTreeMap<String, bool> {
    let text = source(gzip);
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &str| {
        let (host, flag) = line.split_once(',').expect("host,flag");
        (host.to_owned(), flag == "1")
    };
    lines.map(entry).collect()
}

fn chromium() -> BTreeMap<String, bool> {
    entries(include_bytes!("../../../xtask/lists/preload-chromium.csv.gz"))
}

fn firefox() -> BTreeMap<String, bool> {
    entries(include_bytes!("../../../xtask/lists/preload-firefox.csv.gz"))
}

/// The names above `host`, nearest first, and the host itself before them.
fn upwards(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |name| name.split_once('.').map(|(_, above)| above))
}

/// Which entry decides, read from the map: by each browser's rule, as written in `preload.rs`.
fn expected<'e>(
    list: &'e BTreeMap<String, bool>,
    host: &str,
    most_specific_decides: bool,
) -> Option<(&'e str, bool)> {
    let mut found = upwards(host).filter_map(|name| list.get_key_value(name));
    let covers = |(entry, include): &(&String, &bool)| **include || *entry == host;
    let decided = if most_specific_decides { found.next().filter(covers) } else { found.find(covers) };
    decided.map(|(entry, include)| (entry.as_str(), *include))
}

/// Compares one host's listings, and counts the blocks that they took.
fn agree(lists: &PreloadLists<'_>, sources: [&BTreeMap<String, bool>; 2], host: &str) {
    let (Listings { chromium, firefox }, blocks) = lists.lookup_counting(host);
    for (listing, source, most_specific_decides) in
        [(chromium, sources[0], true), (firefox, sources[1], false)]
    {
        let found = listing.entry.as_deref().map(|entry| (entry, listing.include_subdomains));
        assert_eq!(found, expected(source, host, most_specific_decides), "{host} in {}", listing.list);
        assert_eq!(listing.listed, found.is_some());
    }
    assert!(blocks <= lists.set().most_labels().min(host.split('.').count()), "{host}: {blocks} blocks");
}

/// 10,000 names that are no entries: entries with a letter changed, and made-up ones. No randomness.
fn unlisted(source: &BTreeMap<String, bool>) -> BTreeSet<String> {
    let changed = source.keys().step_by(11).flat_map(|entry| {
        let (first, rest) = entry.split_at(1);
        [format!("{first}q{rest}"), format!("q{entry}"), format!("{entry}q")]
    });
    let made_up = (0..10_000u64).map(|n| {
        format!(
            "{:x}.{}",
            n.wrapping_mul(0x9e37_79b9_7f4a_7c15),
            ["com", "example", "co.uk"][usize::try_from(n % 3).unwrap_or(0)]
        )
    });
    changed.take(6_000).chain(made_up).filter(|name| !source.contains_key(name)).take(10_000).collect()
}

#[test]
fn every_entry_of_the_browsers_lists() {
    let lists = embedded().expect("sound assets").preload;
    let (chromium, firefox) = (chromium(), firefox());
    let names: BTreeSet<&String> = chromium.keys().chain(firefox.keys()).collect();
    assert_eq!(lists.set().len(), names.len());
    for entry in names {
        agree(&lists, [&chromium, &firefox], entry);
        agree(&lists, [&chromium, &firefox], &format!("x.{entry}"));
    }
    for source in [&chromium, &firefox] {
        let unlisted = unlisted(source);
        assert_eq!(unlisted.len(), 10_000);
        for name in unlisted {
            agree(&lists, [&chromium, &firefox], &name);
        }
    }
}

#[test]
fn the_lists_name_themselves() {
    let knowledge = embedded().expect("sound assets");
    assert!(knowledge.preload.set().lists().eq(["chromium 156, 2026-11", "firefox 153, 2026-11"]));
    let Listings { chromium, firefox } = knowledge.preload.lookup("example");
    assert_eq!((&*chromium.list, &*firefox.list), ("chromium 156, 2026-11", "firefox 153, 2026-11"));
}

#[test]
fn an_asset_of_another_list_is_refused() {
    let preload = include_bytes!("../../../../extension/data/preload.bin");
    let suffixes = include_bytes!("../../../../extension/data/public-suffixes.bin");
    assert_eq!(
        Knowledge::new(suffixes, suffixes, b"a\nb", b"").err(),
        Some(Malformed::OtherSource("chromium"))
    );
    assert_eq!(
        Knowledge::new(preload, preload, b"a\nb", b"").err(),
        Some(Malformed::OtherSource("public-suffix-list"))
    );
    assert_eq!(Knowledge::new(preload, b"", b"a\nb", b"").err(), Some(Malformed::NotASuffixSet));
}

/// Host and registrable domain, in the manner of the list's own test vectors.
const REGISTRABLE: [(&str, Option<&str>); 56] = [
    ("COM", None),
    ("example.COM", Some("example.COM")),
    ("WwW.example.COM", Some("example.COM")),
    (".com", None),
    (".example", None),
    (".example.com", None),
    ("example", None),
    ("example.example", Some("example.example")),
    ("b.example.example", Some("example.example")),
    ("a.b.example.example", Some("example.example")),
    ("biz", None),
    ("domain.biz", Some("domain.biz")),
    ("b.domain.biz", Some("domain.biz")),
    ("a.b.domain.biz.", Some("domain.biz")),
    ("com", None),
    ("example.com", Some("example.com")),
    ("a.b.example.com", Some("example.com")),
    ("uk.com", None),
    ("example.uk.com", Some("example.uk.com")),
    ("b.example.uk.com", Some("example.uk.com")),
    ("test.ac", Some("test.ac")),
    ("mm", None),
    ("c.mm", None),
    ("b.c.mm", Some("b.c.mm")),
    ("a.b.c.mm", Some("b.c.mm")),
    ("jp", None),
    ("test.jp", Some("test.jp")),
    ("ac.jp", None),
    ("test.ac.jp", Some("test.ac.jp")),
    ("kyoto.jp", None),
    ("test.kyoto.jp", Some("test.kyoto.jp")),
    ("ide.kyoto.jp", None),
    ("b.ide.kyoto.jp", Some("b.ide.kyoto.jp")),
    ("c.kobe.jp", None),
    ("b.c.kobe.jp", Some("b.c.kobe.jp")),
    ("a.b.c.kobe.jp", Some("b.c.kobe.jp")),
    ("city.kobe.jp", Some("city.kobe.jp")),
    ("www.city.kobe.jp", Some("city.kobe.jp")),
    ("ck", None),
    ("test.ck", None),
    ("b.test.ck", Some("b.test.ck")),
    ("www.ck", Some("www.ck")),
    ("www.www.ck", Some("www.ck")),
    ("k12.ak.us", None),
    ("test.k12.ak.us", Some("test.k12.ak.us")),
    ("xn--85x722f.com.cn", Some("xn--85x722f.com.cn")),
    ("a.xn--85x722f.xn--55qx5d.cn", Some("xn--85x722f.xn--55qx5d.cn")),
    ("xn--55qx5d.cn", None),
    ("shishi.xn--fiqs8s", Some("shishi.xn--fiqs8s")),
    ("pages.github.io", Some("pages.github.io")),
    ("github.io", None),
    ("192.0.2.1", None),
    ("[2001:db8::1]", None),
    ("localhost", None),
    ("", None),
    ("a..com", None),
];

#[test]
fn registrable_domains() {
    let knowledge = embedded().expect("sound assets");
    for (host, expected) in REGISTRABLE {
        assert_eq!(knowledge.suffixes.registrable_domain(host), expected, "{host}");
    }
}

#[test]
fn suffixes_tell_where_they_are_from() {
    let suffixes = embedded().expect("sound assets").suffixes;
    for (host, name, known, private) in [
        ("www.example.co.uk", "co.uk", true, false),
        ("a.b.github.io.", "github.io", true, true),
        ("www.city.kobe.jp", "kobe.jp", true, false),
        ("server.internal", "internal", false, false),
        ("localhost", "localhost", false, false),
        ("x.Example.DEV", "DEV", true, false),
    ] {
        assert_eq!(suffixes.public_suffix(host), Some(Suffix { name, known, private }), "{host}");
    }
    assert!(suffixes.is_public_suffix("co.uk"));
    assert!(suffixes.is_public_suffix("github.io."));
    assert!(suffixes.is_public_suffix("test.ck"));
    for host in ["example.co.uk", "www.ck", "localhost", "192.0.2.1", "::1", ""] {
        assert!(!suffixes.is_public_suffix(host), "{host}");
    }
}

/// The list's algorithm in its own words, over the rules as they are written.
fn by_the_rules<'h>(rules: &BTreeSet<String>, host: &'h str) -> &'h str {
    if let Some(exception) = upwards(host).find(|name| rules.contains(&format!("!{name}"))) {
        return exception.split_once('.').map_or("", |(_, above)| above);
    }
    let matches = |name: &&str| {
        rules.contains(*name)
            || name.split_once('.').is_some_and(|(_, above)| rules.contains(&format!("*.{above}")))
    };
    upwards(host).find(matches).or_else(|| upwards(host).last()).unwrap_or(host)
}

#[test]
fn every_rule_of_the_public_suffix_list() {
    let text = source(include_bytes!("../../../xtask/lists/public_suffix_list.dat.gz"));
    let rules = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let ascii = |rule: &str| {
        let name = rule.trim_start_matches("*.").trim_start_matches('!');
        let mark = &rule[..rule.len() - name.len()];
        format!("{mark}{}", idna::domain_to_ascii(name).expect("a rule is a name"))
    };
    let rules: BTreeSet<String> = rules.map(ascii).collect();
    assert!(rules.len() > 10_000);
    let suffixes = embedded().expect("sound assets").suffixes;
    for rule in &rules {
        let name = rule.trim_start_matches("*.").trim_start_matches('!');
        for host in [name.to_owned(), format!("x.{name}"), format!("y.x.{name}"), format!("z.y.x.{name}")] {
            let found = suffixes.public_suffix(&host).map(|suffix| suffix.name);
            assert_eq!(found, Some(by_the_rules(&rules, &host)), "{host}");
        }
    }
}
