//! What was observed, and what was not.
//!
//! Evidence is raw and replayable: it holds what a browser, a response head or a
//! file said, in the order it was said, and for every part that is missing the
//! [`Reason`] why. It never holds a cookie's value or another secret: those are
//! cut before a type of this module is built (see [`Field`]).
//!
//! Nothing here judges or derives; that is the work of [`crate::fact`].

mod connection;
mod document;
mod exchange;
mod jar;
mod observed;
#[cfg(feature = "offers")]
mod offers;
mod probe;
mod recording;

pub use connection::{Certificate, Connection, ConnectionState, Transparency};
pub use document::{
    Beyond, CsrfToken, DebugPage, Document, Form, FormMethod, NotALine, Part, Reference, Scripts, StackTrace,
};
pub(crate) use exchange::from_isomorphic;
pub use exchange::{Exchange, Field, MAX_FIELD_OCTETS, Redirect, RedirectCause, ResourceKind, Response};
pub use jar::{ChangeCause, JarChange, JarCookie, SameSiteStored};
pub use observed::{Observed, Reason};
#[cfg(feature = "offers")]
pub use offers::{OfferedVersion, Offers, VersionOffer};
pub use probe::{Probe, ProbeState};
pub use recording::Recording;

use serde::{Deserialize, Serialize};

use crate::field::Engine;

/// The name and version of the evidence format, the first thing a reader checks.
pub const SCHEMA: &str = "https-audit/evidence@1";

/// Everything that one audit stands on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Who recorded it.
    pub recorder: Recorder,
    /// Page visits in the order they began. The last one is what the person looks at.
    pub visits: Vec<Visit>,
    /// The visits are a session's, and the report is on all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<Recording>,
    /// Exchanges of earlier visits that still say something about the site: how
    /// `http://` answered, which policy a host sent. Oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Exchange>,
    /// Page loads of the site that failed earlier, oldest first: a certificate that was
    /// refused then and is accepted now was overridden by the person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier_failures: Vec<Failure>,
    /// The redirect check, where the person asked for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<Probe>,
    /// What servers accept besides, where a live audit asked them.
    #[cfg(feature = "offers")]
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub offers: Vec<Offers>,
    /// The browser's cookies for the site, partitioned ones included.
    pub jar: Observed<Vec<JarCookie>>,
    /// What became of the site's cookies since the browser began, the longest ago first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub jar_changes: Vec<JarChange>,
    /// What a file of a browser's does not hold, though the browser had it.
    #[cfg(feature = "files")]
    #[serde(skip)]
    pub lacks: Lacks,
}

/// What a file does not hold of what its writer, a browser, had.
#[cfg(feature = "files")]
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lacks {
    /// Set-Cookie fields may have been left out, without a word on it.
    pub set_cookies: bool,
    /// Requests that the browser refused, or changed to https before they left.
    pub refused: bool,
}

/// The program that recorded the evidence, and in which browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recorder {
    /// Name and version of the recorder, such as `https-audit 0.1.0`.
    pub name: String,
    /// The browser it ran in; absent for response heads and files of other tools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser: Option<Browser>,
}

/// A browser, as far as it decides how fields are read and what can be seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Browser {
    /// Whose rules it follows.
    pub engine: Engine,
    /// Its own version, such as `156.0.8078.79`; empty when it was not asked.
    #[serde(default)]
    pub version: String,
}

/// One page, from the first request to the last sub-resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Visit {
    /// The address the tab shows; for a load that failed, the one it tried. As all addresses
    /// here without user, password and fragment.
    pub url: String,
    /// Milliseconds since the epoch at which it began.
    pub began_at: i64,
    /// Whether the extension watched the page's own load; if not, why.
    pub watched: Observed<()>,
    /// Requests in the order they were made: the page's redirect chain first.
    pub exchanges: Vec<Exchange>,
    /// Sub-resource requests beyond the bound of what is kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub dropped: u64,
    /// The page's own load ended in an error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// What the page's document holds; if nobody read it, why.
    #[serde(default = "not_in_input")]
    #[cfg_attr(feature = "files", serde(serialize_with = "whole"))]
    pub document: Observed<Document>,
    /// Why not every host's requests could be seen; none where all could.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unseen_hosts: Option<Reason>,
}

/// Writes a document of which it is known what it does not hold.
#[cfg(feature = "files")]
fn whole<S: serde::Serializer>(document: &Observed<Document>, serializer: S) -> Result<S::Ok, S::Error> {
    match document {
        Observed::Seen(read) if !read.is_whole() => not_in_input().serialize(serializer),
        _ => document.serialize(serializer),
    }
}

/// What a recorder that does not know of something says of it.
const fn not_in_input() -> Observed<Document> {
    Observed::Unseen(Reason::NotInInput)
}

/// Begins a proxy's word for a failure, which must not be taken for a browser's.
pub const PROXY: &str = "proxy: ";

/// A page load that ended in an error instead of a response.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The address that could not be loaded.
    pub url: String,
    /// The browser's own word, such as `net::ERR_CERT_DATE_INVALID`. Firefox gives a
    /// sentence in the person's language for certificate errors. A proxy's word has `proxy: ` before it.
    pub error: String,
    /// Milliseconds since the epoch.
    pub at: i64,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the signature serde asks for; 64-bit targets only")]
fn is_zero(n: &u64) -> bool {
    *n == 0
}

impl Evidence {
    /// Evidence of nothing, to be filled.
    pub fn new(recorder: Recorder) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            recorder,
            visits: Vec::new(),
            recording: None,
            earlier: Vec::new(),
            earlier_failures: Vec::new(),
            probe: None,
            #[cfg(feature = "offers")]
            offers: Vec::new(),
            jar: Observed::Unseen(Reason::NotInInput),
            jar_changes: Vec::new(),
            #[cfg(feature = "files")]
            lacks: Lacks::default(),
        }
    }

    /// The engine whose reading counts first: the recording browser's, else Chromium's.
    pub fn engine(&self) -> Engine {
        self.recorder.browser.as_ref().map_or(Engine::Chromium, |browser| browser.engine)
    }
}
