//! Strict-Transport-Security as it was received, host by host, and what is in force.

use litemap::LiteMap;

use super::cover::Cover;
use super::failure;
use super::site::undotted;
use crate::evidence::{Evidence, Exchange, Observed, Reason, Response, Visit};
use crate::field::Engine;
use crate::field::hsts::{self, Reading};
use crate::field::hstspreload::{self, Parsed};

/// The field's name.
pub const FIELD: &str = "strict-transport-security";

/// What one https response said about HSTS.
#[derive(Debug, Clone)]
pub struct HostPolicy<'a> {
    /// The response.
    pub exchange: &'a Exchange,
    /// Every field line of it, in order; empty when it had none.
    pub fields: Vec<&'a [u8]>,
    /// It came from the server since the page's visit began: what the host says now.
    pub is_current: bool,
    /// A browser takes a policy from it: the host is a name and the certificate was accepted
    /// (RFC 6797 §8.1, §8.1.1).
    pub accepted: bool,
    /// As Chromium reads them.
    pub chromium: Reading,
    /// As Firefox reads them.
    pub firefox: Reading,
    /// As hstspreload.org reads the first; none without a field.
    pub preload_site: Option<Parsed>,
}

impl HostPolicy<'_> {
    /// The reading of one engine.
    pub const fn reading(&self, engine: Engine) -> &Reading {
        match engine {
            Engine::Chromium => &self.chromium,
            Engine::Firefox => &self.firefox,
        }
    }

    /// What it says, without the shorter of the two browsers' caps: seconds, sub-domains.
    pub fn declared(&self) -> Option<(u64, bool)> {
        self.firefox.in_force().or_else(|| self.chromium.in_force())
    }

    /// Whether both browsers do the same with it, but for how long they keep a policy.
    pub fn browsers_agree(&self) -> bool {
        same(&self.chromium) == same(&self.firefox)
    }

    /// Whether the fields of two responses mean the same to browsers and to hstspreload.org.
    pub fn says_the_same_as(&self, other: &HostPolicy<'_>) -> bool {
        let kind =
            |policy: &HostPolicy<'_>| (same(&policy.chromium), same(&policy.firefox), policy.declared());
        kind(self) == kind(other) && self.asks_for_preload() == other.asks_for_preload()
    }

    /// Whether `preload` stands in it, as hstspreload.org reads it.
    pub fn asks_for_preload(&self) -> bool {
        self.preload_site.as_ref().is_some_and(|parsed| parsed.policy.preload)
    }

    /// The first field line, the one that decides.
    pub fn first(&self) -> Option<&[u8]> {
        self.fields.first().copied()
    }
}

/// A reading without what does not count as a difference: why a field is void, and time
/// beyond the shorter of the browsers' caps, a year.
fn same(reading: &Reading) -> (u8, Option<(u64, bool)>) {
    let kind = match reading {
        Reading::Absent => 0,
        Reading::Void(_) => 1,
        Reading::Delete { .. } => 2,
        Reading::InForce { .. } => 3,
    };
    (kind, reading.in_force().map(|(max_age, subdomains)| (max_age.min(31_536_000), subdomains)))
}

/// A policy as a browser holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// Seconds, as this browser caps it.
    pub max_age: u64,
    /// It covers the sub-domains too.
    pub include_subdomains: bool,
    /// When it ends without another visit, in seconds since the epoch.
    pub ends_at: i64,
}

/// All of it.
#[derive(Debug, Default)]
pub struct HstsFacts<'a> {
    by_host: LiteMap<String, Vec<HostPolicy<'a>>>,
    /// Why the newest https load of a host showed no field.
    unseen: LiteMap<String, Reason>,
    otherwise: Option<Reason>,
    /// What each host's own responses leave in force: in Chromium, in Firefox.
    own: LiteMap<String, [Option<Own>; 2]>,
}

