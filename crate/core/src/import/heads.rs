//! Response heads as `curl -siL` prints them: one after the other, the last one with a body.

use super::Unreadable;
use crate::evidence::{
    Evidence, Exchange, Field, Observed, Reason, Recorder, Redirect, RedirectCause, ResourceKind, Response,
    Visit,
};
use crate::field::location;
use crate::field::octets::trimmed;
use crate::url::Url;

/// Where a Location sends a response from this address; none where that is no address.
pub type Resolve<'r> = &'r dyn Fn(&Url, &[u8]) -> Option<Url>;

/// Reads heads that `url` and the redirects after it gave at `now`. What follows the last
/// head is its body and is not read.
pub fn read_heads(octets: &[u8], url: &Url, now: i64, resolve: Resolve<'_>) -> Result<Evidence, Unreadable> {
    let mut lines = Lines { rest: octets, number: 0 };
    let url = url.without_secrets();
    let mut next = Some(url.clone());
    let mut exchanges = Vec::new();
    while let Some(head) = Head::read(&mut lines)? {
        let next_is_https = next.as_ref().is_some_and(Url::is_https);
        // Interim responses and a proxy's own answer come before the one that counts.
        if (100..200).contains(&head.response.status)
            || (head.is_tunnel && (next_is_https || head.response.fields.is_empty()) && lines.at_head())
        {
            continue;
        }
        let Some(asked) = next.take() else { return Err(Unreadable::Location { line: head.line }) };
        let to = head.redirect(&asked, resolve);
        let done = !(300..400).contains(&head.response.status);
        exchanges.push(exchange(asked, head.response, to.clone(), now));
        next = to;
        // A redirect that was not followed has a body too.
        if done || !lines.at_head() {
            break;
        }
    }
    let mut evidence = Evidence::new(Recorder { name: "response heads".into(), browser: None });
    let address = exchanges.last().map_or_else(|| url.to_string(), |last| last.url.to_string());
    evidence.visits.push(Visit {
        url: address,
        began_at: now.saturating_mul(1000),
        watched: Observed::Seen(()),
        exchanges,
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: None,
    });
    Ok(evidence)
}

/// Reads one response head, status line and fields, as [`read_heads`] does: lines that are no fields are passed over.
/// None where it does not begin with a status line.
pub fn read_head(octets: &[u8]) -> Option<Response> {
    let mut lines = Lines { rest: octets, number: 0 };
    Some(Head::read(&mut lines).ok()??.response)
}

fn exchange(url: Url, response: Response, to: Option<Url>, now: i64) -> Exchange {
    Exchange {
        url,
        method: "GET".to_owned(),
        kind: ResourceKind::MainFrame,
        at: now.saturating_mul(1000),
        initiator: None,
        response: Observed::Seen(response),
        redirect: to.map(|to| Redirect { to, cause: RedirectCause::Server }),
        connection: Observed::Unseen(Reason::NotInInput),
        address: None,
        from_cache: false,
        error: None,
    }
}

struct Head {
    line: usize,
    response: Response,
    /// A proxy answers CONNECT so (RFC 9110 §9.3.6), by custom; the answer may have fields.
    is_tunnel: bool,
}

impl Head {
    /// The next head, after empty lines; none at the end of the input.
    fn read(lines: &mut Lines<'_>) -> Result<Option<Self>, Unreadable> {
        let first = loop {
            match lines.next() {
                None => return Ok(None),
                Some(b"") => {}
                Some(line) => break line,
            }
        };
        let line = lines.number;
        let status = status(first).ok_or(Unreadable::StatusLine { line })?;
        let mut fields: Vec<(String, Vec<u8>)> = Vec::new();
        for text in lines.by_ref().take_while(|line| !line.is_empty()) {
            if matches!(text.first(), Some(b' ' | b'\t')) {
                // A folded line continues the field before it (RFC 9112 §5.2).
                if let Some((_, value)) = fields.last_mut() {
                    value.push(b' ');
                    value.extend(trimmed(text));
                }
            } else if let Some(colon) = text.iter().position(|&octet| octet == b':') {
                let (name, value) = text.split_at(colon);
                let name = String::from_utf8_lossy(name).into_owned();
                fields.push((name, trimmed(value.get(1..).unwrap_or_default()).to_vec()));
            }
            // A line without a colon is no field; browsers pass over it too.
        }
        let reason = first.trim_ascii_end().to_ascii_lowercase();
        let is_tunnel = (200..300).contains(&status) && reason.ends_with(b"connection established");
        let fields = fields.iter().map(|(name, value)| Field::received(name, value)).collect();
        Ok(Some(Self { line, response: Response { status, fields, dropped: 0 }, is_tunnel }))
    }

