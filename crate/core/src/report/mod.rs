//! The report: the versioned result of an audit (`https-audit/report@1`).

mod connection;
mod cookie;
mod headline;
mod json;
mod preload;
mod text;

use litemap::LiteMap;

use serde::Serialize;

use crate::check::{Check, Finding, Gap, Location, Outcome, Reference, References, Severity, fold, registry};
use crate::fact::Facts;
use crate::fix::Fix;
use crate::order::sorted;
use crate::verdict::{self, Status, Verdict, VerdictKind};

pub use connection::{CertificateJson, ConnectionJson};
pub use cookie::{CookieJson, RefusalJson};
pub use headline::summary;
pub use json::{HopJson, ProbeJson, ReportFacts, to_json};
pub use preload::{ListsJson, PreloadJson, RampJson, RemovalJson, RequirementJson};
pub use text::to_text;

/// The name and version of the report format.
pub const SCHEMA: &str = "https-audit/report@1";
/// The name and version of a file with several reports.
pub const MANY_SCHEMA: &str = "https-audit/reports@1";

/// The result of an audit of one site.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// What made it.
    pub tool: Tool,
    /// When, by the clock that was passed in (RFC 3339).
    pub generated_at: String,
    /// What it is about.
    pub site: ReportSite,
    /// The three verdicts, in the contract's order.
    pub verdicts: Verdicts,
    /// Everything found, most severe first, then by check id and place.
    pub findings: Vec<ReportFinding>,
    /// Every check with its outcome, by id.
    pub checks: Vec<CheckOutcome>,
    /// The derived facts that others build on.
    pub facts: ReportFacts,
}

/// Name and version of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tool {
    /// Always `https-audit`.
    pub name: &'static str,
    /// The version.
    pub version: &'static str,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportSite {
    /// The page's address.
    pub url: String,
    /// Its host.
    pub host: String,
    /// The registrable domain; null where there is none.
    pub registrable_domain: Option<String>,
}

/// The three verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verdicts {
    /// Is it HTTPS?
    pub https: Verdict,
    /// Is it, or could it be, preloaded?
    pub hsts_preload: Verdict,
    /// Are the cookies safe?
    pub cookies: Verdict,
}

impl Verdicts {
    /// One of them.
    pub fn get(&self, kind: VerdictKind) -> &Verdict {
        match kind {
            VerdictKind::Https => &self.https,
            VerdictKind::HstsPreload => &self.hsts_preload,
            VerdictKind::Cookies => &self.cookies,
        }
    }

    /// The status that stands for all three.
    pub fn overall(&self) -> Status {
        Status::overall(&VerdictKind::ALL.map(|kind| self.get(kind).status))
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReportFinding {
    /// Id of the check.
    pub check: &'static str,
    /// Its severity here.
    pub severity: Severity,
    /// The bad state in a few words; code between back-ticks.
    pub title: String,
    /// Why it matters; code between back-ticks.
    pub message: String,
    /// Where.
    pub location: Location,
    /// Where others describe it, by catalogue.
    #[serde(with = "crate::map")]
    pub references: References,
    /// What to do.
    pub fix: Fix,
    /// The same for the same defect at the same place in every report.
    pub fingerprint: String,
}

/// A check's outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckOutcome {
    /// Id of the check.
    pub id: &'static str,
    /// `pass`, `fail`, `not-applicable` or `unknown`.
    pub outcome: &'static str,
    /// Why, for the last two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Report {
    /// Runs every check over the facts and rolls the outcomes up.
    pub fn new(facts: &Facts<'_>) -> Self {
        let mut findings = Vec::new();
        let mut gaps: LiteMap<VerdictKind, Vec<Gap>> = LiteMap::new();
        let mut checks = Vec::new();
        for check in registry::ALL {
            let kind = VerdictKind::of_area(check.area());
            let outcome = match kind {
                Some(kind) if !verdict::applies(kind, facts) => {
                    Outcome::NotApplicable("the verdict does not apply to this address")
                }
                _ => (check.run)(facts),
            };
            checks.push(CheckOutcome { id: check.id, outcome: outcome.word(), reason: reason(&outcome) });
            match outcome {
                Outcome::Fail(found) => {
                    findings.extend(fold(check, found).into_iter().map(|f| finish(check, f)));
                }
                Outcome::Unknown(gap) => {
                    if let Some(kind) = kind {
                        gaps.entry(kind).or_default().push(gap);
                    }
                }
                Outcome::Pass | Outcome::NotApplicable(_) => {}
            }
        }
        let mut findings = sorted(findings, |a: &ReportFinding, b| {
            (b.severity, a.check, &a.location.url, &a.location.cookie, &a.message).cmp(&(
                a.severity,
                b.check,
                &b.location.url,
                &b.location.cookie,
                &b.message,
            ))
        });
        findings.dedup_by(|a, b| a.fingerprint == b.fingerprint && a.message == b.message);
        let verdict = |kind| roll_up(kind, facts, &findings, gaps.get(&kind).map_or(&[], Vec::as_slice));
        Self {
            schema: SCHEMA,
            tool: Tool { name: "https-audit", version: env!("CARGO_PKG_VERSION") },
            generated_at: crate::time::rfc3339(facts.now),
            site: ReportSite {
                url: facts.site.address.clone(),
                host: facts.site.host.clone(),
                registrable_domain: facts.site.registrable_domain.clone(),
            },
            verdicts: Verdicts {
                https: verdict(VerdictKind::Https),
                hsts_preload: verdict(VerdictKind::HstsPreload),
                cookies: verdict(VerdictKind::Cookies),
            },
            facts: ReportFacts::new(facts),
            findings,
            checks,
        }
    }

    /// Findings that feed a verdict, most severe first.
    pub fn findings_of(&self, kind: VerdictKind) -> impl Iterator<Item = &ReportFinding> {
        self.findings.iter().filter(move |finding| finding.verdict() == Some(kind))
    }

    /// How many findings have at least this severity.
    pub fn count_at_least(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity >= severity).count()
    }
}

