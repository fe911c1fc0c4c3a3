//! Reports that are read again.
//!
//! A report of a later version may hold members, checks, codes and software that are not known here: members that
//! nobody asks for are passed over, and what is a name survives as text.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{
    CheckOutcome, MANY_SCHEMA, Report, ReportFacts, ReportFinding, ReportSite, SCHEMA, Tool, Verdicts, Word,
};
use crate::baseline::Told;
use crate::evidence::{CsrfToken, DebugPage, Field, StackTrace, from_isomorphic};
use crate::fact::{Confidence, SoftwareFact};
use crate::fix::Software;
use crate::grade::Grade;
use crate::import::{Unreadable, unreadable_json};
use crate::observatory::Test;

/// One report or several, as [`to_json`](super::to_json) writes them.
pub struct Reports;

/// Either of the two. The schema stands first: of another one nothing else is read.
#[derive(serde::Deserialize)]
struct Either {
    #[serde(deserialize_with = "any_schema")]
    schema: Word,
    reports: Option<Vec<Report>>,
    tool: Option<Tool>,
    generated_at: Option<String>,
    site: Option<ReportSite>,
    verdicts: Option<Verdicts>,
    grade: Option<Grade>,
    findings: Option<Vec<ReportFinding>>,
    checks: Option<Vec<CheckOutcome>>,
    facts: Option<ReportFacts>,
    baseline: Option<Told>,
}

impl Reports {
    /// Reads them from anywhere.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Report>, D::Error> {
        let read = Either::deserialize(deserializer)?;
        let missing = <D::Error as de::Error>::missing_field;
        if read.schema == MANY_SCHEMA {
            return read.reports.ok_or_else(|| missing("reports"));
        }
        Ok(vec![Report {
            schema: read.schema,
            tool: read.tool.ok_or_else(|| missing("tool"))?,
            generated_at: read.generated_at.ok_or_else(|| missing("generated_at"))?,
            site: read.site.ok_or_else(|| missing("site"))?,
            verdicts: read.verdicts.ok_or_else(|| missing("verdicts"))?,
            grade: read.grade,
            findings: read.findings.ok_or_else(|| missing("findings"))?,
            checks: read.checks.ok_or_else(|| missing("checks"))?,
            facts: read.facts.ok_or_else(|| missing("facts"))?,
            baseline: read.baseline,
        }])
    }
}

/// What tells kinds of JSON file apart.
#[derive(serde::Deserialize)]
struct Marks {
    schema: Option<serde_json::Value>,
}

fn schema_of(octets: &[u8]) -> Result<Option<String>, serde_json::Error> {
    let marks: Marks = serde_json::from_slice(octets)?;
    Ok(marks.schema.map(|schema| schema.as_str().map_or_else(|| schema.to_string(), str::to_owned)))
}

/// Whether a file calls itself a report, or several, of whichever version.
pub fn is_report(octets: &[u8]) -> bool {
    schema_of(octets).ok().flatten().is_some_and(|schema| schema.starts_with("https-audit/report"))
}

/// Reads a file with one report, or with several. What it tells of an error never holds a value.
pub fn read_reports(octets: &[u8]) -> Result<Vec<Report>, Unreadable> {
    match schema_of(octets).map_err(|error| unreadable_json(&error))? {
        Some(schema) if schema == SCHEMA || schema == MANY_SCHEMA => {}
        Some(schema) => return Err(Unreadable::ReportSchema(schema.chars().take(80).collect())),
        None => {
            let what = format!("no \"schema\": \"{SCHEMA}\"");
            return Err(Unreadable::Json { line: 1, column: 1, what });
        }
    }
    let mut deserializer = serde_json::Deserializer::from_slice(octets);
    let reports = Reports::read(&mut deserializer);
    let ended = reports.and_then(|reports| deserializer.end().map(|()| reports));
    ended.map_err(|error| unreadable_json(&error))
}

/// The schema of one report.
pub(super) fn schema<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    known(deserializer, &[SCHEMA])
}

fn any_schema<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Word, D::Error> {
    known(deserializer, &[SCHEMA, MANY_SCHEMA])
}

fn known<'de, D: Deserializer<'de>>(deserializer: D, schemas: &[&'static str]) -> Result<Word, D::Error> {
    let found = Word::deserialize(deserializer)?;
    let known = schemas.iter().find(|schema| **schema == found);
    known.map(|schema| Word::Borrowed(schema)).ok_or_else(|| {
        let schemas = schemas.join("` or `");
        de::Error::custom(format_args!("another schema; this version reads `{schemas}`"))
    })
}

/// The Observatory's code by test; a test that is missing was not observed.
pub(super) fn by_test<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<[Option<Word>; Test::ALL.len()], D::Error> {
    deserializer.deserialize_map(Codes)
}

struct Codes;

impl<'de> Visitor<'de> for Codes {
    type Value = [Option<Word>; Test::ALL.len()];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a result code for each test")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut codes = Self::Value::default();
        while let Some(name) = entries.next_key::<String>()? {
            let place = Test::ALL.iter().position(|test| test.name() == name);
            match place.and_then(|place| codes.get_mut(place)) {
                Some(code) => *code = entries.next_value()?,
                None => drop(entries.next_value::<IgnoredAny>()?),
            }
        }
        Ok(codes)
    }
}

/// Software that is not known here is left out: there are no fixes for it.
pub(super) fn software<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<SoftwareFact>, D::Error> {
    #[derive(serde::Deserialize)]
    struct Named {
        software: String,
        confidence: Confidence,
        evidence: Vec<String>,
    }
    let all = Vec::<Named>::deserialize(deserializer)?.into_iter();
    let known = all.filter_map(|Named { software, confidence, evidence }| {
        Some(SoftwareFact { software: Software::of(&software)?, confidence, evidence })
    });
    Ok(known.collect())
}

/// The fields of `meta` elements. Those of evidence refuse members that they do not know.
pub(super) fn metas<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Field>, D::Error> {
    #[derive(serde::Deserialize)]
    struct Meta {
        name: String,
        #[serde(deserialize_with = "from_isomorphic")]
        value: Vec<u8>,
        cut_from: Option<usize>,
    }
    let all = Vec::<Meta>::deserialize(deserializer)?.into_iter();
    Ok(all.map(|Meta { name, value, cut_from }| Field { name, value, cut_from }).collect())
}

/// Those that are known.
fn words<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    of: fn(&str) -> Option<T>,
) -> Result<Vec<T>, D::Error> {
    Ok(Vec::<String>::deserialize(deserializer)?.iter().filter_map(|word| of(word)).collect())
}

pub(super) fn csrf_tokens<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CsrfToken>, D::Error> {
    words(deserializer, CsrfToken::of)
}

pub(super) fn debug_pages<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<DebugPage>, D::Error> {
    words(deserializer, DebugPage::of)
}

pub(super) fn traces<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<StackTrace>, D::Error> {
    words(deserializer, StackTrace::of)
}
