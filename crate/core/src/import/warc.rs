//! WARC, the format of web archives (ISO 28500; <https://iipc.github.io/warc-specifications/>), as wget, Heritrix, Browsertrix and
//! warcio write it: response heads of a crawl, one after the other.
//!
//! A page is a response that is HTML; the redirects of the file that lead to it are its way there. What else a crawler fetched is
//! passed over, for the file does not say which page asked for it. Bodies are passed over too, so memory depends on the pages alone.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead, Read};

use super::heads::read_head;
use super::{Resolve, Unreadable};
use crate::capture::security;
use crate::evidence::{
    Evidence, Exchange, Observed, Reason, Recorder, Recording, Redirect, RedirectCause, ResourceKind,
    Response, Visit,
};
use crate::field::location;
use crate::time::parse_rfc3339;
use crate::url::Url;

/// Pages, and redirects besides, that are kept of one file.
const MAX_PAGES: usize = 10_000;
/// Hops of one page load; browsers follow 20.
const MAX_HOPS: usize = 20;
/// Octets of a response head that are read.
const MAX_HEAD: u64 = 64 * 1024;
/// Octets of a record's own head that are read.
const MAX_RECORD_HEAD: u64 = 64 * 1024;

/// Whether a file that begins so is a WARC file.
pub(super) fn begins(octets: &[u8]) -> bool {
    octets.starts_with(b"WARC/")
}

/// Reads a WARC file that is not packed. `resolve` follows redirects.
pub fn read_warc(mut reader: impl BufRead, resolve: Resolve<'_>) -> Result<Evidence, Unreadable> {
    let mut crawl = Crawl::default();
    let mut record = 0;
    loop {
        record += 1;
        let wrong = |what: &str| Unreadable::Warc { record, what: what.to_owned() };
        let Some(head) = RecordHead::read(&mut reader).map_err(|error| wrong(&error.to_string()))? else {
            break;
        };
        let mut block = reader.by_ref().take(head.length);
        if head.is_response {
            let mut octets = Vec::new();
            let read = block.by_ref().take(MAX_HEAD).read_to_end(&mut octets);
            read.map_err(|error| wrong(&error.to_string()))?;
            let exchange = head.url().and_then(|url| exchange(url, &octets, &head, resolve));
            if let Some(exchange) = exchange {
                crawl.add(exchange);
            }
        }
        io::copy(&mut block, &mut io::sink()).map_err(|error| wrong(&error.to_string()))?;
        if block.limit() > 0 {
            return Err(wrong("the file is cut off in it"));
        }
    }
    Ok(crawl.evidence())
}

/// What the head of a record says.
struct RecordHead {
    is_response: bool,
    /// Octets of the block.
    length: u64,
    url: String,
    at: i64,
    address: Option<String>,
}

impl RecordHead {
    /// The next head, after empty lines; none at the end of the file.
    fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let wrong = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what);
        let mut reader = reader.take(MAX_RECORD_HEAD);
        let first = loop {
            match line(&mut reader)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                Some(line) => break line,
            }
        };
        if !first.starts_with(b"WARC/") {
            return Err(wrong("it does not begin with `WARC/`"));
        }
        let (mut kind, mut media, mut length) = (String::new(), String::new(), None);
        let mut head = Self { is_response: false, length: 0, url: String::new(), at: 0, address: None };
        loop {
            let line = line(&mut reader)?.ok_or_else(|| wrong("its head has no end"))?;
            if line.is_empty() {
                break;
            }
            let line = String::from_utf8_lossy(&line);
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "warc-type" => kind = value.to_ascii_lowercase(),
                "content-type" => media = value.to_ascii_lowercase(),
                "content-length" => length = value.parse().ok(),
                // Some writers put it in angle brackets, as the grammar of version 1.0 had it.
                "warc-target-uri" => value.trim_matches(['<', '>']).clone_into(&mut head.url),
                "warc-date" => head.at = parse_rfc3339(value).unwrap_or_default().saturating_mul(1000),
                "warc-ip-address" => {
                    head.address = value.parse().ok().map(|address: std::net::IpAddr| address.to_string());
                }
                _ => {}
            }
        }
        head.length = length.ok_or_else(|| wrong("its Content-Length is missing, or no number"))?;
        head.is_response = kind == "response" && media.starts_with("application/http");
        Ok(Some(head))
    }

    fn url(&self) -> Option<Url> {
        let url = Url::parse(&self.url)?.without_secrets();
        matches!(url.scheme(), "http" | "https").then_some(url)
    }
}

