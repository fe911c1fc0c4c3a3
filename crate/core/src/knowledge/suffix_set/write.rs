//! Making an asset. Used by the list builder and by tests, never in the browser.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::bits::BitWriter;
use super::code::{canonical, lengths_for};
use super::{BLOCK_ENTRIES, FORMAT_VERSION, LONGEST_NAME, MAGIC, SHARED_CONTEXTS};

/// Why a set can not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteError {
    /// An empty name, one with an empty label, or one of more than [`LONGEST_NAME`] octets.
    #[error("`{0}` is not a domain name")]
    Name(String),
    /// More distinct octets and flag values than symbols can be numbered.
    #[error("too many different characters and flag values")]
    Alphabet,
    /// A text of more than 255 octets, or more entries than are counted in four octets.
    #[error("{0} is too long")]
    TooLong(&'static str),
}

/// Writes `names` with their flags as one asset. The same names give the same octets.
///
/// `lists` are the names for people of the lists that they are from: source, version and ISO date to the month
/// or the day, as in `chromium 156, 2026-11`.
pub fn write(names: &BTreeMap<String, u8>, lists: &[&str]) -> Result<Vec<u8>, WriteError> {
    let alphabet = Alphabet::of(names)?;
    let mut keys: Vec<(Vec<u8>, u8)> =
        names.iter().map(|(name, flags)| alphabet.key(name, *flags)).collect::<Result<_, _>>()?;
    keys.sort();
    let blocks = split(&keys);
    let codes = Tables::of(&blocks, &alphabet, longest(names));

    let mut out = MAGIC.to_vec();
    out.push(FORMAT_VERSION);
    let most_labels = names.keys().map(|name| name.split('.').count()).max().unwrap_or(0);
    out.push(octet(most_labels, "number of labels")?);
    out.push(octet(longest(names), "name")?);
    for list in [&alphabet.flags, &alphabet.octets] {
        counted(&mut out, list, "alphabet")?;
    }
    counted(&mut out, lists.join("\n").as_bytes(), "name of a list")?;
    out.extend(u32::try_from(names.len()).map_err(|_| WriteError::TooLong("list"))?.to_le_bytes());
    codes.shared.store(&mut out);
    codes.first.store(&mut out);
    codes.next.store(&mut out, alphabet.symbols())?;
    let bodies: Vec<Vec<u8>> = blocks.iter().map(|block| codes.encode(block)).collect();
    for block in &blocks {
        out.push(octet(block.separator.len(), "separator")?);
    }
    for body in &bodies {
        out.extend(u16::try_from(body.len()).map_err(|_| WriteError::TooLong("block"))?.to_le_bytes());
    }
    out.extend(blocks.iter().flat_map(|block| &block.separator));
    out.extend(bodies.concat());
    Ok(out)
}

/// Which number each flag value and each octet has.
struct Alphabet {
    flags: Vec<u8>,
    octets: Vec<u8>,
}

impl Alphabet {
    fn of(names: &BTreeMap<String, u8>) -> Result<Self, WriteError> {
        let flags: BTreeSet<u8> = names.values().copied().collect();
        let octets: BTreeSet<u8> =
            names.keys().flat_map(|name| name.bytes()).filter(|o| *o != b'.').collect();
        if flags.len() + 1 + octets.len() > usize::from(u8::MAX) {
            return Err(WriteError::Alphabet);
        }
        Ok(Self { flags: flags.into_iter().collect(), octets: octets.into_iter().collect() })
    }

    fn symbols(&self) -> usize {
        self.flags.len() + 1 + self.octets.len()
    }

