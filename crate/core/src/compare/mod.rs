//! What became of a site between two reports.
//!
//! A finding is the same where its fingerprint is: the same defect at the same place. One that is in one report only is
//! new or fixed where the other report looked for it; where it did not look, that is told instead.

mod known;
mod text;

use serde::{Deserialize, Serialize};

use crate::baseline::Told;
use crate::check::{Location, Severity};
use crate::order::sorted;
use crate::report::{Accepted, Report, ReportFinding, Word};
use crate::verdict::{Status, VerdictKind};

pub use text::{news_markdown, news_text, to_markdown, to_text};

/// The name and version of the format of comparisons.
pub const SCHEMA: &str = "https-audit/comparison@1";

/// Two audits, site by site.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Comparison {
    /// Always [`SCHEMA`].
    pub schema: &'static str,
    /// Sites that both hold, in the order of the new one.
    pub sites: Vec<SiteComparison>,
    /// Sites that only the old one holds. Nothing is said of their findings.
    pub only_old: Vec<Side>,
    /// Sites that only the new one holds; likewise.
    pub only_new: Vec<Side>,
    /// What a baseline accepts of the new one; absent where none was applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub baseline: Option<Told>,
}

/// What became of one site.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SiteComparison {
    /// The registrable domain, else the host, else the address.
    pub site: String,
    /// The old report.
    pub old: Side,
    /// The new report.
    pub new: Side,
    /// Both are about the same page. What is missing of another page may be there still.
    pub same_page: bool,
    /// Verdicts that are others now.
    pub verdicts: Vec<VerdictChange>,
    /// The grade, where it is another one.
    pub grade: Option<GradeChange>,
    /// Findings by what became of them.
    pub findings: Findings,
    /// Which of the new reports it is.
    #[serde(skip)]
    report: usize,
}

/// Which report it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Side {
    /// The page's address.
    pub url: String,
    /// When it was made (RFC 3339).
    pub generated_at: String,
    /// Version of the tool that made it.
    pub version: Word,
    /// The worst that it found and that is not accepted.
    #[serde(skip)]
    worst: Option<Severity>,
}

/// A verdict that is another one now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VerdictChange {
    /// Which.
    pub verdict: VerdictKind,
    /// What it was.
    pub from: Status,
    /// What it is.
    pub to: Status,
}

/// A grade that is another one now; null where there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct GradeChange {
    /// What it was.
    pub from: Option<Mark>,
    /// What it is.
    pub to: Option<Mark>,
}

/// A letter with its score, for what was seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Mark {
    /// From `A+` to `F`.
    pub letter: Word,
    /// 0 and more.
    pub score: i16,
}

/// Findings by what became of them, each in the order of its report.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Findings {
    /// The old report looked and did not find them.
    pub new: Vec<Compared>,
    /// The new report looked and does not find them.
    pub fixed: Vec<Compared>,
    /// In both.
    pub same: Vec<Compared>,
    /// In the new report; the old one did not look.
    pub newly_observed: Vec<Compared>,
    /// In the old report; the new one did not look, so that they may be there still.
    pub no_longer_observed: Vec<Compared>,
}

/// A finding as far as it is compared: that of the new report, if it is there.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Compared {
    /// Id of the check.
    pub check: Word,
    /// Its severity.
    pub severity: Severity,
    /// Its severity in the old report, where that was another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<Severity>,
    /// The bad state in a few words; code between back-ticks.
    pub title: String,
    /// Where.
    pub location: Location,
    /// By which findings are told apart.
    pub fingerprint: String,
    /// A baseline accepts it: it fails nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
    /// Why the other report does not say whether it was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Its place among the findings of its report.
    #[serde(skip)]
    at: usize,
}

impl Comparison {
    /// No site is in both: nothing was compared.
    pub fn is_of_nothing(&self) -> bool {
        self.sites.is_empty()
    }

