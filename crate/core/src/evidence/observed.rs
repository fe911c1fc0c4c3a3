//! Seen, or not seen and why.

use serde::{Deserialize, Serialize};

/// A fact that was observed, or the reason why it was not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Observed<T> {
    /// It was seen.
    Seen(T),
    /// It was not seen.
    Unseen(Reason),
}

impl<T> Observed<T> {
    /// The value, if it was seen.
    pub fn seen(self) -> Option<T> {
        match self {
            Self::Seen(value) => Some(value),
            Self::Unseen(_) => None,
        }
    }

    /// The same by reference.
    pub fn as_ref(&self) -> Observed<&T> {
        match self {
            Self::Seen(value) => Observed::Seen(value),
            Self::Unseen(reason) => Observed::Unseen(*reason),
        }
    }

    /// Applies `f` to a value that was seen.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Observed<U> {
        match self {
            Self::Seen(value) => Observed::Seen(f(value)),
            Self::Unseen(reason) => Observed::Unseen(reason),
        }
    }

    /// Applies `f`, which may not see either, to a value that was seen.
    pub fn and_then<U>(self, f: impl FnOnce(T) -> Observed<U>) -> Observed<U> {
        match self {
            Self::Seen(value) => f(value),
            Self::Unseen(reason) => Observed::Unseen(reason),
        }
    }

    /// Whether it was seen.
    pub const fn is_seen(&self) -> bool {
        matches!(self, Self::Seen(_))
    }
}

/// Why something was not observed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// The browser answered from its cache, which keeps not every field.
    FromCache,
    /// The site's own service worker answered, not the server.
    ServiceWorker,
    /// The page came back by the back or forward button, without any request.
    BackForwardCache,
    /// The page was open before the extension watched.
    LoadedBeforeInstall,
    /// The browser keeps extensions out of this page.
    RestrictedPage,
    /// The extension has no access to this site.
    AccessNotGranted,
    /// This browser tells extensions nothing about it.
    NotExposedByThisBrowser,
    /// The browser knew the host's HSTS and asked no http server.
    HiddenByHsts,
    /// The browser itself tried https first and asked no http server.
    HttpsUpgrade,
    /// Nothing asked for it yet.
    NotProbed,
    /// The load failed before it could be seen.
    LoadFailed,
    /// The input file does not hold it.
    NotInInput,
    /// There was more than is kept.
    OverLimit,
    /// The request is still under way.
    StillLoading,
    /// It was there, and can't be read.
    Unreadable,
}
