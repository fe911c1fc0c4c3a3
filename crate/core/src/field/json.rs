//! The JSON objects of the commands `hsts` and `cookie` (docs: the contract of the command).

use serde::Serialize;

use super::Engine;
use super::hsts::{self, Reading};
use super::hstspreload::{self, Codes};
use super::octets::isomorphic_decode;
use super::set_cookie::{self, SameSite, SetContext, StoredCookie, Verdict};

/// One value for each browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Browsers<T> {
    /// Chromium's.
    pub chromium: T,
    /// Firefox's.
    pub firefox: T,
}

impl<T> Browsers<T> {
    /// Asks for each browser's.
    pub fn each(mut value: impl FnMut(Engine) -> T) -> Self {
        Self { chromium: value(Engine::Chromium), firefox: value(Engine::Firefox) }
    }
}

/// The input echoed: one field, or the fields of one response. Isomorphically decoded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FieldEcho {
    /// A single field value.
    One(String),
    /// All fields of one response, in order.
    Many(Vec<String>),
}

/// What `https-audit hsts --format json` prints for one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HstsReport {
    /// The input.
    pub field: FieldEcho,
    /// hstspreload.org's reading.
    pub policy: PolicyJson,
    /// The browsers' readings.
    pub browsers: Browsers<InForceJson>,
    /// hstspreload.org: can it be preloaded.
    pub preloadable: CodesJson,
    /// hstspreload.org: can it be removed.
    pub removable: CodesJson,
}

/// hstspreload.org's reading of one field; nothing is set where the response has none or several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PolicyJson {
    /// Seconds; null when absent or not readable.
    pub max_age: Option<u64>,
    /// The directive.
    pub include_subdomains: bool,
    /// The directive.
    pub preload: bool,
}

/// Codes of hstspreload.org, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodesJson {
    /// They block.
    pub errors: Vec<&'static str>,
    /// They do not.
    pub warnings: Vec<&'static str>,
}

/// What a browser stores. Where it stores nothing, or deletes what it had, `in_force` is false,
/// `max_age` null and `include_subdomains` false.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InForceJson {
    /// Whether HSTS is on after this field alone.
    pub in_force: bool,
    /// Seconds, as capped by the browser.
    pub max_age: Option<u64>,
    /// Whether sub-domains are covered.
    pub include_subdomains: bool,
}

/// The report on a single Strict-Transport-Security field.
pub fn hsts_field(field: &[u8]) -> HstsReport {
    hsts_report(FieldEcho::One(isomorphic_decode(field)), &[field])
}

/// The report on all Strict-Transport-Security fields of one response, in order.
pub fn hsts_fields(fields: &[&[u8]]) -> HstsReport {
    hsts_report(FieldEcho::Many(fields.iter().map(|field| isomorphic_decode(field)).collect()), fields)
}

fn hsts_report(field: FieldEcho, fields: &[&[u8]]) -> HstsReport {
    let scanner = hstspreload::response(fields);
    let codes = |codes: Codes| CodesJson { errors: codes.errors, warnings: codes.warnings };
    HstsReport {
        field,
        policy: PolicyJson {
            max_age: scanner.policy.max_age,
            include_subdomains: scanner.policy.include_subdomains,
            preload: scanner.policy.preload,
        },
        browsers: Browsers::each(|engine| in_force(&hsts::read(engine, fields))),
        preloadable: codes(scanner.preloadable),
        removable: codes(scanner.removable),
    }
}

fn in_force(reading: &Reading) -> InForceJson {
    match reading.in_force() {
        Some((max_age, include_subdomains)) => {
            InForceJson { in_force: true, max_age: Some(max_age), include_subdomains }
        }
        None => InForceJson { in_force: false, max_age: None, include_subdomains: false },
    }
}

/// What `https-audit cookie --format json` prints for one input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CookieReport {
    /// The URL that it came from.
    pub url: String,
    /// The input with its value masked.
    pub set_cookie: String,
    /// What each browser does with it.
    pub browsers: Browsers<CookieVerdictJson>,
    /// The ids of the checks that fail on it.
    pub findings: Vec<String>,
}

/// What a browser does with one Set-Cookie field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CookieVerdictJson {
    /// Whether it is stored.
    pub accepted: bool,
    /// The code of the refusal.
    pub rejection: Option<&'static str>,
    /// What is stored.
    pub cookie: Option<CookieJson>,
}

/// A cookie as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CookieJson {
    /// The name, isomorphically decoded.
    pub name: String,
    /// Octets of the value.
    pub value_length: usize,
    /// Without leading dot.
    pub domain: String,
    /// Not sent to sub-domains.
    pub host_only: bool,
    /// The path, isomorphically decoded.
    pub path: String,
    /// The attribute.
    pub secure: bool,
    /// The attribute.
    pub http_only: bool,
    /// The attribute as stored.
    pub same_site: SameSite,
    /// The attribute.
    pub partitioned: bool,
    /// Whether it ends with the browser's session.
    pub session: bool,
    /// Seconds from now, as capped by the browser; null for a session cookie.
    pub expires_in: Option<i64>,
}

/// The report on one Set-Cookie field. `findings` are the ids of the checks that fail on it.
pub fn cookie(set_cookie: &[u8], cx: &SetContext<'_>, findings: Vec<String>) -> CookieReport {
    CookieReport {
        url: cx.url.to_string(),
        set_cookie: set_cookie::masked_for_display(set_cookie),
        browsers: Browsers::each(|engine| match set_cookie::read(engine, set_cookie, cx) {
            Verdict::Accepted(cookie) => {
                CookieVerdictJson { accepted: true, rejection: None, cookie: Some(stored(cookie, cx.now)) }
            }
            Verdict::Rejected(rejection) => {
                CookieVerdictJson { accepted: false, rejection: Some(rejection.code()), cookie: None }
            }
        }),
        findings,
    }
}

fn stored(cookie: StoredCookie, now: i64) -> CookieJson {
    CookieJson {
        name: cookie.name,
        value_length: cookie.value_length,
        domain: cookie.domain,
        host_only: cookie.host_only,
        path: cookie.path,
        secure: cookie.secure,
        http_only: cookie.http_only,
        same_site: cookie.same_site,
        partitioned: cookie.partitioned,
        session: cookie.expires_at.is_none(),
        expires_in: cookie.expires_at.map(|at| at - now),
    }
}