    /// The worst severity of what is new, or worse than it was, and not accepted; also on sites that the old side does
    /// not have. What the old report did not look for is not new.
    pub fn worst_new(&self) -> Option<Severity> {
        let new = self.sites.iter().flat_map(|site| &site.findings.new);
        let same = self.sites.iter().flat_map(|site| &site.findings.same);
        let worse = same.filter(|finding| finding.is_worse());
        let open = new.chain(worse).filter(|finding| finding.accepted.is_none());
        open.map(|finding| finding.severity).chain(self.only_new.iter().filter_map(|side| side.worst)).max()
    }
}

/// Compares reports of the same sites. Of several reports of one site those of the same page, then those of the same
/// host are compared with each other.
pub fn compare(old: &[Report], new: &[Report]) -> Comparison {
    let mut partners: Vec<Option<&Report>> = vec![None; new.len()];
    let mut left: Vec<&Report> = old.iter().collect();
    let same: [fn(&Report, &Report) -> bool; 3] =
        [|a, b| page(a) == page(b), |a, b| a.site.host == b.site.host, |_, _| true];
    for is_same in same {
        for (partner, report) in partners.iter_mut().zip(new).filter(|(partner, _)| partner.is_none()) {
            let at = left.iter().position(|other| site(other) == site(report) && is_same(other, report));
            *partner = at.map(|at| left.remove(at));
        }
    }
    let pairs = || partners.iter().zip(new);
    let in_both = pairs().enumerate().filter_map(|(n, (old, new))| old.map(|old| of_site(old, new, n)));
    Comparison {
        schema: SCHEMA,
        sites: in_both.collect(),
        only_old: left.into_iter().map(Side::new).collect(),
        only_new: pairs().filter(|(old, _)| old.is_none()).map(|(_, new)| Side::new(new)).collect(),
        baseline: None,
    }
}

/// What a site is called.
fn site(report: &Report) -> &str {
    let site = &report.site;
    match &site.registrable_domain {
        Some(domain) => domain,
        None if !site.host.is_empty() => &site.host,
        None => &site.url,
    }
}

/// The page's address without its query, which changes from visit to visit.
fn page(report: &Report) -> &str {
    report.site.url.split(['?', '#']).next().unwrap_or_default()
}

fn of_site(old: &Report, new: &Report, report: usize) -> SiteComparison {
    let verdicts = VerdictKind::ALL.into_iter().map(|verdict| {
        let status = |report: &Report| report.verdicts.get(verdict).status;
        VerdictChange { verdict, from: status(old), to: status(new) }
    });
    let mark = |report: &Report| {
        let grade = report.grade.as_ref();
        grade.map(|grade| Mark { letter: grade.letter.clone(), score: grade.score })
    };
    SiteComparison {
        site: site(new).to_owned(),
        old: Side::new(old),
        new: Side::new(new),
        same_page: page(old) == page(new),
        verdicts: verdicts.filter(|change| change.from != change.to).collect(),
        grade: (mark(old) != mark(new)).then(|| GradeChange { from: mark(old), to: mark(new) }),
        findings: Findings::new(old, new),
        report,
    }
}

impl Side {
    fn new(report: &Report) -> Self {
        Self {
            url: report.site.url.clone(),
            generated_at: report.generated_at.clone(),
            version: report.tool.version.clone(),
            worst: report.findings.iter().filter(|f| f.accepted.is_none()).map(|f| f.severity).max(),
        }
    }
}

/// A finding by its place in its report.
type Placed<'a> = (usize, &'a ReportFinding);

