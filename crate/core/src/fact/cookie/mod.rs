//! Cookies: every Set-Cookie line that was seen, joined with what the browser stores.
//!
//! A cookie is one entry of a browser's jar, told apart by name, domain, host-only flag,
//! path and partition (RFC 6265bis §5.7 step 23, CHIPS); neither port nor scheme separates
//! cookies. [`merge`] builds the list, [`super::reach`] says where each can go in clear.

mod merge;
mod setting;
#[cfg(test)]
mod tests;

pub use setting::Setting;

pub(super) use merge::cookies;

use super::{CookieKind, Facts, Reach};
use crate::check::{Gap, Location, What, code};
use crate::evidence::{JarChange, JarCookie, Observed, Reason, SameSiteStored};
use crate::field::Engine;
use crate::field::set_cookie::{AttributeKind, Rejection, SameSite, StoredCookie};

/// The attributes that count: of the jar where it was seen, else of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Octets of its value.
    pub value_length: usize,
    /// Without a leading dot.
    pub domain: String,
    /// Sent to this very host only.
    pub host_only: bool,
    /// The path.
    pub path: String,
    /// Sent over https only.
    pub secure: bool,
    /// Hidden from scripts.
    pub http_only: bool,
    /// The `SameSite` attribute.
    pub same_site: SameSite,
    /// Seconds since the epoch; none for a session cookie.
    pub expires_at: Option<i64>,
    /// Partitioned by top-level site (CHIPS).
    pub partitioned: bool,
}

/// A browser does not keep what a Set-Cookie line asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieRefusal {
    /// By the rules for any cookie.
    Rule {
        /// Which rule.
        rejection: Rejection,
        /// The only engine that refuses it; none where both do.
        only: Option<Engine>,
    },
    /// An http response may not overwrite or shadow a Secure cookie (RFC 6265bis §5.7 step 15).
    SecureExists,
    /// The rules allow it, and the browser's jar does not hold it.
    NotInJar {
        /// The jar holds so many cookies of the site that the browser drops the oldest.
        crowded: bool,
    },
}

impl CookieRefusal {
    /// The rule that was broken.
    pub const fn rejection(&self) -> Option<Rejection> {
        match self {
            Self::Rule { rejection, .. } => Some(*rejection),
            Self::SecureExists | Self::NotInJar { .. } => None,
        }
    }
}

/// One cookie, or a line that asked for one in vain.
#[derive(Debug, Clone)]
pub struct CookieFact<'a> {
    /// Its name; empty for a nameless one.
    pub name: String,
    /// What it is for.
    pub kind: CookieKind,
    /// The host it belongs to, or was refused for, is of the site.
    pub first_party: bool,
    /// Lines that set it and that the recording browser takes, in order; for a refused
    /// cookie the lines that it refuses.
    pub settings: Vec<Setting<'a>>,
    /// As the browser stores it; none where it was refused, or the jar was not seen.
    pub in_jar: Option<&'a JarCookie>,
    /// What became of it since the browser began; none where no change was seen.
    pub change: Option<&'a JarChange>,
    /// Its attributes; none where the recording browser's rules refuse it.
    pub stored: Option<Stored>,
    /// A browser refuses it.
    pub refusal: Option<CookieRefusal>,
    /// Whether it can travel in clear; none where it is not stored.
    pub reach: Option<Reach>,
}

impl<'a> CookieFact<'a> {
    /// The last line that set it.
    pub fn last_setting(&self) -> Option<&Setting<'a>> {
        self.settings.last()
    }

    /// The attributes `Secure` and `HttpOnly` that it had and has no longer.
    pub fn lost(&self) -> impl Iterator<Item = &'static str> {
        let both = self.change.zip(self.stored.as_ref()).map(|(change, stored)| {
            let secure = change.was_secure && !stored.secure;
            let http_only = change.was_http_only && !stored.http_only;
            [secure.then_some("Secure"), http_only.then_some("HttpOnly")]
        });
        both.into_iter().flatten().flatten()
    }

    /// It was seen set over a response, not only found in the jar.
    pub fn was_set(&self) -> bool {
        !self.settings.is_empty()
    }

    /// Its name as code in a sentence that begins with it.
    pub fn called(&self) -> String {
        if self.name.is_empty() { "A cookie without a name".to_owned() } else { code(&self.name) }
    }

    /// The same within a sentence.
    pub fn called_within(&self) -> String {
        if self.name.is_empty() { "a cookie without a name".to_owned() } else { code(&self.name) }
    }

    /// Its name where lines of configuration can hold it as it stands, else `NAME`.
    pub fn name_for_lines(&self) -> &str {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if !self.name.is_empty() && self.name.len() <= 64 && self.name.chars().all(plain) {
            &self.name
        } else {
            "NAME"
        }
    }

    /// Where a finding about it points.
    pub fn location(&self) -> Location {
        self.location_of(&[])
    }

    /// The same, with the last of these attributes marked where the line has one.
    pub fn location_of(&self, kinds: &[AttributeKind]) -> Location {
        match self.last_setting() {
            Some(setting) => setting.location(kinds).cookie(&self.name),
            None => Location::default().cookie(&self.name),
        }
    }
}