impl<'a> HstsFacts<'a> {
    pub(super) fn new(evidence: &'a Evidence, visit: Option<&'a Visit>, exchanges: &[&'a Exchange]) -> Self {
        let in_browser = evidence.recorder.browser.is_some();
        let mut facts = Self {
            otherwise: match visit {
                _ if !in_browser => Some(Reason::NotInInput),
                Some(Visit { watched: Observed::Unseen(reason), .. }) => Some(*reason),
                _ => None,
            },
            ..Self::default()
        };
        // Of a session every page is what the site says now.
        let shown = if evidence.recording.is_some() { evidence.visits.first() } else { visit };
        let in_visit = |exchange: &Exchange| {
            shown.is_some_and(|visit| {
                exchange.at >= visit.began_at
                    || visit.exchanges.as_ptr_range().contains(&std::ptr::from_ref(exchange))
            })
        };
        for &exchange in exchanges.iter().filter(|exchange| exchange.url.is_https()) {
            facts.take(evidence, exchange, !in_browser || in_visit(exchange));
        }
        // By the clock of the evidence: what had run out before its end covers nothing.
        let end = exchanges.iter().map(|exchange| exchange.at.div_euclid(1000)).max();
        for (host, policies) in &facts.by_host {
            let own = Engine::ALL.map(|engine| left_in_force(policies, engine, end.unwrap_or_default()));
            facts.own.insert(host.clone(), own);
        }
        facts
    }

    fn take(&mut self, evidence: &Evidence, exchange: &'a Exchange, is_current: bool) {
        let host = undotted(exchange.url.host()).to_owned();
        let response = match &exchange.response {
            Observed::Seen(response) => response,
            Observed::Unseen(reason) => {
                self.unseen.insert(host, *reason);
                return;
            }
        };
        if is_cut(response) {
            // It may say anything, and so what was in force before it may be no more.
            self.by_host.remove(&host);
            self.unseen.insert(host, Reason::OverLimit);
            return;
        }
        let fields: Vec<&[u8]> = response.values(FIELD).collect();
        if fields.is_empty() && response.dropped > 0 {
            self.unseen.insert(host, Reason::OverLimit);
            return;
        }
        // A cached answer without the field proves nothing: Chromium strips it. Nor does a
        // 304, which need not repeat it (RFC 9110 §15.4.5).
        if fields.is_empty() && (exchange.from_cache || response.status == 304) {
            self.unseen.insert(host, Reason::FromCache);
            return;
        }
        let policy = HostPolicy {
            exchange,
            is_current: is_current && !exchange.from_cache,
            accepted: !exchange.url.host_is_ip()
                && !failure::is_overridden(evidence, exchange)
                && !is_learned_apart(evidence, exchange),
            chromium: hsts::read(Engine::Chromium, &fields),
            firefox: hsts::read(Engine::Firefox, &fields),
            preload_site: fields.first().map(|first| hstspreload::parse(first)),
            fields,
        };
        self.by_host.entry(host).or_default().push(policy);
    }

    /// Every https response of a host, in order.
    pub fn responses(&self, host: &str) -> &[HostPolicy<'a>] {
        self.by_host.get(undotted(host)).map_or(&[], Vec::as_slice)
    }

    /// Every host with an https response, in order of name.
    pub fn hosts(&self) -> impl Iterator<Item = (&str, &[HostPolicy<'a>])> {
        self.by_host.iter().map(|(host, policies)| (host.as_str(), policies.as_slice()))
    }

    /// The https responses of a host that came from its server since the page's visit
    /// began: what it says now. All of them in an input that is no browser's.
    pub fn current(&self, host: &str) -> impl Iterator<Item = &HostPolicy<'a>> {
        self.responses(host).iter().filter(|policy| policy.is_current)
    }

    /// The response that speaks for a host: the newest page load, else the newest of any kind.
    pub fn policy(&self, host: &str) -> Observed<&HostPolicy<'a>> {
        let responses = self.responses(host);
        let speaks = responses
            .iter()
            .rfind(|policy| super::is_navigation(policy.exchange))
            .or_else(|| responses.last());
        match speaks {
            Some(policy) => Observed::Seen(policy),
            None => Observed::Unseen(
                self.unseen.get(undotted(host)).copied().or(self.otherwise).unwrap_or(Reason::NotProbed),
            ),
        }
    }

