//! The part of an asset before its block bodies, read once and checked.

use super::bits::BitReader;
use super::code::{Codes, stored_size};
use super::{BLOCK_ENTRIES, FORMAT_VERSION, LONGEST_NAME, MAGIC, SHARED_CONTEXTS};

/// Why octets are not a suffix set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The first octets are not the format's magic.
    #[error("not a suffix set")]
    NotASuffixSet,
    /// A format version that this reader does not know.
    #[error("suffix set of format version {0}, which this version does not read")]
    FormatVersion(u8),
    /// The octets end before the part named.
    #[error("suffix set ends inside its {0}")]
    Truncated(&'static str),
    /// The part named contradicts the format.
    #[error("suffix set with a damaged {0}")]
    Damaged(&'static str),
    /// A sound set, but of other lists than the one that is wanted.
    #[error("suffix set of another source than {0}")]
    OtherSource(&'static str),
    /// The words of the checks contradict their form; how.
    #[error("catalogue of the checks that {0}")]
    Catalogue(&'static str),
    /// A line of the list of policy bypasses contradicts its form.
    #[error("list of policy bypasses with a damaged line")]
    CspBypasses,
}

/// What the header says, with the index and the bodies as borrowed octets.
pub(super) struct Header<'a> {
    pub(super) most_labels: usize,
    pub(super) longest: usize,
    pub(super) flags: &'a [u8],
    pub(super) octets: &'a [u8],
    pub(super) lists: &'a str,
    pub(super) entries: u32,
    pub(super) shared: Codes,
    pub(super) first: Codes,
    rows: &'a [u8],
    next: Codes,
    pub(super) index: Index<'a>,
}

/// Where each block lies and with what it begins.
pub(super) struct Index<'a> {
    /// Where separator and body of each block start, and after them where the last ones end.
    places: Vec<(usize, usize)>,
    separators: &'a [u8],
    bodies: &'a [u8],
}

impl<'a> Header<'a> {
    pub(super) fn parse(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut rest = Cursor(bytes.strip_prefix(MAGIC).ok_or(Malformed::NotASuffixSet)?);
        let format = rest.octet("header")?;
        if format != FORMAT_VERSION {
            return Err(Malformed::FormatVersion(format));
        }
        let most_labels = usize::from(rest.octet("header")?);
        let longest = usize::from(rest.octet("header")?);
        let flags = rest.counted("flag values")?;
        let octets = rest.counted("alphabet")?;
        // Symbols are numbered in one octet: ends, the dot, octets.
        let symbols = flags.len() + 1 + octets.len();
        if longest > LONGEST_NAME || symbols > usize::from(u8::MAX) {
            return Err(Malformed::Damaged("header"));
        }
        if !octets.is_sorted_by(|a, b| a < b) || octets.contains(&b'.') {
            return Err(Malformed::Damaged("alphabet"));
        }
        let lists = std::str::from_utf8(rest.counted("names of the lists")?)
            .map_err(|_| Malformed::Damaged("names of the lists"))?;
        let entries = rest.integer("header")?;
        let shared = rest.codes(SHARED_CONTEXTS, longest + 1)?;
        let first = rest.codes(symbols, symbols)?;
        let tables = rest.octet("code lengths")?;
        let rows = rest.take(symbols * symbols, "code lengths")?;
        let next = rest.codes(usize::from(tables), symbols)?;
        let index = Index::parse(rest, entries)?;
        Ok(Self { most_labels, longest, flags, octets, lists, entries, shared, first, rows, next, index })
    }

    /// Decodes the symbol that follows these two.
    pub(super) fn decode_next(&self, before: u8, last: u8, bits: &mut BitReader<'_>) -> Option<u8> {
        let symbols = self.flags.len() + 1 + self.octets.len();
        let row = self.rows.get(usize::from(before) * symbols + usize::from(last))?;
        self.next.decode(usize::from(*row), bits)
    }
}

impl<'a> Index<'a> {
    fn parse(mut rest: Cursor<'a>, entries: u32) -> Result<Self, Malformed> {
        let blocks =
            usize::try_from(entries).map_err(|_| Malformed::Damaged("header"))?.div_ceil(BLOCK_ENTRIES);
        let separators = rest.take(blocks, "index")?;
        let (bodies, _) = rest.take(blocks.saturating_mul(2), "index")?.as_chunks();
        let mut end = (0usize, 0usize);
        let mut places = vec![end];
        for (separator, body) in separators.iter().zip(bodies) {
            end.0 = end.0.saturating_add(usize::from(*separator));
            end.1 = end.1.saturating_add(usize::from(u16::from_le_bytes(*body)));
            places.push(end);
        }
        let separators = rest.take(end.0, "separators")?;
        let bodies = rest.take(end.1, "blocks")?;
        if rest.0.is_empty() {
            Ok(Self { places, separators, bodies })
        } else {
            Err(Malformed::Damaged("end"))
        }
    }

    pub(super) fn blocks(&self) -> usize {
        self.places.len() - 1
    }

    /// Symbols of the separator before block `block`.
    pub(super) fn separator(&self, block: usize) -> Option<&'a [u8]> {
        self.separators.get(self.places.get(block)?.0..self.places.get(block + 1)?.0)
    }

    /// Octets of block `block`.
    pub(super) fn body(&self, block: usize) -> Option<&'a [u8]> {
        self.bodies.get(self.places.get(block)?.1..self.places.get(block + 1)?.1)
    }
}

/// What is left to read.
struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, length: usize, part: &'static str) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(Malformed::Truncated(part))?;
        self.0 = rest;
        Ok(taken)
    }

    fn octet(&mut self, part: &'static str) -> Result<u8, Malformed> {
        let (first, rest) = self.0.split_first().ok_or(Malformed::Truncated(part))?;
        self.0 = rest;
        Ok(*first)
    }

    fn integer(&mut self, part: &'static str) -> Result<u32, Malformed> {
        let (octets, rest) = self.0.split_first_chunk().ok_or(Malformed::Truncated(part))?;
        self.0 = rest;
        Ok(u32::from_le_bytes(*octets))
    }

    fn counted(&mut self, part: &'static str) -> Result<&'a [u8], Malformed> {
        let length = self.octet(part)?;
        self.take(usize::from(length), part)
    }

    fn codes(&mut self, rows: usize, columns: usize) -> Result<Codes, Malformed> {
        let stored = self.take(stored_size(rows, columns), "code lengths")?;
        Codes::parse(stored, rows, columns).ok_or(Malformed::Damaged("code lengths"))
    }
}
