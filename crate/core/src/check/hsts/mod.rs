//! What browsers enforce: Strict-Transport-Security.

pub mod field_differs_between_responses;
pub mod field_in_meta;
pub mod field_missing;
pub mod field_over_http;
pub mod field_reading_differs;
pub mod field_repeated;
pub mod field_some_responses_only;
pub mod field_void;
pub mod first_visit_unprotected;
mod judged;
pub mod max_age_below_one_year;
pub mod max_age_below_six_months;
pub mod max_age_missing;
pub mod max_age_zero;
pub mod parent_overrides;
pub mod policy_not_in_force;
pub mod subdomains_not_covered;