    /// Symbols of the name, labels reversed, and its end symbol.
    fn key(&self, name: &str, flags: u8) -> Result<(Vec<u8>, u8), WriteError> {
        if name.len() > LONGEST_NAME || name.split('.').any(str::is_empty) {
            return Err(WriteError::Name(name.to_owned()));
        }
        let number = |place: Result<usize, usize>, base: usize| {
            place.ok().and_then(|p| u8::try_from(p + base).ok()).ok_or(WriteError::Alphabet)
        };
        let dot = number(Ok(0), self.flags.len())?;
        let mut key = Vec::with_capacity(name.len());
        for (place, label) in name.rsplit('.').enumerate() {
            if place > 0 {
                key.push(dot);
            }
            for octet in label.bytes() {
                key.push(number(self.octets.binary_search(&octet), self.flags.len() + 1)?);
            }
        }
        Ok((key, number(self.flags.binary_search(&flags), 0)?))
    }
}

/// Some neighbouring entries.
struct Block<'k> {
    separator: Vec<u8>,
    entries: &'k [(Vec<u8>, u8)],
}

fn split(keys: &[(Vec<u8>, u8)]) -> Vec<Block<'_>> {
    let mut last: Option<&[u8]> = None;
    let mut blocks = Vec::new();
    for entries in keys.chunks(BLOCK_ENTRIES) {
        let separator = match (last, entries.first()) {
            (Some(last), Some((first, _))) => first.iter().take(common(last, first) + 1).copied().collect(),
            _ => Vec::new(),
        };
        last = entries.last().map(|(key, _)| key.as_slice());
        blocks.push(Block { separator, entries });
    }
    blocks
}

/// One coded event: which family, in which context, which symbol.
enum Event {
    Shared(usize, usize),
    First(usize, usize),
    Next(Pair, usize),
}

/// The two symbols before a following one; the first end where there is but one.
type Pair = [u8; 2];

/// Calls `visit` with what the reader will decode, in its order.
fn events(block: &Block<'_>, mut visit: impl FnMut(Event)) {
    let (mut before, mut shared_before) = (block.separator.as_slice(), 0);
    for (key, end) in block.entries {
        let shared = common(before, key);
        visit(Event::Shared(shared_before.min(SHARED_CONTEXTS - 1), shared));
        let replaced = before.get(shared).map_or(0, |symbol| usize::from(*symbol));
        let rest = key.iter().skip(shared).chain([end]);
        for (place, symbol) in rest.enumerate() {
            let symbol = usize::from(*symbol);
            match place.checked_sub(1).and_then(|p| key.get(shared + p)) {
                None => visit(Event::First(replaced, symbol)),
                Some(last) => {
                    let before = (shared + place).checked_sub(2).and_then(|p| key.get(p));
                    visit(Event::Next([before.copied().unwrap_or(0), *last], symbol));
                }
            }
        }
        (before, shared_before) = (key, shared);
    }
}

