//! The answer to a hello, from its first octets: a `ServerHello`, an alert, or no TLS at all.
//!
//! What comes behind it is not read. A `HelloRetryRequest` is a `ServerHello` with a certain random (RFC 8446 §4.1.3): it
//! chooses version and suite like any other, and so it is not told apart.

/// Octets in which the answer must be complete.
pub const MAX_OCTETS: usize = 20 * 1024;
/// A record's content, with what encryption may add (RFC 5246 §6.2.3).
const MAX_RECORD: usize = (1 << 14) + 2048;
/// A `ServerHello`; real ones have less than 300 octets.
const MAX_HELLO: usize = 1 << 14;

const ALERT: u8 = 21;
const HANDSHAKE: u8 = 22;
const SERVER_HELLO: u8 = 2;
/// The extension by which TLS 1.3 says its version.
const SUPPORTED_VERSIONS: u16 = 43;

/// What a server said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It goes on, with this version and this suite.
    Hello {
        /// As on the wire.
        version: u16,
        /// As on the wire.
        suite: u16,
    },
    /// It ends it, with the number of an alert (RFC 8446 §6).
    Alert(u8),
    /// No TLS, or broken.
    NotTls,
}

/// How far it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// That is all.
    Done(Answer),
    /// Nothing yet that says anything: nothing at all, or whole warnings.
    Nothing,
    /// It breaks off in the middle.
    Begun,
}

/// Reads an answer as far as it is there. No octets make it fail; once done, more octets change nothing.
pub fn read(octets: &[u8]) -> Progress {
    let mut reader = Reader(octets);
    let mut message: Vec<u8> = Vec::new();
    loop {
        if reader.0.is_empty() {
            return if message.is_empty() { Progress::Nothing } else { Progress::Begun };
        }
        let (kind, content, is_whole) = match record(&mut reader) {
            Ok(Some(record)) => record,
            Ok(None) => return Progress::Begun,
            Err(answer) => return Progress::Done(answer),
        };
        match (kind, content, is_whole) {
            (ALERT, _, false) => return Progress::Begun,
            (ALERT, [1, close @ 0] | [2, close], true) => return Progress::Done(Answer::Alert(*close)),
            // A warning, such as of an unknown name: what counts comes after it.
            (ALERT, [1, _], true) => {}
            (HANDSHAKE, content, is_whole) if !content.is_empty() || !is_whole => {
                message.extend_from_slice(content);
                match server_hello(&message) {
                    Some(answer) => return Progress::Done(answer),
                    None if !is_whole => return Progress::Begun,
                    None => {}
                }
            }
            _ => return Progress::Done(Answer::NotTls),
        }
    }
}

/// A record's kind, its content as far as it is there, and whether that is all of it.
type Record<'o> = (u8, &'o [u8], bool);

/// The next record; none where not even its head is there.
fn record<'o>(reader: &mut Reader<'o>) -> Result<Option<Record<'o>>, Answer> {
    let begin = reader.0;
    let fits = |at: usize, fits: fn(u8) -> bool| begin.get(at).is_none_or(|octet| fits(*octet));
    if !fits(0, |kind| matches!(kind, ALERT | HANDSHAKE))
        || !fits(1, |major| major == 3)
        || !fits(2, |minor| minor <= 4)
    {
        return Err(Answer::NotTls);
    }
    let (Some(kind), Some(_version), Some(length)) = (reader.octet(), reader.number(), reader.number())
    else {
        return Ok(None);
    };
    let length = usize::from(length);
    if length > MAX_RECORD {
        return Err(Answer::NotTls);
    }
    let content = reader.0.get(..length).unwrap_or(reader.0);
    reader.0 = reader.0.get(content.len()..).unwrap_or_default();
    Ok(Some((kind, content, content.len() == length)))
}

/// The `ServerHello` that a message begins with; none where it is not complete.
fn server_hello(message: &[u8]) -> Option<Answer> {
    let mut reader = Reader(message);
    if reader.octet()? != SERVER_HELLO {
        return Some(Answer::NotTls);
    }
    let length = usize::from(reader.octet()?) << 16 | usize::from(reader.number()?);
    if length > MAX_HELLO {
        return Some(Answer::NotTls);
    }
    let body = reader.0.get(..length)?;
    Some(chosen(body).map_or(Answer::NotTls, |(version, suite)| Answer::Hello { version, suite }))
}

/// Version and suite of a `ServerHello`'s body; none where it is broken.
fn chosen(body: &[u8]) -> Option<(u16, u16)> {
    let mut reader = Reader(body);
    let mut version = reader.number()?;
    reader.take(32)?;
    let session = usize::from(reader.octet()?);
    reader.take(session)?;
    let suite = reader.number()?;
    if session > 32 || reader.octet()? != 0 {
        return None;
    }
    // Servers without extensions end here.
    if reader.0.is_empty() {
        return Some((version, suite));
    }
    if usize::from(reader.number()?) != reader.0.len() {
        return None;
    }
    while !reader.0.is_empty() {
        let kind = reader.number()?;
        let length = usize::from(reader.number()?);
        let content = reader.take(length)?;
        if kind == SUPPORTED_VERSIONS {
            version = u16::from_be_bytes(content.try_into().ok()?);
        }
    }
    Some((version, suite))
}

struct Reader<'o>(&'o [u8]);

impl<'o> Reader<'o> {
    fn take(&mut self, length: usize) -> Option<&'o [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn octet(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn number(&mut self) -> Option<u16> {
        self.take(2)?.try_into().ok().map(u16::from_be_bytes)
    }
}

#[cfg(test)]
mod tests;
