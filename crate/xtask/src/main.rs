//! Build tooling that `build.sh` calls: what turns the compiled parts into loadable extensions and packages.
//!
//! Every subcommand works from the top of the checkout and is deterministic: the same input gives the same
//! bytes, on any machine.

mod browser;
mod budgets;
mod catalogue;
mod dist;
mod docs;
mod icons;
mod licences;
mod lists;
mod manifest;
mod manual;
mod observatory;
mod package;
mod schema;
mod wasm;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Build tooling of HTTPS Audit; run it from the top of the checkout.
#[derive(Parser)]
#[command(name = "xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// One file a subcommand.
#[derive(Subcommand)]
enum Command {
    /// Makes the JavaScript glue of the compiled wasm module and optimises the module for size.
    Wasm(wasm::Args),
    /// Assembles the loadable extensions: dist/chromium and dist/firefox.
    Dist(dist::Args),
    /// Draws the icons of extension/icons as PNG files.
    Icons(icons::Args),
    /// Refuses crates whose licence is not allowed.
    Licences(licences::Args),
    /// Makes the list assets of extension/data from the browsers' and the Public Suffix List's own files.
    Lists(lists::Args),
    /// Writes the words of the checks, which the extension reads: extension/data/checks.txt.
    Catalogue(catalogue::Args),
    /// Writes the pages of the checks: docs/checks.
    Docs(docs::Args),
    /// Writes what the command says of itself: docs/man, docs/completions, and blocks in pages of docs.
    Manual(manual::Args),
    /// Writes the catalogue of the pages' words and the browsers' names of it: extension/data/words.txt, _locales.
    Words(words::Args),
    /// Writes the JSON schemas of reports, evidence and comparisons: docs/schema.
    Schema(schema::Args),
    /// Reads evidence as JSON Lines and says what MDN HTTP Observatory would: for the test that asks it.
    Observatory,
    /// Packs dist/BROWSER into dist/https-audit-BROWSER.zip.
    Package(package::Args),
    /// Compares the sizes of what ships with their budgets; fails when one is passed.
    Budgets(budgets::Args),
}

fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Wasm(args) => wasm::run(&args),
        Command::Dist(args) => dist::run(&args),
        Command::Icons(args) => icons::run(&args),
        Command::Licences(args) => licences::run(&args),
        Command::Lists(args) => lists::run(&args),
        Command::Catalogue(args) => catalogue::run(&args),
        Command::Docs(args) => docs::run(&args),
        Command::Manual(args) => manual::run(&args),
        Command::Words(args) => words::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Observatory => observatory::run(),
        Command::Package(args) => package::run(&args),
        Command::Budgets(args) => budgets::run(&args),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
