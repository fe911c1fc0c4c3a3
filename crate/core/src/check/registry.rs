//! Every check, sorted by id: one line a check.

use crate::evidence::Evidence;

use super::{Check, content, cookie, csp, disclosure, django, header, hsts, https, preload};

/// All checks, by id.
pub const ALL: &[&Check] = &[
    &content::sri_missing::CHECK,
    &content::sri_over_http::CHECK,
    &cookie::csrf_without_samesite::CHECK,
    &cookie::domain_refused::CHECK,
    &cookie::domain_too_wide::CHECK,
    &cookie::duplicate::CHECK,
    &cookie::httponly_missing::CHECK,
    &cookie::lifetime_too_long::CHECK,
    &cookie::partitioned_without_secure::CHECK,
    &cookie::prefix_absent::CHECK,
    &cookie::prefix_violated::CHECK,
    &cookie::reach_clear_text::CHECK,
    &cookie::refused::CHECK,
    &cookie::rotation_missing::CHECK,
    &cookie::samesite_invalid::CHECK,
    &cookie::samesite_missing::CHECK,
    &cookie::samesite_none::CHECK,
    &cookie::samesite_none_without_secure::CHECK,
    &cookie::secure_missing::CHECK,
    &cookie::set_over_http::CHECK,
    &cookie::size_too_large::CHECK,
    &cookie::third_party_unpartitioned::CHECK,
    &csp::base_unrestricted::CHECK,
    &csp::directive_deprecated::CHECK,
    &csp::directive_repeated::CHECK,
    &csp::directive_unknown::CHECK,
    &csp::form_unrestricted::CHECK,
    &csp::frame_ancestors_missing::CHECK,
    &csp::http_source::CHECK,
    &csp::object_unrestricted::CHECK,
    &csp::policy_missing::CHECK,
    &csp::policy_report_only::CHECK,
    &csp::policy_unparsable::CHECK,
    &csp::reporting_missing::CHECK,
    &csp::script_bypassable_host::CHECK,
    &csp::script_ip_source::CHECK,
    &csp::script_no_strict_dynamic::CHECK,
    &csp::script_nonce_too_short::CHECK,
    &csp::script_scheme_only::CHECK,
    &csp::script_unsafe_eval::CHECK,
    &csp::script_unsafe_inline::CHECK,
    &csp::script_wildcard::CHECK,
    &csp::style_unsafe_inline::CHECK,
    &csp::trusted_types_absent::CHECK,
    &csp::upgrade_insecure_requests_absent::CHECK,
    &disclosure::aspnet_version::CHECK,
    &disclosure::backend_server::CHECK,
    &disclosure::chrome_logger::CHECK,
    &disclosure::debug_page::CHECK,
    &disclosure::debug_token::CHECK,
    &disclosure::powered_by::CHECK,
    &disclosure::server_version::CHECK,
    &disclosure::session_id_in_url::CHECK,
    &disclosure::stack_trace::CHECK,
    &django::proxy_header_not_trusted::CHECK,
    &header::cache_sensitive_storable::CHECK,
    &header::clear_site_data_missing_at_logout::CHECK,
    &header::coep_invalid::CHECK,
    &header::coep_missing::CHECK,
    &header::coep_unsafe_none::CHECK,
    &header::content_type_charset_missing::CHECK,
    &header::content_type_missing::CHECK,
    &header::coop_invalid::CHECK,
    &header::coop_missing::CHECK,
    &header::coop_unsafe_none::CHECK,
    &header::corp_invalid::CHECK,
    &header::corp_missing::CHECK,
    &header::cors_universal_with_credentials::CHECK,
    &header::cors_wildcard::CHECK,
    &header::expect_ct_obsolete::CHECK,
    &header::framing_invalid::CHECK,
    &header::framing_repeated::CHECK,
    &header::framing_sameorigin_where_django_denies::CHECK,
    &header::framing_unprotected::CHECK,
    &header::hpkp_obsolete::CHECK,
    &header::nosniff_invalid::CHECK,
    &header::nosniff_missing::CHECK,
    &header::permissions_feature_policy_deprecated::CHECK,
    &header::permissions_invalid::CHECK,
    &header::permissions_missing::CHECK,
    &header::referrer_invalid::CHECK,
    &header::referrer_missing::CHECK,
    &header::referrer_unsafe::CHECK,
    &header::x_xss_protection_active::CHECK,
    &hsts::field_differs_between_responses::CHECK,
    &hsts::field_in_meta::CHECK,
    &hsts::field_missing::CHECK,
    &hsts::field_over_http::CHECK,
    &hsts::field_reading_differs::CHECK,
    &hsts::field_repeated::CHECK,
    &hsts::field_some_responses_only::CHECK,
    &hsts::field_void::CHECK,
    &hsts::first_visit_unprotected::CHECK,
    &hsts::max_age_below_one_year::CHECK,
    &hsts::max_age_below_six_months::CHECK,
    &hsts::max_age_missing::CHECK,
    &hsts::max_age_zero::CHECK,
    &hsts::parent_overrides::CHECK,
    &hsts::policy_not_in_force::CHECK,
    &hsts::subdomains_not_covered::CHECK,
    &https::certificate_expired::CHECK,
    &https::certificate_expiring::CHECK,
    &https::certificate_lifetime_too_long::CHECK,
    &https::certificate_name_mismatch::CHECK,
    &https::certificate_no_transparency::CHECK,
    &https::certificate_not_yet_valid::CHECK,
    &https::certificate_rejected::CHECK,
    &https::certificate_self_signed::CHECK,
    &https::certificate_untrusted::CHECK,
    &https::certificate_weak_key::CHECK,
    &https::certificate_weak_signature::CHECK,
    &https::form_insecure_action::CHECK,
    &https::form_insecure_page::CHECK,
    &https::login_basic_over_http::CHECK,
    &https::mixed_active::CHECK,
    &https::mixed_passive::CHECK,
    &https::page_insecure::CHECK,
    &https::redirect_insecure_hop::CHECK,
    &https::redirect_missing::CHECK,
    &https::redirect_not_https_first::CHECK,
    &https::redirect_temporary::CHECK,
    &https::redirect_too_long::CHECK,
    &https::tls_no_ech::CHECK,
    &https::tls_no_post_quantum::CHECK,
    &https::tls_obsolete_version::CHECK,
    #[cfg(feature = "offers")]
    &https::tls_obsolete_version_accepted::CHECK,
    &https::tls_weak_cipher::CHECK,
    #[cfg(feature = "offers")]
    &https::tls_weak_cipher_accepted::CHECK,
    &preload::domain_not_registrable::CHECK,
    &preload::field_removal_requested::CHECK,
    &preload::field_requirement_not_met::CHECK,
    &preload::field_sent_but_not_listed::CHECK,
    &preload::list_at_risk::CHECK,
    &preload::list_not_in_all_browsers::CHECK,
    &preload::policy_not_recommended::CHECK,
    &preload::redirect_requirement_not_met::CHECK,
    &preload::subdomains_insecure_seen::CHECK,
];

