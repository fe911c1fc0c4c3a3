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
        const CSP: &str = "content-security-policy";
        let sent = self.page().and_then(|page| page.response.as_ref()).seen();
        let metas = self.document().seen().into_iter().flat_map(|document| &document.metas);
        let mut fields = sent.into_iter().flat_map(|response| &response.fields).chain(metas);
        fields.any(|field| field.name.eq_ignore_ascii_case(CSP) && says_upgrade(&field.value))
    }
}

/// Whether a policy, or one of several with commas between them, has the directive.
fn says_upgrade(value: &[u8]) -> bool {
    let directives = value.split(|octet| b",;".contains(octet));
    directives.map(<[u8]>::trim_ascii).any(|directive| {
        let name = directive.split(u8::is_ascii_whitespace).next().unwrap_or_default();
        name.eq_ignore_ascii_case(b"upgrade-insecure-requests")
    })
}

impl Form {
    /// It sends what was typed over a network without encryption.
    pub fn is_insecure(&self) -> bool {
        self.method != FormMethod::Dialog
            && self.action.is_http()
            && !self.action.is_potentially_trustworthy()
    }
}
