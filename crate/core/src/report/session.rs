//! A recorded session in a report: how long it went on, and which of its responses lack what, route by route.

use std::fmt::Write;

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::Word;
use super::request::{is_zero, time};
use super::text::clean;
use crate::evidence::{Exchange, Observed, ResourceKind, Response};
use crate::fact::{Facts, HSTS_FIELD};
use crate::text::cut;

/// Routes that a report lists; more are counted.
const MOST: usize = 300;
/// Characters of an address that are kept.
const ADDRESS: usize = 1_000;
/// Routes that the text lists; JSON has all.
const LISTED: usize = 50;

/// A recorded session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionJson {
    /// When it began (RFC 3339).
    pub began_at: String,
    /// When it ended.
    pub ended_at: String,
    /// Page loads that were kept.
    pub pages: usize,
    /// Page loads of the site beyond the bound of what is kept.
    pub dropped: u64,
    /// Pages of other sites in between, of which nothing was kept.
    pub elsewhere: u64,
    /// What was asked of the site's hosts by pages, frames and scripts, in the order of the first time; at most 300.
    pub routes: Vec<RouteJson>,
    /// How many more there are; absent where none are.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub routes_beyond: usize,
}

/// All requests of one method for one address without its query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RouteJson {
    /// The address without its query, cut at 1,000 characters.
    pub url: String,
    /// The method.
    pub method: String,
    /// The statuses of its responses, each once, in the order of the first time.
    pub statuses: Vec<u16>,
    /// How many requests there were.
    pub requests: usize,
    /// How many Set-Cookie fields came.
    pub set_cookies: usize,
    /// What the responses have of each field, in the order of [`COLUMNS`].
    pub fields: Vec<CellJson>,
}

/// How many responses of a route have a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CellJson {
    /// The field, in lower case. For `x-frame-options` a policy with `frame-ancestors` counts too.
    pub field: Word,
    /// Responses that have it.
    pub sent: usize,
    /// Responses that lack it, of those in which it would mean something.
    pub missing: usize,
    /// Responses of which it was not seen: from the cache, cut, or no answer.
    pub unseen: usize,
}

/// The fields of the matrix, and their names for people.
pub const COLUMNS: [(&str, &str); 7] = [
    (HSTS_FIELD, "HSTS"),
    ("content-security-policy", "CSP"),
    ("x-frame-options", "Framing"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "Referrer-Policy"),
    ("permissions-policy", "Permissions-Policy"),
    ("cross-origin-opener-policy", "COOP"),
];

impl SessionJson {
    pub(super) fn new(facts: &Facts<'_>) -> Option<Self> {
        let told = facts.evidence.recording.as_ref()?;
        let mut routes: Vec<RouteJson> = Vec::new();
        let mut places: LiteMap<String, usize> = LiteMap::new();
        let exchanges = facts.evidence.visits.iter().flat_map(|visit| &visit.exchanges);
        for exchange in
            exchanges.filter(|exchange| is_route(exchange) && facts.site.holds(exchange.url.host()))
        {
            let url = exchange.url.as_str();
            let url = cut(url.split(['?', '#']).next().unwrap_or_default(), ADDRESS);
            let place = *places.entry(format!("{} {url}", exchange.method)).or_insert(routes.len());
            if place == routes.len() {
                routes.push(RouteJson::new(url, &exchange.method));
            }
            if let Some(route) = routes.get_mut(place) {
                route.take(exchange);
            }
        }
        let beyond = routes.len().saturating_sub(MOST);
        routes.truncate(MOST);
        Some(Self {
            began_at: time(told.began_at),
            ended_at: time(told.ended_at),
            pages: facts.evidence.visits.len(),
            dropped: told.dropped,
            elsewhere: told.elsewhere,
            routes,
            routes_beyond: beyond,
        })
    }

    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        writeln!(
            out,
            "\nRecorded session: {} pages, {} to {}",
            self.pages,
            clean(&self.began_at),
            clean(&self.ended_at)
        )?;
        if self.dropped > 0 {
            writeln!(out, "  {} pages more were not kept: the recording was full", self.dropped)?;
        }
        for route in self.routes.iter().take(LISTED) {
            let lacks: Vec<String> = route.fields.iter().filter_map(CellJson::lack).collect();
            let lacks = if lacks.is_empty() {
                "lacks nothing".to_owned()
            } else {
                format!("lacks {}", lacks.join(", "))
            };
            writeln!(out, "  {} {}: {}", clean(&route.method), clean(&route.url), clean(&lacks))?;
        }
        Ok(())
    }
}

