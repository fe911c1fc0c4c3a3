//! The requirements of hstspreload.org, and the browsers' lists.

mod code;
pub mod domain_not_registrable;
pub mod field_removal_requested;
pub mod field_requirement_not_met;
pub mod field_sent_but_not_listed;
pub mod list_at_risk;
pub mod list_not_in_all_browsers;
pub mod policy_not_recommended;
pub mod redirect_requirement_not_met;
mod requirement;
pub mod subdomains_insecure_seen;
