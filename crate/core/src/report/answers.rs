//! A session's audit: what the checks say of each of its pages, put together.
//!
//! Each page is judged as if it were the only one, with what is known of the site and its hosts from all of them. A check
//! fails where it fails on one page, and passes only where every page of which it could tell was seen.

use litemap::LiteMap;

use crate::check::{Check, Finding, Gap, Outcome, Severity, What, code};
use crate::evidence::{Evidence, Observed, Reason, Visit};
use crate::fact::Facts;
use crate::order::sorted;
use crate::url::Url;
use crate::verdict::{self, VerdictKind};

/// Pages that are judged.
const JUDGED: usize = 200;
/// Pages that a finding names.
const NAMED: usize = 5;

/// What some checks say of a page, or of all pages of a session.
pub(super) struct Answers {
    /// In the order of the checks.
    pub outcomes: Vec<Outcome>,
    /// The deciding facts of each verdict that were not observed.
    pub deciding: [Vec<Gap>; 3],
}

impl Answers {
    /// Of the page that the facts are of.
    pub(super) fn of(facts: &Facts<'_>, which: &[&Check]) -> Self {
        let outcomes = which.iter().map(|check| answer(check, facts)).collect();
        Self { outcomes, deciding: deciding(facts) }
    }

    /// Of every page of a session; of anything else, of its one page.
    pub(super) fn of_session(facts: &mut Facts<'_>, which: &[&Check]) -> Self {
        let mut all = Self::of(facts, which);
        let (evidence, main) = (facts.evidence, facts.visit);
        let Some(recording) = &evidence.recording else { return all };
        let mut judged = 0;
        for visit in &evidence.visits {
            let url = Url::parse(&visit.url);
            let is_main = main.is_some_and(|main| std::ptr::eq(main, visit));
            if is_main || goes_on(evidence, visit) || !url.is_some_and(|url| facts.site.holds(url.host())) {
                continue;
            }
            judged += 1;
            if judged <= JUDGED {
                facts.turn_to(visit);
                // What was left on the way to another site brought no page.
                if !facts.leads_on() {
                    let others = all.of_other(facts, which);
                    all.add(others);
                }
            }
        }
        if recording.dropped > 0 || judged > JUDGED {
            all.unseen(&Gap::new(What::PageResponse, Reason::OverLimit));
        }
        if let Some(main) = main {
            facts.turn_to(main);
        }
        for outcome in &mut all.outcomes {
            if let Outcome::Fail(findings) = outcome {
                *findings = by_host(std::mem::take(findings));
            }
        }
        all
    }

    /// Of another page. The cookies are those of the whole session: what is said of them is said already, but for what
    /// was not seen of this page.
    fn of_other(&self, facts: &Facts<'_>, which: &[&Check]) -> Self {
        let gap = facts.set_cookie_gap();
        let outcomes = which.iter().zip(&self.outcomes).map(|(check, said)| match (check.area(), &gap) {
            ("cookie", Some(gap)) if *said == Outcome::Pass => Outcome::Unknown(gap.clone()),
            ("cookie", _) => Outcome::NotApplicable("the same cookies"),
            _ => answer(check, facts),
        });
        Self { outcomes: outcomes.collect(), deciding: deciding(facts) }
    }

    /// Puts what is said of another page to it.
    fn add(&mut self, other: Self) {
        for (all, new) in self.outcomes.iter_mut().zip(other.outcomes) {
            match (&mut *all, new) {
                // What is said of the site and its cookies is the same of each page.
                (Outcome::Fail(findings), Outcome::Fail(more)) => {
                    if *findings != more {
                        findings.extend(more);
                    }
                }
                (Outcome::Fail(_), _)
                | (_, Outcome::NotApplicable(_))
                | (Outcome::Unknown(_), Outcome::Pass | Outcome::Unknown(_)) => {}
                (_, new) => *all = new,
            }
        }
        for (all, more) in self.deciding.iter_mut().zip(other.deciding) {
            for gap in more {
                if !all.contains(&gap) {
                    all.push(gap);
                }
            }
        }
    }

    /// Pages were not judged: nothing passes for all of them.
    fn unseen(&mut self, gap: &Gap) {
        for outcome in self.outcomes.iter_mut().filter(|outcome| **outcome == Outcome::Pass) {
            *outcome = Outcome::Unknown(gap.clone());
        }
        for deciding in &mut self.deciding {
            deciding.push(gap.clone());
        }
    }
}

fn answer(check: &Check, facts: &Facts<'_>) -> Outcome {
    match VerdictKind::of_area(check.area()) {
        Some(kind) if !verdict::applies(kind, facts) => {
            Outcome::NotApplicable("the verdict does not apply to this address")
        }
        _ => (check.run)(facts),
    }
}

fn deciding(facts: &Facts<'_>) -> [Vec<Gap>; 3] {
    VerdictKind::ALL.map(|kind| verdict::deciding_gaps(kind, facts))
}

/// Whether a visit is the rest of one that was judged: a page that came back from the back-forward cache.
fn goes_on(evidence: &Evidence, visit: &Visit) -> bool {
    let came_back = visit.watched == Observed::Unseen(Reason::BackForwardCache);
    came_back && evidence.visits.iter().any(|other| other.url == visit.url && other.watched.is_seen())
}

/// Findings that differ only in the page are one for each host, at the first of the pages.
fn by_host(findings: Vec<Finding>) -> Vec<Finding> {
    let mut groups: Vec<Vec<Finding>> = Vec::new();
    let mut places: LiteMap<String, usize> = LiteMap::new();
    for finding in findings {
        let Finding { severity, title, message, codes, location, .. } = &finding;
        let url = location.url.as_deref().and_then(Url::parse);
        let host = url.map(|url| url.origin()).unwrap_or_default();
        let severity = severity.map_or("", Severity::word);
        let parts = [&host, severity, title.as_deref().unwrap_or_default(), message, &codes.join(" ")];
        let rest = [&location.field, &location.cookie].map(|part| part.as_deref().unwrap_or_default());
        // None of them holds such a character.
        let key = [parts.join("\0"), rest.join("\0")].join("\0");
        let place = *places.entry(key).or_insert(groups.len());
        match groups.get_mut(place) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups.into_iter().filter_map(one_of).collect()
}

fn one_of(group: Vec<Finding>) -> Option<Finding> {
    // Not by the way that was taken: the same session has the same findings.
    let mut group = sorted(group, |a, b| a.location.url.cmp(&b.location.url));
    group.dedup();
    let times = group.iter().map(|finding| finding.times.unwrap_or(1)).sum();
    let path = |finding: &Finding| {
        let url = finding.location.url.as_deref().and_then(Url::parse);
        url.map(|url| url.path().to_owned()).unwrap_or_default()
    };
    let mut paths: Vec<String> = group.iter().map(path).collect();
    paths.dedup();
    let mut first = group.into_iter().next()?;
    if paths.len() > 1 {
        let more = if paths.len() > NAMED { "Among others at" } else { "At" };
        let named: Vec<String> = paths.iter().take(NAMED).map(|path| code(path)).collect();
        first.message = format!("{more} {}. {}", named.join(", "), first.message);
    }
    first.times = (times > 1).then_some(times);
    Some(first)
}
