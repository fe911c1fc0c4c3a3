//! Checks: one question each, one file each.
//!
//! A check looks at [`Facts`] only and answers with an [`Outcome`]. It never parses,
//! never derives what a fact should hold, and never claims a pass for what was not
//! seen: then it is [`Outcome::Unknown`] with the [`Gap`].
//!
//! A check file is a `declare!` with the page's text and the declaration, then a
//! function `run`. Its behaviour stands in `tests/checks/<id>.md`.

#[macro_use]
mod declare;
#[cfg(feature = "docs")]
mod catalogue;
mod finding;
mod fold;
mod gap;
#[cfg(feature = "docs")]
mod names;
#[cfg(feature = "docs")]
pub mod page;
#[cfg(feature = "docs")]
mod reference;

pub mod registry;

pub mod content;
pub mod cookie;
pub mod csp;
pub mod disclosure;
pub mod django;
pub mod header;
pub mod hsts;
pub mod https;
pub mod preload;

#[cfg(feature = "docs")]
pub use catalogue::{catalogue, catalogue_of};
pub use finding::{Finding, Location, code};
pub use fold::{LISTED, fold};
pub use gap::{Gap, Unknown, What, why};
#[cfg(feature = "docs")]
pub use reference::Reference;

use crate::fact::Facts;
#[cfg(feature = "docs")]
use crate::fix::Remedy;
use crate::words::words;

words! {
    /// How bad a finding is.
    pub enum Severity {
        /// Worth knowing; changes no verdict.
        Note = "note",
        /// A weakness.
        Warning = "warning",
        /// Something can be read or changed on the way.
        Error = "error",
    }
}

/// One check: its declaration and its function.
#[derive(Debug, Clone, Copy)]
pub struct Check {
    /// `area.subject.condition`; names the bad state; never reused.
    pub id: &'static str,
    /// Severity of its findings where the check says nothing else.
    pub severity: Severity,
    /// The bad state in a few words, without the site's data.
    #[cfg(feature = "docs")]
    pub title: &'static str,
    /// Where others describe the same thing.
    #[cfg(feature = "docs")]
    pub references: &'static [Reference],
    /// What to do about it.
    #[cfg(feature = "docs")]
    pub fix: Remedy,
    /// What differs of it in the cases that a finding names.
    #[cfg(feature = "docs")]
    pub cases: &'static [(&'static str, Remedy)],
    /// Version of the tool that first had it.
    #[cfg(feature = "docs")]
    pub since: &'static str,
    /// The check's page in Markdown, a line each.
    #[cfg(feature = "docs")]
    pub doc: &'static [&'static str],
    /// The question.
    pub run: fn(&Facts<'_>) -> Outcome,
}

impl Check {
    /// The part of the id before the first dot.
    pub fn area(&self) -> &'static str {
        self.id.split('.').next().unwrap_or(self.id)
    }
}

/// The answer of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Looked, and the bad state is not there.
    Pass,
    /// The bad state is there, once for each finding.
    Fail(Vec<Finding>),
    /// The question does not arise here, or another check answers it; with the reason.
    NotApplicable(&'static str),
    /// What decides was not observed.
    Unknown(Gap),
}

impl Outcome {
    /// A single finding.
    pub fn fail(finding: Finding) -> Self {
        Self::Fail(vec![finding])
    }

    /// Fails with these findings, or passes when there are none.
    pub fn from_findings(findings: Vec<Finding>) -> Self {
        if findings.is_empty() { Self::Pass } else { Self::Fail(findings) }
    }

    /// The word of the contract.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail(_) => "fail",
            Self::NotApplicable(_) => "not-applicable",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// What every check file needs.
pub mod prelude {
    #[cfg(feature = "docs")]
    pub use super::Reference;
    pub use super::{Check, Finding, Gap, Location, Outcome, Severity, What, code};
    pub use crate::evidence::{Exchange, Observed, Reason};
    pub use crate::fact::Facts;
    #[cfg(feature = "docs")]
    pub use crate::fix::{Remedy, Software};
}
