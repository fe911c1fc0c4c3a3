//! What a view of a tab says besides the report, on its way from the module that audits to the one that shows.

use serde::{Deserialize, Serialize};

/// What is known of a tab besides the report on it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TabState {
    /// The tab.
    pub tab: i64,
    /// When its page was seen, in the person's own words for time.
    pub seen_at: Option<String>,
    /// The extension may not look at all of the site.
    pub needs_access: bool,
    /// A reload would show more.
    pub can_reload: bool,
    /// The browser keeps extensions out of the page.
    pub restricted: bool,
    /// Where a redirect check would begin.
    pub probe: Vec<String>,
    /// The page of the extension that asks for access.
    pub access_page: String,
    /// Its pages can be recorded.
    pub can_record: bool,
}

#[cfg(feature = "auditor")]
impl TabState {
    /// Of a tab that was audited.
    pub fn new(tab: i64, audited: &crate::tab::Audited) -> Self {
        let state = audited.state();
        Self {
            tab,
            seen_at: state.seen_at,
            needs_access: state.needs_access,
            can_reload: state.can_reload,
            restricted: state.restricted,
            probe: state.probe.iter().map(ToString::to_string).collect(),
            access_page: audited.access_page(tab),
            can_record: audited.seen.site.url.is_some() && audited.seen.access,
        }
    }
}
