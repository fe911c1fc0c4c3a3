//! What a result code is worth: facts of `mdn/mdn-http-observatory` (`src/grader/charts.js` of 1.6.3, and of 1.4.8).

/// Which version of its scoring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Of 1.6.3, the one that its site uses.
    Six,
    /// Of 1.4.8, the last one on npm. It has no COOP and no COEP, and X-Frame-Options is worth nothing.
    Four,
}

/// One of its tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// `content-security-policy`
    Csp,
    /// `cookies`
    Cookies,
    /// `cross-origin-resource-sharing`
    Cors,
    /// `redirection`
    Redirection,
    /// `referrer-policy`
    Referrer,
    /// `strict-transport-security`
    Hsts,
    /// `subresource-integrity`
    Integrity,
    /// `x-content-type-options`
    ContentType,
    /// `x-frame-options`
    Framing,
    /// `cross-origin-resource-policy`
    Corp,
    /// `cross-origin-opener-policy`
    Coop,
    /// `cross-origin-embedder-policy`
    Coep,
}

impl Test {
    /// All of them, in the order in which it runs them.
    pub const ALL: [Self; 12] = [
        Self::Csp,
        Self::Cookies,
        Self::Cors,
        Self::Redirection,
        Self::Referrer,
        Self::Hsts,
        Self::Integrity,
        Self::ContentType,
        Self::Framing,
        Self::Corp,
        Self::Coop,
        Self::Coep,
    ];

    /// Its name for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Csp => "content-security-policy",
            Self::Cookies => "cookies",
            Self::Cors => "cross-origin-resource-sharing",
            Self::Redirection => "redirection",
            Self::Referrer => "referrer-policy",
            Self::Hsts => "strict-transport-security",
            Self::Integrity => "subresource-integrity",
            Self::ContentType => "x-content-type-options",
            Self::Framing => "x-frame-options",
            Self::Corp => "cross-origin-resource-policy",
            Self::Coop => "cross-origin-opener-policy",
            Self::Coep => "cross-origin-embedder-policy",
        }
    }

    /// Whether a version of the scoring has it.
    pub const fn is_in(self, algorithm: Algorithm) -> bool {
        matches!(algorithm, Algorithm::Six) || !matches!(self, Self::Coop | Self::Coep)
    }
}

