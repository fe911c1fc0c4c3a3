//! The native side of `tests/bench/audit.mjs`: reads the evidence of a file, then does what each line of its input says
//! and answers with a line. `audit` audits every site, `audit N` does with N checks; both answer with nanoseconds.
//! `memory` answers with the most octets that the process ever held.

use std::io::{Write as _, stdin, stdout};
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs};

use https_audit_bench::Sites;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("https-audit-bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let path = env::args().nth(1).ok_or("takes a file of evidence, a line a site")?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let sites = Sites::new(&text).map_err(|error| format!("{path}: {error}"))?;
    say(&format!("{} {}", sites.count(), sites.checks()))?;
    for line in stdin().lines() {
        let line = line.map_err(|error| error.to_string())?;
        match line.split_once(' ').unwrap_or((&line, "")) {
            ("audit", "") => say(&timed(|| sites.audit_all())?)?,
            ("audit", checks) => {
                let checks = checks.parse().map_err(|error| format!("{line}: {error}"))?;
                say(&timed(|| sites.audit_with(checks))?)?;
            }
            ("memory", _) => say(&peak()?.to_string())?,
            _ => return Err(format!("{line}: no such thing to do")),
        }
    }
    Ok(())
}

/// The nanoseconds of something that makes so many octets, which must not be none.
fn timed(work: impl FnOnce() -> Result<usize, String>) -> Result<String, String> {
    let start = Instant::now();
    let octets = work()?;
    let took = start.elapsed().as_nanos();
    if octets == 0 { Err("nothing was audited".to_owned()) } else { Ok(took.to_string()) }
}

/// The peak of the resident set (proc(5), `VmHWM`), octets.
fn peak() -> Result<u64, String> {
    let status =
        fs::read_to_string("/proc/self/status").map_err(|error| format!("/proc/self/status: {error}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kib: u64 = line.trim().trim_end_matches(" kB").parse().map_err(|error| format!("VmHWM: {error}"))?;
    Ok(kib * 1024)
}

fn say(line: &str) -> Result<(), String> {
    let mut out = stdout().lock();
    writeln!(out, "{line}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}
