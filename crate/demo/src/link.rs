//! A network that requests ask for: `wait=MILLISECONDS` there and back, and `rate=OCTETS` a second on one link that
//! all answers share. Without them this machine answers at once, which no site does.

use std::io::{self, Write};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::wire::Request;

/// The longest that a request can ask to be kept waiting.
const LONGEST_WAIT: Duration = Duration::from_secs(5);
/// The slowest link that it can ask for, octets a second.
const SLOWEST: u64 = 1_000;
/// What goes over the link in one piece; answers that are under way take turns.
const PIECE: usize = 8 * 1024;

/// The link: when it is free again.
#[derive(Debug, Default)]
pub struct Link(Mutex<Option<Instant>>);

impl Link {
    /// Waits for the way there and back.
    pub fn wait(request: &Request) {
        let wait = u64::try_from(request.number("wait", 0)).map_or(Duration::ZERO, Duration::from_millis);
        if !wait.is_zero() {
            thread::sleep(wait.min(LONGEST_WAIT));
        }
    }

    /// Where the answer to a request is to be written.
    pub fn over<'l, W: Write>(&'l self, request: &Request, to: &'l mut W) -> Limited<'l, W> {
        let rate = request.parameter("rate").and_then(|rate| rate.parse().ok());
        Limited { link: self, rate: rate.map(|rate: u64| rate.max(SLOWEST)), to }
    }

    /// Takes the link for so many octets, and waits until they are over.
    fn pass(&self, octets: usize, rate: u64) {
        let taken = Duration::from_nanos(octets as u64 * 1_000_000_000 / rate);
        let end = {
            let mut free = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let end = free.unwrap_or(now).max(now) + taken;
            *free = Some(end);
            end
        };
        thread::sleep(end.saturating_duration_since(Instant::now()));
    }
}

/// A connection over a [`Link`].
pub struct Limited<'l, W> {
    link: &'l Link,
    /// None: as fast as it goes.
    rate: Option<u64>,
    to: &'l mut W,
}

impl<W: Write> Write for Limited<'_, W> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        let Some(rate) = self.rate else { return self.to.write(octets) };
        let piece = octets.get(..PIECE).unwrap_or(octets);
        self.link.pass(piece.len(), rate);
        self.to.write_all(piece)?;
        self.to.flush()?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Scheme;

    #[test]
    fn answers_share_the_link() {
        let head = b"GET /?rate=100000 HTTP/1.1\r\nHost: a\r\n\r\n";
        let request = Request::read(&mut head.as_slice(), Scheme::Http).expect("read").expect("a request");
        let link = Link::default();
        let began = Instant::now();
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    let mut sent = Vec::new();
                    link.over(&request, &mut sent).write_all(&[7; 10_000]).expect("written");
                    assert_eq!(sent, [7; 10_000]);
                });
            }
        });
        // Two answers of a tenth of a second.
        assert!(began.elapsed() >= Duration::from_millis(200), "{:?}", began.elapsed());
    }
}
