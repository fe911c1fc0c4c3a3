//! Seen, or not seen and why.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use crate::words::words;

/// A fact that was observed, or the reason why it was not.
///
/// In JSON `{"seen": value}` or `{"unseen": "reason"}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

words! {
    /// Why something was not observed.
    pub enum Reason {
        /// The browser answered from its cache, which keeps not every field.
        FromCache = "from-cache",
        /// The site's own service worker answered, not the server.
        ServiceWorker = "service-worker",
        /// The page came back by the back or forward button, without any request.
        BackForwardCache = "back-forward-cache",
        /// The page was open before the extension watched.
        LoadedBeforeInstall = "loaded-before-install",
        /// The browser keeps extensions out of this page.
        RestrictedPage = "restricted-page",
        /// The extension has no access to this site.
        AccessNotGranted = "access-not-granted",
        /// This browser tells extensions nothing about it.
        NotExposedByThisBrowser = "not-exposed-by-this-browser",
        /// The browser knew the host's HSTS and asked no http server.
        HiddenByHsts = "hidden-by-hsts",
        /// The browser itself tried https first and asked no http server.
        HttpsUpgrade = "https-upgrade",
        /// Nothing asked for it yet.
        NotProbed = "not-probed",
        /// The load failed before it could be seen.
        LoadFailed = "load-failed",
        /// The input file does not hold it.
        NotInInput = "not-in-input",
        /// There was more than is kept.
        OverLimit = "over-limit",
        /// The request is still under way.
        StillLoading = "still-loading",
        /// It was asked, and did not answer in time.
        TimedOut = "timed-out",
        /// It was there, and can't be read.
        Unreadable = "unreadable",
    }
}

words! {
    /// Which of the two it is.
    enum Which {
        /// It was seen.
        Seen = "seen",
        /// It was not seen.
        Unseen = "unseen",
    }
}

impl<T: Serialize> Serialize for Observed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self {
            Self::Seen(value) => map.serialize_entry(&Which::Seen, value)?,
            Self::Unseen(reason) => map.serialize_entry(&Which::Unseen, reason)?,
        }
        map.end()
    }
}

/// What serde would derive takes any form of an enumeration that there is, and 3 KB of the wasm module for
/// each type of fact.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Observed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Reader(PhantomData))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Observed<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Observed{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let (seen, unseen) = (generator.subschema_for::<T>(), generator.subschema_for::<Reason>());
        schemars::json_schema!({
            "type": "object",
            "oneOf": [
                {"properties": {"seen": seen}, "required": ["seen"], "additionalProperties": false},
                {"properties": {"unseen": unseen}, "required": ["unseen"], "additionalProperties": false},
            ],
        })
    }
}

struct Reader<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Reader<T> {
    type Value = Observed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`seen` or `unseen`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Observed<T>, A::Error> {
        let observed = match map.next_key()? {
            Some(Which::Seen) => Observed::Seen(map.next_value()?),
            Some(Which::Unseen) => Observed::Unseen(map.next_value()?),
            None => return Err(de::Error::custom("neither `seen` nor `unseen`")),
        };
        match map.next_key::<IgnoredAny>()? {
            None => Ok(observed),
            Some(_) => Err(de::Error::custom("more than one of `seen` and `unseen`")),
        }
    }
}
