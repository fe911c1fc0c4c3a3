//! What the page's document says, as far as somebody read it.

use super::Facts;
use crate::evidence::{Document, Form, FormMethod, Observed, Reason};

impl<'a> Facts<'a> {
    /// The page's document, of which it is known what it does not hold.
    pub fn document(&self) -> Observed<&'a Document> {
        match self.visit.map(|visit| visit.document.as_ref()) {
            Some(Observed::Seen(document)) if !document.is_whole() => Observed::Unseen(Reason::NotInInput),
            Some(document) => document,
            None => Observed::Unseen(Reason::NotInInput),
        }
    }

    /// What the page's document holds, and perhaps more.
    pub fn some_document(&self) -> Option<&'a Document> {
        self.visit?.document.as_ref().seen()
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
