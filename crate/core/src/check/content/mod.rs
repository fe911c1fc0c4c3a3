//! What the page itself loads.

pub mod sri_missing;
pub mod sri_over_http;
