//! Settings of Django beside what the site shows of them, as facts of a report.
//!
//! Only the command is given settings: the extension's modules are compiled without this. What settings mean is found out
//! by `https-audit-review`; here is what a report holds of it.

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use super::text::clean;
use crate::evidence::Observed;
use crate::fact::Facts;
use crate::words::words;

/// A setting, what it is meant to do, and what was seen of that.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingJson {
    /// Its name, such as `SESSION_COOKIE_SECURE`.
    pub name: String,
    /// Its value as Python writes it; null where the files do not decide it.
    pub intended: Option<String>,
    /// Where it is assigned; null for a default of Django's.
    pub place: Option<SettingPlace>,
    /// What was seen of it; null where nothing shows it.
    pub observed: Option<String>,
    /// Whether both are the same: `agree`, `disagree`, `unknown`.
    pub state: Beside,
    /// In a sentence, and where to look where they differ.
    pub message: String,
}

/// A place in a file, both counted from 1; the column in characters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingPlace {
    /// The file's path, as it was given or found.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

words! {
    /// What a setting is beside what was seen.
    pub enum Beside {
        /// The site does what it says.
        Agree = "agree",
        /// The site does something else.
        Disagree = "disagree",
        /// One of the two is not known.
        Unknown = "unknown",
    }
}

/// What the page's response sends of what settings decide.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sent {
    /// It came over https.
    pub secure: bool,
    /// Names in lower case and values of its fields; none where it was not seen.
    pub fields: Option<Vec<(&'static str, String)>>,
}

/// The fields that Django's middleware sends by its settings.
const FIELDS: [&str; 5] = [
    "cross-origin-opener-policy",
    "referrer-policy",
    "strict-transport-security",
    "x-content-type-options",
    "x-frame-options",
];

impl Sent {
    pub(super) fn new(facts: &Facts<'_>) -> Self {
        let Observed::Seen(page) = facts.page() else { return Self::default() };
        let fields = page.response.as_ref().seen().map(|response| {
            let of = |name: &'static str| {
                response.values(name).map(move |value| (name, String::from_utf8_lossy(value).into_owned()))
            };
            FIELDS.into_iter().flat_map(of).collect()
        });
        Self { secure: page.url.is_https(), fields }
    }

    /// The values of a field, in order; none where the response was not seen.
    pub fn values(&self, name: &str) -> Option<Vec<&str>> {
        let of_name = self.fields.as_ref()?.iter().filter(|(known, _)| *known == name);
        Some(of_name.map(|(_, value)| value.as_str()).collect())
    }
}

/// What differs before what is not known, and that before what agrees.
pub(super) fn write(settings: &[SettingJson], out: &mut String) -> std::fmt::Result {
    if settings.is_empty() {
        return Ok(());
    }
    let count = |state| settings.iter().filter(|setting| setting.state == state).count();
    writeln!(
        out,
        "\nSettings beside the site: {} disagree, {} unknown, {} agree",
        count(Beside::Disagree),
        count(Beside::Unknown),
        count(Beside::Agree)
    )?;
    for state in [Beside::Disagree, Beside::Unknown, Beside::Agree] {
        for setting in settings.iter().filter(|setting| setting.state == state) {
            writeln!(out, "  {:<14} {}", state.word(), clean(&setting.message))?;
            if let Some(SettingPlace { file, line, column }) = &setting.place {
                writeln!(out, "    {}:{line}:{column}", clean(file))?;
            }
        }
    }
    Ok(())
}
