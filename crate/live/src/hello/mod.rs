//! What a server accepts besides: asked with hellos made by hand, of which only the first answer is read.
//!
//! ```text
//! version ─▶ suites ─▶ write ─▶ ask (one connection) ─▶ answer ─▶ VersionOffer
//! ```
//!
//! One hello for each version offers all suites of that version, so that any answer of this version is acceptance. Of TLS
//! 1.0 to 1.2 the suites outside the guideline are then offered alone, without those already chosen, until the server
//! refuses the rest. No handshake is ever finished, so that this works with servers whose versions and suites this
//! program could not speak, and needs none of their cryptography.
//!
//! A version counts as accepted by a `ServerHello` of that version alone. A refusal is an alert, a close, or a hello of
//! another version. Silence, a reset and what is no TLS say nothing of versions: the answer is then unseen.
//!
//! # Not asked
//!
//! SSL 2 and 3; suites of TLS 1.3; suites with a key or password that is shared beforehand (PSK, SRP, Kerberos); what a
//! server would do with a client that has a certificate.

mod answer;
mod ask;
mod suites;
#[cfg(test)]
mod testing;
mod write;

#[cfg(test)]
mod tests;

use https_audit_core::evidence::{Observed, OfferedVersion, Offers, Reason, VersionOffer};

use crate::context::Context;
use ask::{Said, ask};
use suites::{Suite, of_version};

/// Hellos for the weak suites of one version.
const MAX_WEAK: usize = 40;

/// Asks a server for every version.
pub fn offers(context: &Context<'_>, host: &str, port: u16) -> Offers {
    let server = Server { context, host, port };
    let versions = OfferedVersion::ALL.iter().map(|version| server.version(*version)).collect();
    Offers { host: host.to_owned(), port, versions }
}

struct Server<'c, 's> {
    context: &'c Context<'s>,
    host: &'c str,
    port: u16,
}

impl Server<'_, '_> {
    fn version(&self, version: OfferedVersion) -> VersionOffer {
        let suites = of_version(version);
        let mut offer = VersionOffer {
            version,
            accepted: Observed::Seen(false),
            instead: None,
            weak_suites: Vec::new(),
            more: None,
        };
        match ask(self.context, self.host, self.port, version, &suites) {
            Said::Chose(first) => {
                offer.accepted = Observed::Seen(true);
                if version != OfferedVersion::Tls13 {
                    self.weak(&mut offer, &suites, first);
                }
            }
            Said::Refused(instead) => offer.instead = Some(instead),
            Said::Nothing(reason, instead) => {
                offer.accepted = Observed::Unseen(reason);
                offer.instead = Some(instead);
            }
        }
        offer
    }

    /// Offers the weak suites, without what was chosen, until the server refuses the rest.
    fn weak(&self, offer: &mut VersionOffer, suites: &[Suite], first: Suite) {
        let mut left: Vec<Suite> = suites.iter().filter(|suite| suite.is_weak()).cloned().collect();
        let mut chosen = Some(first).filter(Suite::is_weak);
        for asked in 0.. {
            if let Some(chosen) = chosen.take() {
                left.retain(|suite| *suite != chosen);
                offer.weak_suites.push(chosen.name);
            }
            if left.is_empty() {
                return;
            }
            if asked == MAX_WEAK {
                offer.more = Some(Reason::OverLimit);
                return;
            }
            match ask(self.context, self.host, self.port, offer.version, &left) {
                Said::Chose(suite) => chosen = Some(suite),
                Said::Refused(_) => return,
                Said::Nothing(reason, _) => {
                    offer.more = Some(reason);
                    return;
                }
            }
        }
    }
}
