//! Bits, most significant first.

/// Reads bits from a block body; past its end there are none.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, position: 0 }
    }

    /// The next 15 bits, the first one highest, with zeros past the end.
    pub(super) fn peek(&self) -> u16 {
        let octet = |offset| u32::from(self.bytes.get(self.position / 8 + offset).copied().unwrap_or(0));
        let window = octet(0) << 16 | octet(1) << 8 | octet(2);
        let bits = (window >> (24 - 15 - self.position % 8)) & 0x7fff;
        u16::try_from(bits).unwrap_or(0)
    }

    /// Goes on by `count` bits, or says that there are not so many.
    pub(super) fn skip(&mut self, count: usize) -> Option<()> {
        self.position += count;
        (self.position <= self.bytes.len() * 8).then_some(())
    }
}

/// Collects the bits of one block body.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    filled: usize,
}

impl BitWriter {
    /// Appends the `length` low bits of `code`.
    pub(super) fn push(&mut self, code: u16, length: u8) {
        for shift in (0..length).rev() {
            if self.filled.is_multiple_of(8) {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::from((code >> shift) & 1 == 1) << (7 - self.filled % 8);
            }
            self.filled += 1;
        }
    }

    /// The body, padded with zero bits to an octet.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}
