//! The report as JSON, and the facts in it that others build on.

use serde::Serialize;

use super::{MANY_SCHEMA, Report};
use crate::evidence::{
    Beyond, CsrfToken, DebugPage, Document, Exchange, Field, Form, Part, Probe, ProbeState, Reference,
};
use crate::fact::{Facts, PreloadFact, StepResult};
use crate::field::set_cookie::SameSite;
use crate::knowledge::Listing;

/// The derived facts of a report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportFacts {
    /// How far the registrable domain is from the preload lists.
    pub preload: PreloadJson,
    /// Every cookie of the site.
    pub cookies: Vec<CookieJson>,
    /// The requests that led to the page.
    pub redirects: Vec<HopJson>,
    /// The redirect check; absent where nobody asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<ProbeJson>,
    /// What the page's document holds; absent where nobody read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageJson>,
}

/// What the page's document holds, without any value that was typed or that is a token's.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageJson {
    /// Where its forms lead; at most 50.
    pub forms: Vec<Form>,
    /// How many password fields there are.
    pub password_fields: u64,
    /// Its `meta http-equiv` elements as fields; at most 16.
    pub metas: Vec<Field>,
    /// Scripts and style sheets of other origins; at most 50.
    pub parts: Vec<Part>,
    /// Sub-resources that an https page names by an http address; at most 100.
    pub insecure_references: Vec<Reference>,
    /// The names of fields that carry anti-CSRF tokens.
    pub csrf_tokens: Vec<CsrfToken>,
    /// Whose error page of a debug mode it is.
    pub debug_pages: Vec<DebugPage>,
    /// How many more there are of each.
    pub beyond: Beyond,
}

/// The preload requirements; codes are hstspreload.org's, in its order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PreloadJson {
    /// The registrable domain; null where preloading does not apply.
    pub domain: Option<String>,
    /// Null where a deciding step was not observed.
    pub eligible: Option<bool>,
    /// Requirements that are not met.
    pub errors: Vec<&'static str>,
    /// What hstspreload.org warns of.
    pub warnings: Vec<&'static str>,
    /// Steps that were not observed.
    pub unknown: Vec<&'static str>,
    /// The browsers' lists.
    pub lists: ListsJson,
}

/// The browsers' lists about the domain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListsJson {
    /// Chromium's.
    pub chromium: Listing,
    /// Firefox's.
    pub firefox: Listing,
}

/// A cookie, without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CookieJson {
    /// Its name.
    pub name: String,
    /// What it is for: `session`, `sign-in`, `csrf`, `other`.
    pub kind: crate::fact::CookieKind,
    /// Its domain; null where it was refused.
    pub domain: Option<String>,
    /// Sent to this very host only.
    pub host_only: Option<bool>,
    /// Its path.
    pub path: Option<String>,
    /// Sent over https only.
    pub secure: Option<bool>,
    /// Hidden from scripts.
    pub http_only: Option<bool>,
    /// Its `SameSite` attribute.
    pub same_site: Option<SameSite>,
    /// Partitioned by top-level site.
    pub partitioned: Option<bool>,
    /// Seconds since the epoch; null for a session cookie.
    pub expires_at: Option<i64>,
    /// Where it was seen: `set-cookie`, `jar`, or both.
    pub seen_in: Vec<&'static str>,
    /// A URL that would send it in clear; null where there is none.
    pub clear_text_url: Option<String>,
}

/// What the redirect check asked, and what answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProbeJson {
    /// When it began (RFC 3339).
    pub began_at: String,
    /// How far it got: `running`, `done`, `stopped`, `timed-out`, `interrupted`.
    pub state: ProbeState,
    /// Its requests in order.
    pub requests: Vec<HopJson>,
}

/// One request of the redirect chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct HopJson {
    /// The address.
    pub url: String,
    /// The status, where a server answered.
    pub status: Option<u16>,
    /// Where the answer led.
    pub to: Option<String>,
    /// Who sent the browser on: `server`, `hsts`, `https-upgrade`, `browser`.
    pub cause: Option<crate::evidence::RedirectCause>,
    /// The browser's word for what went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

