//! Set-Cookie lines and the jar, joined into one list of cookies.

use litemap::LiteMap;

use super::setting::{Setting, read_as};
use super::{CookieFact, CookieRefusal, Stored};
use crate::evidence::{Exchange, JarCookie, Observed};
use crate::fact::reach::Reaches;
use crate::fact::site::is_at_or_below;
use crate::fact::{CookieKind, Facts, Site};
use crate::field::octets::isomorphic_encode;
use crate::field::set_cookie::{Rejection, StoredCookie, Verdict};
use crate::field::{Engine, cookie_date};

/// Cookies of one site from which on both browsers drop the oldest: above 180 they go down to
/// 150 (`kDomainMaxCookies` and `kDomainPurgeCookies`; `network.cookie.maxPerHost` and
/// `network.cookie.quotaPerHost`).
const CROWDED: usize = 150;

/// Secure cookies of one name that a line over http is compared with: no jar holds more of a site.
const MOST_OF_A_SITE: usize = 180;

/// What tells entries apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    /// A cookie (RFC 6265bis §5.7 step 23, and its partition).
    Cookie { domain: String, name: String, path: String, host_only: bool, partition: Option<String> },
    /// Lines of one name that one host sent and that were refused for one reason.
    Refused { host: String, name: String, why: Option<Rejection> },
}

struct Merge<'f, 'a> {
    facts: &'f Facts<'a>,
    /// Every cookie in the order it was first seen; none where it was deleted since.
    slots: Vec<Option<CookieFact<'a>>>,
    index: LiteMap<Key, usize>,
    /// Secure cookies by name, for lines that come over http.
    secure: LiteMap<String, Vec<usize>>,
}

pub(in crate::fact) fn cookies<'a>(facts: &Facts<'a>) -> Vec<CookieFact<'a>> {
    let mut merge = Merge { facts, slots: Vec::new(), index: LiteMap::new(), secure: LiteMap::new() };
    let evidence = facts.evidence;
    let visits = evidence.visits.len();
    for exchange in &evidence.earlier {
        merge.exchange(exchange, false);
    }
    for (n, visit) in evidence.visits.iter().enumerate() {
        for exchange in &visit.exchanges {
            merge.exchange(exchange, n + 1 == visits || evidence.recording.is_some());
        }
    }
    merge.jar();
    merge.finish()
}

