//! Families of canonical prefix codes: one code for each context.
//!
//! Only the code lengths are stored. Codes of one length are numbered in the
//! order of their symbols, as in DEFLATE (RFC 1951 §3.2.2).

use super::bits::BitReader;

/// Longest code, in bits; a length is stored in four bits, 0 for "unused".
pub(super) const LONGEST_CODE: usize = 15;

/// The codes of one family, ready for decoding.
pub(super) struct Codes {
    rows: Vec<Row>,
}

/// One context's code.
struct Row {
    /// For each length that occurs, shortest first.
    lengths: Vec<Length>,
    /// The symbols in the order of their codes.
    symbols: Vec<u8>,
}

/// The codes of one length.
struct Length {
    bits: usize,
    /// One more than their last code, moved to the top of [`LONGEST_CODE`] bits.
    limit: u16,
    /// Their first code.
    first: u16,
    /// Where the symbol of the first code stands.
    place: usize,
}

impl Codes {
    /// Reads `rows` × `columns` code lengths from the start of `nibbles`.
    ///
    /// `None` if there are too few, or if a row has more codes than fit.
    pub(super) fn parse(nibbles: &[u8], rows: usize, columns: usize) -> Option<Self> {
        let mut lengths = nibbles.iter().flat_map(|byte| [byte >> 4, byte & 15]);
        let mut parsed = Vec::with_capacity(rows);
        for _ in 0..rows {
            let row: Vec<u8> = lengths.by_ref().take(columns).collect();
            if row.len() < columns {
                return None;
            }
            parsed.push(Row::new(&row)?);
        }
        Some(Self { rows: parsed })
    }

    /// Decodes one symbol in context `row`; `None` at the end of the bits or
    /// where they spell no code.
    pub(super) fn decode(&self, row: usize, bits: &mut BitReader<'_>) -> Option<u8> {
        let row = self.rows.get(row)?;
        let window = bits.peek();
        // Canonical codes of one length are consecutive and sort after all shorter ones.
        let length = row.lengths.iter().find(|length| window < length.limit)?;
        bits.skip(length.bits)?;
        let code = window >> (LONGEST_CODE - length.bits);
        row.symbols.get(length.place + usize::from(code.checked_sub(length.first)?)).copied()
    }
}

impl Row {
    fn new(code_lengths: &[u8]) -> Option<Self> {
        let (mut lengths, mut symbols) = (Vec::new(), Vec::new());
        // The next free code, at full length.
        let mut next = 0u16;
        for bits in 1..=LONGEST_CODE {
            let place = symbols.len();
            for (symbol, _) in code_lengths.iter().enumerate().filter(|(_, l)| usize::from(**l) == bits) {
                symbols.push(u8::try_from(symbol).ok()?);
            }
            let count = u16::try_from(symbols.len() - place).ok()?;
            if count > 0 {
                let step = 1u16 << (LONGEST_CODE - bits);
                // More codes than bits can tell apart (Kraft's inequality) are a damaged table.
                let limit = count.checked_mul(step)?.checked_add(next).filter(|l| *l <= 1 << LONGEST_CODE)?;
                lengths.push(Length { bits, limit, first: next / step, place });
                next = limit;
            }
        }
        Some(Self { lengths, symbols })
    }
}

/// Octets that `rows` × `columns` code lengths take.
pub(super) fn stored_size(rows: usize, columns: usize) -> usize {
    (rows * columns).div_ceil(2)
}

/// The code lengths of a Huffman code for `counts`, none longer than
/// [`LONGEST_CODE`]: as long as one is, the counts are flattened and the code made
/// anew, which costs a fraction of a bit on the rarest symbols only.
pub(super) fn lengths_for(counts: &[u32]) -> Vec<u8> {
    let mut counts = counts.to_vec();
    loop {
        let lengths = huffman(&counts);
        if lengths.iter().all(|length| usize::from(*length) <= LONGEST_CODE) {
            return lengths;
        }
        for count in counts.iter_mut().filter(|count| **count > 0) {
            *count = *count / 2 + 1;
        }
    }
}

/// Code lengths without a limit. A lone symbol still gets one bit.
fn huffman(counts: &[u32]) -> Vec<u8> {
    let mut lengths = vec![0u8; counts.len()];
    // Weight, and the symbols below; the smallest symbol breaks ties, so the result is one.
    let mut trees: Vec<(u64, Vec<usize>)> =
        (0..counts.len()).filter(|s| counts[*s] > 0).map(|s| (u64::from(counts[s]), vec![s])).collect();
    if let [(_, only)] = trees.as_slice() {
        lengths[only[0]] = 1;
    }
    while trees.len() > 1 {
        trees.sort_by(|a, b| b.cmp(a));
        let (Some((light, mut below)), Some((lighter, others))) = (trees.pop(), trees.pop()) else { break };
        below.extend(others);
        for symbol in &below {
            lengths[*symbol] = lengths[*symbol].saturating_add(1);
        }
        below.sort_unstable();
        trees.push((light + lighter, below));
    }
    lengths
}

/// The canonical codes that belong to `lengths`.
pub(super) fn canonical(lengths: &[u8]) -> Vec<u16> {
    let mut codes = vec![0u16; lengths.len()];
    let mut next = 0u16;
    for length in 1..=LONGEST_CODE {
        for (code, _) in codes.iter_mut().zip(lengths).filter(|(_, l)| usize::from(**l) == length) {
            *code = next;
            next = next.wrapping_add(1);
        }
        next <<= 1;
    }
    codes
}
