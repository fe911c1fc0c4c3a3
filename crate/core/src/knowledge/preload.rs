//! Browsers' HSTS preload lists, read as each browser reads its own.
//!
//! A name that is no entry itself is covered by an entry above it with
//! `includeSubDomains`. The browsers differ where an entry without it stands
//! between the two (`www.figma.com` under `figma.com`, say):
//!
//! - Chromium decides by the most specific entry alone (`DecodeHSTSPreload` in
//!   `net/http/transport_security_state.cc`): `x.www.figma.com` is not covered.
//! - Firefox goes on to the parents (`nsSiteSecurityService::IsSecureHost`):
//!   a name below is covered by the entry further up.
//!
//! An entry that is the name itself is the answer in both, with or without
//! `includeSubDomains`.
//!
//! Chromium 156 (`chrome://net-internals`) and Firefox 153 (`isSecureURI`) were asked
//! for every entry of both lists and a name below each, 263,538 names: both agree.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::suffix_set::{Malformed, SuffixSet};

/// Flag of an entry: it covers all names below it too.
pub const INCLUDE_SUBDOMAINS: u8 = 1;
/// Flag of an entry: it demands no HTTPS (Chromium's entries for key pins only).
/// It is kept where it hides an entry further up.
pub const NOT_HSTS: u8 = 2;
/// Flag of a name that stands for both lists' entries: it is one of this list at all.
const ENTRY: u8 = 4;
/// Such a name has Firefox's flags this many bits above Chromium's.
const FIREFOX: u32 = 4;

/// What one browser's list says about one host.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listing {
    /// The browser uses only HTTPS for the host, from the first visit on.
    pub listed: bool,
    /// The entry that decides: the host itself or a name above it. None if not listed.
    pub entry: Option<String>,
    /// Whether that entry covers the names below it; false if not listed.
    pub include_subdomains: bool,
    /// The list: browser, version, date, as in `chromium 156, 2026-11`.
    pub list: String,
}

/// What the browsers' lists say about one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listings {
    /// What Chromium's says.
    pub chromium: Listing,
    /// What Firefox's says.
    pub firefox: Listing,
}

/// Both browsers' preload lists. They have most entries in common, so each name is kept once.
pub struct PreloadLists<'a> {
    set: SuffixSet<'a>,
    chromium: &'a str,
    firefox: &'a str,
}

impl<'a> PreloadLists<'a> {
    /// Opens the lists.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let set = SuffixSet::new(bytes)?;
        let (chromium, firefox) = (set.list(0, "chromium")?, set.list(1, "firefox")?);
        Ok(Self { set, chromium, firefox })
    }

    /// The entries as they are kept: each with the flags that [`merged`](Self::merged) gives it.
    pub fn set(&self) -> &SuffixSet<'a> {
        &self.set
    }

    /// The names of two lists with the flags of both, as an asset holds them.
    pub fn merged(chromium: &BTreeMap<String, u8>, firefox: &BTreeMap<String, u8>) -> BTreeMap<String, u8> {
        let mut names = BTreeMap::new();
        for (list, shift) in [(chromium, 0), (firefox, FIREFOX)] {
            for (name, flags) in list {
                *names.entry(name.clone()).or_default() |= (flags | ENTRY) << shift;
            }
        }
        names
    }

    /// Looks up a host in ASCII form (A-labels); letter case and one final dot do not matter.
    pub fn lookup(&self, host: &str) -> Listings {
        self.lookup_counting(host).0
    }

    /// As [`lookup`](Self::lookup), with the number of blocks of the asset that were decoded:
    /// at most one for each label of the host, and for each label of the lists' longest name.
    pub fn lookup_counting(&self, host: &str) -> (Listings, usize) {
        let host = normal(host);
        let mut blocks = 0;
        // The names above that a list has, the most specific first.
        let mut entries = Vec::new();
        for name in names_above(&host, self.set.most_labels()) {
            let (flags, touched) = self.set.get_counting(name);
            blocks += touched;
            entries.extend(flags.map(|flags| (name, flags)));
        }
        let listing = |list: &str, shift: u32, asked: usize| {
            let own = entries.iter().map(|(name, flags)| (*name, flags >> shift));
            let found = own.filter(|(_, flags)| flags & ENTRY != 0).take(asked).find(|(name, flags)| {
                (name.len() == host.len() || flags & INCLUDE_SUBDOMAINS != 0) && flags & NOT_HSTS == 0
            });
            Listing {
                listed: found.is_some(),
                entry: found.map(|(name, _)| name.to_owned()),
                include_subdomains: found.is_some_and(|(_, flags)| flags & INCLUDE_SUBDOMAINS != 0),
                list: list.to_owned(),
            }
        };
        let chromium = listing(self.chromium, 0, 1);
        let firefox = listing(self.firefox, FIREFOX, usize::MAX);
        (Listings { chromium, firefox }, blocks)
    }
}

