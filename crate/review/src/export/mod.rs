//! A review in the formats of people and programs, one file each.
//!
//! What stands in a file is the project's to choose: each format has one place where text becomes harmless in it.

mod csv;
mod json;
mod junit;
mod markdown;
mod sarif;
mod text;

use https_audit_core::export::{Format, plain, visible};

use crate::Review;

pub use text::to_text;

/// The version of the tool that a review names.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A review on its way out.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What was reviewed: paths, with the class where a file has several settings.
    pub modules: &'a [String],
    /// What was found.
    pub review: &'a Review,
}

/// The formats that a review has besides text.
pub const FORMATS: &[Format] = &[Format::Json, Format::Sarif, Format::Junit, Format::Markdown, Format::Csv];

/// The JSON schema of [`Format::Json`], with the name of its file.
#[cfg(feature = "schema")]
pub fn schema() -> (&'static str, serde_json::Value) {
    json::schema()
}

/// A review in one of [`FORMATS`]; none for another one. Fails only where JSON can not be written, which a review does
/// not bring about.
pub fn export(format: Format, report: Report<'_>) -> Option<Result<String, serde_json::Error>> {
    Some(match format {
        Format::Json => json::json(report),
        Format::Sarif => sarif::sarif(report),
        Format::Junit => Ok(junit::junit(report)),
        Format::Markdown => Ok(markdown::markdown(report)),
        Format::Csv => Ok(csv::csv(report)),
        Format::Html => return None,
    })
}
