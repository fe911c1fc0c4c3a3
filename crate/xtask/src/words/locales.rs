//! `_locales/`: the names that the browsers show, of the same catalogue.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{LANGUAGES, Words};

/// Key, English words, and what they are for.
pub(super) const NAMES: &[(&str, &str, &str)] = &[
    ("name", "HTTPS Audit", "Name of the extension."),
    (
        "description",
        "Is the connection HTTPS, is HSTS in force and ready for preloading, are the cookies safe? For the site you are looking at.",
        "What the extension does, in at most 132 characters.",
    ),
    ("command_popup", "Show what HTTPS Audit says of this page", "Keyboard command."),
    ("command_audit", "Open the audit of this page", "Keyboard command."),
    ("menu_audit", "Audit this page", "Entry of the menu of pages and of the toolbar button."),
    ("menu_options", "Options", "Entry of the menu of the toolbar button."),
];

/// Characters that a store takes of a description.
const LONGEST: usize = 132;

/// The files whose content is another than this one.
pub(super) fn stale(root: &Path, words: &Words) -> Result<Vec<String>> {
    let files = files(root, words)?.into_iter();
    let other = files.filter(|(path, text)| fs::read_to_string(path).ok().as_ref() != Some(text));
    Ok(other.map(|(path, _)| path.display().to_string()).collect())
}

/// Writes them.
pub(super) fn write(root: &Path, words: &Words) -> Result<()> {
    for (path, text) in files(root, words)? {
        fs::create_dir_all(path.parent().context("a folder")?)?;
        fs::write(&path, text).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn files(root: &Path, words: &Words) -> Result<Vec<(PathBuf, String)>> {
    let mut files = Vec::new();
    for tag in std::iter::once("en").chain(LANGUAGES) {
        let place = LANGUAGES.iter().position(|known| *known == tag);
        let mut messages = Map::new();
        for (key, english, description) in NAMES {
            let translated = place.and_then(|place| words.get(*english)?.get(place));
            // What is not translated yet is told elsewhere.
            let message = translated.filter(|words| !words.is_empty()).map_or(*english, String::as_str);
            ensure!(
                *key != "description" || message.chars().count() <= LONGEST,
                "the description in {tag} is longer than {LONGEST} characters"
            );
            messages.insert((*key).to_owned(), json!({"message": message, "description": description}));
        }
        let text = serde_json::to_string_pretty(&Value::Object(messages))? + "\n";
        files.push((root.join(format!("extension/_locales/{tag}/messages.json")), text));
    }
    Ok(files)
}