    /// What this very response of a host said, where it can be told.
    pub fn of(&self, exchange: &Exchange) -> Option<&HostPolicy<'a>> {
        self.responses(exchange.url.host()).iter().find(|policy| std::ptr::eq(policy.exchange, exchange))
    }

    /// The policy that a browser holds of a host's own, at the end of the evidence.
    pub fn own(&self, host: &str, engine: Engine) -> Option<Own> {
        let [chromium, firefox] = self.own.get(undotted(host))?;
        match engine {
            Engine::Chromium => *chromium,
            Engine::Firefox => *firefox,
        }
    }

    /// The policy of a parent domain that covers `host` in this engine; of several the one
    /// that lasts longest.
    pub fn parent(&self, host: &str, engine: Engine) -> Option<Cover> {
        let host = undotted(host);
        host.match_indices('.')
            .filter_map(|(dot, _)| host.get(dot + 1..))
            .filter_map(|owner| Some((owner, self.own(owner, engine)?)))
            .filter(|(_, own)| own.include_subdomains)
            .reduce(|best, next| if next.1.ends_at > best.1.ends_at { next } else { best })
            .map(|(owner, own)| own.cover(owner))
    }

    /// What covers a host in this engine: its own policy, or a parent's with sub-domains,
    /// whichever lasts longer.
    pub fn learned(&self, host: &str, engine: Engine) -> Option<Cover> {
        let host = undotted(host);
        let own = self.own(host, engine);
        match self.parent(host, engine) {
            Some(Cover::Policy { host, max_age, ends_at }) if own.is_none_or(|own| own.ends_at < ends_at) => {
                Some(Cover::Policy { host, max_age, ends_at })
            }
            _ => own.map(|own| own.cover(host)),
        }
    }
}

impl Own {
    fn cover(self, host: &str) -> Cover {
        Cover::Policy { host: host.to_owned(), max_age: self.max_age, ends_at: self.ends_at }
    }
}

/// Firefox keeps a policy for the top-level site in which it was met: the redirect check's are its own.
fn is_learned_apart(evidence: &Evidence, exchange: &Exchange) -> bool {
    evidence.engine() == Engine::Firefox
        && evidence
            .probe
            .as_ref()
            .is_some_and(|probe| probe.exchanges.as_ptr_range().contains(&std::ptr::from_ref(exchange)))
}

/// Whether the field that decides, the first, is longer than what is kept of it.
pub(super) fn is_cut(response: &Response) -> bool {
    let first = response.fields.iter().find(|field| field.name.eq_ignore_ascii_case(FIELD));
    first.is_some_and(|field| field.cut_from.is_some())
}

/// What a host's responses leave in force, one after the other: a void field and an absent one
/// leave what was there, `max-age=0` deletes it (RFC 6797 §8.1), and time ends it.
fn left_in_force(policies: &[HostPolicy<'_>], engine: Engine, end: i64) -> Option<Own> {
    let mut held = None;
    let mut asked_server = false;
    for policy in policies.iter().filter(|policy| policy.accepted) {
        // An answer from the cache repeats what the server said at an earlier time: it counts
        // only while nothing newer is known.
        if policy.exchange.from_cache && asked_server {
            continue;
        }
        asked_server |= !policy.exchange.from_cache;
        held = match *policy.reading(engine) {
            Reading::InForce { max_age, include_subdomains } => {
                let lasts = i64::try_from(max_age).unwrap_or(i64::MAX);
                let ends_at = policy.exchange.at.div_euclid(1000).saturating_add(lasts);
                Some(Own { max_age, include_subdomains, ends_at })
            }
            Reading::Delete { .. } => None,
            Reading::Absent | Reading::Void(_) => held,
        };
    }
    held.filter(|own| own.ends_at > end)
}