impl ReportFacts {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let cookies = facts
            .cookies
            .iter()
            .filter(|cookie| cookie.first_party)
            .map(|cookie| {
                let stored = cookie.stored.as_ref();
                CookieJson {
                    name: cookie.name.clone(),
                    kind: cookie.kind,
                    domain: stored.map(|s| s.domain.clone()),
                    host_only: stored.map(|s| s.host_only),
                    path: stored.map(|s| s.path.clone()),
                    secure: stored.map(|s| s.secure),
                    http_only: stored.map(|s| s.http_only),
                    same_site: stored.map(|s| s.same_site),
                    partitioned: stored.map(|s| s.partitioned),
                    expires_at: stored.and_then(|s| s.expires_at),
                    seen_in: [("set-cookie", cookie.was_set()), ("jar", cookie.in_jar.is_some())]
                        .into_iter()
                        .filter_map(|(place, seen)| seen.then_some(place))
                        .collect(),
                    clear_text_url: cookie
                        .reach
                        .as_ref()
                        .and_then(|reach| reach.clear_text_url())
                        .map(str::to_owned),
                }
            })
            .collect();
        let redirects = facts.chain.hops.iter().map(|hop| HopJson::new(hop.exchange)).collect();
        let probe = facts.evidence.probe.as_ref().map(ProbeJson::new);
        let page = facts.document().seen().map(PageJson::new);
        Self { preload: PreloadJson::new(&facts.preload), cookies, redirects, probe, page }
    }
}

impl PageJson {
    fn new(document: &Document) -> Self {
        let Document {
            forms,
            password_fields,
            metas,
            parts,
            insecure_references,
            csrf_tokens,
            debug_pages,
            beyond,
        } = document.clone();
        Self { forms, password_fields, metas, parts, insecure_references, csrf_tokens, debug_pages, beyond }
    }
}

impl HopJson {
    fn new(exchange: &Exchange) -> Self {
        Self {
            url: exchange.url.to_string(),
            status: exchange.response.as_ref().seen().map(|response| response.status),
            to: exchange.redirect.as_ref().map(|redirect| redirect.to.to_string()),
            cause: exchange.redirect.as_ref().map(|redirect| redirect.cause),
            error: exchange.error.clone(),
        }
    }
}

impl ProbeJson {
    fn new(probe: &Probe) -> Self {
        Self {
            began_at: crate::time::rfc3339(probe.began_at.div_euclid(1000)),
            state: probe.state,
            requests: probe.exchanges.iter().map(HopJson::new).collect(),
        }
    }
}

impl PreloadJson {
    fn new(fact: &PreloadFact) -> Self {
        Self {
            domain: fact.domain.clone(),
            eligible: match fact.eligible() {
                _ if fact.domain.is_none() => None,
                StepResult::Eligible => Some(true),
                StepResult::NotEligible => Some(false),
                StepResult::Unknown => None,
            },
            errors: fact.errors.iter().map(|step| step.code).collect(),
            warnings: fact.warnings.iter().map(|step| step.code).collect(),
            unknown: fact.unknown.iter().map(|(name, _)| *name).collect(),
            lists: ListsJson { chromium: fact.chromium.clone(), firefox: fact.firefox.clone() },
        }
    }
}

#[derive(Serialize)]
struct Many<'a> {
    schema: &'static str,
    reports: &'a [Report],
}

/// One report as itself, several as `https-audit/reports@1`; two spaces of indentation
/// and a newline at the end.
pub fn to_json(reports: &[Report]) -> Result<String, serde_json::Error> {
    let mut text = match reports {
        [one] => crate::json::to_string(one)?,
        many => crate::json::to_string(&Many { schema: MANY_SCHEMA, reports: many })?,
    };
    text.push('\n');
    Ok(text)
}
