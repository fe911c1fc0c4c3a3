//! Cookies, as facts of a report and as text.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Word;
use super::text::clean;
use crate::evidence::ChangeCause;
use crate::fact::{CookieFact, CookieRefusal, Reach};
use crate::field::Engine;
use crate::field::set_cookie::SameSite;

/// A cookie, without its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
    /// Where it was seen: `set-cookie`, `jar`, or both. In the jar alone it was set by a script, or by a
    /// response that was not watched.
    pub seen_in: Vec<Word>,
    /// A URL that would send it in clear; null where there is none.
    pub clear_text_url: Option<String>,
    /// Why no URL sends it in clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never_in_clear: Option<Word>,
    /// What became of it since the browser began; absent where no change was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<ChangesJson>,
    /// Why a browser refuses it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<RefusalJson>,
    /// Another site's: the host that set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_party: Option<String>,
}

/// What became of a cookie since the browser began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangesJson {
    /// How often it was set.
    pub set: u32,
    /// What happened last.
    pub last: ChangeCause,
    /// Attributes that it had and has no longer: `Secure`, `HttpOnly`.
    pub lost: Vec<Word>,
}

/// A cookie that is not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RefusalJson {
    /// The rule's code, `secure-exists`, `crowded` or `not-in-jar`.
    pub code: Word,
    /// In words.
    pub why: String,
    /// The only browser that refuses it; null where both do.
    pub only: Option<Engine>,
}

impl RefusalJson {
    fn new(refusal: CookieRefusal) -> Self {
        let (code, why, only) = match refusal {
            CookieRefusal::Rule { rejection, only } => (rejection.code(), rejection.to_string(), only),
            CookieRefusal::SecureExists => {
                ("secure-exists", "over http it can not replace a Secure cookie".to_owned(), None)
            }
            CookieRefusal::NotInJar { crowded: true } => {
                ("crowded", "the browser drops the oldest of more than 180".to_owned(), None)
            }
            CookieRefusal::NotInJar { crowded: false } => {
                ("not-in-jar", "the rules allow it, and the browser does not hold it".to_owned(), None)
            }
        };
        Self { code: code.into(), why, only }
    }
}

impl CookieJson {
    pub(super) fn new(cookie: &CookieFact<'_>) -> Self {
        let stored = cookie.stored.as_ref();
        Self {
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
                .filter_map(|(place, seen)| seen.then_some(place.into()))
                .collect(),
            clear_text_url: cookie.reach.as_ref().and_then(Reach::clear_text_url).map(str::to_owned),
            never_in_clear: match cookie.reach {
                Some(Reach::None(why)) => Some(why.into()),
                _ => None,
            },
            changes: cookie.change.map(|change| ChangesJson {
                set: change.set,
                last: change.last,
                lost: cookie.lost().map(Word::from).collect(),
            }),
            refused: cookie.refusal.map(RefusalJson::new),
            third_party: (!cookie.first_party).then(|| {
                cookie
                    .last_setting()
                    .map(|setting| setting.exchange.url.host().to_owned())
                    .unwrap_or_default()
            }),
        }
    }

    /// Its name; a word where it has none.
    pub fn called(&self) -> &str {
        if self.name.is_empty() { "(no name)" } else { &self.name }
    }

    /// Its attributes, or why it is refused.
    pub fn attributes(&self) -> String {
        if let Some(refused) = self.refused.as_ref().filter(|_| self.domain.is_none()) {
            return format!("refused: {}", refused.why);
        }
        let mut words = vec![if self.secure == Some(true) { "Secure" } else { "not Secure" }];
        if self.http_only == Some(true) {
            words.push("HttpOnly");
        }
        match self.same_site {
            Some(SameSite::Strict) => words.push("Strict"),
            Some(SameSite::Lax) => words.push("Lax"),
            Some(SameSite::None) => words.push("SameSite=None"),
            Some(SameSite::Unspecified) | None => {}
        }
        if self.partitioned == Some(true) {
            words.push("Partitioned");
        }
        words.join(", ")
    }

    /// Whether it can go in clear and where, or that it can not and why. None for one that is not kept.
    pub fn reach(&self) -> Option<String> {
        match (&self.clear_text_url, &self.never_in_clear) {
            (Some(url), _) => Some(format!("goes in clear to `{url}`")),
            (None, Some(why)) => Some(format!("never in clear: {why}")),
            (None, None) if self.domain.is_some() => Some("in clear once the HSTS policy is over".to_owned()),
            (None, None) => None,
        }
    }

    /// Where it comes from, where no header was seen to set it. Scripts can not set `HttpOnly`.
    pub fn origin(&self) -> Option<&'static str> {
        let in_jar_alone = self.seen_in.iter().all(|place| *place == "jar") && !self.seen_in.is_empty();
        in_jar_alone.then_some(match self.http_only {
            Some(true) => "no header seen: set before",
            _ => "no header seen: set by a script, or before",
        })
    }

    /// What became of it since the browser began, where that is more than set once.
    pub fn changed(&self) -> Option<String> {
        let changes = self.changes.as_ref()?;
        let mut words = match changes.last {
            ChangeCause::Set if changes.set > 1 => format!("set {} times", changes.set),
            ChangeCause::Set => String::new(),
            ChangeCause::Removed => "removed since".to_owned(),
            ChangeCause::Expired => "ran out since".to_owned(),
            ChangeCause::Evicted => "dropped by the browser since".to_owned(),
        };
        for attribute in &changes.lost {
            let comma = if words.is_empty() { "" } else { ", " };
            let _ = write!(words, "{comma}had {attribute} before");
        }
        (!words.is_empty()).then_some(words)
    }

    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        let name = clean(self.called());
        write!(out, "  {name}: {}", clean(&self.attributes()))?;
        for part in [self.reach(), self.origin().map(str::to_owned), self.changed()].into_iter().flatten() {
            write!(out, "; {}", clean(&part))?;
        }
        if let Some(refused) = self.refused.as_ref().filter(|_| self.domain.is_some()) {
            write!(out, "; refused by {}: {}", refused.by(), clean(&refused.why))?;
        }
        if let Some(host) = &self.third_party {
            write!(out, "; third-party, of {}", clean(host))?;
        }
        writeln!(out)
    }
}

impl RefusalJson {
    /// Who refuses it.
    pub const fn by(&self) -> &'static str {
        match self.only {
            Some(engine) => engine.name(),
            None => "the browser",
        }
    }
}
