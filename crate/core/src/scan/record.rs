//! A line of the results.

use std::borrow::Cow;

use crate::check::Severity;
use crate::grade;
use crate::report::{Report, Word};
use crate::verdict::Status;
use serde::{Deserialize, Serialize};

/// A site, or an input that could not be read. Reads back what it wrote.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(extend("oneOf" = [
        {"required": ["error"]},
        {"required": ["site", "url", "verdicts", "grade", "findings", "unknown"]},
    ]))
)]
pub struct Record<'a> {
    /// The input as it was named, or as it was found in a directory.
    pub input: Cow<'a, str>,
    /// Its line, where it is JSON Lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// How many lines of the results this input, or this line of it, has.
    pub of: usize,
    /// Why it could not be read; then nothing else is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<Cow<'a, str>>,
    /// The site.
    #[serde(flatten)]
    pub site: Option<Judged<'a>>,
}

/// What was found of a site.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Judged<'a> {
    /// The registrable domain; the host where there is none.
    pub site: Cow<'a, str>,
    /// The page's address.
    pub url: Cow<'a, str>,
    /// The three.
    pub verdicts: Verdicts,
    /// MDN HTTP Observatory's, for what was seen; null where it gives none.
    pub grade: Option<OfGrade<'a>>,
    /// All of them, most severe first.
    pub findings: Vec<Found<'a>>,
    /// How many checks could not be decided.
    pub unknown: usize,
}

/// The status of each verdict.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Verdicts {
    /// Is it HTTPS?
    pub https: Status,
    /// Is it, or could it be, preloaded?
    pub hsts_preload: Status,
    /// Are the cookies safe?
    pub cookies: Status,
}

/// A grade, and between which it is where not everything was seen.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfGrade<'a> {
    /// Its letter and score.
    #[serde(flatten)]
    pub mark: Mark<'a>,
    /// The worst that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Mark<'a>>,
    /// The best that it can be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Mark<'a>>,
}

/// Letter and score.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark<'a> {
    /// From `A+` to `F`.
    pub letter: Cow<'a, str>,
    /// The score.
    pub score: i16,
}

/// A finding, by what names it.
#[derive(Debug, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Found<'a> {
    /// Id of the check.
    pub check: Word,
    /// Its severity here.
    pub severity: Severity,
    /// As in the report.
    pub fingerprint: Cow<'a, str>,
    /// A baseline accepts it; absent where none does.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub accepted: bool,
}

impl<'a> Mark<'a> {
    fn of(mark: &'a grade::Mark) -> Self {
        Self { letter: mark.letter.as_ref().into(), score: mark.score }
    }
}

impl<'a> Judged<'a> {
    /// Of a report.
    pub fn of(report: &'a Report, unknown: usize) -> Self {
        let domain = report.site.registrable_domain.as_deref();
        let verdicts = &report.verdicts;
        Self {
            site: domain.unwrap_or(&report.site.host).into(),
            url: report.site.url.as_str().into(),
            verdicts: Verdicts {
                https: verdicts.https.status,
                hsts_preload: verdicts.hsts_preload.status,
                cookies: verdicts.cookies.status,
            },
            grade: report.grade.as_ref().map(|grade| OfGrade {
                mark: Mark { letter: grade.letter.as_ref().into(), score: grade.score },
                low: grade.low.as_ref().map(Mark::of),
                high: grade.high.as_ref().map(Mark::of),
            }),
            findings: report
                .findings
                .iter()
                .map(|finding| Found {
                    check: finding.check.clone(),
                    severity: finding.severity,
                    fingerprint: finding.fingerprint.as_str().into(),
                    accepted: finding.accepted.is_some(),
                })
                .collect(),
            unknown,
        }
    }
}
