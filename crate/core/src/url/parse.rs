//! The basic URL parser of the WHATWG URL Standard (§4.4), for special schemes.

use super::{HostKind, Parts, Url, default_port, host};

pub(super) fn absolute(text: &str) -> Option<Url> {
    let text = cleaned(text);
    let (scheme, rest) = split_scheme(&text)?;
    if default_port(&scheme).is_some() { authority_and_path(&scheme, rest) } else { other(&scheme, rest) }
}

pub(super) fn with_base(base: &Url, reference: &str) -> Option<Url> {
    let reference = cleaned(reference);
    let special = default_port(base.scheme()).is_some();
    let rest = match split_scheme(&reference) {
        // `https:path` is relative to an https base; with two slashes it is absolute.
        Some((scheme, rest)) if special && scheme == base.scheme() && !rest.starts_with("//") => rest,
        Some(_) => return absolute(&reference),
        None => reference.as_str(),
    };
    if !special {
        return None;
    }
    let mut leading = rest.chars().map(|character| matches!(character, '/' | '\\'));
    if leading.next() == Some(true) && leading.next() == Some(true) {
        return authority_and_path(base.scheme(), rest);
    }
    let (path, query, fragment) = split_tail(rest);
    let authority = base.slice(0, base.parts.path);
    let mut href = authority.to_owned();
    if path.is_empty() {
        href.push_str(base.path());
        match query {
            Some(query) => push_query(&mut href, query),
            None => href.push_str(base.slice(base.parts.query, base.parts.fragment)),
        }
    } else {
        let mut segments: Vec<String> = Vec::new();
        if !path.starts_with(['/', '\\']) {
            segments = base.path().split('/').skip(1).map(ToOwned::to_owned).collect();
            segments.pop();
        }
        push_path(&mut href, segments, path);
        if let Some(query) = query {
            push_query(&mut href, query);
        }
    }
    if let Some(fragment) = fragment {
        push_fragment(&mut href, fragment);
    }
    absolute(&href)
}

/// Leading and trailing C0 controls and spaces go, tabs and line ends go everywhere.
fn cleaned(text: &str) -> String {
    text.trim_matches(|character| character <= ' ')
        .chars()
        .filter(|character| !matches!(character, '\t' | '\n' | '\r'))
        .collect()
}

/// The scheme in lower case and what follows its colon.
fn split_scheme(text: &str) -> Option<(String, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let valid = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '-' | '.'));
    valid.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// Path, query and fragment of what follows the authority.
fn split_tail(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let (text, fragment) = match text.split_once('#') {
        Some((text, fragment)) => (text, Some(fragment)),
        None => (text, None),
    };
    match text.split_once('?') {
        Some((path, query)) => (path, Some(query), fragment),
        None => (text, None, fragment),
    }
}

/// A special URL from what follows `scheme:`; any number of slashes opens the authority.
fn authority_and_path(scheme: &str, rest: &str) -> Option<Url> {
    let rest = rest.trim_start_matches(['/', '\\']);
    let end = rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at_checked(end)?;
    let (user, host_port) = match authority.rsplit_once('@') {
        Some((user, host_port)) => (user, host_port),
        None => ("", authority),
    };
    // The colon of the port is the first one outside brackets.
    let bracket = host_port.find(']').unwrap_or(0);
    let colon = host_port.get(bracket..)?.find(':').map_or(host_port.len(), |at| bracket + at);
    let (host_text, port_text) = host_port.split_at_checked(colon)?;
    let (host_text, host_kind) = host::parse(host_text)?;
    let port = match port_text.trim_start_matches(':') {
        "" => None,
        digits if digits.bytes().all(|digit| digit.is_ascii_digit()) => Some(digits.parse::<u16>().ok()?),
        _ => return None,
    };
    if port_text.starts_with("::") {
        return None;
    }
    let port = port.filter(|&port| default_port(scheme) != Some(port));

    let mut href = format!("{scheme}://");
    let (name, password) = user.split_once(':').unwrap_or((user, ""));
    if !name.is_empty() || !password.is_empty() {
        push_encoded(&mut href, name, in_userinfo_set);
        if !password.is_empty() {
            href.push(':');
            push_encoded(&mut href, password, in_userinfo_set);
        }
        href.push('@');
    }
    let host_start = href.len();
    href.push_str(&host_text);
    let host_end = href.len();
    if let Some(port) = port {
        href.push(':');
        href.push_str(&port.to_string());
    }
    let path_start = href.len();
    let (path, query, fragment) = split_tail(tail);
    push_path(&mut href, Vec::new(), path);
    let query_start = href.len();
    if let Some(query) = query {
        push_query(&mut href, query);
    }
    let fragment_start = href.len();
    if let Some(fragment) = fragment {
        push_fragment(&mut href, fragment);
    }
    Some(Url {
        href,
        parts: Parts {
            scheme_end: scheme.len(),
            host: (host_start, host_end),
            host_kind,
            port,
            path: path_start,
            query: query_start,
            fragment: fragment_start,
        },
    })
}

