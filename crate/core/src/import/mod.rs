//! Evidence from other sources than a browser's events: evidence files, HAR and WARC files and response heads.
//!
//! Nothing here opens a file; the octets are given. What cannot be read is told with its
//! place in the input.

mod evidence_file;
#[cfg(feature = "files")]
pub mod file;
#[cfg(feature = "files")]
mod har;
mod heads;
#[cfg(feature = "files")]
mod warc;

use crate::evidence::Evidence;
use crate::field::location;
use crate::url::Url;

pub(crate) use evidence_file::unreadable_json;
pub use evidence_file::{evidence_from, read_evidence};
#[cfg(feature = "files")]
pub use har::read_har;
pub use heads::{Resolve, read_head, read_heads};
#[cfg(feature = "files")]
pub use warc::read_warc;

/// Why an input could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It begins like nothing that is known.
    #[cfg_attr(
        feature = "files",
        error("{line}:1: neither HAR, WARC, evidence JSON nor a response head (which begins with `HTTP/`)")
    )]
    #[cfg_attr(
        not(feature = "files"),
        error("{line}:1: neither evidence JSON nor a response head (which begins with `HTTP/`)")
    )]
    UnknownKind {
        /// The first line that is not empty.
        line: usize,
    },
    /// A HAR file, where none is read: the extension reads reports and evidence.
    #[error("1:1: a HAR file; the command `https-audit audit` reads it")]
    Har,
    /// The reader gave an error.
    #[error(" {0}")]
    Read(String),
    /// A web archive that is broken or cut off.
    #[cfg(feature = "files")]
    #[error(" record {record}: {what}")]
    Warc {
        /// Counted from 1.
        record: usize,
        /// What is wrong.
        what: String,
    },
    /// JSON that is no evidence, or is cut off.
    #[error("{line}:{column}: {what}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What is wrong.
        what: String,
    },
    /// Evidence of another version.
    #[error("1:1: the schema is {0:?}; this version reads \"https-audit/evidence@1\"")]
    Schema(String),
    /// A report of another version.
    #[error(
        "1:1: the schema is {0:?}; this version reads \"https-audit/report@1\" and \"https-audit/reports@1\""
    )]
    ReportSchema(String),
    /// A response head without the address that was asked.
    #[error("1:1: a response head; `--url URL` must name the address that gave it")]
    NoUrl,
    /// A status line that is none.
    #[error("{line}:1: not a status line such as `HTTP/1.1 200 OK`")]
    StatusLine {
        /// Counted from 1.
        line: usize,
    },
    /// A redirect to an address that is none.
    #[error("{line}:1: the Location of this redirect is no address, yet another response follows")]
    Location {
        /// Counted from 1: the line of the status.
        line: usize,
    },
}

#[cfg(feature = "files")]
impl Unreadable {
    /// The same of a line of JSON Lines, which was read as if it were a file.
    #[must_use]
    pub fn in_line(self, number: usize) -> Self {
        match self {
            Self::Json { line, column, what } => Self::Json { line: line + number - 1, column, what },
            other => {
                let text = other.to_string();
                let what = text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned();
                Self::Json { line: number, column: 1, what }
            }
        }
    }
}

/// Reads an input of any known kind. `url` is the first address of response heads; `now`,
/// in seconds since the epoch, is when they were received.
pub fn read(octets: &[u8], url: Option<&Url>, now: i64) -> Result<Evidence, Unreadable> {
    read_with(octets, url, now, &location::target)
}

/// As [`read`]; `resolve` follows the redirects of response heads, also to hosts outside ASCII, which
/// need tables that are not here.
pub fn read_with(
    octets: &[u8],
    url: Option<&Url>,
    now: i64,
    resolve: Resolve<'_>,
) -> Result<Evidence, Unreadable> {
    let start = octets.iter().position(|octet| !octet.is_ascii_whitespace()).unwrap_or(octets.len());
    let body = octets.get(start..).unwrap_or_default();
    if body.starts_with(b"{") {
        match read_evidence(octets) {
            #[cfg(feature = "files")]
            Err(Unreadable::Har) => read_har(octets, resolve),
            read => read,
        }
    } else if body.starts_with(b"HTTP/") {
        read_heads(octets, url.ok_or(Unreadable::NoUrl)?, now, resolve)
    } else {
        let line = 1 + octets.iter().take(start).filter(|&&octet| octet == b'\n').count();
        Err(Unreadable::UnknownKind { line })
    }
}
