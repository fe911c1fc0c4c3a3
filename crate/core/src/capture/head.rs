//! Which header fields are kept, and how much of them.
//!
//! A page may send a megabyte of fields, and 20,000 sub-resources: what is kept is an
//! allow-list within a budget of octets, and what did not fit is counted.

use super::event::Header;
use crate::evidence::{Field, Response};
use crate::field::Engine;

/// Octets of field values that are kept of one response of the page itself. Chromium takes
/// no head over 256 KiB.
const PAGE_BUDGET: usize = 48 * 1024;
/// The same for a sub-resource.
const PART_BUDGET: usize = 4 * 1024;
/// Octets counted for a field besides its value.
const FIELD_OVERHEAD: usize = 64;

/// Kept of every response.
const EVERYWHERE: [&str; 6] =
    ["date", "location", "set-cookie", "strict-transport-security", "www-authenticate", "upgrade"];

/// Kept of sub-resources too: what the checks of the areas header and disclosure ask of every answer. Of a script or an
/// image these are few and short.
const PARTS: [&str; 13] = [
    "access-control-allow-credentials",
    "access-control-allow-origin",
    "content-type",
    "cross-origin-resource-policy",
    "server",
    "x-aspnet-version",
    "x-aspnetmvc-version",
    "x-backend-server",
    "x-chromelogger-data",
    "x-chromephp-data",
    "x-content-type-options",
    "x-debug-token",
    "x-powered-by",
];

/// Kept of pages and frames too: what the other checks of the areas header, csp, disclosure and
/// django read, and what tells the server's software.
const PAGES: [&str; 31] = [
    "accept-ranges",
    "age",
    "alt-svc",
    "cache-control",
    "clear-site-data",
    "content-disposition",
    "content-language",
    "content-security-policy",
    "content-security-policy-report-only",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "etag",
    "expect-ct",
    "expires",
    "feature-policy",
    "last-modified",
    "link",
    "permissions-policy",
    "pragma",
    "public-key-pins",
    "public-key-pins-report-only",
    "referrer-policy",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "vary",
    "via",
    "x-debug-token-link",
    "x-frame-options",
    "x-runtime",
    "x-xss-protection",
];

/// The response head within its bounds. `page`: of a page or frame, not of a sub-resource.
pub(crate) fn response(status: u16, headers: &[Header], engine: Engine, page: bool) -> Response {
    let mut fields: Vec<Field> = Vec::new();
    let mut dropped = 0;
    let mut left = if page { PAGE_BUDGET } else { PART_BUDGET };
    // Cookies are many where others are few: they get what the others leave.
    let mut left_for_cookies = left;
    for header in headers {
        let name = header.name.to_ascii_lowercase();
        let name = name.as_str();
        if !(EVERYWHERE.contains(&name) || PARTS.contains(&name) || page && PAGES.contains(&name)) {
            continue;
        }
        let octets = octets(header, engine);
        let cookie = name == "set-cookie";
        for line in lines(&octets, cookie && engine == Engine::Firefox) {
            let field = Field::received(&header.name, line);
            let cost = field.value.len() + FIELD_OVERHEAD;
            let budget = if cookie { &mut left_for_cookies } else { &mut left };
            if let Some(rest) = budget.checked_sub(cost) {
                *budget = rest;
                fields.push(field);
            } else {
                dropped += 1;
            }
        }
    }
    Response { status, fields, dropped }
}

/// The octets that were sent. Chromium gives text decoded as UTF-8, or `binaryValue` where
/// that fails; Firefox a character for each octet.
fn octets(header: &Header, engine: Engine) -> Vec<u8> {
    if let Some(binary) = &header.binary_value {
        return binary.0.clone();
    }
    let text = header.value.as_deref().unwrap_or_default();
    match engine {
        Engine::Chromium => text.as_bytes().to_vec(),
        Engine::Firefox => text
            .chars()
            .map(|c| u8::try_from(c).map_err(|_| c))
            .collect::<Result<_, _>>()
            .unwrap_or_else(|_| text.as_bytes().to_vec()),
    }
}

/// Firefox joins all Set-Cookie fields by a line feed, which no field value can hold.
fn lines(octets: &[u8], joined: bool) -> impl Iterator<Item = &[u8]> {
    octets.split(move |&octet| joined && octet == b'\n')
}

/// A field's text, for the few that say something about the event itself.
pub(super) fn text<'a>(headers: &'a [Header], name: &str) -> Option<&'a str> {
    headers.iter().find(|h| h.name.eq_ignore_ascii_case(name))?.value.as_deref()
}