impl Findings {
    fn new(old: &Report, new: &Report) -> Self {
        // Of findings with one fingerprint those of the same severity belong together, then any two.
        let (mut pairs, gone, came) = pair(placed(old), placed(new), |finding| Some(finding.severity));
        let (changed, gone, came) = pair(gone, came, |_| None);
        pairs.extend(changed);
        let in_order = |findings| sorted(findings, |a: &Placed<'_>, b: &Placed<'_>| a.0.cmp(&b.0));
        let mut all = Self {
            same: sorted(pairs, |a, b| a.1.0.cmp(&b.1.0))
                .into_iter()
                .map(|((_, old), new)| Compared {
                    was: (old.severity != new.1.severity).then_some(old.severity),
                    ..Compared::new(new)
                })
                .collect(),
            ..Self::default()
        };
        for finding in in_order(gone) {
            // Gone is only what was looked for again: where the question does not arise now, nobody looked.
            match not_looked(new, &finding.1.check, &["pass", "fail"]) {
                None => all.fixed.push(Compared::new(finding)),
                why => all.no_longer_observed.push(Compared { why, ..Compared::new(finding) }),
            }
        }
        for finding in in_order(came) {
            // Where the question did not arise before, what is there now is new.
            match not_looked(old, &finding.1.check, &["pass", "fail", "not-applicable"]) {
                None => all.new.push(Compared::new(finding)),
                why => all.newly_observed.push(Compared { why, ..Compared::new(finding) }),
            }
        }
        all
    }

    /// How many are of what, in the order of the members.
    pub fn counts(&self) -> [usize; 5] {
        [&self.new, &self.fixed, &self.same, &self.newly_observed, &self.no_longer_observed].map(Vec::len)
    }
}

impl Compared {
    /// It was there, and less severe.
    fn is_worse(&self) -> bool {
        self.was.is_some_and(|was| was < self.severity)
    }

    fn new((at, finding): Placed<'_>) -> Self {
        Self {
            check: finding.check.clone(),
            severity: finding.severity,
            was: None,
            title: finding.title.clone(),
            location: finding.location.clone(),
            fingerprint: finding.fingerprint.clone(),
            accepted: finding.accepted.clone(),
            why: None,
            at,
        }
    }
}

/// The pairs, and what is left of either.
type Pairs<'a> = (Vec<(Placed<'a>, Placed<'a>)>, Vec<Placed<'a>>, Vec<Placed<'a>>);

fn placed(report: &Report) -> Vec<Placed<'_>> {
    report.findings.iter().enumerate().collect()
}

/// Pairs what has the same fingerprint and is alike in another respect.
fn pair<'a>(
    old: Vec<Placed<'a>>,
    new: Vec<Placed<'a>>,
    alike: fn(&ReportFinding) -> Option<Severity>,
) -> Pairs<'a> {
    let key = |(_, finding): &Placed<'a>| (&*finding.fingerprint, alike(finding));
    let by_key = |findings| sorted(findings, |a, b| key(a).cmp(&key(b)));
    let (mut pairs, mut gone, mut came) = (Vec::new(), Vec::new(), Vec::new());
    let (mut old, mut new) = (by_key(old).into_iter().peekable(), by_key(new).into_iter().peekable());
    loop {
        let order = match (old.peek(), new.peek()) {
            (Some(old), Some(new)) => key(old).cmp(&key(new)),
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, _) => std::cmp::Ordering::Greater,
        };
        match order {
            std::cmp::Ordering::Less => gone.extend(old.next()),
            std::cmp::Ordering::Equal => pairs.extend(old.next().zip(new.next())),
            std::cmp::Ordering::Greater => match new.next() {
                Some(finding) => came.push(finding),
                None => return (pairs, gone, came),
            },
        }
    }
}

/// Why a report says nothing of what a check looks for; none where it looked, which these outcomes mean.
fn not_looked(report: &Report, check: &str, looked: &[&str]) -> Option<String> {
    match report.checks.iter().find(|outcome| outcome.id == check) {
        Some(outcome) if looked.contains(&&*outcome.outcome) => None,
        Some(outcome) => Some(outcome.reason.clone().unwrap_or_else(|| "not observed".to_owned())),
        None => Some(format!("version {} does not have this check", report.tool.version)),
    }
}

#[cfg(test)]
mod tests;