/// The host and every name above it that has at most `most_labels` labels, longest first.
pub(super) fn names_above(host: &str, most_labels: usize) -> impl DoubleEndedIterator<Item = &str> {
    let labels = host.split('.').count();
    let starts = std::iter::once(0).chain(host.match_indices('.').map(|(dot, _)| dot + 1));
    let names: Vec<&str> =
        starts.skip(labels.saturating_sub(most_labels)).filter_map(|start| host.get(start..)).collect();
    names.into_iter()
}

/// Lower case, without the final dot of a fully qualified name.
pub(super) fn normal(host: &str) -> Cow<'_, str> {
    let host = host.strip_suffix('.').unwrap_or(host);
    if host.bytes().any(|octet| octet.is_ascii_uppercase()) {
        Cow::Owned(host.to_ascii_lowercase())
    } else {
        Cow::Borrowed(host)
    }
}

#[cfg(test)]
mod tests {
    use super::super::suffix_set::write;
    use super::*;

    fn list(entries: &[(&str, u8)]) -> BTreeMap<String, u8> {
        entries.iter().map(|(name, flags)| ((*name).to_owned(), *flags)).collect()
    }

    fn asset(chromium: &[(&str, u8)], firefox: &[(&str, u8)]) -> Vec<u8> {
        let names = PreloadLists::merged(&list(chromium), &list(firefox));
        write(&names, &["chromium 1, 2026-11", "firefox 2, 2026-12"]).expect("sound names")
    }

    const ENTRIES: [(&str, u8); 5] = [
        ("dev", INCLUDE_SUBDOMAINS),
        ("hidden.dev", 0),
        ("pins.dev", NOT_HSTS | INCLUDE_SUBDOMAINS),
        ("alone.example", 0),
        ("whole.example", INCLUDE_SUBDOMAINS),
    ];

    /// Host, what Chromium decides by, what Firefox decides by.
    const CASES: [(&str, Option<&str>, Option<&str>); 13] = [
        ("dev", Some("dev"), Some("dev")),
        ("a.dev", Some("dev"), Some("dev")),
        ("A.DEV.", Some("dev"), Some("dev")),
        ("a.b.c.d.e.dev", Some("dev"), Some("dev")),
        ("hidden.dev", Some("hidden.dev"), Some("hidden.dev")),
        ("x.hidden.dev", None, Some("dev")),
        ("pins.dev", None, Some("dev")),
        ("x.pins.dev", None, Some("dev")),
        ("alone.example", Some("alone.example"), Some("alone.example")),
        ("x.alone.example", None, None),
        ("x.whole.example", Some("whole.example"), Some("whole.example")),
        ("xwhole.example", None, None),
        ("example", None, None),
    ];

