//! Mozilla's server-side TLS guideline, version 6.0, configuration "intermediate".
//!
//! Source: <https://ssl-config.mozilla.org/guidelines/6.0.json>. Only what a browser can see
//! from outside is kept.

/// The guideline's name, as findings cite it.
pub const NAME: &str = "Mozilla TLS 6.0";

/// Cipher suites: the three of TLS 1.3, then those of TLS 1.2, by their IANA names.
pub const CIPHER_SUITES: &[&str] = &[
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
];

/// Smallest RSA key, in bits.
pub const MIN_RSA_BITS: u32 = 2048;
/// Smallest elliptic curve, in bits (prime256v1).
pub const MIN_EC_BITS: u32 = 256;
/// Longest lifetime of a certificate, in days.
pub const MAX_LIFETIME_DAYS: i64 = 366;

/// What public authorities may issue (CA/Browser Forum, ballot SC-081v3): the first second
/// (since the epoch) of each step, and the days from then on.
pub const ISSUED_SINCE: &[(i64, i64)] = &[
    (1_773_532_800, 200), // 2026-03-15
    (1_805_068_800, 100), // 2027-03-15
    (1_868_227_200, 47),  // 2029-03-15
];

/// Days for which a certificate that began at this moment may be valid: the guideline's, or
/// for one from a public authority the Forum's step of that day.
pub fn max_lifetime_days(not_before: i64, public: bool) -> i64 {
    let step = ISSUED_SINCE.iter().rfind(|(since, _)| public && not_before >= *since);
    step.map_or(MAX_LIFETIME_DAYS, |&(_, days)| days)
}

#[cfg(test)]
mod tests {
    use super::{ISSUED_SINCE, max_lifetime_days};
    use crate::time::rfc3339;

    #[test]
    fn each_step_begins_on_its_day() {
        let days: Vec<String> = ISSUED_SINCE.iter().map(|&(since, _)| rfc3339(since)).collect();
        assert_eq!(days, ["2026-03-15T00:00:00Z", "2027-03-15T00:00:00Z", "2029-03-15T00:00:00Z"]);
        for (at, public, days) in [
            (1_773_532_799, true, 366),
            (1_773_532_800, true, 200),
            (1_805_068_800, true, 100),
            (1_900_000_000, true, 47),
            (1_900_000_000, false, 366),
        ] {
            assert_eq!(max_lifetime_days(at, public), days, "{at} {public}");
        }
    }
}