/// A line without its end; none at the end of what is read.
fn line(reader: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    if reader.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    line.truncate(line.trim_ascii_end().len());
    Ok(Some(line))
}

/// The response as an exchange; none where it is none, or an interim one.
fn exchange(url: Url, octets: &[u8], head: &RecordHead, resolve: Resolve<'_>) -> Option<Exchange> {
    let mut response = read_head(octets).filter(|response| response.status >= 200)?;
    // The head goes on behind what was read.
    if octets.len() as u64 == MAX_HEAD && !octets.windows(2).any(|two| two == b"\n\n" || two == b"\n\r") {
        response.dropped += 1;
    }
    let to = location::of(&response).and_then(|to| resolve(&url, to));
    // Nothing in the file says whether the crawler looked at the certificate.
    let connection = if url.is_https() {
        Observed::Unseen(Reason::NotInInput)
    } else {
        Observed::Seen(security::inferred(&url))
    };
    Some(Exchange {
        method: "GET".to_owned(),
        kind: ResourceKind::MainFrame,
        at: head.at,
        initiator: None,
        response: Observed::Seen(response),
        redirect: to.map(|to| Redirect { to, cause: RedirectCause::Server }),
        connection,
        address: head.address.clone(),
        from_cache: false,
        error: None,
        url,
    })
}

fn is_html(response: &Response) -> bool {
    let media = response.values("content-type").next().unwrap_or_default().to_ascii_lowercase();
    media.starts_with(b"text/html") || media.starts_with(b"application/xhtml+xml")
}

/// The pages so far, and the redirects by where they lead.
#[derive(Default)]
struct Crawl {
    pages: Vec<Exchange>,
    redirects: BTreeMap<String, Vec<Exchange>>,
    redirects_kept: usize,
    dropped: u64,
}

impl Crawl {
    fn add(&mut self, exchange: Exchange) {
        if let Some(redirect) = &exchange.redirect {
            if self.redirects_kept < MAX_PAGES {
                self.redirects_kept += 1;
                self.redirects.entry(redirect.to.to_string()).or_default().push(exchange);
            }
            return;
        }
        let Observed::Seen(response) = &exchange.response else { return };
        if !is_html(response) {
            return;
        }
        if self.pages.len() < MAX_PAGES {
            self.pages.push(exchange);
        } else {
            self.dropped += 1;
        }
    }

    fn evidence(mut self) -> Evidence {
        let mut evidence = Evidence::new(Recorder { name: "WARC file".to_owned(), browser: None });
        let mut visits = Vec::new();
        for page in &self.pages {
            let at = page.url.to_string();
            // Several addresses may lead to one page, and one page may be in the file more than once: each way is a visit.
            let mut ways = ways_to(&mut self.redirects, &at);
            if ways.is_empty() {
                ways.push(Vec::new());
            }
            visits.extend(ways.into_iter().map(|mut way| {
                way.push(page.clone());
                visit(at.clone(), way)
            }));
        }
        visits.sort_by_key(|visit| visit.began_at);
        if let [first, _, ..] = visits.as_slice() {
            let ends = visits.iter().flat_map(|visit| &visit.exchanges).map(|exchange| exchange.at);
            evidence.recording = Some(Recording {
                url: first.url.clone(),
                began_at: first.began_at,
                ended_at: ends.max().unwrap_or(first.began_at),
                dropped: self.dropped,
                elsewhere: 0,
                of_any_site: true,
            });
        }
        evidence.visits = visits;
        evidence
    }
}

/// The chains of redirects that end at an address, each in its order; they are taken out.
fn ways_to(redirects: &mut BTreeMap<String, Vec<Exchange>>, address: &str) -> Vec<Vec<Exchange>> {
    let mut ways = Vec::new();
    for last in redirects.remove(address).unwrap_or_default() {
        let mut seen = BTreeSet::from([address.to_owned()]);
        let mut way = vec![last];
        while let Some(first) = way.last().map(|hop| hop.url.to_string())
            && way.len() < MAX_HOPS
            && seen.insert(first.clone())
            && let Some(before) = redirects.get_mut(&first).and_then(Vec::pop)
        {
            way.push(before);
        }
        way.reverse();
        ways.push(way);
    }
    ways
}

fn visit(url: String, exchanges: Vec<Exchange>) -> Visit {
    Visit {
        url,
        began_at: exchanges.first().map_or(0, |first| first.at),
        watched: Observed::Seen(()),
        exchanges,
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: None,
    }
}
