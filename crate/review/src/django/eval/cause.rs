//! Why a value cannot be known from the files, or could be another one.

use super::value::Loc;

/// What decides instead of the files. The order is that in which causes are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A variable of the environment, or of what a reader takes for it (a `.env` file).
    Environment(String),
    /// A file or a library that was not given.
    File(String),
    /// A part of the code that has to run, in a few words, and where it is.
    Code(String, Loc),
}

impl Cause {
    /// A part of the code, in a few words.
    pub fn code(what: &str, at: Loc) -> Self {
        Self::Code(what.to_owned(), at)
    }
}
