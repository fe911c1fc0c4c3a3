//! What to do about a finding: one sentence, and lines that can be pasted.

use litemap::LiteMap;
use std::borrow::Cow;

use serde::Serialize;

/// Software a fix is written for. The order is the order in which fixes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Software {
    /// Django settings or code.
    Django,
    /// nginx configuration.
    Nginx,
    /// The response header line itself, for everything else.
    Header,
}

impl Software {
    /// Its name for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Django => "Django",
            Self::Nginx => "nginx",
            Self::Header => "Header field",
        }
    }
}

/// The fix in a check's declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remedy {
    /// One sentence.
    pub summary: &'static str,
    /// Lines by software, none twice.
    pub lines: &'static [(Software, &'static str)],
}

impl Remedy {
    /// A fix that is not a line of configuration.
    pub const fn words(summary: &'static str) -> Self {
        Self { summary, lines: &[] }
    }
}

/// The fix of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// One sentence.
    pub summary: Cow<'static, str>,
    /// Lines to paste, by software.
    #[serde(flatten, with = "crate::map")]
    pub lines: LiteMap<Software, Cow<'static, str>>,
}

impl Fix {
    /// A fix of one sentence.
    pub fn new(summary: impl Into<Cow<'static, str>>) -> Self {
        Self { summary: summary.into(), lines: LiteMap::new() }
    }

    /// With lines for a software.
    #[must_use]
    pub fn lines(mut self, software: Software, lines: impl Into<Cow<'static, str>>) -> Self {
        self.lines.insert(software, lines.into());
        self
    }
}

impl From<Remedy> for Fix {
    fn from(remedy: Remedy) -> Self {
        let fix = Self::new(remedy.summary);
        remedy.lines.iter().fold(fix, |fix, &(software, lines)| fix.lines(software, lines))
    }
}
