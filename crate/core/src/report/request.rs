//! The requests of a report, and when and with what they were seen.

use serde::{Deserialize, Serialize};

use crate::evidence::{Exchange, Observed, Reason, RedirectCause};
use crate::fact::Facts;
use crate::field::Engine;
use crate::order::sorted;
use crate::text::cut;
use crate::words::words;

/// Requests that a report lists; more are counted.
pub const MOST: usize = 5_000;
/// Characters of an address that are kept.
const ADDRESS: usize = 1_000;
/// Characters of a field that are kept.
const FIELD: usize = 200;

/// When the page was seen, and with what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SeenJson {
    /// When its visit began (RFC 3339); null where there was none.
    pub at: Option<String>,
    /// The browser; null for response heads and files of other tools.
    pub browser: Option<BrowserJson>,
    /// Name and version of what recorded it.
    pub recorder: String,
}

/// A browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct BrowserJson {
    /// Whose rules it follows: `chromium`, `firefox`.
    pub engine: Engine,
    /// Its own version; empty when it was not asked.
    pub version: String,
}

impl SeenJson {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let recorder = &facts.evidence.recorder;
        Self {
            at: facts.visit.map(|visit| time(visit.began_at)),
            browser: recorder
                .browser
                .as_ref()
                .map(|browser| BrowserJson { engine: browser.engine, version: cut(&browser.version, FIELD) }),
            recorder: cut(&recorder.name, FIELD),
        }
    }
}

words! {
    /// Who made a request.
    pub enum SeenIn {
        /// The page, in its tab.
        Tab = "tab",
        /// The redirect check.
        Check = "check",
    }
}

// A report that does not say so is older than the word, and of a tab as a rule. The macro derives nothing.
#[allow(clippy::derivable_impls, reason = "`words!` declares the variants")]
impl Default for SeenIn {
    fn default() -> Self {
        Self::Tab
    }
}

/// One request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequestJson {
    /// When it began (RFC 3339).
    pub at: String,
    /// The method.
    pub method: String,
    /// The address, cut at 1,000 characters.
    pub url: String,
    /// What the browser wanted it for.
    pub kind: crate::evidence::ResourceKind,
    /// The status; null where no answer was seen.
    pub status: Option<u16>,
    /// Who answered: `network`, `cache`, `service-worker`, `browser`, `not-answered`, `not-seen`; `check` where the
    /// redirect check asked.
    pub from: Answer,
    /// The first Strict-Transport-Security field of the answer, cut at 200 characters; null where it has none.
    pub hsts: Option<String>,
    /// How many Set-Cookie fields the answer has.
    pub set_cookies: usize,
    /// It went over the network unencrypted.
    pub insecure: bool,
}

words! {
    /// Who answered a request, or that the redirect check made it.
    pub enum Answer {
        /// A server.
        Network = "network",
        /// The browser's cache, which keeps not every field.
        Cache = "cache",
        /// The site's own service worker.
        ServiceWorker = "service-worker",
        /// The browser itself, which asked no server: it knew the host's HSTS, or tried https on its own.
        Browser = "browser",
        /// The redirect check asked, and a server answered.
        Check = "check",
        /// Nobody: it failed.
        NotAnswered = "not-answered",
        /// Who answered was not seen.
        NotSeen = "not-seen",
    }
}

impl RequestJson {
    /// Every request of the visits and of the redirect check, the oldest first, and how many there are beyond the bound.
    pub(super) fn all(facts: &Facts<'_>) -> (Vec<Self>, usize) {
        let visits = facts.evidence.visits.iter().flat_map(|visit| &visit.exchanges);
        let asked = facts.evidence.probe.iter().flat_map(|probe| &probe.exchanges);
        let all: Vec<(SeenIn, &Exchange)> = visits
            .map(|exchange| (SeenIn::Tab, exchange))
            .chain(asked.map(|exchange| (SeenIn::Check, exchange)))
            .collect();
        let beyond = all.len().saturating_sub(MOST);
        let all = sorted(all, |(_, a), (_, b)| a.at.cmp(&b.at));
        let listed = all.into_iter().take(MOST).map(|(seen_in, exchange)| Self::new(seen_in, exchange));
        (listed.collect(), beyond)
    }

    fn new(seen_in: SeenIn, exchange: &Exchange) -> Self {
        let from = answer(seen_in, exchange);
        let Answered { status, hsts, set_cookies } = Answered::of(exchange);
        Self {
            at: time(exchange.at),
            method: cut(&exchange.method, 20),
            url: cut(&exchange.url.to_string(), ADDRESS),
            kind: exchange.kind,
            status,
            from,
            hsts,
            set_cookies,
            insecure: matches!(exchange.url.scheme(), "http" | "ws") && from != Answer::Browser,
        }
    }
}

/// What an answer holds of what is told of each.
pub(super) struct Answered {
    pub status: Option<u16>,
    pub hsts: Option<String>,
    pub set_cookies: usize,
}

