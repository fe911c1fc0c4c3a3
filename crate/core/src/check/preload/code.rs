//! The codes of hstspreload.org in words.

/// What a code says, as the title of a finding. A code that is not known here speaks for itself.
pub(super) fn words(code: &'static str) -> &'static str {
    match code {
        "response.no_header" => "No Strict-Transport-Security field",
        "response.multiple_headers" => "More than one Strict-Transport-Security field",
        "header.parse.max_age.non_digit_characters" => "`max-age` is not written in digits alone",
        "header.parse.max_age.parse_int_error" => "`max-age` is empty or too large a number",
        "header.parse.invalid.max_age.no_value" => "`max-age` is not followed by `=` and a number",
        "header.preloadable.include_sub_domains.missing" => {
            "hstspreload.org reads no `includeSubDomains` in the field"
        }
        "header.preloadable.preload.missing" => "No `preload` in the field",
        "header.preloadable.max_age.missing" => "No `max-age` that hstspreload.org can read",
        "header.preloadable.max_age.zero" => "`max-age` is zero",
        "header.preloadable.max_age.below_1_year" => "`max-age` is less than a year",
        "domain.tls.invalid_cert_chain" => "The domain's certificate is not accepted",
        "domain.tls.cannot_connect" => "The domain does not answer over https",
        "domain.tls.sha1" => "The domain's certificate chain uses SHA-1",
        "domain.www.no_tls" => "The www host has no certificate that is accepted",
        "redirects.http.no_redirect" => "http does not redirect to https",
        "redirects.http.www_first" => "http redirects to www first, not to https on the same host",
        "redirects.http.first_redirect.insecure" => "http does not redirect to https on the same host first",
        "redirects.http.first_redirect.no_hsts" => "http redirects to a response without a preloadable field",
        "redirects.http.first_redirect.invalid" => "http redirects to an address that cannot be reached",
        "redirects.insecure.initial" => "https redirects to http",
        "redirects.insecure.subsequent" => "A later redirect goes to http",
        "redirects.too_many" => "More than three redirects",
        "redirects.follow_error" => "A redirect leads to an address that cannot be reached",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::field::hstspreload;

    #[test]
    fn every_error_of_a_field_has_words() {
        let fields: [&[&[u8]]; 8] = [
            &[],
            &[b"", b""],
            &[b""],
            &[b"max-age"],
            &[b"max-age="],
            &[b"max-age=x"],
            &[b"max-age=0"],
            &[b"max-age=1"],
        ];
        for fields in fields {
            for code in hstspreload::response(fields).preloadable.errors {
                assert_ne!(words(code), code);
            }
        }
    }
}