impl RouteJson {
    fn new(url: String, method: &str) -> Self {
        let cell =
            |(field, _): (&'static str, _)| CellJson { field: field.into(), sent: 0, missing: 0, unseen: 0 };
        Self {
            url,
            method: cut(method, 20),
            statuses: Vec::new(),
            requests: 0,
            set_cookies: 0,
            fields: COLUMNS.map(cell).into(),
        }
    }

    fn take(&mut self, exchange: &Exchange) {
        self.requests += 1;
        if let Observed::Seen(response) = &exchange.response {
            if !self.statuses.contains(&response.status) {
                self.statuses.push(response.status);
            }
            self.set_cookies += response.values("set-cookie").count();
        }
        for cell in &mut self.fields {
            match holds(exchange, &cell.field) {
                Some(Held::Sent) => cell.sent += 1,
                Some(Held::Missing) => cell.missing += 1,
                Some(Held::Unseen) => cell.unseen += 1,
                None => {}
            }
        }
    }
}

impl CellJson {
    /// In how many words it is missing; none where it is not.
    fn lack(&self) -> Option<String> {
        let name =
            COLUMNS.iter().find(|(field, _)| *field == self.field).map_or(&*self.field, |(_, name)| name);
        match (self.missing, self.sent) {
            (0, _) => None,
            (_, 0) => Some(name.to_owned()),
            (missing, sent) => Some(format!("{name} ({missing} of {})", missing.saturating_add(sent))),
        }
    }
}

/// Whether a request stands for a route and not for a part of a page.
fn is_route(exchange: &Exchange) -> bool {
    let by_browser = exchange
        .redirect
        .as_ref()
        .is_some_and(|redirect| redirect.cause != crate::evidence::RedirectCause::Server);
    !by_browser
        && matches!(exchange.kind, ResourceKind::MainFrame | ResourceKind::SubFrame | ResourceKind::Fetch)
}

enum Held {
    Sent,
    Missing,
    Unseen,
}

/// What a response has of a field; none where it would mean nothing.
fn holds(exchange: &Exchange, field: &str) -> Option<Held> {
    let Observed::Seen(response) = &exchange.response else { return Some(Held::Unseen) };
    let expected = match (field, exchange.kind) {
        (HSTS_FIELD, _) => exchange.url.is_https() && !exchange.url.host_is_ip(),
        _ if !has_content(response) => false,
        ("x-content-type-options", _) => true,
        ("permissions-policy", kind) => kind == ResourceKind::MainFrame,
        ("cross-origin-opener-policy", kind) => {
            kind == ResourceKind::MainFrame && exchange.url.is_potentially_trustworthy()
        }
        (_, kind) => kind != ResourceKind::Fetch,
    };
    let sent = response.values(field).next().is_some()
        || field == "x-frame-options" && response.values("content-security-policy").any(has_frame_ancestors);
    let hidden = exchange.from_cache || response.status == 304 || response.dropped > 0;
    match (expected, sent) {
        (false, _) => None,
        (true, true) => Some(Held::Sent),
        (true, false) => Some(if hidden { Held::Unseen } else { Held::Missing }),
    }
}

/// It is no redirect and not without content: browsers read it.
const fn has_content(response: &Response) -> bool {
    !matches!(response.status, 100..=199 | 204 | 205 | 300..=303 | 305..=399)
}

fn has_frame_ancestors(policy: &[u8]) -> bool {
    policy.split(|octet| matches!(octet, b';' | b',')).any(|directive| {
        let name = directive.trim_ascii().split(u8::is_ascii_whitespace).next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"frame-ancestors")
    })
}