impl<'a> Merge<'_, 'a> {
    fn exchange(&mut self, exchange: &'a Exchange, recent: bool) {
        let Observed::Seen(response) = &exchange.response else { return };
        let date = response.values("date").next().and_then(cookie_date::response_date);
        let cross_site = self.is_cross_site(exchange);
        for field in response.fields.iter().filter(|f| f.name.eq_ignore_ascii_case("set-cookie")) {
            let mut setting = Setting::read(self.facts.knowledge, exchange, &field.value, date);
            // Attributes of a line that was cut are lost: it proves its length and no more.
            if field.cut_from.is_some() && !setting.parts.is_too_large() {
                continue;
            }
            setting.recent = recent;
            setting.cross_site = cross_site;
            self.line(setting);
        }
    }

    fn is_cross_site(&self, exchange: &Exchange) -> bool {
        let host = exchange.url.host();
        if crate::fact::is_navigation(exchange) {
            return false;
        }
        match &exchange.initiator {
            Some(origin) => {
                let asker = Site::new(origin, self.facts.knowledge);
                asker.url.is_some() && !asker.holds(host)
            }
            None => !self.facts.site.holds(host),
        }
    }

    fn line(&mut self, setting: Setting<'a>) {
        let engine = self.facts.engine;
        let refusal = setting.refusal(engine);
        match setting.reading(engine) {
            Verdict::Accepted(cookie) => {
                // Firefox takes a line without `=` for a name, which the mask hides: only the
                // jar knows it.
                let hidden = engine == Engine::Firefox && setting.parts.name.is_none();
                if hidden && self.facts.evidence.jar.is_seen() {
                    return;
                }
                let mut key = self.key(cookie);
                if let (true, Key::Cookie { name, .. }) = (hidden, &mut key) {
                    name.clear();
                }
                if self.meets_secure(&setting, cookie) {
                    self.refused(setting, None, Some(CookieRefusal::SecureExists));
                } else {
                    self.accepted(key, setting, refusal);
                }
            }
            Verdict::Rejected(Rejection::Expired) => self.deletion(&setting),
            Verdict::Rejected(why) => {
                let why = *why;
                self.refused(setting, Some(why), refusal);
            }
        }
    }

    fn accepted(&mut self, key: Key, setting: Setting<'a>, refusal: Option<CookieRefusal>) {
        let read = setting.reading(self.facts.engine).cookie();
        let (secure, stored) = (read.is_some_and(|cookie| cookie.secure), read.map(Stored::from));
        let at = self.slot(key, &setting);
        let Some(Some(cookie)) = self.slots.get_mut(at) else { return };
        cookie.settings.push(setting);
        cookie.stored = stored;
        cookie.refusal = refusal;
        if secure {
            let of_name = self.secure.entry(cookie.name.clone()).or_default();
            if of_name.last() != Some(&at) {
                of_name.push(at);
            }
        }
    }

    fn refused(&mut self, setting: Setting<'a>, why: Option<Rejection>, refusal: Option<CookieRefusal>) {
        // Where there is no `=` the mask hides what was written: it has no name to tell.
        let name = setting.parts.name.map(|name| utf8_of(name.of(setting.line))).unwrap_or_default();
        let key = Key::Refused { host: setting.exchange.url.host().to_owned(), name, why };
        let at = self.slot(key, &setting);
        if let Some(Some(cookie)) = self.slots.get_mut(at) {
            cookie.settings.push(setting);
            cookie.refusal = refusal;
        }
    }

    /// A line that is expired at once deletes a cookie: that is housekeeping, no defect, and what
    /// it deleted is gone.
    fn deletion(&mut self, setting: &Setting<'a>) {
        // The last Max-Age counts, and beats Expires: with one more the line names what it deletes.
        let alive = [setting.line, b"; Max-Age=60"].concat();
        let engine = self.facts.engine;
        let read = read_as(self.facts.knowledge, engine, setting.exchange, &alive, setting.response_date);
        let Some(cookie) = read.cookie() else { return };
        if self.meets_secure(setting, cookie) {
            return;
        }
        if let Some(at) = self.index.remove(&self.key(cookie))
            && let Some(slot) = self.slots.get_mut(at)
        {
            *slot = None;
        }
    }

    /// Whether a line over http would overwrite, delete or shadow a Secure cookie that was set
    /// before (RFC 6265bis §5.7 step 15): the same name, one domain below the other, and a path
    /// at or below that cookie's.
    fn meets_secure(&self, setting: &Setting<'_>, new: &StoredCookie) -> bool {
        if setting.exchange.url.is_potentially_trustworthy() {
            return false;
        }
        let Some(of_name) = self.secure.get(&utf8(&new.name)) else { return false };
        of_name.iter().rev().take(MOST_OF_A_SITE).any(|&at| {
            let Some(Some(CookieFact { stored: Some(old), .. })) = self.slots.get(at) else { return false };
            old.secure
                && (is_at_or_below(&old.domain, &new.domain) || is_at_or_below(&new.domain, &old.domain))
                && path_matches(&utf8(&new.path), &old.path)
        })
    }

    fn jar(&mut self) {
        let Observed::Seen(jar) = &self.facts.evidence.jar else { return };
        for stored in jar {
            let key = Key::Cookie {
                domain: jar_domain(stored),
                name: stored.name.clone(),
                path: stored.path.clone(),
                host_only: stored.host_only,
                partition: stored.partition.as_deref().map(|site| self.site_of(site)),
            };
            let known = self.index.get(&key).copied();
            let at = known.unwrap_or_else(|| {
                let first_party = self.facts.site.holds(&jar_domain(stored));
                self.push(key, &stored.name, first_party)
            });
            if let Some(Some(cookie)) = self.slots.get_mut(at) {
                cookie.in_jar = Some(stored);
                cookie.stored = Some(Stored::from(stored));
            }
        }
        for change in &self.facts.evidence.jar_changes {
            let key = Key::Cookie {
                domain: change.domain.to_ascii_lowercase(),
                name: change.name.clone(),
                path: change.path.clone(),
                host_only: change.host_only,
                partition: change.partition.as_deref().map(|site| self.site_of(site)),
            };
            let known = self.index.get(&key).copied();
            if let Some(Some(cookie)) = known.and_then(|at| self.slots.get_mut(at)) {
                cookie.change = Some(change);
            }
        }
    }

    fn finish(self) -> Vec<CookieFact<'a>> {
        let facts = self.facts;
        let jar = facts.evidence.jar.as_ref().seen();
        let site_cookies =
            jar.map_or(0, |jar| jar.iter().filter(|cookie| facts.site.holds(&jar_domain(cookie))).count());
        let (ended, finished) = (facts.seen_until(), facts.is_finished());
        let mut reaches = Reaches::new(facts);
        let mut cookies = Vec::new();
        for mut cookie in self.slots.into_iter().flatten() {
            if cookie.in_jar.is_none()
                && let Some(stored) = &cookie.stored
            {
                if stored.expires_at.is_some_and(|end| end <= ended) {
                    continue;
                }
                let recent = cookie.last_setting().is_some_and(|setting| setting.recent);
                if jar.is_some() && cookie.first_party {
                    // What an earlier visit set and the jar does not hold is gone by now.
                    if !recent {
                        continue;
                    }
                    let alive = stored.expires_at.is_none_or(|end| end > facts.now);
                    let cross_site = cookie.last_setting().is_some_and(|setting| setting.cross_site);
                    // A browser that took it, and was told to remove it since, refused nothing.
                    let taken = cookie.change.is_some();
                    if finished && alive && !cross_site && !taken && cookie.refusal.is_none() {
                        cookie.refusal = Some(CookieRefusal::NotInJar { crowded: site_cookies >= CROWDED });
                    }
                }
            }
            cookie.reach = cookie.stored.as_ref().map(|stored| reaches.of(stored));
            cookies.push(cookie);
        }
        cookies
    }

    /// The slot of this key, made where there is none.
    fn slot(&mut self, key: Key, setting: &Setting<'a>) -> usize {
        if let Some(at) = self.index.get(&key) {
            return *at;
        }
        let name = match &key {
            Key::Cookie { name, .. } | Key::Refused { name, .. } => name.clone(),
        };
        let first_party = self.facts.site.holds(setting.exchange.url.host());
        self.push(key, &name, first_party)
    }

    fn push(&mut self, key: Key, name: &str, first_party: bool) -> usize {
        let at = self.slots.len();
        self.slots.push(Some(CookieFact {
            name: name.to_owned(),
            kind: CookieKind::of_name(name),
            first_party,
            settings: Vec::new(),
            in_jar: None,
            change: None,
            stored: None,
            refusal: None,
            reach: None,
        }));
        self.index.insert(key, at);
        at
    }

    fn key(&self, read: &StoredCookie) -> Key {
        Key::Cookie {
            domain: read.domain.clone(),
            name: utf8(&read.name),
            path: utf8(&read.path),
            host_only: read.host_only,
            partition: read.partitioned.then(|| self.site_of(&self.facts.site.address)),
        }
    }

    /// The site of an address, as both browsers name partitions: a scheme apart, which a
    /// first-party page has in common with its own cookies.
    fn site_of(&self, address: &str) -> String {
        let site = Site::new(address, self.facts.knowledge);
        site.registrable_domain.unwrap_or(site.host)
    }
}

/// The domain without a leading dot, which Firefox's and Chromium's own stores have.
pub(super) fn jar_domain(cookie: &JarCookie) -> String {
    cookie.domain.strip_prefix('.').unwrap_or(&cookie.domain).to_ascii_lowercase()
}

/// Isomorphically decoded octets as the browsers' cookie interface shows them.
fn utf8(isomorphic: &str) -> String {
    if isomorphic.is_ascii() {
        return isomorphic.to_owned();
    }
    isomorphic_encode(isomorphic).map_or_else(|_| isomorphic.to_owned(), |octets| utf8_of(&octets))
}

fn utf8_of(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// Whether a request path lies at or below a cookie's path (RFC 6265bis §5.1.4).
fn path_matches(path: &str, cookie_path: &str) -> bool {
    path.strip_prefix(cookie_path)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || cookie_path.ends_with('/'))
}
