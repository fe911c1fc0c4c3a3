//! The road to the browsers' preload lists, as facts of a report and as text.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::Word;
use super::text::clean;
use crate::check::why;
use crate::fact::{Facts, RAMP, Requirement, Standing, StepResult};
use crate::knowledge::Listing;

/// The preload requirements; codes are hstspreload.org's, in its order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PreloadJson {
    /// The registrable domain; null where preloading does not apply.
    pub domain: Option<String>,
    /// Null where a deciding step was not observed.
    pub eligible: Option<bool>,
    /// Requirements that are not met.
    pub errors: Vec<Word>,
    /// What hstspreload.org warns of.
    pub warnings: Vec<Word>,
    /// Steps that were not observed.
    pub unknown: Vec<Word>,
    /// The browsers' lists.
    pub lists: ListsJson,
    /// Each requirement, in hstspreload.org's order.
    pub requirements: Vec<RequirementJson>,
    /// Listed by an entry of its own, and a requirement is no longer met. Null where that was not observed.
    pub at_risk: Option<bool>,
    /// Whether the removal form would take the domain.
    pub removal: RemovalJson,
    /// How far the domain's policy is on the ramp-up plan; null where the field was not observed.
    pub ramp: Option<RampJson>,
    /// Sub-domains seen over http only: preloading would break them.
    pub insecure_subdomains: Vec<String>,
}

/// The browsers' lists about the domain.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListsJson {
    /// Chromium's.
    pub chromium: Listing,
    /// Firefox's.
    pub firefox: Listing,
}

/// One requirement.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RequirementJson {
    /// Its name.
    pub requirement: Word,
    /// What it asks for; code between back-ticks.
    pub title: Word,
    /// `passed`, `failed` or `unknown`.
    pub state: Standing,
    /// hstspreload.org's codes: errors where it failed, else warnings.
    pub codes: Vec<Word>,
    /// Why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Word>,
}

/// Whether hstspreload.org's removal form would take the domain's field.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemovalJson {
    /// Null where the field was not observed. True says nothing of whether the domain is listed.
    pub ready: Option<bool>,
    /// What stands in the way.
    pub errors: Vec<Word>,
}

/// The ramp-up plan of hstspreload.org: 5 minutes, a week, a month, two years.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RampJson {
    /// Steps reached, 0 to 4.
    pub reached: usize,
    /// The field value of the next step; null where there is none.
    pub next: Option<Word>,
}

/// Why a requirement is unknown of which nothing is missing.
const LEFT_OUT: &str = "hstspreload.org does not look at it before what stands above is met.";

impl PreloadJson {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let fact = &facts.preload;
        Self {
            domain: fact.domain.clone(),
            eligible: match fact.eligible() {
                _ if fact.domain.is_none() => None,
                StepResult::Eligible => Some(true),
                StepResult::NotEligible => Some(false),
                StepResult::Unknown => None,
            },
            errors: fact.errors.iter().map(|step| step.code.into()).collect(),
            warnings: fact.warnings.iter().map(|step| step.code.into()).collect(),
            unknown: fact.unknown.iter().map(|(name, _)| (*name).into()).collect(),
            lists: ListsJson { chromium: fact.chromium.clone(), firefox: fact.firefox.clone() },
            requirements: fact.requirements().into_iter().map(requirement).collect(),
            at_risk: fact.at_risk(),
            removal: RemovalJson { ready: fact.asks_for_removal, errors: words(&fact.removal_errors) },
            ramp: fact
                .ramp
                .map(|reached| RampJson { reached, next: RAMP.get(reached).map(|step| step.field.into()) }),
            insecure_subdomains: facts.insecure_subdomains().keys().map(|&host| host.to_owned()).collect(),
        }
    }

    /// A browser's list has an entry of this very domain.
    pub fn has_own_entry(&self) -> bool {
        let lists = [&self.lists.chromium, &self.lists.firefox];
        self.domain.is_some() && lists.into_iter().any(|list| list.entry == self.domain)
    }

    /// How many requirements are in this state.
    pub fn count(&self, state: Standing) -> usize {
        self.requirements.iter().filter(|requirement| requirement.state == state).count()
    }

    /// Whether it may leave the lists, in words; none where no list has an entry of its own.
    pub fn removal_words(&self) -> Option<&'static str> {
        let of_own = self.has_own_entry();
        of_own.then_some(match (self.removal.ready, self.at_risk) {
            (Some(true), _) => "The removal form would take the domain as it is.",
            (_, Some(true)) => "Listed and at risk: hstspreload.org would refuse it today, and removes what fails twice in more than 30 days.",
            (Some(false), _) => "It stays listed. The removal form asks for a field with `max-age` and without `preload`.",
            (None, _) => "Whether the removal form would take it was not observed.",
        })
    }

    /// Where it stands on the ramp-up plan, in words.
    pub fn ramp_words(&self) -> Option<String> {
        let step = match self.ramp.as_ref()?.reached {
            0 => "not begun: no policy yet that takes in all sub-domains".to_owned(),
            reached => {
                format!("step {reached} of 4, {}", RAMP.get(reached - 1).map_or("", |step| step.lasts))
            }
        };
        Some(step)
    }

    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        let Some(domain) = &self.domain else { return Ok(()) };
        writeln!(out, "\nPreload requirements of hstspreload.org for {}", clean(domain))?;
        for each in &self.requirements {
            writeln!(out, "  {:<8} {}{}", each.state.word(), clean(&each.title), bracketed(&each.codes))?;
            if let Some(why) = &each.why {
                writeln!(out, "           {}", clean(why))?;
            }
        }
        for (name, list) in [("Chromium", &self.lists.chromium), ("Firefox", &self.lists.firefox)] {
            let entry =
                list.entry.as_deref().map_or("not listed".to_owned(), |entry| format!("listed by {entry}"));
            writeln!(out, "  {name}: {} ({})", clean(&entry), clean(&list.list))?;
        }
        if let Some(words) = self.removal_words() {
            writeln!(out, "  removal: {words}{}", bracketed(&self.removal.errors))?;
        }
        if let Some(words) = self.ramp_words() {
            writeln!(out, "  ramp-up: {words}")?;
        }
        if let Some(next) = self.ramp.as_ref().and_then(|ramp| ramp.next.as_deref()) {
            writeln!(out, "    next: Strict-Transport-Security: {}", clean(next))?;
        }
        for host in &self.insecure_subdomains {
            writeln!(out, "  seen over http only: {}", clean(host))?;
        }
        Ok(())
    }
}

fn requirement(requirement: Requirement) -> RequirementJson {
    let unknown = requirement.standing == Standing::Unknown;
    RequirementJson {
        requirement: requirement.name.into(),
        title: requirement.title.into(),
        state: requirement.standing,
        codes: words(&requirement.codes),
        why: unknown.then(|| requirement.gap.map_or(LEFT_OUT, |gap| why(gap.reason)).into()),
    }
}

/// Codes after a sentence.
fn bracketed(codes: &[Word]) -> String {
    if codes.is_empty() { String::new() } else { format!(" [{}]", clean(&codes.join(", "))) }
}

fn words(codes: &[&'static str]) -> Vec<Word> {
    codes.iter().map(|&code| code.into()).collect()
}
