//! `xtask catalogue`: the words of the checks, for the extension.

use std::fs;

use anyhow::{Context, Result, ensure};
use https_audit_core::check::{catalogue_of, registry};

/// Where they lie.
const FILE: &str = "extension/data/checks.txt";

/// Arguments of `xtask catalogue`.
#[derive(clap::Args)]
pub struct Args {
    /// Writes nothing; fails when the file is not what the declarations say.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let catalogue = catalogue_of(registry::WITHOUT_OFFERS);
    if !args.check {
        return fs::write(FILE, catalogue).context(FILE);
    }
    let written = fs::read_to_string(FILE).context(FILE)?;
    ensure!(written == catalogue, "{FILE} is stale; `cargo run -p xtask -- catalogue` writes it anew");
    println!("{FILE}: as the checks are declared");
    Ok(())
}
