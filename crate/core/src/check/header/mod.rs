//! What response header fields switch on and off: framing, sniffing, referrers, isolation, caches.

pub(in crate::check) mod common;

pub mod cache_sensitive_storable;
pub mod clear_site_data_missing_at_logout;
pub mod coep_invalid;
pub mod coep_missing;
pub mod coep_unsafe_none;
pub mod content_type_charset_missing;
pub mod content_type_missing;
pub mod coop_invalid;
pub mod coop_missing;
pub mod coop_unsafe_none;
pub mod corp_invalid;
pub mod corp_missing;
pub mod cors_universal_with_credentials;
pub mod cors_wildcard;
pub mod expect_ct_obsolete;
pub mod framing_invalid;
pub mod framing_repeated;
pub mod framing_sameorigin_where_django_denies;
pub mod framing_unprotected;
pub mod hpkp_obsolete;
pub mod nosniff_invalid;
pub mod nosniff_missing;
pub mod permissions_feature_policy_deprecated;
pub mod permissions_invalid;
pub mod permissions_missing;
pub mod referrer_invalid;
pub mod referrer_missing;
pub mod referrer_unsafe;
pub mod x_xss_protection_active;
