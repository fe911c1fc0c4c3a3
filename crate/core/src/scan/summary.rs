//! The summary.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::check::Severity;

/// The summary's name and version.
pub const SCHEMA: &str = "https-audit/summary@1";

/// All results together.
#[derive(Debug, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Summary<'a> {
    /// [`SCHEMA`].
    pub schema: &'a str,
    /// Sites that were audited; one that is in several inputs counts in each.
    pub sites: u64,
    /// Inputs, or lines of them, that could not be read.
    pub unreadable: u64,
    /// Files of directories whose names are not those of inputs.
    pub passed_over: u64,
    /// Sites by the status of each verdict.
    pub verdicts: ByVerdict,
    /// What was found, by the check's id.
    pub checks: &'a BTreeMap<String, OfCheck>,
}

/// Something of each verdict.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ByVerdict {
    /// Is it HTTPS?
    pub https: ByStatus,
    /// Is it, or could it be, preloaded?
    pub hsts_preload: ByStatus,
    /// Are the cookies safe?
    pub cookies: ByStatus,
}

/// How many sites have each status.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub struct ByStatus {
    /// Passed.
    pub pass: u64,
    /// Something is weak.
    pub warn: u64,
    /// Failed.
    pub fail: u64,
    /// What decides was not observed.
    pub unknown: u64,
    /// The verdict does not apply.
    pub not_applicable: u64,
}

/// What a check found.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfCheck {
    /// Sites with at least one finding.
    pub sites: u64,
    /// Findings.
    pub findings: u64,
    /// Of them, those that a baseline accepts.
    pub accepted: u64,
    /// The worst severity among them.
    pub severity: Option<Severity>,
}
