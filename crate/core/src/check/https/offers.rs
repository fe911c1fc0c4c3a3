//! What the checks of a server's offers answer alike.

use crate::check::prelude::*;
use crate::evidence::Offers;

/// A finding for each server where the question finds one; unknown where it finds none and some server left it open.
pub(super) fn each_server(
    facts: &Facts<'_>,
    question: fn(&Offers) -> Result<Option<Finding>, Reason>,
) -> Outcome {
    if facts.evidence.offers.is_empty() {
        return Outcome::NotApplicable("no server was asked what it accepts");
    }
    let mut findings = Vec::new();
    let mut gap = None;
    for offers in &facts.evidence.offers {
        match question(offers) {
            Ok(Some(finding)) => {
                let at = Location::url(format!("https://{}/", offers.place()).replace(":443/", "/"));
                findings.push(finding.at(at));
            }
            Ok(None) => {}
            Err(reason) => {
                gap.get_or_insert(Gap::new(What::Offers(offers.place()), reason));
            }
        }
    }
    match gap {
        Some(gap) if findings.is_empty() => Outcome::Unknown(gap),
        _ => Outcome::from_findings(findings),
    }
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => (*word).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
