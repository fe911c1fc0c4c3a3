//! What earlier page loads said about a host.

use litemap::LiteMap;

use serde::{Deserialize, Serialize};

use super::request::Request;
use crate::evidence::{Exchange, Failure, Observed, Reason, ResourceKind};
use crate::map;
use crate::order::sorted;

/// Hosts that are remembered, the least recently seen out first.
const MAX_HOSTS: usize = 300;
/// Octets of field values that are remembered of one answer.
const MAX_ANSWER: usize = 2 * 1024;
/// The fields that matter later: which policy was sent, and where http led.
const FIELDS: [&str; 3] = ["strict-transport-security", "location", "date"];

/// What outlives a page.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    #[serde(with = "map")]
    hosts: LiteMap<String, Host>,
}

/// The newest of each kind.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Host {
    http: Option<Exchange>,
    https: Option<Exchange>,
    failure: Option<Failure>,
}

impl Host {
    fn at(&self) -> i64 {
        let exchanges = [&self.http, &self.https].into_iter().flatten().map(|exchange| exchange.at);
        exchanges.chain(self.failure.as_ref().map(|failure| failure.at)).max().unwrap_or_default()
    }
}

impl Memory {
    /// Remembers what the hops of a page load say. Returns whether that is anything new.
    pub(super) fn learn(&mut self, load: &Request) -> bool {
        let mut news = false;
        for hop in load.fresh() {
            news |= self.answer(hop);
        }
        for hop in &load.hops {
            if let Some(error) = hop.error.as_ref().filter(|error| !is_abort(error)) {
                let url = hop.url.as_str().to_owned();
                let failure = Failure { url, error: error.clone(), at: hop.at };
                let host = self.hosts.entry(hop.url.host().to_owned()).or_default();
                if host.failure.as_ref().is_none_or(|old| old.at < failure.at) {
                    host.failure = Some(failure);
                    news = true;
                }
            }
        }
        while self.hosts.len() > MAX_HOSTS {
            let oldest = self.hosts.iter().min_by_key(|(name, host)| (host.at(), *name));
            let Some(name) = oldest.map(|(name, _)| name.clone()) else { break };
            self.hosts.remove(&name);
        }
        news
    }

    fn answer(&mut self, hop: Exchange) -> bool {
        let host = self.hosts.entry(hop.url.host().to_owned()).or_default();
        let place = if hop.url.is_https() { &mut host.https } else { &mut host.http };
        let slim = slim(hop);
        if place.as_ref().is_some_and(|old| old.at > slim.at || *old == slim) {
            return false;
        }
        *place = Some(slim);
        true
    }

    /// The remembered answers of the hosts that `wanted` picks, oldest first.
    pub(super) fn earlier(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Exchange> {
        let hosts = self.hosts.iter().filter(|(name, _)| wanted(name)).map(|(_, host)| host);
        let answers = hosts.flat_map(|host| [&host.http, &host.https].into_iter().flatten().cloned());
        sorted(answers.collect(), |a, b| (a.at, &a.url).cmp(&(b.at, &b.url)))
    }

    /// The remembered failures of these hosts, oldest first.
    pub(super) fn failures(&self, wanted: &dyn Fn(&str) -> bool) -> Vec<Failure> {
        let hosts = self.hosts.iter().filter(|(name, _)| wanted(name)).map(|(_, host)| host);
        let failures = hosts.filter_map(|host| host.failure.clone());
        sorted(failures.collect(), |a, b| (a.at, &a.url).cmp(&(b.at, &b.url)))
    }
}

/// An answer without what only matters while its page is shown.
fn slim(mut hop: Exchange) -> Exchange {
    hop.kind = ResourceKind::MainFrame;
    hop.initiator = None;
    if let Observed::Seen(response) = &mut hop.response {
        let mut left = MAX_ANSWER;
        response.dropped = 0;
        response.fields.retain(|field| {
            if !FIELDS.contains(&field.name.to_ascii_lowercase().as_str()) {
                return false;
            }
            let rest = left.checked_sub(field.value.len());
            left = rest.unwrap_or(left);
            rest.is_some()
        });
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
