//! As much of the SARIF object model as is written (SARIF 2.1.0 §3.13 and on; the names are its own).

use serde::Serialize;

/// §3.13
#[derive(Serialize)]
pub(super) struct Log {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: Vec<Run>,
}

/// §3.14
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Run {
    pub tool: Tool,
    pub automation_details: Automation,
    pub invocations: Vec<Invocation>,
    pub results: Vec<ResultObject>,
}

/// §3.18
#[derive(Serialize)]
pub(super) struct Tool {
    pub driver: Driver,
}

/// §3.19
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Driver {
    pub name: String,
    pub version: String,
    pub semantic_version: String,
    pub rules: Vec<Descriptor>,
}

/// §3.17
#[derive(Serialize)]
pub(super) struct Automation {
    pub id: String,
}

/// §3.20
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Invocation {
    pub execution_successful: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_time_utc: Option<String>,
    pub tool_execution_notifications: Vec<Notification>,
}

/// §3.58
#[derive(Serialize)]
pub(super) struct Notification {
    pub descriptor: DescriptorReference,
    pub level: &'static str,
    pub message: Message,
}

/// §3.52
#[derive(Serialize)]
pub(super) struct DescriptorReference {
    pub id: String,
}

/// §3.49
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Descriptor {
    pub id: String,
    pub name: String,
    pub short_description: Message,
    pub full_description: Message,
    pub help: MultiMessage,
    pub default_configuration: Configuration,
    pub properties: Bag,
}

/// §3.50
#[derive(Serialize)]
pub(super) struct Configuration {
    pub level: &'static str,
}

/// §3.8, with what code scanners look for in it.
#[derive(Serialize)]
pub(super) struct Bag {
    pub tags: Vec<String>,
    #[serde(rename = "security-severity")]
    pub security_severity: &'static str,
}

/// §3.11
#[derive(Serialize)]
pub(super) struct Message {
    pub text: String,
}

/// §3.12
#[derive(Serialize)]
pub(super) struct MultiMessage {
    pub text: String,
    pub markdown: String,
}

/// §3.27
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ResultObject {
    pub rule_id: String,
    pub rule_index: usize,
    pub level: &'static str,
    pub message: Message,
    pub locations: Vec<Location>,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suppressions: Option<Vec<Suppression>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub properties: Option<Value>,
}

/// The raw value that was judged.
#[derive(Serialize)]
pub(super) struct Value {
    pub value: String,
}

/// §3.27.17; what follows the slash is the version of how it is computed.
#[derive(Serialize)]
pub(super) struct Fingerprints {
    #[serde(rename = "httpsAudit/v1")]
    pub https_audit: String,
}

/// §3.28
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Location {
    pub physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub logical_locations: Vec<LogicalLocation>,
}

/// §3.29
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    pub artifact_location: Physical,
}

/// §3.4
#[derive(Serialize)]
pub(super) struct Physical {
    pub uri: String,
}

/// §3.33; its kinds are free words where none of the standard's fits.
#[derive(Serialize)]
pub(super) struct LogicalLocation {
    pub name: String,
    pub kind: &'static str,
}

/// §3.35
#[derive(Serialize)]
pub(super) struct Suppression {
    pub kind: &'static str,
    pub status: &'static str,
    pub justification: String,
}
