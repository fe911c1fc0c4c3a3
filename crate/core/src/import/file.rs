//! Files of any kind that is known, packed by gzip or not, read as they come.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::{Resolve, Unreadable, har, read_har, read_warc, read_with, warc};
use crate::evidence::Evidence;
use crate::url::Url;

/// Octets of a file that is read whole: evidence, or response heads with a body.
pub const MAX_FILE: u64 = 256 << 20;
/// Octets of a line of JSON Lines.
pub const MAX_LINE: u64 = 64 << 20;
/// Octets by which the kind of an input is told.
const BEGINNING: usize = 64 * 1024;

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An HTTP Archive.
    Har,
    /// A web archive.
    Warc,
    /// A line of evidence JSON for each of many.
    Lines,
    /// Evidence JSON, response heads, or what is no input at all.
    Other,
}

/// What an input that begins so is.
pub fn kind(beginning: &[u8]) -> Kind {
    if har::begins(beginning) {
        return Kind::Har;
    }
    if warc::begins(beginning) {
        return Kind::Warc;
    }
    let line = beginning.split(|&octet| octet == b'\n').next().unwrap_or_default();
    let line = line.trim_ascii();
    // An object in one line, or in one that is longer than what was read of it. Pretty JSON has less on its first.
    let whole = line.ends_with(b"}") || beginning.len() >= BEGINNING && line.len() + 4 >= beginning.len();
    if line.starts_with(b"{") && line.len() > 2 && whole { Kind::Lines } else { Kind::Other }
}

/// An input, unpacked where it is packed, and what it is.
pub fn open<'r>(reader: impl Read + 'r) -> io::Result<(Kind, Box<dyn BufRead + 'r>)> {
    let plain = Peeked::new(reader)?;
    if plain.beginning.is_empty() {
        return Err(io::Error::other("it is empty"));
    }
    if !plain.beginning.starts_with(b"\x1f\x8b") {
        return Ok((kind(&plain.beginning), Box::new(BufReader::with_capacity(BEGINNING, plain))));
    }
    // A web archive has a member of its own for each record.
    let plain = BufReader::with_capacity(BEGINNING, plain);
    let unpacked = Peeked::new(MultiGzDecoder::new(plain))?;
    Ok((kind(&unpacked.beginning), Box::new(BufReader::with_capacity(BEGINNING, unpacked))))
}

/// Reads an input that `open` gave, whatever it is but JSON Lines of several; `url` and `now` as in [`super::read`].
pub fn read_from(
    kind: Kind,
    reader: impl BufRead,
    url: Option<&Url>,
    now: i64,
    resolve: Resolve<'_>,
) -> Result<Evidence, Unreadable> {
    match kind {
        Kind::Har => read_har(reader, resolve),
        Kind::Warc => read_warc(reader, resolve),
        Kind::Lines | Kind::Other => {
            let mut octets = Vec::new();
            let read = reader.take(MAX_FILE + 1).read_to_end(&mut octets);
            read.map_err(|error| Unreadable::Read(error.to_string()))?;
            if octets.len() as u64 > MAX_FILE {
                let what = format!("it is larger than {} MB, and no HAR, WARC or JSON Lines", MAX_FILE >> 20);
                return Err(Unreadable::Read(what));
            }
            if octets.starts_with(b"\xFF\xFE") || octets.starts_with(b"\xFE\xFF") {
                return Err(Unreadable::Read("it is UTF-16: write it as UTF-8".to_owned()));
            }
            read_with(&octets, url, now, resolve)
        }
    }
}

/// A line of JSON Lines.
pub struct Line {
    /// Counted from 1.
    pub number: usize,
    /// Without its end; what is wrong where it is too long.
    pub octets: Result<Vec<u8>, String>,
}

/// The lines of JSON Lines that are not empty.
pub struct Lines<R> {
    reader: R,
    number: usize,
}

impl<R: BufRead> Lines<R> {
    /// The lines that a reader gives.
    pub const fn new(reader: R) -> Self {
        Self { reader, number: 0 }
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.number += 1;
            let mut octets = Vec::new();
            match self.reader.by_ref().take(MAX_LINE).read_until(b'\n', &mut octets) {
                Err(error) => return Some(Err(error)),
                Ok(0) => return None,
                Ok(_) => {}
            }
            let number = self.number;
            if octets.len() as u64 == MAX_LINE && !octets.ends_with(b"\n") {
                drop(octets);
                if let Err(error) = self.reader.skip_until(b'\n') {
                    return Some(Err(error));
                }
                let what = format!("the line is longer than {} MB", MAX_LINE >> 20);
                return Some(Ok(Line { number, octets: Err(what) }));
            }
            octets.truncate(octets.trim_ascii_end().len());
            if !octets.is_empty() {
                return Some(Ok(Line { number, octets: Ok(octets) }));
            }
        }
    }
}

/// A reader whose beginning was looked at.
struct Peeked<R> {
    beginning: Vec<u8>,
    given: usize,
    reader: R,
}

impl<R: Read> Peeked<R> {
    /// Reads on until the first line is there, for a pipe gives little at once.
    fn new(mut reader: R) -> io::Result<Self> {
        let mut beginning = vec![0; BEGINNING];
        let mut length = 0;
        while let Some(rest @ [_, ..]) = beginning.get_mut(length..) {
            match reader.read(rest) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
            if beginning.get(..length).is_some_and(|read| read.contains(&b'\n')) {
                break;
            }
        }
        beginning.truncate(length);
        // The mark that editors put before UTF-8 says nothing.
        if beginning.starts_with(b"\xEF\xBB\xBF") {
            beginning.drain(..3);
        }
        Ok(Self { beginning, given: 0, reader })
    }
}

impl<R: Read> Read for Peeked<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        match self.beginning.get(self.given..) {
            Some(mut rest @ [_, ..]) => {
                let read = rest.read(into)?;
                self.given += read;
                Ok(read)
            }
            _ => self.reader.read(into),
        }
    }
}
