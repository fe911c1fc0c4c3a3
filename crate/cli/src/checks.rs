//! `https-audit checks`

use https_audit_core::check::{Check, Reference, References, Severity, registry};
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
            references: Reference::by_catalogue(check.references),
            page: with_page.then(|| page(check)),
        }
    }
}

/// The catalogue, or one check's page.
pub fn run(arguments: &ChecksArguments, common: &Common) -> Result<Done, Failure> {
    let text = match (&arguments.id, common.format) {
        (None, Format::Text) => catalogue(),
        (None, Format::Json) => {
            let entries: Vec<Entry> = registry::ALL.iter().map(|check| Entry::new(check, false)).collect();
            json(&entries)?
        }
        (Some(id), format) => {
            let check = registry::find(id)
                .ok_or_else(|| Failure::of(id, "no check of this id; `https-audit checks` lists them"))?;
            match format {
                Format::Text => page(check),
                Format::Json => json(&Entry::new(check, true))?,
            }
        }
    };
    Ok(Done { text, worst: None })
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

/// The check's page: what its source file says, and where others describe the same.
fn page(check: &Check) -> String {
    let mut page = format!("{}\n{}: {}\n\n", check.id, check.severity.word(), check.title);
    for line in check.doc {
        page.push_str(line.strip_prefix(' ').unwrap_or(line));
        page.push('\n');
    }
    page.push_str("\n# References\n\n");
    for (catalogue, ids) in Reference::by_catalogue(check.references) {
        page.extend(["- ", catalogue, ": ", &ids.join(", "), "\n"]);
    }
    page
}