    fn redirect(&self, asked: &Url, resolve: Resolve<'_>) -> Option<Url> {
        resolve(asked, location::of(&self.response)?)
    }
}

/// `HTTP/1.1 200 OK`, `HTTP/2 200`.
fn status(line: &[u8]) -> Option<u16> {
    let mut words = line.split(|&octet| octet == b' ').filter(|word| !word.is_empty());
    words.next()?.strip_prefix(b"HTTP/")?;
    let status: u16 = std::str::from_utf8(words.next()?).ok()?.parse().ok()?;
    (100..1000).contains(&status).then_some(status)
}

/// Lines that end in LF or CR LF, with their number.
struct Lines<'a> {
    rest: &'a [u8],
    number: usize,
}

impl Lines<'_> {
    /// Whether another head follows, after empty lines.
    fn at_head(&self) -> bool {
        let start = self.rest.iter().position(|octet| !matches!(octet, b'\r' | b'\n'));
        start.and_then(|start| self.rest.get(start..)).is_some_and(|rest| rest.starts_with(b"HTTP/"))
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        self.number += 1;
        let end = self.rest.iter().position(|&octet| octet == b'\n');
        let (line, rest) = match end {
            Some(end) => (self.rest.get(..end)?, self.rest.get(end + 1..)?),
            None => (self.rest, &[][..]),
        };
        self.rest = rest;
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Evidence, Unreadable> {
        let url = Url::parse("http://shop-demo.com/").expect("a URL");
        read_heads(text.as_bytes(), &url, 1_795_348_800, &location::target)
    }

    #[test]
    fn redirects_are_followed_and_the_body_is_left_alone() {
        let evidence = read(
            "HTTP/1.1 301 Moved\r\nLocation: https://shop-demo.com/a\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n\
             HTTP/2 200 \r\nSet-Cookie: sid=secret; Secure\r\nX-Folded: a\r\n b\r\n\r\n<p>HTTP/1.1 500 no\r\n",
        )
        .expect("readable");
        let visit = &evidence.visits[0];
        assert_eq!(visit.url, "https://shop-demo.com/a");
        assert_eq!(visit.exchanges.len(), 2);
        let Observed::Seen(page) = &visit.exchanges[1].response else { panic!("seen") };
        assert_eq!(page.values("set-cookie").next(), Some(&b"sid=xxxxxx; Secure"[..]));
        assert_eq!(page.values("x-folded").next(), Some(&b"a b"[..]));
    }

    #[test]
    fn secrets_in_addresses_are_not_kept() {
        let url = Url::parse("http://user:geheim@shop-demo.com/#access_token=a").expect("a URL");
        let to = "https://user:geheim@shop-demo.com/#access_token=b";
        let heads = format!(
            "HTTP/1.1 302 Found\r\nLocation: {to}\r\n\r\nHTTP/2 200\r\nContent-Location: {to}\r\n\r\n"
        );
        for heads in [heads.as_str(), "HTTP/1.1 100 Continue\r\n\r\n"] {
            let evidence =
                read_heads(heads.as_bytes(), &url, 1_795_348_800, &location::target).expect("readable");
            let lists = crate::knowledge::embedded().expect("the lists");
            let report =
                crate::report::to_json(&crate::audit(&evidence, &lists, 1_795_348_800)).expect("JSON");
            for text in [serde_json::to_string(&evidence).expect("JSON"), report] {
                assert!(text.contains("shop-demo.com/\""), "{text}");
                assert!(!text.contains("geheim") && !text.contains("access_token"), "{text}");
            }
        }
    }

    #[test]
    fn broken_heads_name_their_line() {
        assert_eq!(read("HTTP/1.1 fine\r\n"), Err(Unreadable::StatusLine { line: 1 }));
        assert_eq!(read("HTTP/1.1 302 Found\n\nHTTP/1.1 200 OK\n\n"), Err(Unreadable::Location { line: 3 }));
        assert_eq!(read("HTTP/1.1 200 OK").map(|evidence| evidence.visits.len()), Ok(1));
    }

    proptest::proptest! {
        #[test]
        fn any_octets_are_read_or_refused(octets: Vec<u8>) {
            let url = Url::parse("http://shop-demo.com/").expect("a URL");
            let _ = super::super::read(&octets, Some(&url), 0);
            let mut head = b"HTTP/1.1 200 OK\r\n".to_vec();
            head.extend(&octets);
            proptest::prop_assert!(read_heads(&head, &url, 0, &location::target).is_ok());
        }
    }
}
