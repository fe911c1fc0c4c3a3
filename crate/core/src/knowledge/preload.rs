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

use serde::{Deserialize, Serialize};

use super::suffix_set::{Malformed, SuffixSet};

/// Flag of an entry: it covers all names below it too.
pub const INCLUDE_SUBDOMAINS: u8 = 1;
/// Flag of an entry: it demands no HTTPS (Chromium's entries for key pins only).
/// It is kept where it hides an entry further up.
pub const NOT_HSTS: u8 = 2;

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

/// One browser's preload list.
pub struct PreloadList<'a> {
    set: SuffixSet<'a>,
    most_specific_decides: bool,
}

impl<'a> PreloadList<'a> {
    /// Opens Chromium's list.
    pub fn chromium(bytes: &'a [u8]) -> Result<Self, Malformed> {
        Self::open(bytes, "chromium", true)
    }

    /// Opens Firefox's list.
    pub fn firefox(bytes: &'a [u8]) -> Result<Self, Malformed> {
        Self::open(bytes, "firefox", false)
    }

    fn open(bytes: &'a [u8], source: &'static str, most_specific_decides: bool) -> Result<Self, Malformed> {
        let set = SuffixSet::new(bytes)?;
        if set.source() == source {
            Ok(Self { set, most_specific_decides })
        } else {
            Err(Malformed::OtherSource(source))
        }
    }

    /// The list's name for people: browser, version, date.
    pub fn label(&self) -> String {
        format!("{} {}, {}", self.set.source(), self.set.version(), self.set.date())
    }

    /// The entries as they are kept.
    pub fn set(&self) -> &SuffixSet<'a> {
        &self.set
    }

    /// Looks up a host in ASCII form (A-labels); letter case and one final dot do not matter.
    pub fn lookup(&self, host: &str) -> Listing {
        self.lookup_counting(host).0
    }

    /// As [`lookup`](Self::lookup), with the number of blocks of the asset that were decoded:
    /// at most one for each label of the host, and for each label of the list's longest name.
    pub fn lookup_counting(&self, host: &str) -> (Listing, usize) {
        let host = normal(host);
        let mut blocks = 0;
        for (name, flags) in self.entries_above(&host, &mut blocks) {
            let covers = name.len() == host.len() || flags & INCLUDE_SUBDOMAINS != 0;
            if covers && flags & NOT_HSTS == 0 {
                let listing = Listing {
                    listed: true,
                    entry: Some(name.to_owned()),
                    include_subdomains: flags & INCLUDE_SUBDOMAINS != 0,
                    list: self.label(),
                };
                return (listing, blocks);
            }
            if self.most_specific_decides {
                break;
            }
        }
        (Listing { listed: false, entry: None, include_subdomains: false, list: self.label() }, blocks)
    }

    /// The entries for the host and the names above it, the most specific first.
    fn entries_above<'h>(&self, host: &'h str, blocks: &mut usize) -> Vec<(&'h str, u8)> {
        let mut entries = Vec::new();
        for name in names_above(host, self.set.most_labels()) {
            let (flags, touched) = self.set.get_counting(name);
            *blocks += touched;
            entries.extend(flags.map(|flags| (name, flags)));
        }
        entries
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
    use std::collections::BTreeMap;

    use super::super::suffix_set::{Description, write};
    use super::*;

    fn asset(source: &str, entries: &[(&str, u8)]) -> Vec<u8> {
        let names: BTreeMap<String, u8> =
            entries.iter().map(|(name, flags)| ((*name).to_owned(), *flags)).collect();
        let description =
            Description { source: source.to_owned(), version: "1".to_owned(), date: "2026-11".to_owned() };
        write(&names, &description).expect("sound names")
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
        let (chromium, firefox) = (asset("chromium", &ENTRIES), asset("firefox", &ENTRIES));
        let chromium = PreloadList::chromium(&chromium).expect("sound");
        let firefox = PreloadList::firefox(&firefox).expect("sound");
        for (host, in_chromium, in_firefox) in CASES {
            assert_eq!(chromium.lookup(host).entry.as_deref(), in_chromium, "{host} in Chromium");
            assert_eq!(firefox.lookup(host).entry.as_deref(), in_firefox, "{host} in Firefox");
        }
        assert!(!firefox.lookup("hidden.dev").include_subdomains);
        assert!(firefox.lookup("x.hidden.dev").include_subdomains);
    }

    #[test]
    fn odd_hosts_are_not_listed() {
        let bytes = asset("chromium", &ENTRIES);
        let list = PreloadList::chromium(&bytes).expect("sound");
        for host in ["", ".", "..", "192.0.2.1", "[::1]", "dev..", "münchen.de", "a b", &"x.".repeat(500)] {
            assert!(!list.lookup(host).listed, "{host}");
        }
    }

    #[test]
    fn a_long_host_costs_no_more_than_the_longest_entry() {
        let bytes = asset("chromium", &ENTRIES);
        let list = PreloadList::chromium(&bytes).expect("sound");
        let (listing, blocks) = list.lookup_counting(&format!("{}dev", "x.".repeat(120)));
        assert!(listing.listed);
        assert!(blocks <= list.set().most_labels());
    }

    #[test]
    fn the_list_is_named_and_checked() {
        let bytes = asset("chromium", &ENTRIES);
        assert_eq!(PreloadList::chromium(&bytes).expect("sound").lookup("x").list, "chromium 1, 2026-11");
        assert_eq!(PreloadList::firefox(&bytes).err(), Some(Malformed::OtherSource("firefox")));
    }
}
