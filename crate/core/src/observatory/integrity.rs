//! Its reading of Subresource Integrity: scripts only, in the HTML as the server sends it.

use super::{Outcome, Seen};
use crate::evidence::ResourceKind;

pub(super) fn test(seen: &Seen<'_, '_>) -> Outcome {
    if !seen.is_html().seen()? {
        return Some("sri-not-implemented-response-not-html");
    }
    let facts = seen.facts;
    let document = facts.document().seen()?;
    let scripts = document.scripts;
    if scripts.all == 0 {
        return Some("sri-not-implemented-but-no-scripts-loaded");
    }
    // How bad what is foreign is: 1, with integrity and over http; 2, without; 3, without and over http.
    let mut worst = 0;
    let mut foreign = false;
    // Its own address written without a scheme is foreign to it, and not over https.
    for (number, badness) in [(scripts.own_relative, 3), (scripts.own_relative_integrity, 1)] {
        let without = if badness == 3 { scripts.own_relative_integrity } else { 0 };
        if number.saturating_sub(without) > 0 {
            foreign = true;
            worst = worst.max(badness);
        }
    }
    let own_with = scripts.own_integrity.saturating_sub(scripts.own_relative_integrity) > 0;
    let mut implemented = own_with && seen.https;
    for part in document.parts.iter().filter(|part| part.kind == ResourceKind::Script) {
        let domain = facts.knowledge.suffixes.registrable_domain(part.url.host());
        let same = domain.is_some() && domain == facts.site.registrable_domain.as_deref();
        let https = part.url.is_https() && !part.relative_scheme;
        if same && !part.relative_scheme {
            implemented |= part.integrity && https;
            continue;
        }
        foreign = true;
        worst = worst.max(match (part.integrity, https) {
            (true, true) => 0,
            (true, false) => 1,
            (false, true) => 2,
            (false, false) => 3,
        });
    }
    // Those that were not kept have integrity, like all that were left out before them; no more is known of them.
    if document.beyond.parts > 0 && worst < 3 {
        return None;
    }
    Some(match (worst, implemented, foreign) {
        (3, ..) => "sri-not-implemented-and-external-scripts-not-loaded-securely",
        (2, ..) => "sri-not-implemented-but-external-scripts-loaded-securely",
        (1, ..) => "sri-implemented-but-external-scripts-not-loaded-securely",
        (_, true, _) => "sri-implemented-and-all-scripts-loaded-securely",
        (_, false, true) => "sri-implemented-and-external-scripts-loaded-securely",
        (_, false, false) => "sri-not-implemented-but-all-scripts-loaded-from-secure-origin",
    })
}
