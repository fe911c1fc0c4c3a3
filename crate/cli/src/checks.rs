//! `https-audit checks`

use clap::Args;
use https_audit_core::check::page::{TOOLS, Tool, page};
use https_audit_core::check::{Check, Severity, registry};
use https_audit_core::knowledge::References;
use https_audit_review::catalogue;
use serde::Serialize;

use crate::options::{Common, Format};
use crate::output::{Done, Failure};

/// Arguments of `checks`.
#[derive(Args)]
pub struct ChecksArguments {
    /// The check's id; all checks where it is left out.
    pub id: Option<String>,
    /// What another tool calls the same things: zap, observatory, django, hstspreload, asvs, owasp-top10, cwe, rfc, guideline.
    #[arg(long, value_name = "TOOL", conflicts_with = "id")]
    pub by_tool: Option<String>,
}

/// A check in the catalogue: of an audit or of a review.
#[derive(Serialize)]
struct Entry {
    id: &'static str,
    area: &'static str,
    severity: Severity,
    title: &'static str,
    /// Of an audit's checks.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<&'static str>,
    #[serde(with = "https_audit_core::map")]
    references: References,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<String>,
}

impl Entry {
    fn of_audit(check: &Check) -> Self {
        Self {
            id: check.id,
            area: check.area(),
            severity: check.severity,
            title: check.title,
            since: Some(check.since),
            references: check.references_by_catalogue(),
            page: None,
        }
    }

    fn of_review(check: &catalogue::Check) -> Self {
        let owned = |ids: Vec<&str>| ids.into_iter().map(str::to_owned).collect();
        let references = check.references_by_catalogue().into_iter();
        Self {
            id: check.id,
            area: check.area(),
            severity: check.severity,
            title: check.title,
            since: None,
            references: references.map(|(whose, ids)| (whose.to_owned(), owned(ids))).collect(),
            page: None,
        }
    }

    /// Every check, by id.
    fn all() -> Vec<Self> {
        let of_reviews = catalogue::all();
        let of_audits = registry::ALL.iter().map(|check| Self::of_audit(check));
        let mut all: Vec<Self> = of_audits.chain(of_reviews.iter().map(Self::of_review)).collect();
        all.sort_by_key(|entry| entry.id);
        all
    }

    /// One, with its page.
    fn find(id: &str) -> Option<Self> {
        if let Some(check) = registry::find(id) {
            return Some(Self { page: Some(page(check)), ..Self::of_audit(check) });
        }
        let check = catalogue::all().into_iter().find(|check| check.id == id)?;
        Some(Self { page: Some(check.page()), ..Self::of_review(&check) })
    }
}

/// The catalogue, or one check's page.
pub fn run(arguments: &ChecksArguments, common: &Common) -> Result<Done, Failure> {
    if let Some(key) = &arguments.by_tool {
        return Ok(Done { text: by_tool(key, common.format)?, worst: None, fail_on: None });
    }
    let as_json = common.format == Format::Json;
    let text = match &arguments.id {
        None if as_json => json(&Entry::all())?,
        None => list(&Entry::all()),
        Some(id) => {
            let entry = Entry::find(id)
                .ok_or_else(|| Failure::of(id, "no check of this id; `https-audit checks` lists them"))?;
            if as_json { json(&entry)? } else { entry.page.unwrap_or_default() }
        }
    };
    Ok(Done::without_findings(text))
}

fn json(value: &impl Serialize) -> Result<String, Failure> {
    let mut text = https_audit_core::json::to_string(value).map_err(|error| Failure::of("checks", error))?;
    text.push('\n');
    Ok(text)
}

fn list(entries: &[Entry]) -> String {
    let width = entries.iter().map(|entry| entry.id.len()).max().unwrap_or_default();
    entries
        .iter()
        .map(|entry| format!("{:<width$}  {:<7}  {}", entry.id, entry.severity.word(), entry.title))
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
