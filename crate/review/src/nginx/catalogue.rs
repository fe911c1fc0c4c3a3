//! What is looked for in nginx configuration: ids, severities, titles and the ids that others give the same thing.
//!
//! ASVS 5.0, CWE, RFC sections, Mozilla's TLS guideline 6.0, hstspreload.org's codes and Django's `check --deploy`.

use https_audit_core::check::Severity::{Error, Note, Warning};

use super::out::Check;

macro_rules! checks {
    ($($name:ident: $id:literal, $severity:ident, $title:literal, [$($reference:literal),*];)*) => {
        $(
            #[doc = $title]
            pub const $name: &Check =
                &Check { id: $id, severity: $severity, title: $title, references: &[$($reference),*] };
        )*
        /// Every check, by id.
        pub const CHECKS: &[&Check] = &[$($name),*];
    };
}

checks! {
    HEADER_IN_IF: "nginx.add-header.in-if", Note, "`add_header` inside of `if`", [];
    HEADER_NOT_ALWAYS: "nginx.add-header.not-always", Note, "Security fields are not sent on errors", ["V3.4.3"];
    HEADER_NOT_INHERITED: "nginx.add-header.not-inherited", Warning, "A block's own `add_header` drops the security fields around it", ["CWE-693", "V3.4.3", "V3.4.4", "V3.4.6"];
    ALIAS_TRAVERSAL: "nginx.alias.traversal", Warning, "`alias` lets a request out of its folder", ["CWE-22"];
    AUTOINDEX: "nginx.autoindex.on", Warning, "Folders are listed", ["CWE-548", "V13.4.3"];
    COOKIE_FLAGS: "nginx.cookie.flags-removed", Warning, "`proxy_cookie_flags` takes protection away from cookies", ["CWE-614", "V3.3.1", "security.W012", "security.W016"];
    EARLY_DATA: "nginx.early-data.on", Note, "TLS 1.3 early data is accepted and can be replayed", ["RFC 8446 §8", "RFC 8470 §4", "CWE-294"];
    HSTS_BELOW_ONE_YEAR: "nginx.hsts.below-one-year", Note, "HSTS lasts less than a year", ["V3.4.1", "header.preloadable.max_age.below_1_year"];
    HSTS_BELOW_SIX_MONTHS: "nginx.hsts.below-six-months", Warning, "HSTS lasts less than six months", ["V3.4.1", "CWE-523", "hsts-implemented-max-age-less-than-six-months"];
    HSTS_HIDDEN: "nginx.hsts.hidden", Error, "The application's HSTS is taken out and nothing is put in its place", ["CWE-319", "CWE-523", "V3.4.1", "RFC 6797 §7.1", "security.W004"];
    HSTS_MAY_REPEAT: "nginx.hsts.may-repeat", Note, "HSTS is added to what the application may send itself", ["RFC 6797 §8.1", "response.multiple_headers"];
    HSTS_MISSING: "nginx.hsts.missing", Error, "No HSTS over https", ["CWE-319", "CWE-523", "V3.4.1", "RFC 6797 §7.1", "security.W004", "response.no_header"];
    HSTS_NOT_ALWAYS: "nginx.hsts.not-always", Warning, "HSTS is not sent on errors", ["V3.4.1", "RFC 6797 §7.1"];
    HSTS_NOT_INHERITED: "nginx.hsts.not-inherited", Warning, "A block's own `add_header` drops the HSTS around it", ["CWE-319", "CWE-523", "V3.4.1", "RFC 6797 §7.1"];
    HSTS_OVER_HTTP: "nginx.hsts.over-http", Note, "HSTS is sent over http, where browsers ignore it", ["RFC 6797 §7.2", "redirects.http.useless_header"];
    HSTS_REPEATED: "nginx.hsts.repeated", Warning, "HSTS is added twice", ["RFC 6797 §8.1", "response.multiple_headers"];
    HSTS_SOME: "nginx.hsts.some-locations-only", Warning, "HSTS is sent in some locations only", ["V3.4.1", "RFC 6797 §7.1"];
    HSTS_VOID: "nginx.hsts.void", Error, "Browsers ignore this HSTS field", ["CWE-319", "CWE-523", "V3.4.1", "RFC 6797 §6.1", "RFC 6797 §8.1"];
    HSTS_WITHOUT_PRELOAD: "nginx.hsts.without-preload", Note, "HSTS does not ask for preloading", ["header.preloadable.preload.missing", "security.W021"];
    HSTS_WITHOUT_SUBDOMAINS: "nginx.hsts.without-subdomains", Note, "HSTS does not cover sub-domains", ["V3.4.1", "RFC 6797 §6.1.2", "security.W005", "header.preloadable.include_sub_domains.missing"];
    HSTS_ZERO: "nginx.hsts.zero", Error, "`max-age=0` makes browsers forget HSTS", ["CWE-319", "CWE-523", "V3.4.1", "RFC 6797 §6.1.1"];
    HTTP_NOT_REDIRECTED: "nginx.http.not-redirected", Error, "Content is served over http", ["CWE-319", "V12.2.1", "security.W008", "redirects.http.no_redirect"];
    HTTP2_WITHOUT_TLS: "nginx.listen.http2-without-tls", Note, "HTTP/2 without TLS", ["RFC 9113 §3.3"];
    LISTEN_WITHOUT_TLS: "nginx.listen.without-tls", Error, "Port 443 without `ssl`", ["CWE-319", "V12.2.1"];
    PROXY_PROTO_CONSTANT: "nginx.proxy.forwarded-proto-constant", Error, "`X-Forwarded-Proto` says https of requests that came over http", ["CWE-290", "CWE-348", "security.W008"];
    PROXY_PROTO_FROM_CLIENT: "nginx.proxy.forwarded-proto-from-client", Warning, "`X-Forwarded-Proto` is passed on as the client wrote it", ["CWE-290", "CWE-348"];
    PROXY_PROTO_MISSING: "nginx.proxy.forwarded-proto-missing", Warning, "The application does not learn that a request came over https", ["CWE-348", "security.W008"];
    PROXY_HOST: "nginx.proxy.host-from-client", Note, "The application gets the host as the client wrote it", ["CWE-644", "security.W020"];
    PROXY_UNVERIFIED: "nginx.proxy.upstream-unverified", Note, "The certificate of the server behind is not verified", ["CWE-295", "V12.3.2"];
    REDIRECT_FIRST_NAME: "nginx.redirect.first-name-only", Note, "Every name is redirected to the first one", [];
    REDIRECT_INSECURE: "nginx.redirect.insecure", Error, "https is redirected to http", ["CWE-319", "V12.2.1", "redirects.insecure.initial"];
    REDIRECT_LOOP: "nginx.redirect.loop", Warning, "https is redirected to itself", [];
    REDIRECT_NOT_HTTPS_FIRST: "nginx.redirect.not-https-first", Warning, "http is redirected to http first", ["CWE-319", "V12.2.1", "redirects.http.first_redirect.insecure"];
    REDIRECT_OTHER_HOST: "nginx.redirect.other-host-first", Warning, "http is redirected to another host first", ["RFC 6797 §7.2", "redirects.http.www_first"];
    REDIRECT_TEMPORARY: "nginx.redirect.temporary", Note, "http is redirected to https with a temporary status", ["RFC 9110 §15.4"];
    REDIRECT_UNVALIDATED: "nginx.redirect.unvalidated-host", Note, "The redirect goes to the host as the client wrote it", ["CWE-601", "CWE-644"];
    RESOLVER_PUBLIC: "nginx.resolver.public", Note, "Names are asked of a public resolver, unencrypted", ["CWE-350"];
    SPLITTING: "nginx.response.splittable", Error, "A decoded path in a response lets a request add header fields", ["CWE-113", "CWE-93"];
    SERVER_TOKENS: "nginx.server-tokens.on", Note, "nginx tells its version", ["CWE-497", "V13.4.6"];
    SYNTAX: "nginx.syntax.invalid", Warning, "nginx refuses this file", [];
    TLS_DEFAULT_CIPHERS: "nginx.tls.default-ciphers", Note, "nginx's own list of suites is wider than the guideline", ["Mozilla TLS 6.0", "V12.1.2"];
    TLS_DIFFERS: "nginx.tls.differs-on-socket", Note, "Servers on one socket want different versions of TLS", [];
    TLS_REMOVED: "nginx.tls.directive-removed", Warning, "`ssl on` does not exist any more", [];
    TLS_NO_13: "nginx.tls.no-tls13", Note, "TLS 1.3 is not accepted", ["Mozilla TLS 6.0", "V12.1.1"];
    TLS_OBSOLETE: "nginx.tls.obsolete-version", Error, "Versions of TLS that are no longer safe", ["CWE-326", "CWE-327", "V12.1.1", "RFC 8996 §1", "Mozilla TLS 6.0"];
    TLS_SECLEVEL: "nginx.tls.seclevel-lowered", Warning, "OpenSSL's security level is lowered", ["CWE-326"];
    TLS_TICKETS: "nginx.tls.session-tickets", Note, "Session tickets are kept under one key", ["CWE-324", "RFC 9325 §3.4"];
    TLS_STAPLING: "nginx.tls.stapling-without-ocsp", Note, "`ssl_stapling` for a certificate authority without OCSP", [];
    TLS_WEAK_CIPHER: "nginx.tls.weak-cipher", Warning, "Cipher suites outside the guideline", ["CWE-327", "V12.1.2", "Mozilla TLS 6.0"];
}

#[cfg(test)]
mod tests {
    use super::CHECKS;

    #[test]
    fn ids_are_sorted_and_name_area_subject_and_condition() {
        let ids: Vec<&str> = CHECKS.iter().map(|check| check.id).collect();
        assert!(ids.is_sorted() && ids.iter().collect::<std::collections::BTreeSet<_>>().len() == ids.len());
        for id in ids {
            let words: Vec<&str> = id.split('.').collect();
            assert!(words.len() == 3 && words.first() == Some(&"nginx"), "{id}");
            assert!(
                id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c)),
                "{id}"
            );
        }
    }
}
