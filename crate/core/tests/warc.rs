//! WARC files: which records are pages, the way to each, and what broken ones are told.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::write::GzEncoder;
use https_audit_core::evidence::{Evidence, Observed, Reason};
use https_audit_core::field::location;
use https_audit_core::import::Unreadable;
use https_audit_core::import::file::{self, Kind};

/// A record of any type.
fn record(kind: &str, url: &str, at: &str, media: &str, block: &str) -> String {
    format!(
        "WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {at}\r\nWARC-IP-Address: 192.0.2.7\r\n\
         WARC-Record-ID: <urn:uuid:6d1b0e5c-0000-4000-8000-000000000000>\r\nContent-Type: {media}\r\nContent-Length: {}\r\n\r\n\
         {block}\r\n\r\n",
        block.len()
    )
}

fn response(url: &str, second: u8, head: &str, body: &str) -> String {
    let at = format!("2026-11-30T06:00:{second:02}Z");
    record("response", url, &at, "application/http; msgtype=response", &format!("{head}\r\n\r\n{body}"))
}

/// As wget writes a crawl: what it is, what was asked, redirects, pages, and what belongs to them.
fn crawl() -> String {
    [
        record("warcinfo", "", "2026-11-30T06:00:00Z", "application/warc-fields", "software: Wget/1.25\r\n"),
        record("request", "<http://example.org/>", "2026-11-30T06:00:01Z", "application/http; msgtype=request", "GET / HTTP/1.1\r\n\r\n"),
        response("<http://example.org/>", 1, "HTTP/1.1 301 Moved Permanently\r\nLocation: https://example.org/", ""),
        response(
            "https://example.org/",
            2,
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nStrict-Transport-Security: max-age=31536000\r\n\
             Set-Cookie: sessionid=secret; HttpOnly",
            "<!doctype html>\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n",
        ),
        response("https://example.org/logo.png", 3, "HTTP/1.1 200 OK\r\nContent-Type: image/png", "\u{1}\u{2}"),
        response("https://example.org/robots.txt", 4, "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain", "no"),
        record("metadata", "https://example.org/", "2026-11-30T06:00:05Z", "application/warc-fields", "fetchTimeMs: 7\r\n"),
        response("https://other.example/", 6, "HTTP/1.0 200 OK\r\nContent-Type: application/xhtml+xml", "<html/>"),
    ]
    .concat()
}

fn read(octets: &[u8]) -> Result<Evidence, Unreadable> {
    let (kind, reader) = file::open(octets).expect("a file that is there");
    assert_eq!(kind, Kind::Warc);
    file::read_from(kind, reader, None, 0, &location::target)
}

/// Each record a member of its own, as the specification has it (Annex D), or all in one.
fn packed(records: &[&str]) -> Vec<u8> {
    let mut octets = Vec::new();
    for record in records {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(record.as_bytes()).unwrap();
        octets.extend(encoder.finish().unwrap());
    }
    octets
}

#[test]
fn pages_have_their_redirects_and_nothing_else_is_one() {
    let evidence = read(crawl().as_bytes()).unwrap();
    let ways: Vec<Vec<String>> = evidence
        .visits
        .iter()
        .map(|visit| visit.exchanges.iter().map(|exchange| exchange.url.to_string()).collect())
        .collect();
    assert_eq!(ways, [vec!["http://example.org/", "https://example.org/"], vec!["https://other.example/"]]);

    let [hop, page] = evidence.visits[0].exchanges.as_slice() else { panic!("two exchanges") };
    assert_eq!(hop.redirect.as_ref().unwrap().to.to_string(), "https://example.org/");
    assert_eq!(evidence.visits[0].began_at, 1_796_018_401_000);
    assert_eq!(page.address.as_deref(), Some("192.0.2.7"));
    assert!(
        matches!(page.connection, Observed::Unseen(Reason::NotInInput)),
        "a crawl says nothing of certificates"
    );
    let recording = evidence.recording.unwrap();
    assert_eq!((recording.ended_at - recording.began_at, recording.dropped), (5000, 0));
    let value = serde_json::to_string(&evidence.visits).unwrap();
    assert!(value.contains("sessionid") && !value.contains("secret"), "no cookie value is kept");
}

