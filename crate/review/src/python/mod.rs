//! Python's syntax tree, as ruff's parser reads it: all of Python 3.8 to 3.13, and the rest of a file that has errors.
//!
//! What the parser says of versions is not asked: which Python runs a project is not in its settings.

mod lines;
mod nesting;

use ruff_python_ast::{ModModule, PySourceType};
use ruff_python_parser::{Parsed, parse_unchecked_source};
use ruff_text_size::{TextRange, TextSize};

use crate::Place;
use lines::Lines;

/// Octets of a file that is read; a settings file has some thousands.
const LIMIT: usize = 8 << 20;

/// A file as syntax.
pub struct Tree {
    parsed: Option<Parsed<ModModule>>,
    /// What is wrong with it, in order.
    pub faults: Vec<Fault>,
    /// Where that is.
    broken: Vec<TextSize>,
    lines: Lines,
}

/// What the parser could not read.
pub struct Fault {
    /// Where.
    pub place: Place,
    /// The parser's words.
    pub what: String,
}

impl Tree {
    /// Reads a file. What stands behind an error is read all the same; a file that is nested deeper than Python itself
    /// takes is not read.
    pub fn read(file: &str, text: &str) -> Self {
        // The parser takes a mark at the beginning for a token; offsets are counted without it.
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let lines = Lines::new(file, text);
        if text.len() > LIMIT {
            let what = format!("the file is larger than {} MB and was not read", LIMIT >> 20);
            return Self::unread(lines, 0, what);
        }
        if let Some(offset) = nesting::too_deep(text) {
            let what = "it is nested deeper than Python takes, and the file was not read".to_owned();
            return Self::unread(lines, offset, what);
        }
        let parsed = parse_unchecked_source(text, PySourceType::Python);
        let mut broken: Vec<TextSize> = parsed.errors().iter().map(|error| error.location.start()).collect();
        broken.sort_unstable();
        let faults = parsed.errors().iter().map(|error| Fault {
            place: lines.place(error.location.start().to_usize()),
            what: error.error.to_string(),
        });
        Self { faults: faults.collect(), parsed: Some(parsed), broken, lines }
    }

    fn unread(lines: Lines, offset: usize, what: String) -> Self {
        let faults = vec![Fault { place: lines.place(offset), what }];
        Self { parsed: None, faults, broken: Vec::new(), lines }
    }

    /// Whether the parser had to guess what stands in a part of it.
    pub fn has_fault_in(&self, range: TextRange) -> bool {
        let first = self.broken.partition_point(|&at| at < range.start());
        self.broken.get(first).is_some_and(|&at| at <= range.end())
    }

    /// Its statements.
    pub fn module(&self) -> Option<&ModModule> {
        self.parsed.as_ref().map(Parsed::syntax)
    }

    /// Where an offset is.
    pub fn place(&self, offset: TextSize) -> Place {
        self.lines.place(offset.to_usize())
    }
}
