//! What a redirect check saw.

use serde::{Deserialize, Serialize};

use super::{Exchange, Failure};
use crate::url::Url;
use crate::words::words;

/// Requests that the recorder made itself, without cookies, because the person asked for it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// Milliseconds since the epoch.
    pub began_at: i64,
    /// Whether it ended, and how.
    pub state: ProbeState,
    /// The addresses that it began with.
    pub starts: Vec<Url>,
    /// What was asked, in order. None of them followed a redirect by itself.
    pub exchanges: Vec<Exchange>,
    /// Those that got no answer, in the browser's words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<Failure>,
}

words! {
    /// How far a redirect check got.
    pub enum ProbeState {
        /// It is under way.
        Running = "running",
        /// Everything was asked.
        Done = "done",
        /// The person stopped it.
        Stopped = "stopped",
        /// It took too long.
        TimedOut = "timed-out",
        /// The browser ended the extension's background while it ran.
        Interrupted = "interrupted",
    }
}
