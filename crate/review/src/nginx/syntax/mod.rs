//! The syntax of nginx configuration: a text to a tree of directives.
//!
//! ```text
//! text ─▶ cursor (places) ─▶ token (words) ─▶ parse (tree)
//! ```
//!
//! A text that nginx would refuse is read up to the place where it is wrong; the blocks that are open there are marked as
//! cut off, since what they lack may stand behind that place.

mod cursor;
mod lua;
mod parse;
mod token;

pub use cursor::Spot;
pub use parse::{MAX_DEPTH, parse};
pub use token::Fault;

/// One directive, and what stands in its block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// Its name: the first word.
    pub name: String,
    /// The other words.
    pub args: Vec<String>,
    /// Its block.
    pub block: Option<Block>,
    /// Which file it is in, as an index of the sources.
    pub file: usize,
    /// Where its name begins.
    pub spot: Spot,
}

/// What stands between braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// Directives.
    Directives {
        /// In the order of the text.
        inside: Vec<Directive>,
        /// The text ended, or had to be given up, before the closing brace.
        cut: bool,
    },
    /// Code of another language.
    Lua(String),
}

impl Directive {
    /// An argument, or an empty text where there is none.
    pub fn arg(&self, index: usize) -> &str {
        self.args.get(index).map_or("", String::as_str)
    }

    /// The directives in its block; none where it has no block or one of code.
    pub fn inside(&self) -> &[Self] {
        match &self.block {
            Some(Block::Directives { inside, .. }) => inside,
            _ => &[],
        }
    }
}

/// What one text holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// In the order of the text.
    pub directives: Vec<Directive>,
    /// Where nginx would refuse it; nothing behind it was read, except for a byte order mark, which is passed over.
    pub faults: Vec<Fault>,
    /// Reading was given up at the last fault.
    pub cut: bool,
}
