//! Its reading of fields that say one word.

use super::text::{trim, word};
use super::{Outcome, Seen};

const REFERRER_GOOD: [&str; 4] =
    ["no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"];
const REFERRER_BAD: [&str; 4] =
    ["origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"];

/// Referrer-Policy: the last word that it knows, of the field and then of the `meta` element.
pub(super) fn referrer(seen: &Seen<'_, '_>) -> Outcome {
    let header = seen.field("referrer-policy").seen()?;
    // Of several elements it heeds the last.
    let meta = seen.metas("referrer-policy")?.pop();
    if header.is_none() && meta.is_none() {
        return Some("referrer-policy-not-implemented");
    }
    let texts = [header.unwrap_or_default(), meta.unwrap_or_default()];
    let words = texts.iter().flat_map(|text| text.split(',')).map(|word| trim(word).to_lowercase());
    let mut known = words.filter(|word| REFERRER_GOOD.iter().chain(&REFERRER_BAD).any(|known| known == word));
    Some(match known.next_back() {
        Some(last) if REFERRER_GOOD.contains(&last.as_str()) => "referrer-policy-private",
        Some(_) => "referrer-policy-unsafe",
        None => "referrer-policy-header-invalid",
    })
}

/// X-Content-Type-Options.
pub(super) fn content_type_options(seen: &Seen<'_, '_>) -> Outcome {
    Some(match seen.field("x-content-type-options").seen()? {
        Some(value) if value.is_empty() => "x-content-type-options-not-implemented",
        Some(value) if word(&value, 256) == "nosniff" => "x-content-type-options-nosniff",
        Some(_) => "x-content-type-options-header-invalid",
        None => "x-content-type-options-not-implemented",
    })
}

/// X-Frame-Options, unless a policy has `frame-ancestors`, of whatever value.
pub(super) fn framing(seen: &Seen<'_, '_>, has_frame_ancestors: Option<bool>) -> Outcome {
    if has_frame_ancestors? {
        return Some("x-frame-options-implemented-via-csp");
    }
    let value = seen.field("x-frame-options").seen()?.unwrap_or_default();
    Some(match word(&value, 1024).as_str() {
        "deny" | "sameorigin" => "x-frame-options-sameorigin-or-deny",
        _ if value.is_empty() => "x-frame-options-not-implemented",
        other if other.starts_with("allow-from") => "x-frame-options-allow-from-origin",
        _ => "x-frame-options-header-invalid",
    })
}
