//! Where others describe the same weakness.

use litemap::LiteMap;

/// Ids by catalogue.
pub type References = LiteMap<&'static str, Vec<String>>;

/// One reference, by the id its owner uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reference {
    /// Common Weakness Enumeration, such as 614.
    Cwe(u16),
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
            Self::Asvs(id) => ("asvs", id.to_owned()),
            Self::Zap(id) => ("zap", id.to_owned()),
            Self::Observatory(id) => ("observatory", id.to_owned()),
            Self::Django(id) => ("django", id.to_owned()),
            Self::Hstspreload(id) => ("hstspreload", id.to_owned()),
            Self::Rfc(n, section) => ("rfc", format!("RFC {n} {section}")),
            Self::Guideline(name) => ("guideline", name.to_owned()),
        }
    }

    /// All references of a list, by catalogue.
    pub fn by_catalogue(list: &[Self]) -> References {
        let mut map = References::new();
        for reference in list {
            let (catalogue, id) = reference.entry();
            map.entry(catalogue).or_default().push(id);
        }
        map
    }
}
