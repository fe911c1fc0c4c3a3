//! HTTPS Audit, the code review: what Django settings and nginx configuration say of HTTPS, HSTS and cookies.
//!
//! ```text
//! files ─▶ syntax ─▶ what it says ─▶ findings ─▶ Review ─▶ text, JSON, SARIF, …
//! ```
//!
//! Nothing here opens a file: sources are given as [`Source`]. What cannot be known without running the code is told as
//! [`Unknown`], never guessed.

pub mod catalogue;
pub mod django;
pub mod export;
pub mod nginx;
mod python;

use https_audit_core::check::Severity;
use serde::Serialize;

/// A file that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Its path, as it was given or found.
    pub path: String,
    /// Its octets, as text.
    pub text: String,
}

/// A place in a file, both counted from 1; the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// The file's path.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

/// One thing that is wrong at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// `area.subject.condition`, such as `settings.secret-key.hard-coded` or `nginx.add-header.not-inherited`.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The bad state in a few words; code between back-ticks.
    pub title: String,
    /// Why it matters here; code between back-ticks. Never a secret.
    pub message: String,
    /// Where; the beginning of the settings module where a setting is missing from every file.
    pub place: Option<Place>,
    /// Ids that others give it: `security.W004`, `CWE-319`, `V12.2.1`.
    pub references: Vec<String>,
    /// The lines that mend it.
    pub fix: Option<String>,
}

/// What the files do not decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Unknown {
    /// The setting or directive.
    pub what: String,
    /// Why it cannot be known: it comes from the environment, from a file that was not given, …
    pub why: String,
    /// How to find out.
    pub how: String,
    /// Where.
    pub place: Option<Place>,
}

/// What one kind of file says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Review {
    /// What is wrong, by file and line.
    pub findings: Vec<Finding>,
    /// What could not be known.
    pub unknown: Vec<Unknown>,
}
