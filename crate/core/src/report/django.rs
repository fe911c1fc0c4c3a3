//! What `check --deploy` would say, as facts of a report.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Word;
use super::text::clean;
use crate::fact::{Confidence, DeployCheck, Facts, State};

/// What is wrong before what is not.
const STATES: [State; 4] = [State::Observed, State::Inferred, State::Clear, State::NotObservable];

/// The site as Django.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeployCheckJson {
    /// Such as `security.W004`.
    pub id: Word,
    /// `observed`, `inferred`, `clear`, `not-observable`.
    pub state: State,
    /// Why.
    pub why: Word,
    /// What was seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The line of settings.py that mends it; absent where it is clear.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub setting: Option<Word>,
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

impl DjangoJson {
    /// Its checks, what is wrong before what is not.
    pub fn by_state(&self) -> impl Iterator<Item = &DeployCheckJson> {
        STATES.into_iter().flat_map(|state| self.checks.iter().filter(move |check| check.state == state))
    }

    /// How many are what.
    pub fn counted(&self) -> String {
        let count = |state| self.checks.iter().filter(|check| check.state == state).count();
        STATES.map(|state| format!("{} {}", count(state), state.in_words())).join(", ")
    }

    pub(super) fn write(&self, out: &mut String) -> std::fmt::Result {
        if !self.identified {
            return Ok(());
        }
        writeln!(out, "\nDjango's check --deploy, seen from outside: {}", self.counted())?;
        for evidence in &self.evidence {
            writeln!(out, "  Django: {}", clean(evidence))?;
        }
        for check in self.by_state() {
            write!(out, "  {:<14} {}: {}", check.state.in_words(), clean(&check.id), clean(&check.why))?;
            if let Some(evidence) = &check.evidence {
                write!(out, " {}", clean(evidence))?;
            }
            writeln!(out)?;
            if let (true, Some(setting)) = (check.state.is_said(), &check.setting) {
                writeln!(out, "    settings.py: {}", clean(setting))?;
            }
        }
        Ok(())
    }
}

impl DeployCheckJson {
    fn new(DeployCheck { id, state, why, evidence, setting }: DeployCheck) -> Self {
        Self {
            id: id.into(),
            state,
            why: why.into(),
            evidence,
            setting: (state != State::Clear).then_some(setting.into()),
        }
    }
}
