//! `https-audit checks`

use https_audit_core::check::page::{TOOLS, Tool, page};
use https_audit_core::check::{Check, Severity, registry};
use https_audit_core::knowledge::References;
use serde::Serialize;

use crate::options::{ChecksArguments, Common, Format};
use crate::output::{Done, Failure};

/// A check in the catalogue.
#[derive(Serialize)]
struct Entry {
    id: &'static str,
    area: &'static str,
    severity: Severity,
    title: &'static str,
    since: &'static str,
    #[serde(with = "https_audit_core::map")]
    references: References,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

impl Entry {
    fn new(check: &'static Check, with_page: bool) -> Self {
        Self {
            id: check.id,
            area: check.area(),
            severity: check.severity,
            title: check.title,
            since: check.since,
            references: check.references_by_catalogue(),
            page: with_page.then(|| page(check)),
        }
    }
}

/// The catalogue, or one check's page.
pub fn run(arguments: &ChecksArguments, common: &Common) -> Result<Done, Failure> {
    if let Some(key) = &arguments.by_tool {
        return Ok(Done { text: by_tool(key, common.format)?, worst: None, fail_on: None });
    }
    let as_json = common.format == Format::Json;
    let text = match &arguments.id {
        None if as_json => {
            let entries: Vec<Entry> = registry::ALL.iter().map(|check| Entry::new(check, false)).collect();
            json(&entries)?
        }
        None => catalogue(),
        Some(id) => {
            let check = registry::find(id)
                .ok_or_else(|| Failure::of(id, "no check of this id; `https-audit checks` lists them"))?;
            if as_json { json(&Entry::new(check, true))? } else { page(check) }
        }
    };
    Ok(Done::without_findings(text))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    let mut text = https_audit_core::json::to_string(value).map_err(|error| Failure::of("checks", error))?;
    text.push('\n');
    Ok(text)
}

fn catalogue() -> String {
    let width = registry::ALL.iter().map(|check| check.id.len()).max().unwrap_or_default();
    registry::ALL
        .iter()
        .map(|check| format!("{:<width$}  {:<7}  {}", check.id, check.severity.word(), check.title))
        .fold(String::new(), |all, line| all + &line + "\n")
}

/// What a tool calls what we find.
#[derive(Serialize)]
struct Called {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
    checks: Vec<&'static str>,
}

fn by_tool(key: &str, format: Format) -> Result<String, Failure> {
    let tool = Tool::of(key).ok_or_else(|| {
        let keys: Vec<&str> = TOOLS.iter().map(|tool| tool.key).collect();
        Failure::of(key, format!("no tool of this name; there are {}", keys.join(", ")))
    })?;
    let called: Vec<Called> = tool
        .entries()
        .into_iter()
        .map(|(id, name, checks)| Called { id, name, checks: checks.iter().map(|check| check.id).collect() })
        .collect();
    if format == Format::Json {
        return json(&called);
    }
    Ok(called
        .iter()
        .map(|Called { id, name, checks }| match name {
            Some(name) => format!("{id} ({name}): {}\n", checks.join(", ")),
            None => format!("{id}: {}\n", checks.join(", ")),
        })
        .collect())
}
