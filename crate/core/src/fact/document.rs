//! What the page's document says, as far as somebody read it.

use super::Facts;
use crate::evidence::{Document, Form, FormMethod, Observed, Reason};

impl<'a> Facts<'a> {
    /// The page's document.
    pub fn document(&self) -> Observed<&'a Document> {
        self.visit.map_or(Observed::Unseen(Reason::NotInInput), |visit| visit.document.as_ref())
    }

    /// Whether the page makes browsers change every http address to https before they ask, those of forms
    /// too (Upgrade Insecure Requests §3.2).
    pub fn upgrades_insecure_requests(&self) -> bool {
        self.csp.has("upgrade-insecure-requests")
    }
}

impl Form {
    /// It sends what was typed over a network without encryption.
    pub fn is_insecure(&self) -> bool {
        self.method != FormMethod::Dialog
            && self.action.is_http()
            && !self.action.is_potentially_trustworthy()
    }
}