#[test]
fn packed_files_are_read_as_unpacked_ones() {
    let plain = read(crawl().as_bytes()).unwrap();
    let crawl = crawl();
    let at = crawl.match_indices("WARC/1.1\r\nWARC-Type: re").map(|(at, _)| at).nth(3).unwrap();
    for packed in [packed(&[&crawl]), packed(&[&crawl[..at], &crawl[at..]])] {
        assert_eq!(read(&packed).unwrap(), plain);
    }
}

#[test]
fn what_is_broken_is_named_by_its_record() {
    let crawl = crawl();
    for (broken, expected) in [
        (crawl[..crawl.len() - 6].to_owned(), "record 8: the file is cut off in it"),
        (
            crawl.replace("Content-Length: 21", "Content-Length: many"),
            "record 1: its Content-Length is missing, or no number",
        ),
        (
            crawl.replace("Content-Length: 21", "Content-Length: 17"),
            "record 2: it does not begin with `WARC/`",
        ),
        (format!("WARC/1.1\r\n{}", "a: b\r\n".repeat(20_000)), "record 1: its head has no end"),
        ("WARC/1.1\r\nWARC-Type: response\r\n".to_owned(), "record 1: its head has no end"),
        (
            format!("{}WARC/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n", &crawl),
            "record 9: the file is cut off in it",
        ),
    ] {
        let error = read(broken.as_bytes()).unwrap_err().to_string();
        assert_eq!(error.trim(), expected);
    }
    let mut packed = packed(&[&crawl]);
    packed.truncate(packed.len() - 20);
    let error = read(&packed).unwrap_err().to_string();
    assert!(error.contains("record ") && error.ends_with("incomplete deflate stream"), "{error}");
}

#[test]
fn a_long_body_is_passed_over() {
    let long = response(
        "https://example.org/",
        1,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html",
        &"x".repeat(3_000_000),
    );
    let evidence = read(format!("{long}{}", crawl()).as_bytes()).unwrap();
    assert_eq!(evidence.visits.len(), 3);
}

#[test]
fn circles_of_redirects_end() {
    let mut crawl = String::new();
    for _ in 0..3 {
        crawl += &response("https://example.org/a", 1, "HTTP/1.1 302 Found\r\nLocation: /b", "");
        crawl += &response("https://example.org/b", 2, "HTTP/1.1 302 Found\r\nLocation: /a", "");
    }
    assert_eq!(read(crawl.as_bytes()).unwrap().visits, []);
    crawl += &response("https://example.org/a", 3, "HTTP/1.1 200 OK\r\nContent-Type: text/html", "");
    let visits = read(crawl.as_bytes()).unwrap().visits;
    assert!(!visits.is_empty());
    assert!(visits.iter().all(|visit| visit.exchanges.last().unwrap().redirect.is_none()));
}

#[test]
fn the_kind_is_told_by_the_first_line() {
    for (beginning, kind) in [
        (&b"{\"schema\":\"https-audit/evidence@1\"}\n"[..], Kind::Lines),
        (b"\xEF\xBB\xBF{\"a\":1}\n{\"a\":2}", Kind::Lines),
        (b"{\n  \"schema\": \"https-audit/evidence@1\"\n}", Kind::Other),
        (b"{}\n", Kind::Other),
        (b"HTTP/1.1 200 OK\r\n", Kind::Other),
        (b"{\"log\":{\"version\":\"1.2\",\"creator\":{}", Kind::Har),
        (b"\xEF\xBB\xBF{ \"log\" : {\"version\":\"1.2\"", Kind::Har),
        (b"WARC/1.0\r\n", Kind::Warc),
    ] {
        let (found, mut reader) = file::open(beginning).unwrap();
        assert_eq!(found, kind, "{}", String::from_utf8_lossy(beginning));
        let mut all = Vec::new();
        reader.read_to_end(&mut all).unwrap();
        assert_eq!(
            all,
            beginning.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(beginning),
            "nothing is lost by looking"
        );
    }
    assert_eq!(file::open(&b""[..]).err().map(|error| error.to_string()).as_deref(), Some("it is empty"));
}
