//! Whether a URL exists that would send a cookie in clear.

use litemap::LiteMap;

use super::{Cover, Facts, Stored};
use crate::field::Engine;
use crate::url::Url;

/// Seconds that a cookie without an end of its own is taken to last: browsers keep it until they
/// close, and longer where they restore their tabs.
const SESSION_LASTS: i64 = 86_400;

/// Where a cookie can travel unencrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// No URL sends it in clear; why.
    None(&'static str),
    /// This http URL sends it in clear today.
    ClearText {
        /// The URL.
        url: String,
        /// A host of this name was seen; otherwise any name will do, since whoever
        /// controls the network answers for it.
        seen: bool,
        /// The only engine that does so, where the other one's preload list has the host.
        only: Option<Engine>,
    },
    /// This http URL sends it in clear once the HSTS policy has run out, and the cookie
    /// outlives the policy.
    AfterPolicy {
        /// The URL.
        url: String,
        /// Seconds the policy lasts without another visit.
        policy: u64,
    },
}

impl Reach {
    /// The URL that would send it in clear today.
    pub fn clear_text_url(&self) -> Option<&str> {
        match self {
            Self::ClearText { url, .. } => Some(url),
            Self::None(_) | Self::AfterPolicy { .. } => None,
        }
    }
}

/// What is the same for all cookies without Secure of one domain.
#[derive(Debug, Clone)]
struct Scope {
    clear: Option<ClearHost>,
    /// The covering policy that ends first: its host, its end and its length.
    policy: Option<(String, i64, u64)>,
}

#[derive(Debug, Clone)]
struct ClearHost {
    host: String,
    seen: bool,
    only: Option<Engine>,
}

/// Domain × Secure × HSTS × preload, worked out once for each domain. Every engine's users count:
/// a list protects only browsers that ship it.
pub(super) struct Reaches<'f, 'a> {
    facts: &'f Facts<'a>,
    /// Hosts of the evidence, and whether one was asked for over http.
    hosts: LiteMap<&'a str, bool>,
    scopes: LiteMap<(String, bool), Scope>,
}

impl<'f, 'a> Reaches<'f, 'a> {
    pub(super) fn new(facts: &'f Facts<'a>) -> Self {
        let mut hosts: LiteMap<&str, bool> = LiteMap::new();
        for exchange in facts.exchanges() {
            *hosts.entry(exchange.url.host()).or_default() |= exchange.url.is_http();
        }
        Self { facts, hosts, scopes: LiteMap::new() }
    }

    /// Where a stored cookie can travel in clear.
    pub(super) fn of(&mut self, cookie: &Stored) -> Reach {
        if cookie.secure {
            return Reach::None("it is Secure");
        }
        let root = Url::parse(&format!("http://{}/", cookie.domain));
        if root.as_ref().is_some_and(Url::is_loopback) {
            return Reach::None("it never leaves this computer");
        }
        let key = (cookie.domain.clone(), cookie.host_only);
        if !self.scopes.contains_key(&key) {
            let scope = self.scope(cookie);
            self.scopes.insert(key.clone(), scope);
        }
        let Some(scope) = self.scopes.get(&key) else { return Reach::None("its domain is unknown") };
        if let Some(ClearHost { host, seen, only }) = &scope.clear {
            return Reach::ClearText { url: url(host, &cookie.path), seen: *seen, only: *only };
        }
        match &scope.policy {
            Some((host, ends_at, length)) if self.outlives(cookie, *ends_at) => {
                Reach::AfterPolicy { url: url(host, &cookie.path), policy: *length }
            }
            _ => Reach::None("HSTS covers every host that gets it"),
        }
    }

    fn scope(&self, cookie: &Stored) -> Scope {
        let mut scope = Scope { clear: None, policy: None };
        let mut best = 0;
        for (host, seen) in self.recipients(cookie) {
            let open = Engine::ALL.map(|engine| match self.facts.cover_in(&host, engine) {
                None => true,
                Some(Cover::Policy { host, max_age, ends_at }) => {
                    if scope.policy.as_ref().is_none_or(|(_, before, _)| ends_at < *before) {
                        scope.policy = Some((host, ends_at, max_age));
                    }
                    false
                }
                Some(Cover::Preloaded { .. } | Cover::PreloadedIn { .. }) => false,
            });
            let (rank, only) = match (open, self.facts.engine) {
                ([true, true], _) => (3, None),
                ([true, false], Engine::Chromium) => (2, Some(Engine::Chromium)),
                ([false, true], Engine::Firefox) => (2, Some(Engine::Firefox)),
                ([true, false], Engine::Firefox) => (1, Some(Engine::Chromium)),
                ([false, true], Engine::Chromium) => (1, Some(Engine::Firefox)),
                ([false, false], _) => (0, None),
            };
            // A host that every browser reaches in clear beats one that only some do.
            if rank > best {
                best = rank;
                scope.clear = Some(ClearHost { host, seen, only });
            }
            if best == 3 {
                break;
            }
        }
        scope
    }

    /// Hosts that get the cookie, the most convincing first: its own domain, hosts that were seen
    /// over http, others that were seen, then any name at all, since an attacker on the network can
    /// make the browser ask for one.
    fn recipients(&self, cookie: &Stored) -> Vec<(String, bool)> {
        let mut hosts = vec![(cookie.domain.clone(), true)];
        if cookie.host_only {
            return hosts;
        }
        let below = format!(".{}", cookie.domain);
        for over_http in [true, false] {
            let seen = self.hosts.iter().filter(|(host, http)| **http == over_http && host.ends_with(&below));
            hosts.extend(seen.map(|(host, _)| ((*host).to_owned(), true)));
        }
        hosts.push((format!("any{below}"), false));
        hosts
    }

    /// Whether the cookie is still there when the policy has run out.
    fn outlives(&self, cookie: &Stored, policy_ends_at: i64) -> bool {
        let end = cookie.expires_at.unwrap_or_else(|| self.facts.seen_until().saturating_add(SESSION_LASTS));
        end > policy_ends_at
    }
}

/// The http URL of a host at a cookie's path.
fn url(host: &str, path: &str) -> String {
    let path = if path.starts_with('/') { path } else { "/" };
    let root = format!("http://{host}/");
    Url::parse(&format!("http://{host}{path}")).map_or(root, |url| url.to_string())
}
