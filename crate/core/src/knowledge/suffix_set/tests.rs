//! What is written is what is read, and no octets make the reader panic.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;

const LISTS: [&str; 2] = ["test 1, 2026-11-22", "other 2, 2026-11"];

fn asset(names: &BTreeMap<String, u8>) -> Vec<u8> {
    write(names, &LISTS).expect("sound names")
}

fn names(list: &[(&str, u8)]) -> BTreeMap<String, u8> {
    list.iter().map(|(name, flags)| ((*name).to_owned(), *flags)).collect()
}

/// A thousand names over several blocks, of the kind that lists have.
fn many() -> BTreeMap<String, u8> {
    (0..1000u32)
        .map(|n| (format!("{:x}{}.example{}", n * 7919 % 65521, n % 10, n % 3), u8::from(n % 50 == 0)))
        .collect()
}

#[test]
fn small_sets() {
    for list in [
        vec![],
        vec![("a", 0)],
        vec![("dev", 1), ("a.dev", 0), ("a-b.dev", 1), ("b.a.dev", 1), ("ab.dev", 7)],
        vec![("xn--jlq480n2rg", 1), ("_dmarc.example", 255)],
    ] {
        let names = names(&list);
        let bytes = asset(&names);
        let set = SuffixSet::new(&bytes).expect("sound");
        assert_eq!(set.len(), names.len());
        assert_eq!(set.is_empty(), names.is_empty());
        for (name, flags) in &names {
            assert_eq!(set.get(name), Some(*flags), "{name}");
            assert_eq!(set.get(&format!("x{name}")), None);
            assert_eq!(set.get(&format!("a.{name}")), names.get(&format!("a.{name}")).copied());
        }
    }
}

#[test]
fn the_header_is_told_back() {
    let bytes = asset(&names(&[("a.b.c", 0), ("d", 0)]));
    let set = SuffixSet::new(&bytes).expect("sound");
    assert!(set.lists().eq(LISTS));
    assert_eq!((set.list(0, "test"), set.list(1, "other")), (Ok(LISTS[0]), Ok(LISTS[1])));
    assert_eq!(set.list(0, "other"), Err(Malformed::OtherSource("other")));
    assert_eq!(set.list(2, "other"), Err(Malformed::OtherSource("other")));
    assert_eq!((set.len(), set.most_labels()), (2, 3));
}

#[test]
fn entries_come_back_sorted_by_reversed_labels() {
    let bytes =
        asset(&names(&[("b.dev", 1), ("a-b.dev", 0), ("z.a.dev", 0), ("a.dev", 3), ("dev", 1), ("app", 0)]));
    let set = SuffixSet::new(&bytes).expect("sound");
    let entries: Vec<(String, u8)> = set.entries().collect::<Result<_, _>>().expect("sound blocks");
    let order: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(order, ["app", "dev", "a.dev", "z.a.dev", "a-b.dev", "b.dev"]);
}

#[test]
fn one_look_up_touches_one_block() {
    let names = many();
    let bytes = asset(&names);
    let set = SuffixSet::new(&bytes).expect("sound");
    for (name, flags) in &names {
        assert_eq!(set.get_counting(name), (Some(*flags), 1));
        let (flags, blocks) = set.get_counting(&format!("0{name}"));
        assert!(flags.is_none_or(|_| names.contains_key(&format!("0{name}"))) && blocks <= 1);
    }
}

/// Subsets of few possible names, so that their codes are short: what pads the last block spells no entry.
#[test]
fn padding_is_no_entry() {
    let letters = ["a", "b", "c", "d"];
    let labels: Vec<String> = letters
        .iter()
        .flat_map(|first| ["", "a", "b", "c", "d"].map(|second| format!("{first}{second}")))
        .collect();
    let below = labels.iter().flat_map(|above| labels.iter().map(move |label| format!("{label}.{above}")));
    let all: Vec<String> = labels.iter().cloned().chain(below).collect();
    let mut state = 1u32;
    for _ in 0..200 {
        let mut names = BTreeMap::new();
        for name in &all {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            if state >> 29 == 0 {
                names.insert(name.clone(), 0);
            }
        }
        let bytes = asset(&names);
        let set = SuffixSet::new(&bytes).expect("sound");
        for name in &all {
            assert_eq!(set.get(name), names.get(name).copied(), "{name} among {names:?}");
        }
    }
}

