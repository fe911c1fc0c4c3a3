//! The copy of a JSON string, as it stands in the file.

/// The copy of a string, up to its bound.
pub(super) struct Copied<'o> {
    out: &'o mut Vec<u8>,
    /// Where the copy has to end.
    end: usize,
    /// Where the last two escapes began.
    escapes: [usize; 2],
    full: bool,
}

impl<'o> Copied<'o> {
    pub(super) fn new(out: &'o mut Vec<u8>, max: usize) -> Self {
        out.push(b'"');
        let (begin, end) = (out.len(), out.len() + max);
        Self { out, end, escapes: [begin; 2], full: false }
    }

    pub(super) fn plain(&mut self, octets: &[u8]) {
        let room = self.end.saturating_sub(self.out.len());
        if !self.full {
            self.out.extend(octets.get(..room).unwrap_or(octets));
            self.full = octets.len() > room;
            if self.full {
                self.cut();
            }
        }
    }

    pub(super) fn escape(&mut self, escaped: u8) {
        if !self.full {
            self.full = self.out.len() + 2 > self.end;
            if self.full {
                return self.cut();
            }
            self.escapes = [self.escapes[1], self.out.len()];
            self.out.extend([b'\\', escaped]);
        }
    }

    /// Takes away what is left of a character or an escape that did not fit whole.
    fn cut(&mut self) {
        let [before, last] = self.escapes;
        // `\u` and four digits.
        if self.out.get(last..).is_some_and(|rest| rest.starts_with(b"\\u") && rest.len() < 6) {
            self.out.truncate(last);
        }
        // The first half of a pair says nothing without the other.
        for escape in [last, before] {
            let rest = self.out.get(escape..).unwrap_or_default();
            let high =
                matches!(rest, [b'\\', b'u', b'd' | b'D', b'8'..=b'9' | b'a'..=b'b' | b'A'..=b'B', _, _]);
            if high {
                self.out.truncate(escape);
            }
        }
        while self.out.last().is_some_and(|octet| octet & 0xC0 == 0x80) {
            self.out.pop();
        }
        if self.out.last().is_some_and(|octet| *octet >= 0xC0) {
            self.out.pop();
        }
    }

    pub(super) fn end(self) {
        self.out.push(b'"');
    }
}
