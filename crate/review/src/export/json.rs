//! JSON, `https-audit/review@1`.

use serde::Serialize;

use super::{Report, VERSION};
use crate::{Finding, Unknown};

/// The review's name and version.
const SCHEMA: &str = "https-audit/review@1";

/// A review of settings and configuration.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Review"))]
struct Document<'a> {
    /// [`SCHEMA`].
    schema: &'static str,
    /// Who made it.
    tool: Tool,
    /// What was reviewed: paths, with the class where a file has several settings.
    modules: &'a [String],
    /// What is wrong, by file and line.
    findings: &'a [Finding],
    /// What the files do not decide.
    unknown: &'a [Unknown],
}

/// The program.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct Tool {
    /// `https-audit`.
    name: &'static str,
    /// Its version.
    version: &'static str,
}

pub(super) fn json(report: Report<'_>) -> Result<String, serde_json::Error> {
    let document = Document {
        schema: SCHEMA,
        tool: Tool { name: "https-audit", version: VERSION },
        modules: report.modules,
        findings: &report.review.findings,
        unknown: &report.review.unknown,
    };
    https_audit_core::json::to_string(&document).map(|text| text + "\n")
}

/// The schema, with the name of its file.
#[cfg(feature = "schema")]
pub(super) fn schema() -> (&'static str, serde_json::Value) {
    ("review-1.json", https_audit_core::schema::written::<Document<'static>>(SCHEMA))
}
