//! The report as JSON, and the facts in it that others build on.

use serde::{Deserialize, Serialize};

use super::connection::ConnectionJson;
use super::cookie::CookieJson;
use super::django::DjangoJson;
use super::preload::PreloadJson;
use super::request::{Answered, RequestJson, SeenIn, SeenJson, time};
use super::session::SessionJson;
use super::{MANY_SCHEMA, Report, Word, read};
use crate::evidence::{
    Beyond, CsrfToken, DebugPage, Document, Exchange, Field, Form, Part, Probe, ProbeState, Reference,
    Scripts, StackTrace,
};
use crate::fact::{Facts, SoftwareFact};
use crate::fix::Software;
use crate::observatory::{Outcome, Test};
use crate::options::Profile;

/// The derived facts of a report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportFacts {
    /// When the page was seen, and with what.
    #[serde(default)]
    pub seen: SeenJson,
    /// How far the registrable domain is from the preload lists.
    pub preload: PreloadJson,
    /// MDN HTTP Observatory's result code for each of its tests; null where the evidence does not hold it.
    #[serde(serialize_with = "by_test", deserialize_with = "read::by_test")]
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Option<String>>"))]
    pub observatory: [Option<Word>; Test::ALL.len()],
    /// The connection that the page came over; null where it was not https, or was not seen.
    pub connection: Option<ConnectionJson>,
    /// Every cookie of the site.
    pub cookies: Vec<CookieJson>,
    /// Cookies that hosts of other sites set, as far as a header was seen.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub third_party_cookies: Vec<CookieJson>,
    /// The requests that led to the page.
    pub redirects: Vec<HopJson>,
    /// The redirect check; absent where nobody asked for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub probe: Option<ProbeJson>,
    /// What the page's document holds; absent where nobody read it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageJson>,
    /// The software that the site seems to run, most confident first.
    #[serde(deserialize_with = "read::software")]
    pub software: Vec<SoftwareFact>,
    /// What Django's `check --deploy` would say.
    pub django: DjangoJson,
    /// The session that was recorded; absent where the report is on one page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionJson>,
    /// Whose thresholds were chosen; absent where they are this project's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
    /// The software that was chosen for the fixes; absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chosen_software: Option<Software>,
    /// The requests of the visits and of the redirect check, the oldest first; at most 5,000.
    #[serde(default)]
    pub requests: Vec<RequestJson>,
    /// How many more there are; absent where none are.
    #[serde(default, skip_serializing_if = "super::request::is_zero")]
    pub requests_beyond: usize,
    /// Settings of Django beside what the site shows of them; absent where none were given.
    #[cfg(feature = "settings")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub settings: Vec<super::SettingJson>,
    /// What the page's response sends of what settings decide; no part of the report.
    #[cfg(feature = "settings")]
    #[serde(skip)]
    pub sent: super::Sent,
}

/// What the page's document holds, without any value that was typed or that is a token's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PageJson {
    /// Where its forms lead; at most 50.
    pub forms: Vec<Form>,
    /// How many password fields there are.
    pub password_fields: u64,
    /// Its `meta http-equiv` elements as fields; at most 16. `referrer-policy` is `meta name=referrer`.
    #[serde(deserialize_with = "read::metas")]
    pub metas: Vec<Field>,
    /// Scripts and style sheets of other origins; at most 50.
    pub parts: Vec<Part>,
    /// How many `script` elements there are.
    pub scripts: Scripts,
    /// Sub-resources that an https page names by an http address; at most 100.
    pub insecure_references: Vec<Reference>,
    /// The names of fields that carry anti-CSRF tokens.
    #[serde(deserialize_with = "read::csrf_tokens")]
    pub csrf_tokens: Vec<CsrfToken>,
    /// Whose error page of a debug mode it is.
    #[serde(deserialize_with = "read::debug_pages")]
    pub debug_pages: Vec<DebugPage>,
    /// Whose stack traces the beginning of its text holds.
    #[serde(deserialize_with = "read::traces")]
    pub traces: Vec<StackTrace>,
    /// How many more there are of each.
    pub beyond: Beyond,
}