#[test]
fn the_same_names_give_the_same_octets() {
    assert_eq!(asset(&many()), asset(&many()));
}

#[test]
fn names_that_are_none_are_refused() {
    for name in ["", ".", "a..b", ".a", "a.", &"a".repeat(254)] {
        let error = write(&names(&[(name, 0)]), &LISTS).err();
        assert_eq!(error, Some(WriteError::Name(name.to_owned())));
    }
}

#[test]
fn every_truncation_is_malformed() {
    let bytes = asset(&many());
    for length in 0..bytes.len() {
        assert!(SuffixSet::new(&bytes[..length]).is_err(), "cut at {length}");
    }
    let mut longer = bytes.clone();
    longer.push(0);
    assert_eq!(SuffixSet::new(&longer).err(), Some(Malformed::Damaged("end")));
}

#[test]
fn what_is_wrong_is_said() {
    let bytes = asset(&names(&[("a", 0)]));
    let with = |place: usize, octet: u8| {
        let mut damaged = bytes.clone();
        damaged[place] = octet;
        SuffixSet::new(&damaged).err()
    };
    assert_eq!(with(0, b'S'), Some(Malformed::NotASuffixSet));
    assert_eq!(with(8, 1), Some(Malformed::FormatVersion(1)));
    assert_eq!(with(10, 254), Some(Malformed::Damaged("header")));
    assert_eq!(SuffixSet::new(b"").err(), Some(Malformed::NotASuffixSet));
}

/// Uses all of the reader.
fn exercise(bytes: &[u8], name: &str) {
    if let Ok(set) = SuffixSet::new(bytes) {
        let (_, blocks) = set.get_counting(name);
        assert!(blocks <= 1);
        // A damaged header may announce four thousand million entries: the end of the bits ends the list.
        let most = bytes.len() * 8 + 1;
        assert!(set.entries().take(most + 1).count() <= most);
    }
}

proptest! {
    #[test]
    fn a_set_is_its_names(
        names in prop::collection::btree_map("([a-z0-9_-]{1,6}\\.){0,3}[a-z]{1,3}", 0u8..4, 0..150),
        others in prop::collection::vec("([a-z0-9_-]{1,3}\\.){0,3}[a-z]{1,2}", 0..100),
    ) {
        let bytes = asset(&names);
        let set = SuffixSet::new(&bytes).expect("sound");
        for name in names.keys().chain(&others) {
            prop_assert_eq!(set.get(name), names.get(name).copied());
        }
        let entries: BTreeMap<String, u8> = set.entries().collect::<Result<_, _>>().expect("sound blocks");
        prop_assert_eq!(entries, names);
    }

    #[test]
    fn any_characters_can_be_names(names in prop::collection::btree_map("[^.]{1,9}(\\.[^.]{1,9}){0,2}", any::<u8>(), 0..20)) {
        let bytes = asset(&names);
        let set = SuffixSet::new(&bytes).expect("sound");
        let entries: BTreeMap<String, u8> = set.entries().collect::<Result<_, _>>().expect("sound blocks");
        prop_assert_eq!(entries, names);
    }

    #[test]
    fn random_octets_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), name in ".{0,40}") {
        exercise(&bytes, &name);
        let mut started = b"suffixes\x02".to_vec();
        started.extend(&bytes);
        exercise(&started, &name);
    }

    #[test]
    fn damaged_assets_never_panic(damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), name in "[a-f0-9]{1,4}\\.example[0-2]") {
        let mut bytes = asset(&many());
        for (place, octet) in damage {
            let place = place.index(bytes.len());
            bytes[place] = octet;
        }
        exercise(&bytes, &name);
    }
}