/// The checks of a report on this evidence, by id: all, but those of what servers accept besides only where a server was
/// asked. So the extension, whose modules are without them, makes the same report of the same evidence.
pub fn of(evidence: &Evidence) -> &'static [&'static Check] {
    #[cfg(feature = "offers")]
    if evidence.offers.is_empty() {
        return WITHOUT_OFFERS;
    }
    let _ = evidence;
    ALL
}

/// Those of the extension: all, but for those of what servers accept besides.
#[cfg(feature = "offers")]
pub const WITHOUT_OFFERS: &[&Check] = &{
    let mut list = [ALL[0]; ALL.len() - NUMBER_OF_OFFERS];
    let (mut from, mut to) = (0, 0);
    while from < ALL.len() {
        if !is_of_offers(ALL[from]) {
            list[to] = ALL[from];
            to += 1;
        }
        from += 1;
    }
    list
};

#[cfg(feature = "offers")]
const NUMBER_OF_OFFERS: usize = 2;

/// Whether a check asks what a server accepts besides.
#[cfg(feature = "offers")]
const fn is_of_offers(check: &Check) -> bool {
    matches!(check.id.as_bytes(), [.., b'-', b'a', b'c', b'c', b'e', b'p', b't', b'e', b'd'])
}

/// Those that feed a verdict (CONTRACT: "Which areas feed which verdict"), by id. A program that shows nothing but the
/// verdicts is without the code of the others.
pub const OF_VERDICTS: &[&Check] = &{
    let mut list = [ALL[0]; NUMBER_OF_VERDICTS];
    let (mut from, mut to) = (0, 0);
    while from < ALL.len() {
        if feeds_verdict(ALL[from]) {
            list[to] = ALL[from];
            to += 1;
        }
        from += 1;
    }
    list
};

const NUMBER_OF_VERDICTS: usize = {
    let (mut at, mut number) = (0, 0);
    while at < ALL.len() {
        if feeds_verdict(ALL[at]) {
            number += 1;
        }
        at += 1;
    }
    number
};

/// Whether [`VerdictKind::of_area`](crate::verdict::VerdictKind::of_area) knows its area; a test compares the two.
const fn feeds_verdict(check: &Check) -> bool {
    matches!(
        check.id.as_bytes(),
        [b'c', b'o', b'o', b'k', b'i', b'e', b'.', ..]
            | [b'h', b's', b't', b's', b'.', ..]
            | [b'h', b't', b't', b'p', b's', b'.', ..]
            | [b'p', b'r', b'e', b'l', b'o', b'a', b'd', b'.', ..]
    )
}

/// The check of this id.
pub fn find(id: &str) -> Option<&'static Check> {
    ALL.iter().copied().find(|check| check.id == id)
}

#[cfg(test)]
mod tests {
    use super::{ALL, OF_VERDICTS};
    use crate::verdict::VerdictKind;

    #[test]
    fn the_checks_of_the_verdicts_are_those_of_their_areas() {
        let feeds = ALL.iter().filter(|check| VerdictKind::of_area(check.area()).is_some());
        assert!(feeds.map(|check| check.id).eq(OF_VERDICTS.iter().map(|check| check.id)));
    }
}