/// A URL of any other scheme, kept as it is; its host is what stands between `//` and `/`, after
/// user and password. Those need a host.
fn other(scheme: &str, rest: &str) -> Option<Url> {
    let href = format!("{scheme}:{rest}");
    if href.chars().any(|character| character <= ' ' || character == '\u{7f}') {
        return None;
    }
    let start = scheme.len() + 1;
    let (tail, host) = match rest.strip_prefix("//") {
        Some(after) => {
            let length = after.find(['/', '?', '#']).unwrap_or(after.len());
            let user = after.get(..length)?.rfind('@').map_or(0, |at| at + 1);
            (start + 2 + length, (start + 2 + user, start + 2 + length))
        }
        None => (start, (start, start)),
    };
    if host.0 == host.1 && href.get(..host.0)?.ends_with('@') {
        return None;
    }
    let fragment = href.find('#').unwrap_or(href.len());
    let query = href.get(..fragment)?.find('?').unwrap_or(fragment);
    let host_kind = if host.0 == host.1 { HostKind::None } else { HostKind::Domain };
    let parts = Parts { scheme_end: scheme.len(), host, host_kind, port: None, path: tail, query, fragment };
    Some(Url { href, parts })
}

/// Appends `path` to `segments`, resolving `.` and `..`, and writes the result.
fn push_path(href: &mut String, mut segments: Vec<String>, path: &str) {
    let path = path.strip_prefix(['/', '\\']).unwrap_or(path);
    let mut pieces = path.split(['/', '\\']).peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match dots(piece) {
            2 => {
                segments.pop();
                if last {
                    segments.push(String::new());
                }
            }
            1 if last => segments.push(String::new()),
            1 => {}
            _ => {
                let mut encoded = String::new();
                push_encoded(&mut encoded, piece, in_path_set);
                segments.push(encoded);
            }
        }
    }
    for segment in &segments {
        href.push('/');
        href.push_str(segment);
    }
    if segments.is_empty() {
        href.push('/');
    }
}

/// 1 for a single-dot segment, 2 for a double-dot segment, else 0; `%2e` is a dot too.
fn dots(segment: &str) -> usize {
    match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
        "." => 1,
        ".." => 2,
        _ => 0,
    }
}

fn push_query(href: &mut String, query: &str) {
    href.push('?');
    push_encoded(href, query, |octet| matches!(octet, b' ' | b'"' | b'#' | b'<' | b'>' | b'\''));
}

fn push_fragment(href: &mut String, fragment: &str) {
    href.push('#');
    push_encoded(href, fragment, |octet| matches!(octet, b' ' | b'"' | b'<' | b'>' | b'`'));
}

fn in_path_set(octet: u8) -> bool {
    matches!(octet, b' ' | b'"' | b'#' | b'<' | b'>' | b'?' | b'^' | b'`' | b'{' | b'}')
}

fn in_userinfo_set(octet: u8) -> bool {
    in_path_set(octet)
        || matches!(octet, b'/' | b':' | b';' | b'=' | b'@' | b'[' | b'\\' | b']' | b'^' | b'|')
}

/// Appends `%XX`.
pub(crate) fn push_percent(out: &mut String, octet: u8) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let digit = |number: u8| DIGITS.get(usize::from(number)).copied().unwrap_or_default();
    out.extend(['%', digit(octet >> 4), digit(octet & 15)]);
}

/// UTF-8 percent-encodes controls, everything outside ASCII and what `also` names.
fn push_encoded(out: &mut String, text: &str, also: impl Fn(u8) -> bool) {
    for octet in text.bytes() {
        if !octet.is_ascii() || octet.is_ascii_control() || also(octet) {
            push_percent(out, octet);
        } else {
            out.push(char::from(octet));
        }
    }
}
