//! HTTP/1.1 as octets: what the client sent is read into a [`Request`], and a [`Response`]'s header lines go
//! out exactly as they were given. A library would normalise them, and then no test could tell how a browser
//! reads the octets (RFC 9112 §2.2).

use std::io::{self, BufRead, Read, Write};

/// The longest request head read, octets.
const MAX_HEAD: u64 = 1 << 20;
/// The longest request body read, octets.
const MAX_BODY: u64 = 64 << 20;

/// `http` or `https`: the port the request came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Without TLS.
    Http,
    /// Over TLS.
    Https,
}

impl Scheme {
    /// The scheme as it stands in a URL.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }
}

/// One request.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which port it came in by.
    pub scheme: Scheme,
    /// The method as sent.
    pub method: String,
    /// Host field without port, lower case; empty when there is none.
    pub host: String,
    /// Path without query.
    pub path: String,
    /// Query without `?`; empty when there is none.
    pub query: String,
    /// The header fields in order, names in lower case; octets that are no UTF-8 are replaced.
    pub fields: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first field of a name (lower case).
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(candidate, _)| candidate == name).map(|(_, value)| value.as_str())
    }

    /// A parameter of the query, not percent-decoded.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, v)| v)
    }

    /// A number in the query, or what stands in for it.
    pub fn number(&self, name: &str, default: usize) -> usize {
        self.parameter(name).and_then(|value| value.parse().ok()).unwrap_or(default)
    }

    /// Reads one request; `None` at the end of the connection.
    ///
    /// # Errors
    /// What the connection gives, and `InvalidData` for what is no HTTP/1.1 request.
    pub fn read(from: &mut impl BufRead, scheme: Scheme) -> io::Result<Option<Self>> {
        let mut head = from.by_ref().take(MAX_HEAD);
        let Some(line) = read_line(&mut head)? else { return Ok(None) };
        let mut words = line.split(' ');
        let (method, target) = match (words.next(), words.next(), words.next()) {
            (Some(method), Some(target), Some(version)) if version.starts_with("HTTP/1.") => (method, target),
            _ => return Err(io::Error::new(io::ErrorKind::InvalidData, "no HTTP/1 request line")),
        };
        let mut fields = Vec::new();
        loop {
            let line = read_line(&mut head)?.ok_or(io::ErrorKind::UnexpectedEof)?;
            if line.is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':') {
                fields.push((name.to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut request = Self {
            scheme,
            method: method.to_owned(),
            host: String::new(),
            path: path.to_owned(),
            query: query.to_owned(),
            fields,
            body: Vec::new(),
        };
        let host = request.field("host").unwrap_or_default();
        host.split(':').next().unwrap_or_default().to_ascii_lowercase().clone_into(&mut request.host);
        let length: u64 = request.field("content-length").and_then(|value| value.parse().ok()).unwrap_or(0);
        if length > MAX_BODY {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "request body too long"));
        }
        from.by_ref().take(length).read_to_end(&mut request.body)?;
        Ok(Some(request))
    }
}

/// A line without its CRLF; `None` at the end of the stream.
fn read_line(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if from.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    while matches!(line.last(), Some(b'\n' | b'\r')) {
        line.pop();
    }
    Ok(Some(String::from_utf8_lossy(&line).into_owned()))
}

/// One answer. Content-Length is added, nothing else.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header lines, octet for octet, without CRLF.
    pub lines: Vec<Vec<u8>>,
    /// The body.
    pub body: Vec<u8>,
    /// The key that must be released before the body goes out, but for its first so many octets; the head
    /// does not wait.
    pub held: Option<(String, usize)>,
}

impl Response {
    /// An answer with these header lines.
    pub fn new(status: u16, lines: &[&str], body: impl Into<Vec<u8>>) -> Self {
        let lines = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        Self { status, lines, body: body.into(), held: None }
    }

    /// Adds a header line.
    #[must_use]
    pub fn with(mut self, line: impl Into<Vec<u8>>) -> Self {
        self.lines.push(line.into());
        self
    }

    /// Adds header lines.
    #[must_use]
    pub fn with_all(mut self, lines: &[&str]) -> Self {
        self.lines.extend(lines.iter().map(|line| line.as_bytes().to_vec()));
        self
    }

    /// Sends it in one write, so that a client never sees half a head; in two where the body is held until
    /// `wait` returns.
    ///
    /// # Errors
    /// What the connection gives.
    pub fn write(&self, to: &mut impl Write, head_only: bool, wait: impl FnOnce(&str)) -> io::Result<()> {
        let mut octets = format!("HTTP/1.1 {} {}\r\n", self.status, reason(self.status)).into_bytes();
        for line in &self.lines {
            octets.extend_from_slice(line);
            octets.extend_from_slice(b"\r\n");
        }
        let bodiless = matches!(self.status, 100..=199 | 204 | 304);
        if !bodiless {
            octets.extend_from_slice(format!("Content-Length: {}\r\n", self.body.len()).as_bytes());
        }
        octets.extend_from_slice(b"\r\n");
        let mut body = if bodiless || head_only { &[] } else { self.body.as_slice() };
        if let Some((key, early)) = &self.held {
            let (first, rest) = body.split_at((*early).min(body.len()));
            octets.extend_from_slice(first);
            to.write_all(&octets)?;
            to.flush()?;
            octets.clear();
            body = rest;
            wait(key);
        }
        octets.extend_from_slice(body);
        to.write_all(&octets)?;
        to.flush()
    }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        404 => "Not Found",
        500 => "Internal Server Error",
        _ => "Demo",
    }
}
