//! An exact set of domain names with a small flag value each, read in place.
//!
//! One format serves both browsers' preload lists, in one set, and the Public Suffix List. It
//! answers "is this very name in the set, and with which flags" from borrowed
//! bytes: one binary search in an index, then one block. Nothing else of the
//! asset is decoded.
//!
//! # How the names are kept
//!
//! Names are written with their labels reversed (`www.example.dev` as
//! `dev.example.www`), so that a name and what lies under it are neighbours,
//! and sorted label by label. They are cut into blocks of [`BLOCK_ENTRIES`].
//! Inside a block each name states how much of its start it shares with the one
//! before it and then spells only the rest. The spelling is bits: a prefix code
//! (Huffman) whose table is chosen by the two symbols before, and for the first
//! differing symbol by the symbol it replaces. Pairs of symbols that are followed by
//! much the same share a table. The end of a name is a symbol too,
//! one for each flag value that occurs, so a flag that nearly all entries share
//! costs nearly nothing.
//!
//! # Layout, version 2
//!
//! All integers are little-endian.
//!
//! | part | octets |
//! | --- | --- |
//! | magic `suffixes` | 8 |
//! | format version | 1 |
//! | labels in the longest chain of labels | 1 |
//! | octets in the longest name | 1 |
//! | number of distinct flag values, then these | 1 + n |
//! | number of distinct octets in names, `.` aside, then these, ascending | 1 + n |
//! | the lists that it is made of, by their names for people, a line each | 1 + n |
//! | entries | 4 |
//! | code lengths: shared lengths, first symbols | 4 bits each |
//! | number of tables for following symbols | 1 |
//! | which of them comes after each two symbols, symbols × symbols | 1 each |
//! | code lengths: following symbols | 4 bits each |
//! | per block: length of its separator | 1 |
//! | per block: length of its body | 2 |
//! | separators | their sum |
//! | bodies, each padded to an octet | their sum |
//!
//! A symbol is a number: first one for each flag value (an end), then one for
//! the dot, then one for each octet. A separator is the shortest start of the
//! block's first name that sorts after the block before.
//!
//! # Not supported
//!
//! The reader knows only ASCII case as it stands: callers normalise names. There
//! is no checksum; a damaged body reads as "not in the set", never as a panic,
//! and [`SuffixSet::entries`] reports it.

mod bits;
mod code;
mod header;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use header::Malformed;
pub use read::{Entries, SuffixSet};
pub use write::{WriteError, write};

/// Entries in each block but the last.
///
/// Larger blocks need fewer full separators, smaller ones less decoding a
/// look-up. 64 names are about 2,500 bits, a few microseconds.
pub const BLOCK_ENTRIES: usize = 64;

/// The longest name the format holds, in octets (RFC 1035 §2.3.4 without the
/// root label and its length octets).
pub const LONGEST_NAME: usize = 253;

/// Shared lengths are coded by the shared length of the entry before, up to this.
const SHARED_CONTEXTS: usize = 32;
const MAGIC: &[u8; 8] = b"suffixes";
const FORMAT_VERSION: u8 = 2;
