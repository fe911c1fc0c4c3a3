//! Octets of a file as they come, with their place: what was passed is forgotten.

use std::io::{ErrorKind, Read};

use crate::import::Unreadable;

/// Octets that are held at once.
const HELD: usize = 256 * 1024;

/// A reader, some octets of what comes next, and where they stand.
pub(super) struct Source<R> {
    reader: R,
    held: Box<[u8]>,
    /// The next octet and the end of what is held.
    at: usize,
    end: usize,
    /// Up to where line ends are counted: how many there are, and octets behind the last of them.
    counted: usize,
    lines: usize,
    column: usize,
}

impl<R: Read> Source<R> {
    pub(super) fn new(reader: R) -> Self {
        let held = vec![0; HELD].into_boxed_slice();
        Self { reader, held, at: 0, end: 0, counted: 0, lines: 0, column: 0 }
    }

    /// What is held of the octets that come next; empty at the end of the file only.
    pub(super) fn rest(&mut self) -> Result<&[u8], Unreadable> {
        if self.at == self.end {
            self.read_on()?;
        }
        Ok(self.held.get(self.at..self.end).unwrap_or_default())
    }

    /// Passes octets of [`Self::rest`].
    pub(super) fn pass(&mut self, octets: usize) {
        self.at = self.end.min(self.at.saturating_add(octets));
    }

    /// The next octet, which is not passed.
    pub(super) fn next(&mut self) -> Result<Option<u8>, Unreadable> {
        Ok(self.rest()?.first().copied())
    }

    /// Passes the mark that some programs begin UTF-8 with, and refuses UTF-16.
    pub(super) fn byte_order_mark(&mut self) -> Result<(), Unreadable> {
        let rest = self.rest()?;
        if rest.starts_with(b"\xEF\xBB\xBF") {
            self.pass(3);
        } else if rest.starts_with(b"\xFF\xFE") || rest.starts_with(b"\xFE\xFF") {
            return Err(self.wrong("this is UTF-16: save it as UTF-8"));
        }
        Ok(())
    }

    /// That the file ends here but for white space.
    pub(super) fn nothing_more(&mut self) -> Result<(), Unreadable> {
        loop {
            let rest = self.rest()?;
            if rest.is_empty() {
                return Ok(());
            }
            let octets = rest.len();
            match rest.iter().position(|octet| !octet.is_ascii_whitespace()) {
                None => self.pass(octets),
                Some(at) => {
                    self.pass(at);
                    return Err(self.wrong("something follows the end of the JSON"));
                }
            }
        }
    }

    /// That the file is wrong at the next octet.
    pub(super) fn wrong(&self, what: impl Into<String>) -> Unreadable {
        let (lines, column) = self.passed();
        Unreadable::Json { line: lines + 1, column: column + 1, what: what.into() }
    }

    /// Line and column of the next octet, both from 1. Asked often, it counts each octet once.
    pub(super) fn place(&mut self) -> (usize, usize) {
        (self.lines, self.column) = self.passed();
        self.counted = self.at;
        (self.lines + 1, self.column + 1)
    }

    /// Line ends before the next octet, and octets of its line before it.
    fn passed(&self) -> (usize, usize) {
        let passed = self.held.get(self.counted..self.at).unwrap_or_default();
        match memchr::memrchr(b'\n', passed) {
            Some(last) => (self.lines + memchr::memchr_iter(b'\n', passed).count(), passed.len() - last - 1),
            None => (self.lines, self.column + passed.len()),
        }
    }

    fn read_on(&mut self) -> Result<(), Unreadable> {
        (self.lines, self.column) = self.passed();
        (self.at, self.end, self.counted) = (0, 0, 0);
        self.end = loop {
            match self.reader.read(&mut self.held) {
                Ok(octets) => break octets,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(self.wrong(format!("it can not be read on: {error}"))),
            }
        };
        Ok(())
    }
}
