//! `xtask observatory`: result codes and grades by both algorithms, for `tests/oracle/observatory.test.mjs`.
//!
//! Nothing that ships says a grade by algorithm 4; the Observatory that npm has knows no other.

use std::io::{BufRead as _, Write as _, stdin, stdout};

use anyhow::{Context, Result, anyhow};
use https_audit_core::fact::Facts;
use https_audit_core::grade::Grade;
use https_audit_core::observatory::{Algorithm, Test, outcomes};
use https_audit_core::{import, knowledge};
use serde_json::{Map, Value, json};

/// The clock of every line, 2026-11-22T12:00:00Z.
const NOW: i64 = 1_795_348_800;

/// Runs the subcommand.
pub fn run() -> Result<()> {
    let knowledge = knowledge::embedded().map_err(|error| anyhow!("{error}"))?;
    let mut out = stdout().lock();
    for (at, line) in stdin().lock().lines().enumerate() {
        let line = line?;
        let place = || format!("line {}", at + 1);
        let evidence =
            import::read(line.as_bytes(), None, NOW).map_err(|e| anyhow!("{e}")).with_context(place)?;
        let outcomes = outcomes(&Facts::new(&evidence, &knowledge, NOW));
        let answer = outcomes.map(|outcomes| {
            let codes: Map<String, Value> = Test::ALL
                .iter()
                .zip(outcomes)
                .map(|(test, code)| (test.name().to_owned(), json!(code)))
                .collect();
            let [four, six] = [Algorithm::Four, Algorithm::Six].map(|which| Grade::new(&outcomes, which));
            json!({ "codes": codes, "algorithm_4": four, "algorithm_6": six })
        });
        writeln!(out, "{}", json!(answer))?;
    }
    Ok(())
}
