//! Looking names up, and listing them.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::bits::BitReader;
use super::header::{Header, Malformed};
use super::{BLOCK_ENTRIES, SHARED_CONTEXTS};

/// A set of domain names on borrowed octets; see the [module](super).
pub struct SuffixSet<'a> {
    header: Header<'a>,
    /// What was looked up last: an audit asks for few names, and for each of them many times.
    known: RefCell<VecDeque<(Box<str>, Option<u8>)>>,
}

/// Look-ups that are remembered.
const REMEMBERED: usize = 48;

impl<'a> SuffixSet<'a> {
    /// Reads the header and checks the index; the blocks stay as they are.
    pub fn new(bytes: &'a [u8]) -> Result<Self, Malformed> {
        Ok(Self { header: Header::parse(bytes)?, known: RefCell::default() })
    }

    /// The names for people of the lists that it is made of: `chromium 156, 2026-11`.
    pub fn lists(&self) -> std::str::Lines<'a> {
        self.header.lists.lines()
    }

    /// The name of the list at `place`, if that is one of `source`.
    pub fn list(&self, place: usize, source: &'static str) -> Result<&'a str, Malformed> {
        self.lists().nth(place).filter(|list| list.starts_with(source)).ok_or(Malformed::OtherSource(source))
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        usize::try_from(self.header.entries).unwrap_or(usize::MAX)
    }

    /// Whether there are no names.
    pub fn is_empty(&self) -> bool {
        self.header.entries == 0
    }

    /// Labels in the name with the most of them: a longer name is not in the set.
    pub fn most_labels(&self) -> usize {
        self.header.most_labels
    }

    /// The flags of exactly this name, octet for octet, or `None` if it is not in the set.
    pub fn get(&self, name: &str) -> Option<u8> {
        self.get_counting(name).0
    }

    /// As [`get`](Self::get), with the number of blocks that were decoded: at most one.
    pub fn get_counting(&self, name: &str) -> (Option<u8>, usize) {
        let Some(key) = self.key(name) else { return (None, 0) };
        let mut known = self.known.borrow_mut();
        if let Some((_, flags)) = known.iter().find(|(of, _)| **of == *name) {
            return (*flags, 0);
        }
        let Some(block) = self.block_for(&key) else { return (None, 0) };
        let flags = self.find_in_block(block, &key);
        known.truncate(REMEMBERED - 1);
        known.push_front((name.into(), flags));
        (flags, 1)
    }

    /// Every entry in the set's order, sorted by reversed labels.
    ///
    /// An entry is `Err` where the octets are damaged, and then the last one.
    pub fn entries(&self) -> Entries<'_, 'a> {
        Entries { set: self, block: 0, left: 0, walk: None }
    }

    /// Symbols of a name with its labels reversed; `None` if it can not be in the set.
    fn key(&self, name: &str) -> Option<Vec<u8>> {
        if name.is_empty() || name.len() > self.header.longest {
            return None;
        }
        let dot = u8::try_from(self.header.flags.len()).ok()?;
        let mut key = Vec::with_capacity(name.len());
        for (place, label) in name.as_bytes().rsplit(|octet| *octet == b'.').enumerate() {
            if place > 0 {
                key.push(dot);
            }
            for octet in label {
                let place = self.header.octets.binary_search(octet).ok()?;
                key.push(dot.checked_add(1)?.checked_add(u8::try_from(place).ok()?)?);
            }
        }
        Some(key)
    }

    /// A symbol sequence as a name; `None` if it holds an end or an unknown symbol.
    fn name(&self, key: &[u8]) -> Option<String> {
        let dot = self.header.flags.len();
        let mut octets = Vec::with_capacity(key.len());
        for (place, label) in key.rsplit(|symbol| usize::from(*symbol) == dot).enumerate() {
            if place > 0 {
                octets.push(b'.');
            }
            for symbol in label {
                let place = usize::from(*symbol).checked_sub(dot + 1)?;
                octets.push(*self.header.octets.get(place)?);
            }
        }
        String::from_utf8(octets).ok()
    }

    /// The last block whose separator does not sort after `key`.
    fn block_for(&self, key: &[u8]) -> Option<usize> {
        let (mut low, mut high) = (0, self.header.index.blocks());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.header.index.separator(middle)? <= key {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low.checked_sub(1)
    }

    fn find_in_block(&self, block: usize, key: &[u8]) -> Option<u8> {
        let mut walk = self.walk(block)?;
        // Not one more: the bits that pad the last block may spell another entry.
        for _ in 0..self.entries_in(block) {
            let flags = walk.step(&self.header)?;
            match walk.key.as_slice().cmp(key) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => return Some(flags),
                std::cmp::Ordering::Greater => return None,
            }
        }
        None
    }

    /// How many entries the block has: all but the last one are full.
    fn entries_in(&self, block: usize) -> usize {
        self.len().saturating_sub(block.saturating_mul(BLOCK_ENTRIES)).min(BLOCK_ENTRIES)
    }

    fn walk(&self, block: usize) -> Option<Walk<'a>> {
        let separator = self.header.index.separator(block)?;
        let bits = BitReader::new(self.header.index.body(block)?);
        Some(Walk { bits, key: separator.to_vec(), shared: 0 })
    }
}

/// Goes through one block, entry by entry.
struct Walk<'a> {
    bits: BitReader<'a>,
    key: Vec<u8>,
    shared: usize,
}

impl Walk<'_> {
    /// Decodes the next entry into `key` and gives its flags.
    fn step(&mut self, header: &Header<'_>) -> Option<u8> {
        let context = self.shared.min(SHARED_CONTEXTS - 1);
        self.shared = usize::from(header.shared.decode(context, &mut self.bits)?);
        // What the next symbol takes the place of; the first end where the name before it ended.
        let replaced = self.key.get(self.shared).map_or(0, |symbol| usize::from(*symbol));
        if self.shared > self.key.len() {
            return None;
        }
        self.key.truncate(self.shared);
        let mut symbol = header.first.decode(replaced, &mut self.bits)?;
        loop {
            if let Some(flags) = header.flags.get(usize::from(symbol)) {
                return Some(*flags);
            }
            if self.key.len() >= header.longest {
                return None;
            }
            let before = self.key.last().copied().unwrap_or(0);
            self.key.push(symbol);
            symbol = header.decode_next(before, symbol, &mut self.bits)?;
        }
    }
}

/// Iterator over all entries of a [`SuffixSet`]: name and flags.
pub struct Entries<'s, 'a> {
    set: &'s SuffixSet<'a>,
    /// The block to open next.
    block: usize,
    /// Entries left in the open block.
    left: usize,
    walk: Option<Walk<'a>>,
}

impl Iterator for Entries<'_, '_> {
    type Item = Result<(String, u8), Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            self.left = self.set.entries_in(self.block);
            if self.left == 0 {
                return None;
            }
            self.walk = self.set.walk(self.block);
            self.block += 1;
        }
        self.left -= 1;
        let entry = self.walk.as_mut().and_then(|walk| {
            let flags = walk.step(&self.set.header)?;
            Some((self.set.name(&walk.key)?, flags))
        });
        if entry.is_none() {
            // After damage nothing in the block, and nothing after it, can be trusted.
            (self.left, self.block) = (0, usize::MAX);
        }
        Some(entry.ok_or(Malformed::Damaged("block")))
    }
}