impl Answered {
    pub(super) fn of(exchange: &Exchange) -> Self {
        let response = exchange.response.as_ref().seen();
        let field = response.and_then(|response| response.values(crate::fact::HSTS_FIELD).next());
        Self {
            status: response.map(|response| response.status),
            hsts: field
                .map(|octets| cut(&octets.iter().map(|&octet| char::from(octet)).collect::<String>(), FIELD)),
            set_cookies: response.map_or(0, |response| response.values("set-cookie").count()),
        }
    }
}

/// Milliseconds since the epoch, to the second.
pub(super) fn time(milliseconds: i64) -> String {
    crate::time::rfc3339(milliseconds.div_euclid(1000))
}

fn answer(seen_in: SeenIn, exchange: &Exchange) -> Answer {
    let by_browser =
        exchange.redirect.as_ref().is_some_and(|redirect| redirect.cause != RedirectCause::Server);
    match (&exchange.response, seen_in) {
        _ if by_browser => Answer::Browser,
        _ if exchange.from_cache => Answer::Cache,
        (Observed::Seen(_), SeenIn::Check) => Answer::Check,
        (Observed::Seen(_), SeenIn::Tab) => Answer::Network,
        (Observed::Unseen(Reason::ServiceWorker), _) => Answer::ServiceWorker,
        _ if exchange.error.is_some() => Answer::NotAnswered,
        _ => Answer::NotSeen,
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for")]
pub(super) fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[cfg(test)]
mod tests {
    use super::{Answer, MOST, RequestJson, SeenJson};
    use crate::evidence::{
        Connection, Evidence, Exchange, Observed, Reason, Recorder, Redirect, RedirectCause,
    };
    use crate::evidence::{Field, ResourceKind, Response, Visit};
    use crate::fact::Facts;
    use crate::knowledge;
    use crate::url::Url;

    fn exchange(url: &str, at: i64, response: Observed<Response>) -> Exchange {
        Exchange {
            url: Url::parse(url).expect("an address"),
            method: "GET".to_owned(),
            kind: ResourceKind::Image,
            at,
            initiator: None,
            response,
            redirect: None,
            connection: Observed::<Connection>::Unseen(Reason::NotInInput),
            address: None,
            from_cache: false,
            error: None,
        }
    }

    fn answered(status: u16, fields: &[(&str, &str)]) -> Observed<Response> {
        let fields = fields.iter().map(|(name, value)| Field::received(name, value.as_bytes())).collect();
        Observed::Seen(Response { status, fields, dropped: 0 })
    }

    fn requests(exchanges: Vec<Exchange>) -> (Vec<RequestJson>, usize) {
        let mut evidence = Evidence::new(Recorder { name: "test".to_owned(), browser: None });
        evidence.visits.push(Visit {
            url: "https://a.example/".to_owned(),
            began_at: 1_795_356_212_345,
            watched: Observed::Seen(()),
            exchanges,
            dropped: 0,
            failure: None,
            document: Observed::Unseen(Reason::NotInInput),
            unseen_hosts: None,
        });
        let knowledge = knowledge::embedded().expect("sound assets");
        let facts = Facts::new(&evidence, &knowledge, 1_795_356_300);
        assert_eq!(SeenJson::new(&facts).at.as_deref(), Some("2026-11-22T14:03:32Z"));
        RequestJson::all(&facts)
    }

    #[test]
    fn each_request_says_who_answered_it() {
        let unseen = |reason| Observed::Unseen(reason);
        let mut by_browser = exchange("http://a.example/", 1, unseen(Reason::HiddenByHsts));
        let to = Url::parse("https://a.example/").expect("an address");
        by_browser.redirect = Some(Redirect { to, cause: RedirectCause::Hsts });
        let mut cached = exchange("https://a.example/2", 2, answered(200, &[]));
        cached.from_cache = true;
        let mut failed = exchange("http://a.example/3", 3, unseen(Reason::LoadFailed));
        failed.error = Some("NS_ERROR".to_owned());
        let hsts = [("Strict-Transport-Security", "max-age=1"), ("Set-Cookie", "a=b"), ("set-cookie", "c=d")];
        let (all, beyond) = requests(vec![
            exchange("https://a.example/5", 5, answered(204, &hsts)),
            by_browser,
            cached,
            failed,
            exchange("https://a.example/4", 4, unseen(Reason::ServiceWorker)),
        ]);
        let told: Vec<_> =
            all.iter().map(|request| (request.from, request.insecure, request.status)).collect();
        let expected = [
            (Answer::Browser, false, None),
            (Answer::Cache, false, Some(200)),
            (Answer::NotAnswered, true, None),
            (Answer::ServiceWorker, false, None),
            (Answer::Network, false, Some(204)),
        ];
        assert_eq!((told.as_slice(), beyond), (&expected[..], 0));
        let last = all.last().expect("the newest");
        assert_eq!((last.hsts.as_deref(), last.set_cookies), (Some("max-age=1"), 2));
    }

    #[test]
    fn more_than_the_bound_are_counted_and_long_ones_cut() {
        let long = format!("https://a.example/{}", "x".repeat(5_000));
        let count = MOST + 3;
        let (all, beyond) = requests(vec![exchange(&long, 1, answered(200, &[])); count]);
        assert_eq!((all.len(), beyond), (MOST, 3));
        assert!(all.iter().all(|request| request.url.chars().count() == 1_000 && request.url.ends_with('…')));
    }
}
