//! Source expressions (CSP3 §2.3.1).

use crate::words::words;

/// What a source expression is. Texts are parts of the field, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source<'f> {
    /// `'self'`, `'unsafe-inline'` …
    Keyword(Keyword),
    /// `'nonce-…'`: what stands after the hyphen.
    Nonce(&'f [u8]),
    /// `'sha256-…'`: what stands after the hyphen.
    Hash(&'f [u8]),
    /// `https:`, without the colon.
    Scheme(&'f [u8]),
    /// A host, with whatever stands around it.
    Host(Host<'f>),
    /// Matches nothing: browsers ignore it.
    Invalid,
}

/// A host-source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host<'f> {
    /// `https` of `https://`; empty where there is none.
    pub scheme: &'f [u8],
    /// `*`, `*.example.com` or `example.com`.
    pub host: &'f [u8],
    /// Digits or `*`; empty where there is none.
    pub port: &'f [u8],
    /// From its slash on, without query; empty where there is none.
    pub path: &'f [u8],
}

words! {
    /// A keyword-source, and what browsers know beside it.
    pub enum Keyword {
        /// Nothing at all, where it stands alone.
        None = "'none'",
        /// The page's own origin.
        Own = "'self'",
        /// Inline scripts or styles.
        UnsafeInline = "'unsafe-inline'",
        /// `eval()` and the like.
        UnsafeEval = "'unsafe-eval'",
        /// WebAssembly.
        WasmUnsafeEval = "'wasm-unsafe-eval'",
        /// What trusted scripts load; hosts and schemes no longer count.
        StrictDynamic = "'strict-dynamic'",
        /// Hashes count for event handlers too.
        UnsafeHashes = "'unsafe-hashes'",
        /// Reports hold the start of what was refused.
        ReportSample = "'report-sample'",
        /// Inline speculation rules.
        InlineSpeculationRules = "'inline-speculation-rules'",
        /// Scripts whose Trusted Types were checked may `eval()`.
        TrustedTypesEval = "'trusted-types-eval'",
        /// Reports hold hashes of SHA-256.
        ReportSha256 = "'report-sha256'",
        /// Reports hold hashes of SHA-384.
        ReportSha384 = "'report-sha384'",
        /// Reports hold hashes of SHA-512.
        ReportSha512 = "'report-sha512'",
    }
}

/// Whether a source expression is most likely a slip, though it may be read as the name of a host: a keyword, nonce or
/// hash without its quotes, or a directive after a forgotten semicolon.
pub fn is_slip(text: &[u8]) -> bool {
    let unquoted = |word: &&str| text.eq_ignore_ascii_case(word.trim_matches('\'').as_bytes());
    let begins = |start: &[u8]| text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    Keyword::WORDS.iter().any(unquoted)
        || [&b"nonce-"[..], b"sha256-", b"sha384-", b"sha512-"].into_iter().any(begins)
        || super::known(text) == super::Known::Current
}

/// What one source expression is.
pub fn classify(text: &[u8]) -> Source<'_> {
    if text.first() == Some(&b'\'') {
        return quoted(text);
    }
    if let Some((b':', scheme)) = text.split_last()
        && is_scheme(scheme)
    {
        return Source::Scheme(scheme);
    }
    host(text).map_or(Source::Invalid, Source::Host)
}

fn quoted(text: &[u8]) -> Source<'_> {
    for (&keyword, word) in Keyword::EVERY.iter().zip(Keyword::WORDS) {
        if text.eq_ignore_ascii_case(word.as_bytes()) {
            return Source::Keyword(keyword);
        }
    }
    for prefix in ["'nonce-", "'sha256-", "'sha384-", "'sha512-"] {
        if let Some((start, rest)) = text.split_at_checked(prefix.len())
            && start.eq_ignore_ascii_case(prefix.as_bytes())
            && let Some((b'\'', value)) = rest.split_last()
            && is_base64(value)
        {
            return if prefix == "'nonce-" { Source::Nonce(value) } else { Source::Hash(value) };
        }
    }
    Source::Invalid
}

/// `base64-value`: one or more characters of both alphabets, then at most two equals signs.
fn is_base64(value: &[u8]) -> bool {
    let length = value.iter().position(|&octet| octet == b'=').unwrap_or(value.len());
    let (digits, padding) = value.split_at(length);
    let is_digit = |octet: &u8| octet.is_ascii_alphanumeric() || b"+/-_".contains(octet);
    !digits.is_empty() && digits.iter().all(is_digit) && matches!(padding, b"" | b"=" | b"==")
}

fn is_scheme(text: &[u8]) -> bool {
    text.first().is_some_and(u8::is_ascii_alphabetic)
        && text.iter().all(|octet| octet.is_ascii_alphanumeric() || b"+-.".contains(octet))
}

fn host(text: &[u8]) -> Option<Host<'_>> {
    let (scheme, rest) = match text.windows(3).position(|octets| octets == b"://") {
        Some(at) if is_scheme(text.get(..at)?) => (text.get(..at)?, text.get(at + 3..)?),
        Some(_) | None => (&[][..], text),
    };
    let slash = rest.iter().position(|&octet| octet == b'/').unwrap_or(rest.len());
    let (authority, path) = rest.split_at(slash);
    let colon = authority.iter().position(|&octet| octet == b':').unwrap_or(authority.len());
    let (host, port) = authority.split_at(colon);
    let port = match port.split_first() {
        None => &[][..],
        Some((_, port)) if is_port(port) => port,
        Some(_) => return None,
    };
    // Chromium reads a path up to its query or fragment.
    let end = path.iter().position(|octet| b"?#".contains(octet)).unwrap_or(path.len());
    is_host(host).then_some(Host { scheme, host, port, path: path.get(..end)? })
}

fn is_port(port: &[u8]) -> bool {
    port == b"*" || (!port.is_empty() && port.iter().all(u8::is_ascii_digit))
}

/// `host-part`; Chromium takes an underscore too, and a dot at the end is newer than it.
fn is_host(host: &[u8]) -> bool {
    if host == b"*" {
        return true;
    }
    let name = host.strip_prefix(b"*.").unwrap_or(host);
    let name = name.strip_suffix(b".").unwrap_or(name);
    let is_char = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_".contains(octet);
    name.split(|&octet| octet == b'.').all(|label| !label.is_empty() && label.iter().all(is_char))
}

/// Whether what stands for a host is an IP address: four numbers, or anything in brackets (which no browser reads).
pub fn is_ip_address(text: &[u8]) -> bool {
    let after_scheme = text.windows(3).position(|octets| octets == b"://").map_or(0, |at| at + 3);
    let rest = text.get(after_scheme..).unwrap_or_default();
    if rest.first() == Some(&b'[') {
        return true;
    }
    let Source::Host(Host { host, .. }) = classify(text) else { return false };
    let mut numbers = 0;
    for label in host.split(|&octet| octet == b'.') {
        numbers += 1;
        if label.is_empty() || label.len() > 3 || !label.iter().all(u8::is_ascii_digit) {
            return false;
        }
    }
    numbers == 4
}
