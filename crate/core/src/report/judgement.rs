//! What the checks say of the facts: outcomes and findings, before they are rolled up.

use serde::{Deserialize, Serialize};

use super::answers::Answers;
use super::{ReportFinding, Word};
use crate::check::{Check, Finding, Gap, Outcome, fold};
use crate::fact::Facts;
use crate::knowledge::{Catalogue, Words};
use crate::order::sorted;
use crate::verdict::VerdictKind;

/// What some checks said.
pub(super) struct Judgement {
    /// Everything found, most severe first, then by check id and place.
    pub findings: Vec<ReportFinding>,
    /// Every check with its outcome, by id.
    pub checks: Vec<CheckOutcome>,
    /// What decides each verdict and was not seen, and then what the other checks of it could not see.
    pub gaps: [(Vec<Gap>, Vec<Gap>); 3],
}

/// A check's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CheckOutcome {
    /// Id of the check.
    pub id: Word,
    /// `pass`, `fail`, `not-applicable` or `unknown`.
    pub outcome: Word,
    /// Why, for the last two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The bad state in a few words, without the site's data; empty where it was not found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
}

impl Judgement {
    /// Gives the answers of the checks the words of the catalogue.
    pub(super) fn new(facts: &Facts<'_>, which: &[&Check], answers: Answers) -> Self {
        let mut findings = Vec::new();
        let mut gaps = answers.deciding.map(|deciding| (deciding, Vec::new()));
        let mut checks = Vec::new();
        for (&check, outcome) in which.iter().zip(answers.outcomes) {
            let kind = VerdictKind::of_area(check.area());
            let (word, reason) = (outcome.word(), reason(&outcome));
            let mut of_check = String::new();
            match outcome {
                Outcome::Fail(found) => {
                    for finding in fold(check, found) {
                        let (finding, title) = finish(check, finding, &facts.knowledge.catalogue);
                        findings.push(finding);
                        of_check = title;
                    }
                }
                Outcome::Unknown(gap) => {
                    if let Some((_, others)) = kind.and_then(|kind| gaps.get_mut(kind as usize)) {
                        others.push(gap);
                    }
                }
                Outcome::Pass | Outcome::NotApplicable(_) => {}
            }
            checks.push(CheckOutcome { id: check.id.into(), outcome: word.into(), reason, title: of_check });
        }
        let mut findings = sorted(findings, |a: &ReportFinding, b| {
            (b.severity, &a.check, &a.location.url, &a.location.cookie, &a.message).cmp(&(
                a.severity,
                &b.check,
                &b.location.url,
                &b.location.cookie,
                &b.message,
            ))
        });
        findings.dedup_by(|a, b| a.fingerprint == b.fingerprint && a.message == b.message);
        Self { findings, checks, gaps }
    }
}

fn reason(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::NotApplicable(why) => Some((*why).to_owned()),
        Outcome::Unknown(gap) => {
            let unknown = gap.describe();
            Some(format!("not observed: {}. {}", unknown.what, unknown.why))
        }
        Outcome::Pass | Outcome::Fail(_) => None,
    }
}

/// The finding of the report, and the check's own title.
fn finish(check: &Check, finding: Finding, catalogue: &Catalogue<'_>) -> (ReportFinding, String) {
    let Words { title: of_check, mut references, fix } =
        catalogue.words(check.id, &finding.cases, &finding.values);
    if !finding.codes.is_empty() {
        references
            .insert("hstspreload".to_owned(), finding.codes.iter().map(|&code| code.to_owned()).collect());
    }
    let fingerprint = fingerprint(check.id, &finding);
    let title = match (finding.title, finding.times) {
        (Some(title), _) => title,
        (None, Some(times)) => format!("{of_check} ({} times)", crate::text::grouped(times)),
        (None, None) => of_check.clone(),
    };
    let finding = ReportFinding {
        check: check.id.into(),
        severity: finding.severity.unwrap_or(check.severity),
        title,
        fingerprint,
        message: finding.message,
        location: finding.location,
        references,
        fix,
        accepted: None,
    };
    (finding, of_check)
}

/// FNV-1a (64 bit) over what stays the same while a defect stays where it is: check,
/// URL without its query, field, cookie, codes and, where there is one, the subject.
fn fingerprint(id: &str, finding: &Finding) -> String {
    let Finding { location, codes, subject, .. } = finding;
    let url = location.url.as_deref().unwrap_or_default();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let field = location.field.as_deref().unwrap_or_default();
    let cookie = location.cookie.as_deref().unwrap_or_default();
    crate::text::fingerprint(
        [id, url, field, cookie].into_iter().chain(codes.iter().copied()).chain(subject.as_deref()),
    )
}
