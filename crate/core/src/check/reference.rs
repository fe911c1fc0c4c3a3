//! Where others describe the same weakness.

use super::{Check, names};
use crate::knowledge::References;

/// One reference, by the id its owner uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Common Weakness Enumeration, such as 614.
    Cwe(u16),
    /// Category of the OWASP Top 10 of 2025, 1 to 10. It follows from a CWE, and is not declared.
    Top10(u8),
    /// OWASP Application Security Verification Standard 5.0, such as `V3.3.1`.
    Asvs(&'static str),
    /// ZAP passive rule, such as `10011`.
    Zap(&'static str),
    /// Result code of MDN HTTP Observatory.
    Observatory(&'static str),
    /// Id of Django's `check --deploy`, such as `security.W012`.
    Django(&'static str),
    /// Code of hstspreload.org.
    Hstspreload(&'static str),
    /// Number and section of an RFC, such as `(6797, "§7.1")`.
    Rfc(u16, &'static str),
    /// Another published rule, by name.
    Guideline(&'static str),
}

impl Reference {
    /// The catalogue's key in the report, and the id in it.
    pub fn entry(self) -> (&'static str, String) {
        match self {
            Self::Cwe(n) => ("cwe", format!("CWE-{n}")),
            Self::Top10(number) => ("owasp-top10", format!("A{number:02}:2025")),
            Self::Asvs(id) => ("asvs", id.to_owned()),
            Self::Zap(id) => ("zap", id.to_owned()),
            Self::Observatory(id) => ("observatory", id.to_owned()),
            Self::Django(id) => ("django", id.to_owned()),
            Self::Hstspreload(id) => ("hstspreload", id.to_owned()),
            Self::Rfc(n, section) => ("rfc", format!("RFC {n} {section}")),
            Self::Guideline(name) => ("guideline", name.to_owned()),
        }
    }
}

impl Check {
    /// Everything that it refers to: what is declared, and the categories that follow from its CWEs, none twice.
    pub fn references(&self) -> impl Iterator<Item = Reference> {
        let mut categories: Vec<u8> = Vec::new();
        for reference in self.references {
            if let Reference::Cwe(cwe) = reference
                && let Some(category) = names::top_10(*cwe)
                && !categories.contains(&category)
            {
                categories.push(category);
            }
        }
        self.references.iter().copied().chain(categories.into_iter().map(Reference::Top10))
    }

    /// The same as ids by catalogue.
    pub fn references_by_catalogue(&self) -> References {
        let mut map = References::new();
        for reference in self.references() {
            let (catalogue, id) = reference.entry();
            map.entry(catalogue.to_owned()).or_default().push(id);
        }
        map
    }
}
