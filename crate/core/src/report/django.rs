//! What `check --deploy` would say, as facts of a report.

use serde::Serialize;

use crate::fact::{Confidence, DeployCheck, Facts, State};

/// The site as Django.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DjangoJson {
    /// It is Django.
    pub identified: bool,
    /// How sure that is; null where nothing speaks for it.
    pub confidence: Option<Confidence>,
    /// What speaks for it, the best first.
    pub evidence: Vec<String>,
    /// Every id of `check --deploy`; none where the site is not identified.
    pub checks: Vec<DeployCheckJson>,
}

/// One id of `check --deploy`, seen from outside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeployCheckJson {
    /// Such as `security.W004`.
    pub id: &'static str,
    /// `observed`, `inferred`, `clear`, `not-observable`.
    pub state: State,
    /// Why.
    pub why: &'static str,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The line of settings.py that mends it; absent where it is clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<&'static str>,
}

impl DjangoJson {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let django = facts.django();
        Self {
            identified: django.as_ref().is_some_and(crate::fact::DjangoFact::is_identified),
            confidence: django.as_ref().map(|django| django.confidence),
            evidence: django.map(|django| django.evidence).unwrap_or_default(),
            checks: facts.deploy_checks().into_iter().map(DeployCheckJson::new).collect(),
        }
    }
}

impl DeployCheckJson {
    fn new(DeployCheck { id, state, why, evidence, setting }: DeployCheck) -> Self {
        Self { id, state, why, evidence, setting: (state != State::Clear).then_some(setting) }
    }
}
