//! JSON, `https-audit/review@1`.

use serde::Serialize;

use super::{Report, VERSION};
use crate::{Finding, Unknown};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: Tool,
    /// What was reviewed.
    modules: &'a [String],
    findings: &'a [Finding],
    unknown: &'a [Unknown],
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(super) fn json(report: Report<'_>) -> Result<String, serde_json::Error> {
    let document = Document {
        schema: "https-audit/review@1",
        tool: Tool { name: "https-audit", version: VERSION },
        modules: report.modules,
        findings: &report.review.findings,
        unknown: &report.review.unknown,
    };
    https_audit_core::json::to_string(&document).map(|text| text + "\n")
}
