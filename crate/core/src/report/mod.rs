//! The report: the versioned result of an audit (`https-audit/report@1`).

mod answers;
mod connection;
mod cookie;
mod django;
mod headline;
mod json;
mod judgement;
mod preload;
mod read;
mod request;
mod scanners;
mod session;
#[cfg(feature = "settings")]
mod settings;
mod text;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::baseline::Told;
use crate::check::{Check, Gap, Location, Severity, registry};
use crate::fact::{Facts, fix_order};
use crate::fix::{Fix, Software};
use crate::grade::Grade;
use crate::knowledge::References;
use crate::observatory::{self, Algorithm};
use crate::order::sorted;
use crate::verdict::{self, Status, Verdict, VerdictKind};
use answers::Answers;

pub use connection::{CertificateJson, ConnectionJson};
pub use cookie::{CookieJson, RefusalJson};
pub use django::{DeployCheckJson, DjangoJson};
pub use headline::summary;
pub use json::{HopJson, ProbeJson, ReportFacts, to_json};
pub use judgement::CheckOutcome;
use judgement::Judgement;
pub use preload::{ListsJson, PreloadJson, RampJson, RemovalJson, RequirementJson};
pub use read::{Reports, is_report, read_reports};
pub use request::{Answer, BrowserJson, RequestJson, SeenIn, SeenJson};
pub use scanners::scanners;
pub use session::{COLUMNS, CellJson, RouteJson, SessionJson};
#[cfg(feature = "settings")]
pub use settings::{Beside, Sent, SettingJson, SettingPlace};
pub(crate) use text::clean;
pub use text::to_text;

/// The name and version of the report format.
pub const SCHEMA: &str = "https-audit/report@1";
/// The name and version of a file with several reports.
pub const MANY_SCHEMA: &str = "https-audit/reports@1";

/// Words of a report: the code's own where it was made here, whatever a file holds where it was read.
pub type Word = Cow<'static, str>;

/// The result of an audit of one site.
///
/// One that was read may be of a later version or of anybody's making: its strings are as hostile as a site's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// Always [`SCHEMA`].
    #[serde(deserialize_with = "read::schema")]
    pub schema: Word,
    /// What made it.
    pub tool: Tool,
    /// When, by the clock that was passed in (RFC 3339).
    pub generated_at: String,
    /// What it is about.
    pub site: ReportSite,
    /// The three verdicts, in the contract's order.
    pub verdicts: Verdicts,
    /// MDN HTTP Observatory's grade; null where it gives none: no page was seen, or an error page.
    pub grade: Option<Grade>,
    /// Everything found, most severe first, then by check id and place.
    pub findings: Vec<ReportFinding>,
    /// Every check with its outcome, by id.
    pub checks: Vec<CheckOutcome>,
    /// The derived facts that others build on.
    pub facts: ReportFacts,
    /// What a baseline accepts of it; absent where none was applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Told>,
}

/// Name and version of the tool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Tool {
    /// Always `https-audit`.
    pub name: Word,
    /// The version.
    pub version: Word,
}

/// What a report is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportSite {
    /// The page's address.
    pub url: String,
    /// Its host.
    pub host: String,
    /// The registrable domain; null where there is none.
    pub registrable_domain: Option<String>,
}

/// The three verdicts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportFinding {
    /// Id of the check.
    pub check: Word,
    /// Its severity here.
    pub severity: Severity,
    /// The bad state in a few words; code between back-ticks.
    pub title: String,
    /// Why it matters; code between back-ticks.
    pub message: String,
    /// Where.
    pub location: Location,
    /// Where others describe it, by catalogue.
    #[cfg_attr(feature = "schema", schemars(with = "std::collections::BTreeMap<String, Vec<String>>"))]
    #[serde(with = "crate::map")]
    pub references: References,
    /// What to do.
    pub fix: Fix,
    /// The same for the same defect at the same place in every report.
    pub fingerprint: String,
    /// A baseline accepts it: it is told, and fails nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
}

/// That a baseline accepts a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Accepted {
    /// Why, in the words of whoever accepted it.
    pub why: String,
    /// The last day on which it is accepted (`2026-12-31`); null for good.
    pub until: Option<String>,
}

impl Accepted {
    /// In a few words.
    pub fn words(&self) -> String {
        match &self.until {
            Some(until) => format!("accepted until {until}: {}", self.why),
            None => format!("accepted: {}", self.why),
        }
    }
}

