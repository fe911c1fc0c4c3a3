//! `xtask manual`: what is made by asking the command: man pages (`docs/man`), completions (`docs/completions`), and the blocks in
//! pages of `docs` that show a file or what `--help` says.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

/// Where the command is built, whatever the profile of the tooling is.
const PROGRAM: &str = "https-audit";
/// The pages with blocks.
const PAGES: &[&str] = &["docs/ci.md", "docs/command.md"];
/// The page that has to show every command's help.
const COMMANDS: &str = "docs/command.md";
/// Shells, with the name of the file that each looks for.
const SHELLS: &[(&str, &str)] = &[
    ("bash", "https-audit.bash"),
    ("elvish", "https-audit.elv"),
    ("fish", "https-audit.fish"),
    ("powershell", "_https-audit.ps1"),
    ("zsh", "_https-audit"),
];

/// Arguments of `xtask manual`.
#[derive(clap::Args)]
pub struct Args {
    /// Writes nothing; fails when a file is not what the command says, is missing or is too many.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let built = Command::new("cargo").args(["build", "--quiet", "--locked", "-p", PROGRAM]).status()?;
    if !built.success() {
        bail!("the command was not built");
    }
    let files = files()?;
    let stale = stale(&files)?;
    if args.check {
        if !stale.is_empty() {
            bail!("stale: {}; `cargo run -p xtask -- manual` writes them anew", stale.join(", "));
        }
        println!("docs/man, docs/completions, {}: as the command says", PAGES.join(", "));
        return Ok(());
    }
    for path in &stale {
        match files.get(path) {
            Some(text) => fs::create_dir_all(Path::new(path).parent().unwrap_or(Path::new(".")))
                .and_then(|()| fs::write(path, text)),
            None => fs::remove_file(path),
        }
        .with_context(|| path.clone())?;
    }
    Ok(())
}

/// Every file with what it should hold.
fn files() -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for (shell, name) in SHELLS {
        files.insert(format!("docs/completions/{name}"), said(&["completions", shell])?);
    }
    files.insert(format!("docs/man/{PROGRAM}.1"), said(&["man"])?);
    let commands = commands(&said(&["--help"])?);
    for command in &commands {
        files.insert(format!("docs/man/{PROGRAM}-{command}.1"), said(&["man", command])?);
    }
    for page in PAGES {
        let text = fs::read_to_string(page).with_context(|| (*page).to_owned())?;
        let filled = filled(&text, block).with_context(|| (*page).to_owned())?;
        if *page == COMMANDS {
            for command in &commands {
                if !text.contains(&format!("<!-- help: {command} -->\n")) {
                    bail!(
                        "{page}: it does not show `{command}`: add `<!-- help: {command} -->` and an empty block"
                    );
                }
            }
        }
        files.insert((*page).to_owned(), filled);
    }
    Ok(files)
}

/// What the command prints.
fn said(arguments: &[&str]) -> Result<String> {
    let target = std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "target".to_owned());
    let program = Path::new(&target).join("debug").join(PROGRAM);
    let output = Command::new(&program).args(arguments).output().context(program.display().to_string())?;
    if !output.status.success() {
        bail!("{PROGRAM} {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// The names of the commands in what `--help` says.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    list.take_while(|line| !line.is_empty())
        // The rest of a sentence stands further in than a name.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// What a block shows: `file: PATH`, or `help: COMMAND`.
fn block(what: &str) -> Result<String> {
    match what.split_once(": ") {
        Some(("file", path)) => fs::read_to_string(path).with_context(|| path.to_owned()),
        Some(("help", command)) => said(&[command, "--help"]),
        _ => bail!("`{what}` is neither `file: PATH` nor `help: COMMAND`"),
    }
}

/// The page, each block that follows a line `<!-- file: … -->` or `<!-- help: … -->` holding what the line names.
fn filled(page: &str, block: impl Fn(&str) -> Result<String>) -> Result<String> {
    let mut out = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        out.extend([line, "\n"]);
        let named = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->"));
        let Some(what) = named.filter(|what| what.starts_with("file: ") || what.starts_with("help: ")) else {
            continue;
        };
        let fence = lines.next().filter(|fence| fence.starts_with("```"));
        let Some(fence) = fence else { bail!("no block follows `{line}`") };
        if !lines.by_ref().any(|line| line == "```") {
            bail!("the block behind `{line}` does not end");
        }
        let text = block(what)?;
        if text.lines().any(|line| line.starts_with("```")) {
            bail!("`{what}` holds the end of a block");
        }
        out.extend([fence, "\n", text.trim_end(), "\n```\n"]);
    }
    Ok(out)
}

/// Paths of files that are not there, are other than they should be, or should not be there.
fn stale(files: &BTreeMap<String, String>) -> Result<Vec<String>> {
    let mut paths: Vec<String> = files
        .iter()
        .filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text))
        .map(|(path, _)| path.clone())
        .collect();
    for folder in ["docs/completions", "docs/man"] {
        let Ok(entries) = fs::read_dir(folder) else { continue };
        for entry in entries {
            let path = format!("{folder}/{}", entry?.file_name().to_string_lossy());
            if !files.contains_key(&path) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::{commands, filled};

    #[test]
    fn a_block_holds_what_its_line_names() {
        let page = "a\n<!-- file: x -->\n```sh\nold\n```\n<!-- other -->\n```\nkept\n```\n";
        let filled_page = filled(page, |what| Ok(format!("of {what}\n\n"))).unwrap();
        assert_eq!(filled_page, page.replace("old", "of file: x"));
        assert_eq!(filled(&filled_page, |what| Ok(format!("of {what}"))).unwrap(), filled_page);
        for broken in ["<!-- file: x -->\ntext\n", "<!-- file: x -->\n```\nno end\n"] {
            filled(broken, |_| Ok(String::new())).unwrap_err();
        }
        filled(page, |_| Ok("```\n".to_owned())).unwrap_err();
    }

    #[test]
    fn the_commands_are_those_that_help_lists() {
        let help =
            "About\n\nCommands:\n  audit  Does\n         more\n  live   Asks\n\nOptions:\n  -o, --output\n";
        assert_eq!(commands(help), ["audit", "live"]);
    }
}