impl From<&JarCookie> for Stored {
    fn from(jar: &JarCookie) -> Self {
        Self {
            value_length: jar.value_length,
            domain: merge::jar_domain(jar),
            host_only: jar.host_only,
            path: jar.path.clone(),
            secure: jar.secure,
            http_only: jar.http_only,
            same_site: match jar.same_site {
                SameSiteStored::Strict => SameSite::Strict,
                SameSiteStored::Lax => SameSite::Lax,
                SameSiteStored::NoRestriction => SameSite::None,
                SameSiteStored::Unspecified => SameSite::Unspecified,
            },
            expires_at: jar.expires_at,
            partitioned: jar.partition.is_some(),
        }
    }
}

impl From<&StoredCookie> for Stored {
    fn from(read: &StoredCookie) -> Self {
        Self {
            value_length: read.value_length,
            domain: read.domain.clone(),
            host_only: read.host_only,
            path: read.path.clone(),
            secure: read.secure,
            http_only: read.http_only,
            same_site: read.same_site,
            expires_at: read.expires_at,
            partitioned: read.partitioned,
        }
    }
}

impl<'a> Facts<'a> {
    /// The site's cookies that the browser holds, with their attributes.
    pub fn own_cookies(&self) -> impl Iterator<Item = (&CookieFact<'a>, &Stored)> {
        self.cookies
            .iter()
            .filter(|cookie| cookie.first_party)
            .filter_map(|cookie| cookie.stored.as_ref().map(|stored| (cookie, stored)))
    }

    /// Whether the page's own load has come to an end, as far as was recorded.
    pub fn is_finished(&self) -> bool {
        let loading = |visit: &crate::evidence::Visit| {
            visit.exchanges.iter().any(|e| matches!(e.response, Observed::Unseen(Reason::StillLoading)))
        };
        self.page().is_seen() && self.visit.is_some_and(|visit| visit.failure.is_none() && !loading(visit))
    }

    /// What of the site's cookies was not observed: the page's Set-Cookie fields, else the jar.
    pub fn cookie_gap(&self) -> Option<Gap> {
        self.set_cookie_gap().or_else(|| match &self.evidence.jar {
            Observed::Unseen(reason) => Some(Gap::new(What::CookieJar, *reason)),
            Observed::Seen(_) => None,
        })
    }

    /// The page's Set-Cookie fields, where they were not observed.
    pub fn set_cookie_gap(&self) -> Option<Gap> {
        match self.set_cookies_seen() {
            Observed::Unseen(reason) => Some(Gap::new(What::SetCookies, reason)),
            Observed::Seen(()) => None,
        }
    }

    /// The page's sub-resources, where they were not all observed.
    pub fn sub_resource_gap(&self) -> Option<Gap> {
        let unseen = |reason| Some(Gap::new(What::SubResources, reason));
        match self.visit {
            None => unseen(Reason::NotInInput),
            Some(_) if self.evidence.recorder.browser.is_none() => unseen(Reason::NotInInput),
            Some(visit) => match visit.watched {
                Observed::Unseen(reason) => unseen(reason),
                Observed::Seen(()) if let Some(reason) = visit.unseen_hosts => {
                    Some(Gap::new(What::OtherHosts, reason))
                }
                Observed::Seen(()) if visit.dropped > 0 => unseen(Reason::OverLimit),
                Observed::Seen(()) if visit.failure.is_some() => unseen(Reason::LoadFailed),
                Observed::Seen(()) if !self.is_finished() => unseen(Reason::StillLoading),
                Observed::Seen(()) => None,
            },
        }
    }

    /// When the evidence ends, in seconds since the epoch: what had run out by then was
    /// gone. Not the report's own clock, which may be years later.
    pub fn seen_until(&self) -> i64 {
        let visits = self.evidence.visits.iter().map(|visit| visit.began_at);
        let exchanges = self.exchanges().map(|exchange| exchange.at);
        visits.chain(exchanges).max().unwrap_or_default().div_euclid(1000)
    }
}