    #[test]
    fn each_browser_walks_its_own_way() {
        let bytes = asset(&ENTRIES, &ENTRIES);
        let lists = PreloadLists::new(&bytes).expect("sound");
        for (host, in_chromium, in_firefox) in CASES {
            let Listings { chromium, firefox } = lists.lookup(host);
            assert_eq!(chromium.entry.as_deref(), in_chromium, "{host} in Chromium");
            assert_eq!(firefox.entry.as_deref(), in_firefox, "{host} in Firefox");
        }
        assert!(!lists.lookup("hidden.dev").firefox.include_subdomains);
        assert!(lists.lookup("x.hidden.dev").firefox.include_subdomains);
    }

    /// What one list has and the other has not, or otherwise, is no matter of the other.
    #[test]
    fn each_browser_has_its_own_entries() {
        let chromium = [("dev", INCLUDE_SUBDOMAINS), ("a.dev", INCLUDE_SUBDOMAINS), ("both.example", 0)];
        let firefox = [("dev", INCLUDE_SUBDOMAINS), ("b.dev", 0), ("both.example", INCLUDE_SUBDOMAINS)];
        for turned in [false, true] {
            let (first, second) = if turned { (&firefox, &chromium) } else { (&chromium, &firefox) };
            let bytes = asset(first, second);
            let lists = PreloadLists::new(&bytes).expect("sound");
            for (host, in_first, in_second) in [
                ("dev", Some(("dev", true)), Some(("dev", true))),
                ("a.dev", Some(("a.dev", true)), Some(("dev", true))),
                ("x.a.dev", Some(("a.dev", true)), Some(("dev", true))),
                ("b.dev", Some(("dev", true)), Some(("b.dev", false))),
                ("both.example", Some(("both.example", false)), Some(("both.example", true))),
                ("x.both.example", None, Some(("both.example", true))),
                ("x.b.dev", Some(("dev", true)), if turned { None } else { Some(("dev", true)) }),
            ] {
                let Listings { chromium, firefox } = lists.lookup(host);
                let (first, second) = if turned { (firefox, chromium) } else { (chromium, firefox) };
                for (listing, expected) in [(first, in_first), (second, in_second)] {
                    let found = listing.entry.as_deref().map(|entry| (entry, listing.include_subdomains));
                    assert_eq!(found, expected, "{host} in {}", listing.list);
                    assert_eq!(listing.listed, found.is_some());
                }
            }
        }
    }

    #[test]
    fn odd_hosts_are_not_listed() {
        let bytes = asset(&ENTRIES, &ENTRIES);
        let lists = PreloadLists::new(&bytes).expect("sound");
        for host in ["", ".", "..", "192.0.2.1", "[::1]", "dev..", "münchen.de", "a b", &"x.".repeat(500)] {
            let Listings { chromium, firefox } = lists.lookup(host);
            assert!(!chromium.listed && !firefox.listed, "{host}");
        }
    }

    #[test]
    fn a_long_host_costs_no_more_than_the_longest_entry() {
        let bytes = asset(&ENTRIES, &ENTRIES);
        let lists = PreloadLists::new(&bytes).expect("sound");
        let (listings, blocks) = lists.lookup_counting(&format!("{}dev", "x.".repeat(120)));
        assert!(listings.chromium.listed);
        assert!(blocks <= lists.set().most_labels());
    }

    #[test]
    fn the_lists_are_named_and_checked() {
        let bytes = asset(&ENTRIES, &ENTRIES);
        let Listings { chromium, firefox } = PreloadLists::new(&bytes).expect("sound").lookup("x");
        assert_eq!((&*chromium.list, &*firefox.list), ("chromium 1, 2026-11", "firefox 2, 2026-12"));
        for (lists, missing) in [(&["firefox 2", "chromium 1"][..], "chromium"), (&["chromium 1"], "firefox")]
        {
            let bytes = write(&list(&ENTRIES), lists).expect("sound names");
            assert_eq!(PreloadLists::new(&bytes).err(), Some(Malformed::OtherSource(missing)));
        }
    }
}
