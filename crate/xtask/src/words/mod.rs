//! `xtask words`: the words of the pages in all languages, in one catalogue.
//!
//! The English words stand in the sources ([`extract`] finds them); `extension/data/words.txt` has the others, in the
//! form that `https_audit_core::view::Language` reads. The names that the browsers want in `_locales/` are made of it.

mod extract;
mod locales;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// The catalogue.
const CATALOGUE: &str = "extension/data/words.txt";
/// The languages besides English.
const LANGUAGES: [&str; 2] = ["de", "fr"];

/// Arguments of `xtask words`.
#[derive(clap::Args)]
pub struct Args {
    /// Writes nothing; fails when words are missing, left over or stale.
    #[arg(long)]
    check: bool,
}

/// English words, and the same in each of [`LANGUAGES`]; empty where they are to be filled in.
type Words = BTreeMap<String, [String; LANGUAGES.len()]>;

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let root = Path::new("");
    let used = used(root)?;
    let mut words = read(&fs::read_to_string(CATALOGUE).unwrap_or_default())?;
    if !args.check {
        let before = words.len();
        words.retain(|english, translated| {
            used.contains_key(english) || translated.iter().any(|t| !t.is_empty())
        });
        for english in used.keys() {
            words.entry(english.clone()).or_default();
        }
        fs::write(CATALOGUE, write(&words)).context(CATALOGUE)?;
        locales::write(root, &words)?;
        println!("{CATALOGUE}: {} words, {before} before", words.len());
    }
    let wrong = wrong(&used, &words);
    if !wrong.is_empty() {
        let list = wrong.join("\n");
        bail!(
            "{list}\n{} to do in {CATALOGUE}; `cargo run -p xtask -- words` adds what is missing",
            wrong.len()
        );
    }
    let stale = locales::stale(root, &words)?;
    ensure!(stale.is_empty(), "stale: {}; `cargo run -p xtask -- words` writes them anew", stale.join(", "));
    ensure!(
        fs::read_to_string(CATALOGUE)? == write(&words),
        "{CATALOGUE} is not as `cargo run -p xtask -- words` writes it"
    );
    println!("{CATALOGUE}: {} words, each in English and {}", words.len(), LANGUAGES.join(", "));
    Ok(())
}

/// Every English text in use, and the first file that uses it.
fn used(root: &Path) -> Result<BTreeMap<String, String>> {
    let mut used = BTreeMap::new();
    let mut add = |texts: Vec<String>, file: &Path| {
        for text in texts {
            used.entry(text).or_insert_with(|| file.display().to_string());
        }
    };
    for folder in ["crate/core/src", "crate/web/src"] {
        for file in files(&root.join(folder), "rs")? {
            add(extract::of_rust(&fs::read_to_string(&file)?), &file);
        }
    }
    for (ending, read) in [("html", extract::of_html as fn(&str) -> Vec<String>), ("js", extract::of_js)] {
        for file in files(&root.join("extension"), ending)? {
            add(read(&fs::read_to_string(&file)?), &file);
        }
    }
    for (_, english, _) in locales::NAMES {
        add(vec![(*english).to_owned()], Path::new("crate/xtask/src/words/locales.rs"));
    }
    Ok(used)
}

/// Files below a folder with this ending, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .with_context(|| folder.display().to_string())?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        if path.is_dir() {
            found.extend(files(&path, ending)?);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
    Ok(found)
}

/// Reads the catalogue. An English text stands once, a line each with its translations.
fn read(text: &str) -> Result<Words> {
    let mut words = Words::new();
    for record in text.split("\n\n") {
        let mut lines = record.lines().filter(|line| !line.is_empty());
        let Some(english) = lines.next() else { continue };
        let mut translated: [String; LANGUAGES.len()] = Default::default();
        for line in lines {
            let (tag, rest) = line.split_once(' ').unwrap_or((line, ""));
            let place = LANGUAGES.iter().position(|known| *known == tag);
            let place = place.with_context(|| format!("{english:?}: no language {tag:?} in {line:?}"))?;
            if let Some(slot) = translated.get_mut(place) {
                rest.clone_into(slot);
            }
        }
        ensure!(words.insert(english.to_owned(), translated).is_none(), "{english:?} stands twice");
    }
    Ok(words)
}

fn write(words: &Words) -> String {
    let mut text = String::new();
    for (english, translated) in words {
        if !text.is_empty() {
            text.push('\n');
        }
        let _ = writeln!(text, "{english}");
        for (tag, words) in LANGUAGES.iter().zip(translated) {
            let _ = writeln!(text, "{tag} {words}");
        }
    }
    text
}

/// What is to be done about the catalogue, a line each.
fn wrong(used: &BTreeMap<String, String>, words: &Words) -> Vec<String> {
    let mut wrong = Vec::new();
    for (english, file) in used {
        if english.contains('\n') || english.trim() != english || english.is_empty() {
            wrong.push(format!("{file}: {english:?} can be no line of a catalogue"));
        }
        match words.get(english) {
            None => wrong.push(format!("missing ({file}): {english}")),
            Some(translated) => {
                let each = || LANGUAGES.iter().zip(translated);
                let empty: Vec<&str> =
                    each().filter(|(_, words)| words.is_empty()).map(|(tag, _)| *tag).collect();
                if !empty.is_empty() {
                    wrong.push(format!("no {} ({file}): {english}", empty.join(", ")));
                }
                let wanted = english.matches("{}").count();
                for (tag, words) in each().filter(|(_, words)| !words.is_empty()) {
                    let places = words.matches("{}").count();
                    if places != wanted {
                        wrong.push(format!(
                            "{places} times {{}} in {tag}, and {wanted} in English: {english}"
                        ));
                    }
                }
            }
        }
    }
    let left = words.keys().filter(|english| !used.contains_key(*english));
    wrong.extend(left.map(|english| format!("nobody says: {english}")));
    wrong
}

#[cfg(test)]
mod tests {
    use super::{BTreeMap, read, write, wrong};

    const TEXT: &str = "Copy\nde Kopieren\nfr Copier\n\n{} of {}\nde {} von {}\nfr {}\n";

    #[test]
    fn what_is_missing_left_over_or_has_other_gaps_is_told() {
        let words = read(TEXT).unwrap();
        assert_eq!(write(&words), TEXT);
        let used = |texts: &[&str]| -> BTreeMap<String, String> {
            texts.iter().map(|text| ((*text).to_owned(), "a.rs".to_owned())).collect()
        };
        assert_eq!(
            wrong(&used(&["Copy", "Export", "{} of {}"]), &words),
            ["missing (a.rs): Export", "1 times {} in fr, and 2 in English: {} of {}"]
        );
        assert_eq!(wrong(&used(&["{} of {}"]), &words)[1], "nobody says: Copy");
        let unfilled = read("Copy\nde \nfr Copier\n").unwrap();
        assert_eq!(wrong(&used(&["Copy"]), &unfilled), ["no de (a.rs): Copy"]);
    }

    #[test]
    fn a_catalogue_that_says_a_thing_twice_is_refused() {
        assert!(read("Copy\nde a\n\nCopy\nde b\n").is_err());
        assert!(read("Copy\nit Copia\n").is_err());
    }
}
