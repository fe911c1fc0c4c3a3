//! Its reading of cookies: all that its session's jar takes, whatever the page is for.

use super::text::{decoded, trim};
use super::{Outcome, Seen};
use crate::fact::Facts;
use crate::field::set_cookie::{AttributeKind, parts};
use crate::knowledge::is_ip_address;
use crate::url::Url;

/// A cookie as its jar keeps it.
struct Kept {
    name: String,
    domain: String,
    path: String,
    secure: bool,
    http_only: bool,
    same_site: Option<String>,
}

/// Worst last.
const CODES: [&str; 7] = [
    "cookies-without-secure-flag-but-protected-by-hsts",
    "cookies-without-secure-flag",
    "cookies-session-without-secure-flag-but-protected-by-hsts",
    "cookies-samesite-flag-invalid",
    "cookies-anticsrf-without-samesite-flag",
    "cookies-session-without-httponly-flag",
    "cookies-session-without-secure-flag",
];
const UNPROTECTED_HSTS: usize = 0;
const UNPROTECTED: usize = 1;
const SESSION_HSTS: usize = 2;
const SAME_SITE: usize = 3;
const CSRF: usize = 4;
const READABLE: usize = 5;
const SESSION: usize = 6;

/// A cookie of a load balancer, which it leaves out.
const LEFT_OUT: &str = "heroku-session-affinity";

pub(super) fn test(seen: &Seen<'_, '_>, hsts: Option<bool>) -> Outcome {
    seen.facts.set_cookies_seen().seen()?;
    let mut worst: Option<usize> = None;
    let mut found = |code: usize| worst = worst.max(Some(code));
    if seen.response.values("set-cookie").any(|line| has_invalid_same_site(&decoded(line))) {
        found(SAME_SITE);
    }
    let jar = jar(seen);
    if jar.is_empty() {
        return Some("cookies-not-found");
    }
    let mut all_same_site = true;
    for cookie in &jar {
        let name = cookie.name.to_lowercase();
        let session = name.contains("login") || name.contains("sess");
        if !cookie.secure {
            if cookie.same_site.as_deref() == Some("none") {
                found(SAME_SITE);
            }
            found(match (session, hsts?) {
                (false, true) => UNPROTECTED_HSTS,
                (false, false) => UNPROTECTED,
                (true, true) => SESSION_HSTS,
                (true, false) => SESSION,
            });
        }
        if name.contains("csrf") && cookie.same_site.is_none() {
            found(CSRF);
        }
        if session && !cookie.http_only {
            found(READABLE);
        }
        all_same_site &= cookie.same_site.is_some();
    }
    Some(match worst.and_then(|worst| CODES.get(worst)) {
        Some(code) => code,
        None if all_same_site => "cookies-secure-with-httponly-sessions-and-samesite",
        None => "cookies-secure-with-httponly-sessions",
    })
}

/// Whether a piece of a line calls itself `SameSite` and is none.
fn has_invalid_same_site(line: &str) -> bool {
    trim(line).split(';').any(|piece| {
        let mut halves = trim(piece).split('=');
        let name = halves.next().unwrap_or_default();
        let value = halves.next().unwrap_or_default();
        trim(name).eq_ignore_ascii_case("samesite")
            && !["lax", "strict", "none"].iter().any(|known| trim(value).eq_ignore_ascii_case(known))
    })
}

/// What its jar holds after the page's redirects and the page.
fn jar(seen: &Seen<'_, '_>) -> Vec<Kept> {
    let mut jar: Vec<Kept> = Vec::new();
    let hops = seen.facts.chain.hops.iter().map(|hop| hop.exchange);
    // Its session begins over https where there is https.
    for exchange in hops.skip_while(|exchange| seen.https && !exchange.url.is_https()) {
        let Some(response) = exchange.response.as_ref().seen() else { continue };
        for line in response.values("set-cookie") {
            if let Some(cookie) = kept(seen.facts, &exchange.url, line) {
                jar.retain(|old| {
                    (&old.name, &old.domain, &old.path) != (&cookie.name, &cookie.domain, &cookie.path)
                });
                jar.push(cookie);
            }
        }
    }
    jar.retain(|cookie| cookie.name != LEFT_OUT);
    jar
}

/// What its jar makes of a line; none where it takes nothing.
fn kept(facts: &Facts<'_>, url: &Url, line: &[u8]) -> Option<Kept> {
    let parts = parts(line);
    let name = trim(&decoded(parts.name?.of(line))).to_owned();
    if name.is_empty() || name.chars().any(char::is_control) {
        return None;
    }
    let mut cookie = Kept {
        name,
        domain: String::new(),
        path: default_path(url),
        secure: false,
        http_only: false,
        same_site: None,
    };
    for attribute in &parts.attributes {
        let value = decoded(attribute.value_in(line));
        let value = trim(&value);
        match attribute.kind {
            AttributeKind::Secure => cookie.secure = true,
            AttributeKind::HttpOnly => cookie.http_only = true,
            AttributeKind::SameSite => {
                let value = value.to_lowercase();
                cookie.same_site = ["lax", "strict", "none"].contains(&value.as_str()).then_some(value);
            }
            AttributeKind::Domain => {
                let domain = value.strip_prefix('.').unwrap_or(value);
                if !domain.is_empty() {
                    cookie.domain = domain.to_lowercase();
                }
            }
            AttributeKind::Path if value.starts_with('/') => value.clone_into(&mut cookie.path),
            AttributeKind::Path => cookie.path = default_path(url),
            _ => {}
        }
    }
    let host_only = cookie.domain.is_empty();
    if host_only {
        url.host().clone_into(&mut cookie.domain);
    } else {
        let inside = url.host() == cookie.domain
            || (url.host().ends_with(&[".", &cookie.domain].concat()) && !is_ip_address(url.host()));
        let suffix =
            !is_ip_address(&cookie.domain) && facts.knowledge.suffixes.is_public_suffix(&cookie.domain);
        if !inside || suffix {
            return None;
        }
    }
    let broken = (cookie.name.starts_with("__Secure-") && !cookie.secure)
        || (cookie.name.starts_with("__Host-") && !(cookie.secure && host_only && cookie.path == "/"));
    (!broken).then_some(cookie)
}

/// RFC 6265 §5.1.4.
fn default_path(url: &Url) -> String {
    let path = url.path();
    match path.rfind('/') {
        None | Some(0) => "/".to_owned(),
        Some(end) => path.get(..end).unwrap_or("/").to_owned(),
    }
}
