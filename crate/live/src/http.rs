//! One request and the head of its answer. No body is read.

use https_audit_core::evidence::Response;
use https_audit_core::import::read_head;
use https_audit_core::url::Url;

use crate::connect::place;
use crate::tls::Stream;
use crate::trouble::{Kind, Trouble};

/// Octets of a head that are read; what is longer is cut, and counted as cut.
const MAX_HEAD: usize = 1 << 20;
/// Interim answers (RFC 9110 §15.2) before the one that counts.
const MAX_INTERIM: usize = 8;

/// Asks for an address over a connection to its host.
pub fn ask(stream: &mut dyn Stream, url: &Url, version: &str) -> Result<Response, Trouble> {
    let place = place(url.host(), url.effective_port().unwrap_or_default());
    let io = |error: std::io::Error, doing: &str| Trouble::of_io(&error, &place, doing);
    stream.write_all(request(url, version).as_bytes()).map_err(|error| io(error, "asking"))?;
    stream.flush().map_err(|error| io(error, "asking"))?;
    let mut read: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 16 * 1024];
    for _ in 0..=MAX_INTERIM {
        let end = loop {
            if let Some(end) = end_of_head(&read) {
                break Some(end);
            }
            if read.len() >= MAX_HEAD {
                break None;
            }
            if read.len() >= 5 && !begins(&read) {
                return Err(Trouble::new(Kind::NotHttp, format!("{place} answered, and not with http")));
            }
            match stream.read(&mut chunk).map_err(|error| io(error, "waiting for the answer"))? {
                0 => return Err(closed(&place, &read)),
                got => read.extend_from_slice(chunk.get(..got).unwrap_or_default()),
            }
        };
        let not_http =
            || Trouble::new(Kind::NotHttp, format!("{place} answered with no status line of http"));
        let Some(end) = end else { return cut(&read).ok_or_else(not_http) };
        let response = read.get(..end).and_then(read_head).ok_or_else(not_http)?;
        if !(100..200).contains(&response.status) || response.status == 101 {
            return Ok(response);
        }
        read.drain(..end);
    }
    Err(Trouble::new(Kind::NotHttp, format!("{place} sent interim answers only")))
}

/// The request: nothing that identifies anyone, and who asks.
fn request(url: &Url, version: &str) -> String {
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
    let (path, host) = (url.path(), url.host());
    format!(
        "GET {path}{query} HTTP/1.1\r\nHost: {host}{port}\r\n\
         User-Agent: https-audit/{version} (+live audit)\r\n\
         Accept: text/html,application/xhtml+xml,*/*;q=0.8\r\nAccept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )
}

/// Whether it begins as an answer over http does.
fn begins(read: &[u8]) -> bool {
    let start = read.iter().position(|octet| !matches!(octet, b'\r' | b'\n')).unwrap_or(read.len());
    let rest = read.get(start..).unwrap_or_default();
    rest.len() < 5 || rest.starts_with(b"HTTP/")
}

/// Where the first head ends, behind its empty line. Empty lines before it are none of it.
fn end_of_head(read: &[u8]) -> Option<usize> {
    let start = read.iter().position(|octet| !matches!(octet, b'\r' | b'\n'))?;
    let head = read.get(start..)?;
    let mut ends = head.iter().enumerate().filter(|(_, octet)| **octet == b'\n').map(|(at, _)| at + 1);
    let is_empty = |at: &usize| {
        let rest = head.get(*at..).unwrap_or_default();
        rest.starts_with(b"\n") || rest.starts_with(b"\r\n")
    };
    let end = ends.find(is_empty)?;
    let line = if head.get(end) == Some(&b'\n') { 1 } else { 2 };
    Some(start + end + line)
}

/// A head that is too long: its whole lines, and that there was more.
fn cut(read: &[u8]) -> Option<Response> {
    let end = read.iter().rposition(|octet| *octet == b'\n')? + 1;
    let mut response = read_head(read.get(..end)?)?;
    response.dropped = response.dropped.saturating_add(1);
    Some(response)
}

fn closed(place: &str, read: &[u8]) -> Trouble {
    let what = if read.is_empty() { "without an answer" } else { "in the middle of the answer's head" };
    Trouble::new(Kind::Dropped, format!("{place} closed the connection {what}"))
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write};

    use super::*;

    /// A server that says this, in pieces of so many octets, to whatever it is asked.
    struct Says<'o> {
        octets: &'o [u8],
        piece: usize,
        asked: Vec<u8>,
    }

    impl Read for Says<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let mut piece = self.octets.get(..self.piece).unwrap_or(self.octets);
            let got = piece.read(buffer)?;
            self.octets = self.octets.get(got..).unwrap_or_default();
            Ok(got)
        }
    }

    impl Write for Says<'_> {
        fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
            self.asked.extend_from_slice(octets);
            Ok(octets.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn said(octets: &[u8], piece: usize) -> (Result<Response, Trouble>, String) {
        let mut server = Says { octets, piece, asked: Vec::new() };
        let url = Url::parse("https://shop.test:8443/a?b").expect("a URL");
        let response = ask(&mut server, &url, "1.2.3");
        (response, String::from_utf8(server.asked).expect("text"))
    }

    #[test]
    fn a_head_is_read_in_any_pieces() {
        let octets = b"\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\nSet-Cookie: sid=secret\r\nX-A: 1\r\nx-a: \xff\r\n\r\nBody: no\r\n\r\n";
        for piece in [1, 2, 7, 1000] {
            let (response, asked) = said(octets, piece);
            let response = response.expect("an answer");
            assert_eq!(response.status, 200);
            let fields: Vec<_> =
                response.fields.iter().map(|f| (f.name.as_str(), f.value.as_slice())).collect();
            let expected: [(&str, &[u8]); 3] =
                [("Set-Cookie", b"sid=xxxxxx"), ("X-A", b"1"), ("x-a", b"\xff")];
            assert_eq!(fields, expected);
            assert!(asked.starts_with("GET /a?b HTTP/1.1\r\nHost: shop.test:8443\r\nUser-Agent: https-audit/1.2.3 (+live audit)\r\n"), "{asked}");
        }
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for (octets, kind) in [
            (&b"SSH-2.0-x\r\n"[..], Kind::NotHttp),
            (b"HTTP/1.1 fine\r\n\r\n", Kind::NotHttp),
            (b"", Kind::Dropped),
            (b"HTTP/1.1 200 OK\r\nA: b", Kind::Dropped),
        ] {
            let (response, _) = said(octets, 4);
            assert_eq!(response.map_err(|trouble| trouble.kind), Err(kind), "{octets:?}");
        }
    }

    #[test]
    fn an_endless_head_is_cut_and_says_so() {
        let mut octets = b"HTTP/1.1 200 OK\r\n".to_vec();
        while octets.len() < 2 * MAX_HEAD {
            octets.extend_from_slice(b"X-Long: 0123456789abcdef\r\n");
        }
        let response = said(&octets, 1 << 14).0.expect("an answer");
        assert_eq!((response.status, response.dropped), (200, 1));
        assert!(response.fields.len() > 40_000 && response.fields.iter().all(|f| f.value.len() == 16));
    }

    proptest::proptest! {
        #[test]
        fn any_octets_are_answered(octets: Vec<u8>, piece in 1usize..64) {
            let _ = said(&octets, piece);
            let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
            head.extend(&octets);
            head.extend(b"\r\n\r\n");
            proptest::prop_assert!(said(&head, piece).0.is_ok());
        }
    }
}
