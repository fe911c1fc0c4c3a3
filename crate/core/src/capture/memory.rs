//! What earlier page loads said about an origin.

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::request::Request;
use crate::evidence::{Exchange, Failure, Observed, Reason, ResourceKind};
use crate::map;
use crate::order::sorted;
use crate::url::Url;

/// Origins that are remembered.
const MAX_ORIGINS: usize = 600;
/// Octets of JSON that all of them together may take.
const MAX_OCTETS: usize = 1024 * 1024;
/// Octets of field values that are remembered of one answer.
const MAX_ANSWER: usize = 2 * 1024;
/// The fields that matter later: which policy was sent, and where http led.
const FIELDS: [&str; 3] = ["strict-transport-security", "location", "date"];

/// What outlives a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// By origin: what answers on another port is another service.
    #[serde(with = "map")]
    origins: LiteMap<String, Origin>,
    /// When the first request of all was made, milliseconds since the epoch; 0 before there was one.
    since: i64,
}

/// The newest of each kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Origin {
    answer: Option<Exchange>,
    failure: Option<Failure>,
    /// What these take in JSON.
    octets: usize,
}

impl Origin {
    fn at(&self) -> i64 {
        let answer = self.answer.as_ref().map(|answer| answer.at);
        answer.max(self.failure.as_ref().map(|failure| failure.at)).unwrap_or_default()
    }

    /// Takes in an answer. Returns whether it is new.
    fn answered(&mut self, answer: Exchange) -> bool {
        if self.answer.as_ref().is_some_and(|old| old.at > answer.at || *old == answer) {
            return false;
        }
        self.answer = Some(answer);
        true
    }

    /// Takes in a failure. Returns whether it is new.
    fn failed(&mut self, failure: Failure) -> bool {
        if self.failure.as_ref().is_some_and(|old| old.at >= failure.at) {
            return false;
        }
        self.failure = Some(failure);
        true
    }
}

impl Memory {
    /// Remembers what the hops of a page load say. Returns whether that is anything new.
    pub(super) fn learn(&mut self, load: &Request) -> bool {
        let mut news = self.since == 0 || load.at() < self.since;
        if news {
            self.since = load.at();
        }
        for hop in load.fresh() {
            let answer = slim(hop);
            news |= self.update(&answer.url.origin(), |origin| origin.answered(answer));
        }
        for hop in &load.hops {
            if let Some(error) = hop.error.as_ref().filter(|error| !is_abort(error)) {
                let url = hop.url.as_str().to_owned();
                let failure = Failure { url, error: error.clone(), at: hop.at };
                news |= self.update(&hop.url.origin(), |origin| origin.failed(failure));
            }
        }
        self.trim();
        news
    }

    /// Whether requests were told already when a navigation began (0: nobody saw it begin).
    pub(super) fn was_watching(&self, began: i64) -> bool {
        self.since != 0 && self.since < began
    }

    fn update(&mut self, name: &str, change: impl FnOnce(&mut Origin) -> bool) -> bool {
        let origin = self.origins.entry(name.to_owned()).or_default();
        let news = change(origin);
        if news {
            origin.octets = crate::json::compact(origin).map_or(0, |json| json.len());
        }
        news
    }

    /// Forgets what is beyond the bounds, the least recently seen first.
    fn trim(&mut self) {
        let mut total: usize = self.origins.iter().map(|(name, origin)| name.len() + origin.octets).sum();
        while self.origins.len() > MAX_ORIGINS || total > MAX_OCTETS {
            let oldest = self.origins.iter().min_by_key(|(name, origin)| (origin.at(), *name));
            let Some(name) = oldest.map(|(name, _)| name.clone()) else { break };
            let octets = self.origins.remove(&name).map_or(0, |origin| origin.octets);
            total = total.saturating_sub(name.len() + octets);
        }
    }

    /// The remembered answers of the hosts that `wanted` picks, oldest first.
    pub(super) fn earlier(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Exchange> {
        let answers = self.origins.values().filter_map(|origin| origin.answer.as_ref());
        let answers = answers.filter(|answer| wanted(answer.url.host())).cloned();
        sorted(answers.collect(), |a, b| (a.at, &a.url).cmp(&(b.at, &b.url)))
    }

    /// The remembered failures of these hosts, oldest first.
    pub(super) fn failures(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Failure> {
        let failures = self.origins.values().filter_map(|origin| origin.failure.as_ref());
        let of_wanted = |failure: &&Failure| Url::parse(&failure.url).is_some_and(|url| wanted(url.host()));
        sorted(failures.filter(of_wanted).cloned().collect(), |a, b| (a.at, &a.url).cmp(&(b.at, &b.url)))
    }
}

/// An answer without what only matters while its page is shown.
pub(super) fn slim(mut hop: Exchange) -> Exchange {
    hop.kind = ResourceKind::MainFrame;
    hop.initiator = None;
    if let Observed::Seen(response) = &mut hop.response {
        let (mut left, mut dropped) = (MAX_ANSWER, response.dropped);
        response.fields.retain(|field| {
            if !FIELDS.contains(&field.name.to_ascii_lowercase().as_str()) {
                return false;
            }
            let rest = left.checked_sub(field.value.len());
            left = rest.unwrap_or(left);
            dropped += u64::from(rest.is_none());
            rest.is_some()
        });
        response.dropped = dropped;
    }
    if let Observed::Seen(connection) = &mut hop.connection {
        connection.certificates = Observed::Unseen(Reason::OverLimit);
    }
    hop
}

/// The navigation was given up (a download, a 204, another click): not a failure of the site.
pub(super) fn is_abort(error: &str) -> bool {
    // 0x804B0002 is NS_BINDING_ABORTED; Firefox also tells that a load moved to another process.
    matches!(
        error,
        "net::ERR_ABORTED" | "NS_BINDING_ABORTED" | "Error code 2152398850" | "NS_BINDING_RETARGETED"
    )
}
