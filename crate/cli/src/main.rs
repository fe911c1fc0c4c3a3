//! HTTPS Audit, the command.

use std::env;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;
use https_audit_core::knowledge;

mod against;
mod annotations;
mod apart;
mod audit;
mod checks;
mod compare;
mod cookie;
mod domain;
mod hsts;
mod input;
mod live;
mod manual;
mod options;
mod outcome;
mod output;
mod preload;
mod review;
mod scan;
mod settings;

use options::{Cli, Command};
use output::Failure;

fn main() -> ExitCode {
    let cli = match Cli::try_parse_from(against::joined(env::args_os())) {
        Ok(cli) => cli,
        Err(error) if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) => {
            // Nobody reads on (`--help | head`): then there is nothing to tell.
            let _ = write!(io::stdout(), "{error}");
            return ExitCode::SUCCESS;
        }
        Err(error) => return Failure::usage(&error).report(),
    };
    match run(&cli) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

fn run(cli: &Cli) -> Result<ExitCode, Failure> {
    let common = &cli.common;
    cli.command.knows(common.format)?;
    apart::check(&cli.command, common)?;
    // Only where it is wanted: reading it is most of what a short command would take.
    let knowledge = || knowledge::embedded().map_err(|error| Failure::of("built-in lists", error));
    let done = match &cli.command {
        // It writes as it goes.
        Command::Scan(arguments) => return scan::run(arguments, common),
        Command::Audit(arguments) => {
            audit::run(arguments, common, &knowledge()?.with(arguments.chosen.options()))
        }
        Command::Live(arguments) => {
            live::run(arguments, common, &knowledge()?.with(arguments.chosen.options()))
        }
        Command::Compare(arguments) => compare::run(arguments, common, &knowledge()?),
        Command::Review(arguments) => review::run(arguments, common),
        Command::Hsts(arguments) => hsts::run(arguments, common),
        Command::Cookie(arguments) => cookie::run(arguments, common, &knowledge()?),
        Command::Preload(arguments) => preload::run(arguments, common, &knowledge()?),
        Command::Checks(arguments) => checks::run(arguments, common),
        Command::Completions(arguments) => manual::completions(arguments),
        Command::Man(arguments) => manual::man(arguments),
    };
    output::write(&done?, common)
}
