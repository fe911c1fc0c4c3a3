//! A session that was recorded: several pages of one site, one after the other.

use serde::{Deserialize, Serialize};

/// That the visits are those of a session, which a person began and ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// The address of the page at which it began, which says what site it is of.
    pub url: String,
    /// Milliseconds since the epoch at which it began.
    pub began_at: i64,
    /// And at which it ended.
    pub ended_at: i64,
    /// Pages of the site beyond the bound of what is kept.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub dropped: u64,
    /// Pages of other sites in between: that there were so many is all that is kept of them.
    #[serde(default, skip_serializing_if = "super::is_zero")]
    pub elsewhere: u64,
    /// The visits are of any site, as in a file that another program recorded: those of each are a session of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub of_any_site: bool,
}