/// The result codes, each with its test and with what it adds to the score by algorithm 6.
pub const CODES: &[(Test, &str, i16)] = &[
    (Test::Csp, "csp-implemented-with-no-unsafe-default-src-none", 10),
    (Test::Csp, "csp-implemented-with-no-unsafe", 5),
    (Test::Csp, "csp-implemented-with-unsafe-inline-in-style-src-only", 0),
    (Test::Csp, "csp-implemented-with-insecure-scheme-in-passive-content-only", -10),
    (Test::Csp, "csp-implemented-with-unsafe-eval", -10),
    (Test::Csp, "csp-implemented-with-unsafe-inline", -20),
    (Test::Csp, "csp-implemented-with-insecure-scheme", -20),
    (Test::Csp, "csp-implemented-but-duplicate-directives", 0),
    (Test::Csp, "csp-header-invalid", -25),
    (Test::Csp, "csp-not-implemented", -25),
    (Test::Csp, "csp-not-implemented-but-reporting-enabled", -25),
    (Test::Cookies, "cookies-secure-with-httponly-sessions-and-samesite", 5),
    (Test::Cookies, "cookies-secure-with-httponly-sessions", 0),
    (Test::Cookies, "cookies-not-found", 0),
    (Test::Cookies, "cookies-without-secure-flag-but-protected-by-hsts", -5),
    (Test::Cookies, "cookies-session-without-secure-flag-but-protected-by-hsts", -10),
    (Test::Cookies, "cookies-without-secure-flag", -20),
    (Test::Cookies, "cookies-samesite-flag-invalid", -20),
    (Test::Cookies, "cookies-anticsrf-without-samesite-flag", -20),
    (Test::Cookies, "cookies-session-without-httponly-flag", -30),
    (Test::Cookies, "cookies-session-without-secure-flag", -40),
    (Test::Cors, "cross-origin-resource-sharing-not-implemented", 0),
    (Test::Cors, "cross-origin-resource-sharing-implemented-with-public-access", 0),
    (Test::Cors, "cross-origin-resource-sharing-implemented-with-restricted-access", 0),
    (Test::Cors, "cross-origin-resource-sharing-implemented-with-universal-access", -50),
    (Test::Redirection, "redirection-all-redirects-preloaded", 0),
    (Test::Redirection, "redirection-to-https", 0),
    (Test::Redirection, "redirection-not-needed-no-http", 0),
    (Test::Redirection, "redirection-off-host-from-http", -5),
    (Test::Redirection, "redirection-not-to-https-on-initial-redirection", -10),
    (Test::Redirection, "redirection-not-to-https", -20),
    (Test::Redirection, "redirection-missing", -20),
    (Test::Redirection, "redirection-invalid-cert", -20),
    (Test::Referrer, "referrer-policy-private", 5),
    (Test::Referrer, "referrer-policy-not-implemented", 0),
    (Test::Referrer, "referrer-policy-unsafe", -5),
    (Test::Referrer, "referrer-policy-header-invalid", -5),
    (Test::Hsts, "hsts-preloaded", 5),
    (Test::Hsts, "hsts-implemented-max-age-at-least-six-months", 0),
    (Test::Hsts, "hsts-implemented-max-age-less-than-six-months", -10),
    (Test::Hsts, "hsts-not-implemented", -20),
    (Test::Hsts, "hsts-header-invalid", -20),
    (Test::Hsts, "hsts-not-implemented-no-https", -20),
    (Test::Hsts, "hsts-invalid-cert", -20),
    (Test::Integrity, "sri-implemented-and-all-scripts-loaded-securely", 5),
    (Test::Integrity, "sri-implemented-and-external-scripts-loaded-securely", 5),
    (Test::Integrity, "sri-not-implemented-response-not-html", 0),
    (Test::Integrity, "sri-not-implemented-but-no-scripts-loaded", 0),
    (Test::Integrity, "sri-not-implemented-but-all-scripts-loaded-from-secure-origin", 0),
    (Test::Integrity, "sri-not-implemented-but-external-scripts-loaded-securely", -5),
    (Test::Integrity, "sri-implemented-but-external-scripts-not-loaded-securely", -20),
    (Test::Integrity, "sri-not-implemented-and-external-scripts-not-loaded-securely", -50),
    (Test::ContentType, "x-content-type-options-nosniff", 0),
    (Test::ContentType, "x-content-type-options-header-invalid", -5),
    (Test::ContentType, "x-content-type-options-not-implemented", -5),
    (Test::Framing, "x-frame-options-implemented-via-csp", 5),
    (Test::Framing, "x-frame-options-sameorigin-or-deny", 5),
    (Test::Framing, "x-frame-options-allow-from-origin", 0),
    (Test::Framing, "x-frame-options-not-implemented", -20),
    (Test::Framing, "x-frame-options-header-invalid", -20),
    (Test::Corp, "corp-not-implemented", 0),
    (Test::Corp, "corp-implemented-with-same-origin", 10),
    (Test::Corp, "corp-implemented-with-same-site", 10),
    (Test::Corp, "corp-implemented-with-cross-origin", 0),
    (Test::Corp, "corp-header-invalid", -5),
    (Test::Coop, "coop-not-implemented", 0),
    (Test::Coop, "coop-implemented-with-same-origin", 10),
    (Test::Coop, "coop-implemented-with-same-origin-allow-popups", 10),
    (Test::Coop, "coop-implemented-with-noopener-allow-popups", 10),
    (Test::Coop, "coop-implemented-with-unsafe-none", 0),
    (Test::Coop, "coop-header-invalid", -5),
    (Test::Coep, "coep-not-implemented", 0),
    (Test::Coep, "coep-implemented-with-require-corp", 10),
    (Test::Coep, "coep-implemented-with-credentialless", 10),
    (Test::Coep, "coep-implemented-with-unsafe-none", 0),
    (Test::Coep, "coep-header-invalid", -5),
];

/// What a code adds to the score.
pub(crate) fn modifier(code: &str, algorithm: Algorithm) -> i16 {
    match (algorithm, code) {
        (Algorithm::Four, "x-frame-options-sameorigin-or-deny") => 0,
        _ => CODES.iter().find(|(_, known, _)| *known == code).map_or(0, |(.., modifier)| *modifier),
    }
}

/// The least and the most that a test can add.
pub(crate) fn extremes(test: Test, algorithm: Algorithm) -> (i16, i16) {
    let of_test = CODES.iter().filter(|(known, ..)| *known == test);
    let modifiers = of_test.map(|(_, code, _)| modifier(code, algorithm));
    modifiers.fold((0, 0), |(least, most), modifier| (least.min(modifier), most.max(modifier)))
}
