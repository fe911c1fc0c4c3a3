//! The requirements of hstspreload.org, as far as they were observed, and what the browsers'
//! lists say. The codes are that site's, in the order in which it gives them.

mod chain;
mod insecure;
mod ramp;
mod requirement;
#[cfg(test)]
mod requirement_tests;
mod steps;
#[cfg(test)]
mod tests;

pub use ramp::{RAMP, RampStep};
pub use requirement::{Requirement, Standing};

use super::{Facts, Site};
use crate::check::Gap;
use crate::evidence::Observed;
use crate::field::hstspreload;
use crate::knowledge::{Knowledge, Listing, Listings};

/// How far a domain is from the preload list.
#[derive(Debug, Clone, PartialEq)]
pub struct PreloadFact {
    /// The registrable domain that is judged; none where preloading does not apply.
    pub domain: Option<String>,
    /// Requirements that are not met, in the order they are checked.
    pub errors: Vec<Step>,
    /// What hstspreload.org warns of.
    pub warnings: Vec<Step>,
    /// Steps that were not observed, by name: `tls`, `header`, `http`, `redirects`, `www`.
    pub unknown: Vec<(&'static str, Gap)>,
    /// Chromium's list about the domain.
    pub chromium: Listing,
    /// Firefox's list about the domain.
    pub firefox: Listing,
    /// The domain's field asks for removal: nothing stands in the way of it, and `preload`
    /// is gone. None where the field was not observed.
    pub asks_for_removal: Option<bool>,
    /// What stands in the way of a removal, by hstspreload.org's codes; empty too where the field was not
    /// observed.
    pub removal_errors: Vec<&'static str>,
    /// Steps of [`RAMP`] that the domain's policy has reached. None where the field was not observed.
    pub ramp: Option<usize>,
    /// The domain's field holds `preload`, as hstspreload.org reads it. None where the field
    /// was not observed.
    pub asks_for_preload: Option<bool>,
}

/// A code of hstspreload.org and the URL it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The code.
    pub code: &'static str,
    /// Where.
    pub url: String,
}

/// What became of the requirements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepResult {
    /// Every requirement was observed and met.
    Eligible,
    /// One is not met.
    NotEligible,
    /// None is known to fail, and at least one was not observed.
    Unknown,
}

impl PreloadFact {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let mut fact = Self::unjudged(&facts.site, facts.knowledge);
        let Some(domain) = facts.site.registrable_domain.clone() else { return fact };
        steps::judge(&mut fact, facts, &domain);
        if let Observed::Seen(policy) = facts.first_response(&domain) {
            fact.asks_for_preload = Some(policy.asks_for_preload());
            let read = hstspreload::response(&policy.fields);
            fact.asks_for_removal = Some(read.removable.errors.is_empty());
            fact.removal_errors = read.removable.errors;
            fact.ramp = Some(ramp::reached(read.policy));
        }
        fact.domain = Some(domain);
        fact
    }

    /// What the lists say, and no step.
    pub(super) fn unjudged(site: &Site, knowledge: &Knowledge<'_>) -> Self {
        let name = site.registrable_domain.as_deref().unwrap_or(&site.host);
        let Listings { chromium, firefox } = knowledge.preload.lookup(name);
        Self {
            domain: None,
            errors: Vec::new(),
            warnings: Vec::new(),
            unknown: Vec::new(),
            chromium,
            firefox,
            asks_for_removal: None,
            removal_errors: Vec::new(),
            ramp: None,
            asks_for_preload: None,
        }
    }

    /// Whether a browser's list holds the domain.
    pub fn is_listed(&self) -> bool {
        self.chromium.listed || self.firefox.listed
    }

    /// Whether a browser's list has an entry of this very domain, which hstspreload.org
    /// scans, and not only one further up, which it does not.
    pub fn has_own_entry(&self) -> bool {
        let domain = self.domain.as_deref();
        domain.is_some()
            && [&self.chromium, &self.firefox].into_iter().any(|listing| listing.entry.as_deref() == domain)
    }

    /// Whether hstspreload.org would take it.
    pub fn eligible(&self) -> StepResult {
        if !self.errors.is_empty() {
            StepResult::NotEligible
        } else if self.unknown.is_empty() && self.domain.is_some() {
            StepResult::Eligible
        } else {
            StepResult::Unknown
        }
    }

    /// The gap of a step, where it was not observed.
    pub fn gap(&self, step: &str) -> Option<&Gap> {
        self.unknown.iter().find(|(name, _)| *name == step).map(|(_, gap)| gap)
    }
}