fn common(a: &[u8], b: &[u8]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

/// The three families of codes, made for exactly these blocks.
struct Tables {
    shared: Family,
    first: Family,
    next: Grouped,
}

/// For each context the lengths and the codes of all symbols.
struct Family(Vec<(Vec<u8>, Vec<u16>)>);

impl Tables {
    fn of(blocks: &[Block<'_>], alphabet: &Alphabet, longest: usize) -> Self {
        let symbols = alphabet.symbols();
        let mut shared = vec![vec![0u32; longest + 1]; SHARED_CONTEXTS];
        let mut first = vec![vec![0u32; symbols]; symbols];
        let mut next: BTreeMap<Pair, Vec<u32>> = BTreeMap::new();
        for block in blocks {
            events(block, |event| match event {
                Event::Shared(context, symbol) => shared[context][symbol] += 1,
                Event::First(context, symbol) => first[context][symbol] += 1,
                Event::Next(pair, symbol) => {
                    next.entry(pair).or_insert_with(|| vec![0; symbols])[symbol] += 1;
                }
            });
        }
        let tables = blocks.len().isqrt() * 4;
        Self {
            shared: Family::of(&shared),
            first: Family::of(&first),
            next: Grouped::of(&next, tables.clamp(1, usize::from(u8::MAX))),
        }
    }

    fn encode(&self, block: &Block<'_>) -> Vec<u8> {
        let mut bits = BitWriter::default();
        events(block, |event| match event {
            Event::Shared(context, symbol) => self.shared.push(&mut bits, context, symbol),
            Event::First(context, symbol) => self.first.push(&mut bits, context, symbol),
            Event::Next(pair, symbol) => self.next.family.push(&mut bits, self.next.rows[&pair], symbol),
        });
        bits.finish()
    }
}

impl Family {
    fn of(counts: &[Vec<u32>]) -> Self {
        let row = |counts: &Vec<u32>| {
            let lengths = lengths_for(counts);
            let codes = canonical(&lengths);
            (lengths, codes)
        };
        Self(counts.iter().map(row).collect())
    }

    fn push(&self, bits: &mut BitWriter, context: usize, symbol: usize) {
        let (lengths, codes) = &self.0[context];
        bits.push(codes[symbol], lengths[symbol]);
    }

    fn store(&self, out: &mut Vec<u8>) {
        let lengths: Vec<u8> = self.0.iter().flat_map(|(lengths, _)| lengths.iter().copied()).collect();
        out.extend(lengths.chunks(2).map(|two| two[0] << 4 | two.get(1).unwrap_or(&0)));
    }
}

/// One code for each group of pairs that are followed by much the same symbols.
struct Grouped {
    rows: BTreeMap<Pair, usize>,
    family: Family,
}

impl Grouped {
    /// The groups start as the pairs that occur most; then each pair goes where what follows it takes the fewest
    /// bits, some times over. Whole numbers only: the same names give the same groups on any machine.
    fn of(counts: &BTreeMap<Pair, Vec<u32>>, groups: usize) -> Self {
        const ROUNDS: usize = 8;
        /// What a symbol is taken to cost in a group that has not seen it yet, in bits.
        const NEW: u32 = 20;
        let mut sums: Vec<Vec<u32>> = counts.values().cloned().collect();
        sums.sort_by_key(|counts| Reverse(counts.iter().sum::<u32>()));
        sums.truncate(groups);
        let mut rows = BTreeMap::new();
        for _ in 0..ROUNDS {
            let costs = |counts: &Vec<u32>| -> Vec<u32> {
                lengths_for(counts)
                    .iter()
                    .map(|bits| if *bits == 0 { NEW } else { u32::from(*bits) })
                    .collect()
            };
            let costs: Vec<Vec<u32>> = sums.iter().map(costs).collect();
            for sum in &mut sums {
                sum.fill(0);
            }
            for (pair, counts) in counts {
                let bits =
                    |costs: &Vec<u32>| -> u32 { counts.iter().zip(costs).map(|(n, bits)| n * bits).sum() };
                let row = (0..costs.len()).min_by_key(|row| bits(&costs[*row])).unwrap_or(0);
                rows.insert(*pair, row);
                for (sum, count) in sums[row].iter_mut().zip(counts) {
                    *sum += count;
                }
            }
        }
        Self { rows, family: Family::of(&sums) }
    }

    fn store(&self, out: &mut Vec<u8>, symbols: usize) -> Result<(), WriteError> {
        out.push(octet(self.family.0.len(), "list of tables")?);
        let mut table = vec![0; symbols * symbols];
        for ([before, last], row) in &self.rows {
            table[usize::from(*before) * symbols + usize::from(*last)] = octet(*row, "list of tables")?;
        }
        out.extend(table);
        self.family.store(out);
        Ok(())
    }
}

fn longest(names: &BTreeMap<String, u8>) -> usize {
    names.keys().map(String::len).max().unwrap_or(0)
}

fn octet(value: usize, what: &'static str) -> Result<u8, WriteError> {
    u8::try_from(value).map_err(|_| WriteError::TooLong(what))
}

fn counted(out: &mut Vec<u8>, octets: &[u8], what: &'static str) -> Result<(), WriteError> {
    out.push(octet(octets.len(), what)?);
    out.extend(octets);
    Ok(())
}
