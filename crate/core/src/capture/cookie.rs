//! What became of cookies since the browser began: by name, without their values.

use serde::{Deserialize, Deserializer, Serialize};

use crate::evidence::{ChangeCause, JarChange, JarCookie, SameSiteStored};

/// Cookies whose changes are kept.
const MAX_COOKIES: usize = 400;
/// Octets of a cookie's name, domain, path and partition; what is longer is not kept.
const MAX_OCTETS: usize = 1024;

/// Details of `cookies.onChanged`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct CookieChange {
    /// It is gone; on a change with the cause `overwrite` its new form is told next.
    pub removed: bool,
    /// `explicit`, `overwrite`, `expired`, `expired_overwrite` or `evicted`.
    pub cause: String,
    /// The cookie. Its value is not read.
    pub cookie: BrowserCookie,
}

/// A cookie as the browsers' `cookies` API tells it. Of its value only the length is taken.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct BrowserCookie {
    /// Its name; empty for a nameless one.
    pub name: String,
    /// Octets of its value.
    #[serde(rename = "value", deserialize_with = "length")]
    pub value_length: usize,
    /// With a leading dot for a domain cookie.
    pub domain: String,
    /// Sent to exactly this host.
    pub host_only: bool,
    /// Its path.
    pub path: String,
    /// Over https only.
    pub secure: bool,
    /// Hidden from scripts.
    pub http_only: bool,
    /// `strict`, `lax`, `no_restriction`, `unspecified`.
    pub same_site: String,
    /// Seconds since the epoch; none for a session cookie.
    pub expiration_date: Option<f64>,
    /// The browser's store: each container of Firefox has its own.
    pub store_id: String,
    /// CHIPS.
    pub partition_key: Option<PartitionKey>,
}

/// What a cookie is partitioned by.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PartitionKey {
    /// The site at the top.
    pub top_level_site: Option<String>,
}

fn length<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    String::deserialize(deserializer).map(|value| value.len())
}

impl BrowserCookie {
    /// As evidence holds it.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "seconds since the epoch, capped at 400 days by browsers"
    )]
    pub fn stored(self) -> JarCookie {
        JarCookie {
            name: self.name,
            value_length: self.value_length,
            domain: self.domain.strip_prefix('.').map(str::to_owned).unwrap_or(self.domain),
            host_only: self.host_only,
            path: self.path,
            secure: self.secure,
            http_only: self.http_only,
            same_site: match self.same_site.as_str() {
                "strict" => SameSiteStored::Strict,
                "lax" => SameSiteStored::Lax,
                "no_restriction" => SameSiteStored::NoRestriction,
                _ => SameSiteStored::Unspecified,
            },
            expires_at: self.expiration_date.map(|seconds| seconds as i64),
            partition: self.partition_key.and_then(|key| key.top_level_site),
        }
    }
}

/// By the browser's store (the default one, or a container's) and cookie, the one that changed longest ago first.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct CookieChanges(Vec<(String, JarChange)>);

impl CookieChanges {
    /// Takes in a change. Returns whether it is news.
    pub(super) fn note(&mut self, details: &CookieChange) -> bool {
        let last = match (details.removed, details.cause.as_str()) {
            // The new cookie is told right after.
            (true, "overwrite") => return false,
            (true, "expired" | "expired_overwrite") => ChangeCause::Expired,
            (true, "evicted") => ChangeCause::Evicted,
            (true, _) => ChangeCause::Removed,
            (false, _) => ChangeCause::Set,
        };
        let store = details.cookie.store_id.clone();
        let JarCookie { name, domain, host_only, path, partition, secure, http_only, .. } =
            details.cookie.clone().stored();
        if name.len() + domain.len() + path.len() + partition.as_ref().map_or(0, String::len) > MAX_OCTETS {
            return false;
        }
        let fresh = JarChange {
            name,
            domain,
            host_only,
            path,
            partition,
            set: 0,
            last,
            was_secure: false,
            was_http_only: false,
        };
        let known = self.0.iter().position(|(of, change)| *of == store && change.is_of_same_cookie(&fresh));
        let mut change = match known {
            Some(at) => self.0.remove(at).1,
            None => fresh,
        };
        change.last = last;
        if last == ChangeCause::Set {
            change.set = change.set.saturating_add(1);
            change.was_secure |= secure;
            change.was_http_only |= http_only;
        }
        if self.0.len() >= MAX_COOKIES {
            self.0.remove(0);
        }
        self.0.push((store, change));
        true
    }

    /// Those of the hosts that `wanted` picks, in the store where there are several.
    pub(super) fn of(&self, store: Option<&str>, wanted: &dyn Fn(&str) -> bool) -> Vec<JarChange> {
        let is_wanted = |(of, change): &&(String, JarChange)| {
            store.is_none_or(|store| of == store) && wanted(&change.domain)
        };
        self.0.iter().filter(is_wanted).map(|(_, change)| change.clone()).collect()
    }
}