impl ReportFinding {
    /// The verdict that it feeds.
    pub fn verdict(&self) -> Option<VerdictKind> {
        VerdictKind::of_area(self.check.split('.').next().unwrap_or_default())
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

fn finish(check: &Check, finding: Finding) -> ReportFinding {
    let mut references = Reference::by_catalogue(check.references);
    if !finding.codes.is_empty() {
        references.insert("hstspreload", finding.codes.iter().map(|&code| code.to_owned()).collect());
    }
    ReportFinding {
        check: check.id,
        severity: finding.severity.unwrap_or(check.severity),
        title: finding.title.unwrap_or_else(|| check.title.to_owned()),
        fingerprint: fingerprint(check.id, &finding.location, &finding.codes),
        message: finding.message,
        location: finding.location,
        references,
        fix: finding.fix.unwrap_or_else(|| check.fix.into()),
    }
}

/// FNV-1a (64 bit) over what stays the same while a defect stays where it is: check,
/// URL without its query, field, cookie and codes.
fn fingerprint(id: &str, location: &Location, codes: &[&str]) -> String {
    let url = location.url.as_deref().unwrap_or_default();
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let field = location.field.as_deref().unwrap_or_default();
    let cookie = location.cookie.as_deref().unwrap_or_default();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for part in [id, url, field, cookie].into_iter().chain(codes.iter().copied()) {
        for octet in part.bytes().chain([0]) {
            hash = (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
}

fn roll_up(kind: VerdictKind, facts: &Facts<'_>, findings: &[ReportFinding], gaps: &[Gap]) -> Verdict {
    let of_kind: Vec<&ReportFinding> = findings.iter().filter(|f| f.verdict() == Some(kind)).collect();
    let severities: Vec<Severity> = of_kind.iter().map(|finding| finding.severity).collect();
    let applies = verdict::applies(kind, facts);
    let deciding = if applies { verdict::deciding_gaps(kind, facts) } else { Vec::new() };
    let status = verdict::status(kind, facts, &severities, &deciding);
    // Deciding gaps are told first; the same thing is told once.
    let mut told: Vec<Gap> = deciding;
    for gap in sorted(gaps.iter().collect(), Ord::cmp) {
        if !told.iter().any(|known| known.what == gap.what) {
            told.push(gap.clone());
        }
    }
    Verdict {
        status,
        headline: headline::headline(kind, status, facts, &of_kind),
        findings: of_kind.iter().map(|f| f.check).fold(Vec::new(), |mut ids, id| {
            if !ids.contains(&id) {
                ids.push(id);
            }
            ids
        }),
        unknown: told.iter().map(Gap::describe).collect(),
    }
}
