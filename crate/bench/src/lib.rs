//! What `./build.sh bench` measures of the core: whole audits of sites whose evidence was read before, by the same code
//! natively (the program of this crate) and as wasm, compiled as what ships is.
//!
//! Nothing of it ships, and nothing here looks at a clock.

use https_audit_core::check::{Check, registry};
use https_audit_core::evidence::Evidence;
use https_audit_core::fact::Facts;
use https_audit_core::knowledge::{Knowledge, embedded};
use https_audit_core::report::{Report, to_json};
use https_audit_core::{audit, import};
use wasm_bindgen::prelude::wasm_bindgen;

/// The clock of every audit, 2026-11-22T12:00:00Z.
const NOW: i64 = 1_795_348_800;
/// Takes the checks in an order that has nothing to do with their areas; shares no factor with their number.
const STRIDE: usize = 61;

/// The evidence of some sites and the lists, both loaded.
#[wasm_bindgen]
pub struct Sites {
    evidence: Vec<Evidence>,
    knowledge: Knowledge<'static>,
}

#[wasm_bindgen]
impl Sites {
    /// Reads evidence, a line a site. Says which line is none.
    #[wasm_bindgen(constructor)]
    pub fn new(lines: &str) -> Result<Sites, String> {
        let read = |(at, line): (usize, &str)| {
            import::read(line.as_bytes(), None, NOW).map_err(|error| format!("line {}: {error}", at + 1))
        };
        Ok(Self {
            evidence: lines.lines().enumerate().map(read).collect::<Result<_, _>>()?,
            knowledge: embedded().map_err(|error| error.to_string())?,
        })
    }

    /// How many sites.
    pub fn count(&self) -> usize {
        self.evidence.len()
    }

    /// How many checks there are.
    pub fn checks(&self) -> usize {
        registry::ALL.len()
    }

    /// A full audit of one site, counted from 0: every check, the report as JSON.
    pub fn audit(&self, site: usize) -> Result<String, String> {
        let reports = audit(self.of(site)?, &self.knowledge, NOW);
        to_json(&reports).map_err(|error| error.to_string())
    }

    /// As [`audit`](Self::audit) every site; the octets of the reports together.
    pub fn audit_all(&self) -> Result<usize, String> {
        (0..self.count()).map(|site| self.audit(site).map(|json| json.len())).sum()
    }

    /// Audits every site with so many of the checks, taken from all areas; the octets of the reports together.
    pub fn audit_with(&self, checks: usize) -> Result<usize, String> {
        let which = some(checks);
        let octets = self.evidence.iter().map(|evidence| {
            let report = Report::by(&Facts::new(evidence, &self.knowledge, NOW), &which);
            to_json(&[report]).map(|json| json.len()).map_err(|error| error.to_string())
        });
        octets.sum()
    }
}

impl Sites {
    fn of(&self, site: usize) -> Result<&Evidence, String> {
        self.evidence.get(site).ok_or_else(|| format!("there are {} sites, and no {site}", self.count()))
    }
}

/// So many checks, in the registry's order.
fn some(count: usize) -> Vec<&'static Check> {
    let all = registry::ALL.len();
    let mut chosen: Vec<usize> = (0..all).map(|at| at * STRIDE % all).take(count).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| registry::ALL[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::{registry, some};

    #[test]
    fn takes_each_check_once() {
        let ids: Vec<&str> = some(registry::ALL.len()).iter().map(|check| check.id).collect();
        assert_eq!(ids, registry::ALL.iter().map(|check| check.id).collect::<Vec<_>>());
        assert_eq!(some(9).len(), 9);
    }
}
