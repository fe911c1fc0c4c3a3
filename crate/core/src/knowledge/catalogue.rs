//! The catalogue of the checks in words: titles, references and fixes.
//!
//! It is a file beside the module, since it is larger than all the code of the checks. `xtask catalogue` makes it from
//! their declarations. UTF-8 text, records with an empty line between them:
//!
//! ```text
//! cookie.secure.missing
//! title A cookie is set without Secure
//! ref.cwe CWE-614
//! fix Add `Secure` to the cookie.
//! fix.unseen Add `Secure` where the cookie is set, in a response or by a script.
//! nginx proxy_cookie_flags {cookie} secure;
//! django.session SESSION_COOKIE_SECURE = True
//! ```
//!
//! What stands behind the dot of a fix or of a software's line is the case of a finding that it is for. A line that
//! begins with a tab goes on with the value before.

use litemap::LiteMap;

use super::Malformed;
use crate::fix::{Fix, Software};

/// Ids by the key of the catalogue that they are from.
pub type References = LiteMap<String, Vec<String>>;

/// The words of all checks, on borrowed text.
pub struct Catalogue<'a> {
    /// Id and record, in the order of the ids.
    records: Vec<(&'a str, &'a str)>,
}

/// The words for one finding.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The bad state, without the site's data.
    pub title: String,
    /// Where others describe it.
    pub references: References,
    /// What to do.
    pub fix: Fix,
}

impl<'a> Catalogue<'a> {
    /// Opens the file.
    pub fn new(octets: &'a [u8]) -> Result<Self, Malformed> {
        let text = std::str::from_utf8(octets).map_err(|_| Malformed::Catalogue("is not UTF-8"))?;
        let mut records: Vec<(&str, &str)> = Vec::new();
        for record in text.split("\n\n") {
            let (id, record) =
                record.split_once('\n').ok_or(Malformed::Catalogue("has a check without words"))?;
            if records.last().is_some_and(|(before, _)| *before >= id) {
                return Err(Malformed::Catalogue("is not sorted"));
            }
            records.push((id, record));
        }
        Ok(Self { records })
    }

    /// Ids of the checks that it holds, in order.
    pub fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.records.iter().map(|(id, _)| *id)
    }

    /// The words of a check for a finding of these cases, with these values; of a check that is not in the
    /// catalogue none.
    pub fn words(&self, id: &str, cases: &[&str], values: &[(&str, String)]) -> Words {
        let mut words = Words::default();
        let Ok(at) = self.records.binary_search_by(|(known, _)| (*known).cmp(id)) else { return words };
        // Of the fix as of each software: how exact what stands there is.
        let mut exact = [0; 1 + Software::ALL.len()];
        let mut rest = self.records[at].1;
        while !rest.is_empty() {
            let (line, after) = entry(rest);
            rest = after;
            let (key, text) = line.split_once(' ').unwrap_or((line, ""));
            let (key, case) = key.split_once('.').unwrap_or((key, ""));
            match key {
                "title" => words.title = joined(text),
                "ref" => push(&mut words.references, case, joined(text)),
                _ => {
                    let rank = if case.is_empty() {
                        1
                    } else if let Some(at) = cases.iter().rposition(|of_finding| *of_finding == case) {
                        2 + at
                    } else {
                        continue;
                    };
                    let software = Software::of(key);
                    let before = &mut exact[software.map_or(0, |software| 1 + software as usize)];
                    if rank <= *before {
                        continue;
                    }
                    *before = rank;
                    let mut value = joined(text);
                    if value.contains('{') {
                        for (name, with) in values {
                            value = value.replace(&["{", name, "}"].concat(), with);
                        }
                    }
                    match software {
                        Some(software) => drop(words.fix.lines.insert(software, value)),
                        None => words.fix.summary = value,
                    }
                }
            }
        }
        words
    }
}

/// The first line of the text with those that go on with its value, and what follows.
fn entry(text: &str) -> (&str, &str) {
    let mut end = 0;
    while let Some(distance) = text.get(end..).and_then(|rest| rest.find('\n')) {
        end += distance + 1;
        if text.as_bytes().get(end).is_none_or(|octet| *octet != b'\t') {
            return (text.get(..end - 1).unwrap_or_default(), text.get(end..).unwrap_or_default());
        }
    }
    (text, "")
}

/// A value of one or more lines.
fn joined(text: &str) -> String {
    if text.contains('\n') { text.replace("\n\t", "\n") } else { text.to_owned() }
}

/// Adds an id of a catalogue.
fn push(references: &mut References, catalogue: &str, id: String) {
    match references.get_mut(catalogue) {
        Some(ids) => ids.push(id),
        None => drop(references.insert(catalogue.to_owned(), vec![id])),
    }
}

#[cfg(test)]
mod tests {
    use super::{Catalogue, Software};

    const TEXT: &str = "a.b\ntitle One\nref.cwe CWE-1\nref.cwe CWE-2\nfix Do {it}.\nfix.twice Do {it} twice.\n\
        nginx one;\n\ttwo {it};\ndjango.session S = \"{it}\"\ndjango.csrf C\n\na.c\ntitle Two";

    #[test]
    fn the_more_exact_case_wins() {
        let catalogue = Catalogue::new(TEXT.as_bytes()).expect("sound");
        assert_eq!(catalogue.ids().collect::<Vec<_>>(), ["a.b", "a.c"]);
        let plain = catalogue.words("a.b", &[], &[("it", "that".into())]);
        assert_eq!(plain.title, "One");
        assert_eq!(
            plain.references.get("cwe").map(Vec::as_slice),
            Some(&["CWE-1".into(), "CWE-2".into()][..])
        );
        assert_eq!(plain.fix.summary, "Do that.");
        assert_eq!(plain.fix.lines.get(&Software::Nginx).map(String::as_str), Some("one;\ntwo that;"));
        assert_eq!(plain.fix.lines.get(&Software::Django), None);
        let session = catalogue.words("a.b", &["twice", "session"], &[("it", "x".into())]);
        assert_eq!(session.fix.summary, "Do x twice.");
        assert_eq!(session.fix.lines.get(&Software::Django).map(String::as_str), Some("S = \"x\""));
        assert_eq!(catalogue.words("a.d", &[], &[]).title, "");
    }

    #[test]
    fn a_damaged_file_is_refused() {
        for text in ["", "a.b", "b.a\ntitle x\n\na.b\ntitle y", "a.b\ntitle x\n\n"] {
            assert!(Catalogue::new(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(Catalogue::new(b"a.b\n\xFF").is_err());
    }
}
