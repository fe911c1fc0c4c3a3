//! The words of the pages themselves, in the language of whoever reads them.
//!
//! The English words stand in the templates, and a catalogue has those of other languages: UTF-8 text, records with an
//! empty line between them, the first line English, then a line for each language behind its tag.
//!
//! ```text
//! {} of {} shown
//! de {} von {} angezeigt
//! fr {} sur {} affichés
//! ```
//!
//! What a report says (headlines, findings, reasons) is part of the report and English everywhere: the same evidence
//! gives the same report.

use litemap::LiteMap;
use maud::{Markup, html};

/// A language of the pages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Language {
    /// Of the tag's first part, such as `de`; English is empty.
    tag: String,
    words: LiteMap<String, String>,
}

impl Language {
    /// Of a tag such as `de-AT` (BCP 47); English where the catalogue has nothing in it.
    pub fn of(tag: &str, catalogue: &str) -> Self {
        let tag = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let mut words = LiteMap::new();
        for record in catalogue.split("\n\n") {
            let mut lines = record.lines().filter(|line| !line.is_empty());
            let Some(english) = lines.next() else { continue };
            let translated = lines.find_map(|line| line.strip_prefix(tag.as_str())?.strip_prefix(' '));
            if let Some(translated) = translated.filter(|words| !words.is_empty()) {
                words.insert(english.to_owned(), translated.to_owned());
            }
        }
        Self { tag: if words.is_empty() { String::new() } else { tag }, words }
    }

    /// Its tag, for `<html lang>`.
    pub fn tag(&self) -> &str {
        if self.tag.is_empty() { "en" } else { &self.tag }
    }

    /// Words of a page; English where the catalogue does not have them.
    pub fn say<'a>(&'a self, english: &'a str) -> &'a str {
        self.words.get(english).map_or(english, String::as_str)
    }

    /// Words with something in each `{}`, in their order.
    pub fn fill(&self, english: &str, values: &[&str]) -> String {
        let mut out = String::new();
        let mut values = values.iter();
        for (n, part) in self.say(english).split("{}").enumerate() {
            if n > 0 {
                out.push_str(values.next().copied().unwrap_or_default());
            }
            out.push_str(part);
        }
        out
    }

    /// The same with markup in each `{}`.
    pub(super) fn weave(&self, english: &str, values: &[&Markup]) -> Markup {
        let mut values = values.iter();
        html! {
            @for (n, part) in self.say(english).split("{}").enumerate() {
                @if n > 0 { @if let Some(value) = values.next() { (value) } }
                (part)
            }
        }
    }

    /// Its tag, where it is another than the report's: for what stands among a report's words.
    pub(super) fn own(&self) -> Option<&str> {
        (!self.tag.is_empty()).then_some(&self.tag)
    }

    /// The tag of what a report says, where the page around it has another.
    pub(super) fn of_report(&self) -> Option<&'static str> {
        (!self.tag.is_empty()).then_some("en")
    }

    /// Words for one, or for another number of them, with the number in `{}`.
    pub fn count(&self, number: usize, one: &str, many: &str) -> String {
        self.fill(if number == 1 { one } else { many }, &[&number.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    const CATALOGUE: &str = "Export\nde Exportieren\nfr Exporter\n\n{} of {} shown\nde {} von {} angezeigt\n";

    #[test]
    fn what_is_not_translated_is_english() {
        let german = Language::of("de-AT", CATALOGUE);
        assert_eq!((german.tag(), german.say("Export"), german.say("Copy")), ("de", "Exportieren", "Copy"));
        assert_eq!(german.fill("{} of {} shown", &["1", "2"]), "1 von 2 angezeigt");
        let french = Language::of("fr", CATALOGUE);
        assert_eq!(french.fill("{} of {} shown", &["1", "2"]), "1 of 2 shown");
        let none = Language::of("xx", CATALOGUE);
        assert_eq!(
            (none.tag(), none.say("Export"), none.count(2, "{} error", "{} errors").as_str()),
            ("en", "Export", "2 errors")
        );
    }
}
