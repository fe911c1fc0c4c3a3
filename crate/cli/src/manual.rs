//! `https-audit completions` and `https-audit man`: what shells and `man` read, from what the command declares.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};
use clap_mangen::Man;

use crate::options::Cli;
use crate::output::{Done, Failure};

/// Arguments of `completions`.
#[derive(Args)]
pub struct CompletionsArguments {
    /// The shell that is to read it.
    #[arg(value_enum)]
    shell: Shell,
}

/// Arguments of `man`.
#[derive(Args)]
pub struct ManArguments {
    /// The command whose page it is; that of `https-audit` itself where it is left out.
    command: Option<String>,
    /// Write every page into this folder, which has to be there: `https-audit.1`, `https-audit-audit.1` and so on.
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    directory: Option<PathBuf>,
}

/// The script that completes what is typed.
pub fn completions(arguments: &CompletionsArguments) -> Result<Done, Failure> {
    let mut octets = Vec::new();
    generate(arguments.shell, &mut Cli::command(), NAME, &mut octets);
    let script = text(octets)?;
    // clap_complete 4.6 takes the hyphen of our name, once escaped, for a sub-command in the labels of bash, which then
    // are not those that it looks for.
    Ok(Done::without_findings(match arguments.shell {
        Shell::Bash => script.replace("https__subcmd__audit", "https__audit"),
        _ => script,
    }))
}

/// A page, or all of them into a folder.
pub fn man(arguments: &ManArguments) -> Result<Done, Failure> {
    let pages = pages()?;
    if let Some(folder) = &arguments.directory {
        for (name, page) in &pages {
            write(&folder.join(format!("{name}.1")), page)?;
        }
        return Ok(Done::without_findings(String::new()));
    }
    let wanted = match &arguments.command {
        Some(command) => format!("{NAME}-{command}"),
        None => NAME.to_owned(),
    };
    let page = pages.into_iter().find(|(name, _)| *name == wanted);
    let (_, page) = page.ok_or_else(|| {
        Failure::of(
            arguments.command.as_deref().unwrap_or(NAME),
            "no command; `https-audit --help` lists them",
        )
    })?;
    Ok(Done::without_findings(page))
}

const NAME: &str = "https-audit";

/// Every page by its name: the command's own, then one for each sub-command in the order of `--help`.
fn pages() -> Result<Vec<(String, String)>, Failure> {
    let mut all = Cli::command();
    // Gives the sub-commands the options of every command, and their full names.
    all.build();
    let mut pages = vec![(NAME.to_owned(), page(all.clone())?)];
    for command in all.get_subcommands() {
        let name = format!("{NAME}-{}", command.get_name());
        pages.push((name.clone(), page(command.clone().display_name(name))?));
    }
    Ok(pages)
}

fn page(command: clap::Command) -> Result<String, Failure> {
    let mut octets = Vec::new();
    // Without a date: the same version gives the same page.
    let source = format!("{NAME} {}", env!("CARGO_PKG_VERSION"));
    Man::new(command)
        .source(source)
        .render(&mut octets)
        .map_err(|error: io::Error| Failure::of("man", error))?;
    text(octets)
}

fn text(octets: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(octets).map_err(|error| Failure::of("https-audit", error))
}

/// Writes a page anew. What lies there under its name goes, also a link: what that leads to is none of ours.
fn write(file: &Path, text: &str) -> Result<(), Failure> {
    let written = match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => File::create_new(file).and_then(|mut file| file.write_all(text.as_bytes())),
    };
    written.map_err(|error| Failure::of(&file.display().to_string(), error))
}
