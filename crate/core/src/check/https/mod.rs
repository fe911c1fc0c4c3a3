//! Is the connection really HTTPS?

mod common;
#[cfg(feature = "offers")]
mod offers;

pub mod certificate_expired;
pub mod certificate_expiring;
pub mod certificate_lifetime_too_long;
pub mod certificate_name_mismatch;
pub mod certificate_no_transparency;
pub mod certificate_not_yet_valid;
pub mod certificate_rejected;
pub mod certificate_self_signed;
pub mod certificate_untrusted;
pub mod certificate_weak_key;
pub mod certificate_weak_signature;
pub mod form_insecure_action;
pub mod form_insecure_page;
pub mod login_basic_over_http;
pub mod mixed_active;
pub mod mixed_passive;
pub mod page_insecure;
pub mod redirect_insecure_hop;
pub mod redirect_missing;
pub mod redirect_not_https_first;
pub mod redirect_temporary;
pub mod redirect_too_long;
pub mod tls_no_ech;
pub mod tls_no_post_quantum;
pub mod tls_obsolete_version;
#[cfg(feature = "offers")]
pub mod tls_obsolete_version_accepted;
pub mod tls_weak_cipher;
#[cfg(feature = "offers")]
pub mod tls_weak_cipher_accepted;
