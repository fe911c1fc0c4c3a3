//! Reading the file.
//!
//! By the parser below the `toml` crate, since the file is a flat list: with the crate itself, which makes a tree of it,
//! it would be twice as much of the wasm module.

use std::borrow::Cow;

use toml_parser::decoder::{Encoding, ScalarKind};
use toml_parser::parser::{EventReceiver, parse_document};
use toml_parser::{ErrorSink, ParseError, Source, Span};

use super::Entry;

/// The keys of an entry.
const KEYS: [&str; 7] = ["check", "fingerprint", "url", "cookie", "field", "why", "until"];

/// Why a file could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {what}")]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    /// In characters, counted from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
}

/// An error at an octet of the text.
type Wrong = (usize, String);

pub(super) fn entries(text: &str, ids: &[&str]) -> Result<Vec<Entry>, Unreadable> {
    let source = Source::new(text);
    let tokens = source.lex().into_vec();
    let mut reader = Reader {
        source,
        ids,
        place: Place::Top,
        entry: None,
        entries: Vec::new(),
        wrong: None,
        incomplete: None,
    };
    let mut malformed: Option<Wrong> = None;
    let mut sink = |error: ParseError| {
        let at = error.unexpected().or_else(|| error.context()).map_or(text.len(), |span| span.start());
        malformed.get_or_insert_with(|| (at, format!("not TOML: {}", error.description())));
    };
    parse_document(&tokens, &mut reader, &mut sink);
    reader.finish();
    let Reader { entries, wrong, incomplete, .. } = reader;
    // What comes first is the cause of the other.
    let first = [malformed, wrong].into_iter().flatten().min_by_key(|(at, _)| *at);
    match first.or(incomplete) {
        None => Ok(entries),
        Some((at, what)) => {
            let before = text.get(..at).unwrap_or(text);
            let line = 1 + before.matches('\n').count();
            let column = 1 + before.rsplit('\n').next().unwrap_or_default().chars().count();
            Err(Unreadable { line, column, what })
        }
    }
}

/// Where the parser is.
enum Place {
    /// Before any entry, or behind a value.
    Top,
    /// Between the brackets of `[[accept]]`.
    Header,
    /// Behind the key of this number.
    Key(usize),
}

struct Reader<'s> {
    source: Source<'s>,
    /// Of the checks that there are.
    ids: &'s [&'s str],
    place: Place,
    /// The entry that is read: where it begins, and its values.
    entry: Option<(usize, [Option<String>; KEYS.len()])>,
    entries: Vec<Entry>,
    wrong: Option<Wrong>,
    /// What an entry lacks: told where all else is well, since what is wrong may be why.
    incomplete: Option<Wrong>,
}

impl Reader<'_> {
    fn refuse(&mut self, at: usize, what: impl Into<String>) {
        self.wrong.get_or_insert_with(|| (at, what.into()));
    }

    /// Adds the entry that was read.
    fn finish(&mut self) {
        let Some((at, [check, fingerprint, url, cookie, field, why, until])) = self.entry.take() else {
            return;
        };
        if check.is_none() && fingerprint.is_none() {
            let what = "the entry has neither `check` nor `fingerprint`";
            self.incomplete.get_or_insert_with(|| (at, what.to_owned()));
        }
        let Some(why) = why.filter(|why| !why.trim().is_empty()) else {
            let what = "the entry does not say why: `why = \"…\"`";
            self.incomplete.get_or_insert_with(|| (at, what.to_owned()));
            return;
        };
        self.entries.push(Entry { check, fingerprint, url, cookie, field, why, until });
    }

    /// A key or a value without its quotes, and what it is.
    fn decoded(
        &self,
        span: Span,
        encoding: Option<Encoding>,
        error: &mut dyn ErrorSink,
        is_key: bool,
    ) -> (String, ScalarKind) {
        let mut text = Cow::Borrowed("");
        let mut kind = ScalarKind::String;
        if let Some(raw) = self.source.get(span) {
            let raw = toml_parser::Raw::new_unchecked(raw.as_str(), encoding, span);
            if is_key {
                raw.decode_key(&mut text, error);
            } else {
                kind = raw.decode_scalar(&mut text, error);
            }
        }
        (text.into_owned(), kind)
    }
}

impl EventReceiver for Reader<'_> {
    fn std_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.refuse(span.start(), "there are entries `[[accept]]` only, in two brackets");
    }

    fn array_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.finish();
        self.place = Place::Header;
        self.entry = Some((span.start(), Default::default()));
    }

    fn array_table_close(&mut self, _: Span, _: &mut dyn ErrorSink) {
        self.place = Place::Top;
    }

    fn inline_table_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.refuse(span.start(), "a table where a text should be");
        false
    }

    fn array_open(&mut self, span: Span, _: &mut dyn ErrorSink) -> bool {
        self.refuse(span.start(), "a list where a text should be");
        false
    }

    fn key_sep(&mut self, span: Span, _: &mut dyn ErrorSink) {
        self.refuse(span.start(), "a key with a dot");
    }

    fn simple_key(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let (key, _) = self.decoded(span, encoding, error, true);
        let at = span.start();
        if matches!(self.place, Place::Header) {
            if key != "accept" {
                self.refuse(at, "there are entries `[[accept]]` only");
            }
            return;
        }
        match (&self.entry, KEYS.iter().position(|known| *known == key)) {
            (None, _) => self.refuse(at, "a key before the first `[[accept]]`"),
            (_, None) => self.refuse(at, format!("no such key; there are {}", KEYS.join(", "))),
            (Some((_, values)), Some(place)) => {
                if values.get(place).is_some_and(Option::is_some) {
                    self.refuse(at, format!("`{key}` is there twice"));
                }
                self.place = Place::Key(place);
            }
        }
    }

    fn scalar(&mut self, span: Span, encoding: Option<Encoding>, error: &mut dyn ErrorSink) {
        let (value, kind) = self.decoded(span, encoding, error, false);
        let Place::Key(place) = std::mem::replace(&mut self.place, Place::Top) else { return };
        let (at, key) = (span.start(), KEYS.get(place).copied().unwrap_or_default());
        match (key, kind) {
            ("until", ScalarKind::DateTime) if is_day(&value) => {}
            ("until", _) => self.refuse(at, "`until` is no day such as 2027-03-31, without quotes"),
            ("check", ScalarKind::String) if !self.ids.contains(&value.as_str()) => {
                self.refuse(at, no_check(&value, self.ids));
            }
            (_, ScalarKind::String) => {}
            (key, _) => self.refuse(at, format!("`{key}` is no text between quotes")),
        }
        if let Some(slot) = self.entry.as_mut().and_then(|(_, values)| values.get_mut(place)) {
            *slot = Some(value);
        }
    }

    fn comment(&mut self, span: Span, error: &mut dyn ErrorSink) {
        if let Some(raw) = self.source.get(span) {
            raw.decode_comment(error);
        }
    }
}

/// Whether it is a day that there is, as in `2027-03-31`.
pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10 && crate::time::parse_rfc3339(&[text, "T00:00:00Z"].concat()).is_some()
}

/// Names the id that begins the same for the longest.
fn no_check(id: &str, ids: &[&str]) -> String {
    let common = |known: &str| known.bytes().zip(id.bytes()).take_while(|(a, b)| a == b).count();
    let best = ids.iter().copied().max_by_key(|known| common(known));
    match best.filter(|known| common(known) > known.find('.').unwrap_or_default()) {
        Some(known) => format!("no check of this id; did you mean `{known}`?"),
        None => "no check of this id; `https-audit checks` lists them".to_owned(),
    }
}
