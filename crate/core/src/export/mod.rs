//! A report in the formats of other programs, one file each.
//!
//! All of them are pure functions of reports that were made: the extension and the command write the same octets.
//! What a report says of a site is the site's to choose, so each format has one place where text becomes harmless in
//! it, and writes no text that did not pass it.

mod csv;
mod file_name;
mod junit;
mod markdown;
mod sarif;
mod text;

use crate::json::visible as visible_json;
use crate::report::{Report, to_json};
use crate::view::document;
use crate::words::words;

pub use csv::row as csv_row;
pub use file_name::file_name;
pub(crate) use markdown::{code as markdown_code, words as markdown_words};
pub use text::{plain, visible};

words! {
    /// A format of exported reports; the order is the contract's.
    pub enum Format {
        /// One HTML file, to read and to print.
        Html = "html",
        /// `https-audit/report@1`, or `https-audit/reports@1` for several.
        Json = "json",
        /// SARIF 2.1.0 (OASIS), a run for each report.
        Sarif = "sarif",
        /// `JUnit` XML as CI servers read it, a test suite for each report.
        Junit = "junit",
        /// Markdown for an issue tracker (GitHub's).
        Markdown = "markdown",
        /// CSV (RFC 4180), a row for each finding.
        Csv = "csv",
    }
}

impl Format {
    /// All of them, in their order.
    pub const ALL: &[Self] = Self::EVERY;

    /// The ending of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "xml",
            Self::Markdown => "md",
            Self::Csv => "csv",
        }
    }

    /// Its media type; all text is UTF-8.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html;charset=utf-8",
            Self::Json => "application/json",
            Self::Sarif => "application/sarif+json",
            Self::Junit => "application/xml",
            Self::Markdown => "text/markdown;charset=utf-8",
            Self::Csv => "text/csv;charset=utf-8",
        }
    }

    /// The format of a word such as `sarif`; none for a word that is no format.
    pub fn named(word: &str) -> Option<Self> {
        Self::of(word)
    }
}

/// One report or several in a format. Fails only where JSON can not be written, which a report does not bring about.
pub fn export(format: Format, reports: &[Report]) -> Result<String, serde_json::Error> {
    Ok(match format {
        Format::Html => document(reports),
        Format::Json => visible_json(&to_json(reports)?),
        Format::Sarif => sarif::sarif(reports)?,
        Format::Junit => junit::junit(reports),
        Format::Markdown => markdown::markdown(reports),
        Format::Csv => csv::csv(reports),
    })
}
