//! Its reading of what other origins may do.

use super::text::word;
use super::{Outcome, Seen, text};

/// The first code for a field that is not there, then one for each word, then one for any other.
fn choose(
    seen: &Seen<'_, '_>,
    name: &str,
    words: &[(&str, &'static str)],
    absent: &'static str,
    invalid: &'static str,
) -> Outcome {
    let value = word(&seen.field(name).seen()?.unwrap_or_default(), 256);
    if value.is_empty() {
        return Some(absent);
    }
    Some(words.iter().find(|(known, _)| *known == value).map_or(invalid, |(_, code)| *code))
}

/// Cross-Origin-Resource-Policy.
pub(super) fn resource_policy(seen: &Seen<'_, '_>) -> Outcome {
    let words = [
        ("same-site", "corp-implemented-with-same-site"),
        ("same-origin", "corp-implemented-with-same-origin"),
        ("cross-origin", "corp-implemented-with-cross-origin"),
    ];
    choose(seen, "cross-origin-resource-policy", &words, "corp-not-implemented", "corp-header-invalid")
}

/// Cross-Origin-Opener-Policy.
pub(super) fn opener_policy(seen: &Seen<'_, '_>) -> Outcome {
    let words = [
        ("same-origin", "coop-implemented-with-same-origin"),
        ("same-origin-allow-popups", "coop-implemented-with-same-origin-allow-popups"),
        ("noopener-allow-popups", "coop-implemented-with-noopener-allow-popups"),
        ("unsafe-none", "coop-implemented-with-unsafe-none"),
    ];
    choose(seen, "cross-origin-opener-policy", &words, "coop-not-implemented", "coop-header-invalid")
}

/// Cross-Origin-Embedder-Policy.
pub(super) fn embedder_policy(seen: &Seen<'_, '_>) -> Outcome {
    let words = [
        ("require-corp", "coep-implemented-with-require-corp"),
        ("credentialless", "coep-implemented-with-credentialless"),
        ("unsafe-none", "coep-implemented-with-unsafe-none"),
    ];
    choose(seen, "cross-origin-embedder-policy", &words, "coep-not-implemented", "coep-header-invalid")
}

/// Access-Control-Allow-Origin, in the answer to an `OPTIONS` request of another origin for the page's address.
pub(super) fn sharing(seen: &Seen<'_, '_>) -> Outcome {
    let asked = seen.facts.exchanges().filter(|exchange| {
        exchange.method == "OPTIONS" && exchange.url == seen.page.url && exchange.response.is_seen()
    });
    let asked = asked.last()?;
    let response = asked.response.as_ref().seen()?;
    let allowed = text::field(response, "access-control-allow-origin").seen()?.unwrap_or_default();
    let credentials = text::field(response, "access-control-allow-credentials").seen()?.unwrap_or_default();
    Some(if allowed.is_empty() {
        "cross-origin-resource-sharing-not-implemented"
    } else if word(&allowed, 256) == "*" {
        "cross-origin-resource-sharing-implemented-with-public-access"
    } else if word(&credentials, usize::MAX) == "true" && asked.initiator.as_ref()? == &allowed {
        "cross-origin-resource-sharing-implemented-with-universal-access"
    } else {
        "cross-origin-resource-sharing-implemented-with-restricted-access"
    })
}