/// What the redirect check asked, and what answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProbeJson {
    /// When it began (RFC 3339).
    pub began_at: String,
    /// How far it got: `running`, `done`, `stopped`, `timed-out`, `interrupted`.
    pub state: ProbeState,
    /// Its requests in order.
    pub requests: Vec<HopJson>,
}

/// One request of the redirect chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// When it began (RFC 3339).
    #[serde(default)]
    pub at: String,
    /// The first Strict-Transport-Security field of the answer, cut at 200 characters; null where it has none.
    pub hsts: Option<String>,
    /// How many Set-Cookie fields the answer has.
    #[serde(default)]
    pub set_cookies: usize,
    /// Who asked: `tab`, `check`.
    #[serde(default)]
    pub seen_in: SeenIn,
}

/// An object with a member for each test.
fn by_test<S: serde::Serializer>(
    outcomes: &[Option<Word>; Test::ALL.len()],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let codes = Test::ALL.iter().zip(outcomes).map(|(test, outcome)| (test.name(), outcome));
    serializer.collect_map(codes)
}

impl ReportFacts {
    pub(super) fn new(facts: &Facts<'_>, observatory: Option<[Outcome; Test::ALL.len()]>) -> Self {
        let cookies = |first_party| {
            let of_party = facts.cookies.iter().filter(move |cookie| cookie.first_party == first_party);
            of_party.map(CookieJson::new).collect()
        };
        let redirects = facts.chain.hops.iter().map(|hop| HopJson::new(SeenIn::Tab, hop.exchange)).collect();
        let probe = facts.evidence.probe.as_ref().map(ProbeJson::new);
        let (requests, requests_beyond) = RequestJson::all(facts);
        Self {
            seen: SeenJson::new(facts),
            preload: PreloadJson::new(facts),
            observatory: observatory.unwrap_or_default().map(|outcome| outcome.map(Word::from)),
            connection: ConnectionJson::new(facts),
            cookies: cookies(true),
            third_party_cookies: cookies(false),
            redirects,
            probe,
            page: facts.document().seen().map(PageJson::new),
            software: facts.software(),
            django: DjangoJson::new(facts),
            session: SessionJson::new(facts),
            profile: Some(facts.options.profile).filter(|profile| *profile != Profile::Own),
            chosen_software: facts.options.software,
            requests,
            requests_beyond,
            #[cfg(feature = "settings")]
            settings: Vec::new(),
            #[cfg(feature = "settings")]
            sent: super::Sent::new(facts),
        }
    }
}

impl PageJson {
    fn new(document: &Document) -> Self {
        let Document {
            forms,
            password_fields,
            metas,
            parts,
            scripts,
            insecure_references,
            csrf_tokens,
            debug_pages,
            traces,
            beyond,
            ..
        } = document.clone();
        Self {
            forms,
            password_fields,
            metas,
            parts,
            scripts,
            insecure_references,
            csrf_tokens,
            debug_pages,
            traces,
            beyond,
        }
    }
}

impl HopJson {
    fn new(seen_in: SeenIn, exchange: &Exchange) -> Self {
        let Answered { status, hsts, set_cookies } = Answered::of(exchange);
        Self {
            url: exchange.url.to_string(),
            status,
            to: exchange.redirect.as_ref().map(|redirect| redirect.to.to_string()),
            cause: exchange.redirect.as_ref().map(|redirect| redirect.cause),
            error: exchange.error.clone(),
            at: time(exchange.at),
            hsts,
            set_cookies,
            seen_in,
        }
    }
}

impl ProbeJson {
    fn new(probe: &Probe) -> Self {
        Self {
            began_at: time(probe.began_at),
            state: probe.state,
            requests: probe.exchanges.iter().map(|exchange| HopJson::new(SeenIn::Check, exchange)).collect(),
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