impl Report {
    /// Runs every check over the facts, over those of each page of a session, and rolls the outcomes up.
    pub fn new(mut facts: Facts<'_>) -> Self {
        let which = registry::of(facts.evidence);
        let answers = Answers::of_session(&mut facts, which);
        Self::from(&facts, which, answers)
    }

    /// The same of one page, by some of the checks, which stand in the order of their ids.
    pub fn by(facts: &Facts<'_>, which: &[&Check]) -> Self {
        Self::from(facts, which, Answers::of(facts, which))
    }

    fn from(facts: &Facts<'_>, which: &[&Check], answers: Answers) -> Self {
        let Judgement { findings, checks, gaps } = Judgement::new(facts, which, answers);
        let [https, hsts_preload, cookies] =
            VerdictKind::ALL.map(|kind| roll_up(kind, facts, &findings, &gaps[kind as usize]));
        let outcomes = observatory::outcomes(facts);
        Self {
            schema: SCHEMA.into(),
            tool: Tool { name: "https-audit".into(), version: env!("CARGO_PKG_VERSION").into() },
            generated_at: crate::time::rfc3339(facts.now),
            site: ReportSite {
                url: facts.site.address.clone(),
                host: facts.site.host.clone(),
                registrable_domain: facts.site.registrable_domain.clone(),
            },
            verdicts: Verdicts { https, hsts_preload, cookies },
            grade: outcomes.map(|outcomes| Grade::new(&outcomes, Algorithm::Six)),
            facts: ReportFacts::new(facts, outcomes),
            findings,
            checks,
            baseline: None,
        }
    }

    /// The order in which to show its fixes: the software that was chosen comes first, then what the site seems to run.
    pub fn fix_order(&self) -> Vec<Software> {
        let mut order = fix_order(&self.facts.software);
        if let Some(chosen) = self.facts.chosen_software {
            order.retain(|software| *software != chosen);
            order.insert(0, chosen);
        }
        order
    }

    /// Findings that feed a verdict, most severe first.
    pub fn findings_of(&self, kind: VerdictKind) -> impl Iterator<Item = &ReportFinding> {
        self.findings.iter().filter(move |finding| finding.verdict() == Some(kind))
    }
}

impl ReportFinding {
    /// The verdict that it feeds.
    pub fn verdict(&self) -> Option<VerdictKind> {
        VerdictKind::of_area(self.check.split('.').next().unwrap_or_default())
    }
}

/// What the three verdicts come to, without the words: for a toolbar button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// The statuses, in the contract's order.
    pub statuses: [Status; 3],
    /// Findings of the three that are a warning at least.
    pub count: usize,
}

impl Glance {
    /// Runs the checks that feed a verdict, and no others.
    pub fn new(facts: &Facts<'_>) -> Self {
        let answers = Answers::of(facts, registry::OF_VERDICTS);
        let Judgement { findings, gaps, .. } = Judgement::new(facts, registry::OF_VERDICTS, answers);
        Self {
            statuses: VerdictKind::ALL.map(|kind| {
                let severities: Vec<Severity> =
                    findings.iter().filter(|f| f.verdict() == Some(kind)).map(|f| f.severity).collect();
                verdict::status_of(kind, facts, &severities, &gaps[kind as usize].0)
            }),
            count: findings.iter().filter(|finding| finding.severity >= Severity::Warning).count(),
        }
    }
}

fn roll_up(
    kind: VerdictKind,
    facts: &Facts<'_>,
    findings: &[ReportFinding],
    (deciding, others): &(Vec<Gap>, Vec<Gap>),
) -> Verdict {
    let of_kind: Vec<&ReportFinding> = findings.iter().filter(|f| f.verdict() == Some(kind)).collect();
    let severities: Vec<Severity> = of_kind.iter().map(|finding| finding.severity).collect();
    let status = verdict::status_of(kind, facts, &severities, deciding);
    // Deciding gaps are told first; the same thing is told once.
    let mut told: Vec<Gap> = deciding.clone();
    for gap in sorted(others.iter().collect(), Ord::cmp) {
        if !told.iter().any(|known| known.what == gap.what) {
            told.push(gap.clone());
        }
    }
    Verdict {
        status,
        headline: headline::headline(kind, status, facts, &of_kind),
        findings: of_kind.iter().map(|f| &f.check).fold(Vec::new(), |mut ids, id| {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
            ids
        }),
        unknown: told.iter().map(Gap::describe).collect(),
    }
}
