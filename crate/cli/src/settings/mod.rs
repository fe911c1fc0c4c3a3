//! `audit --settings`: what Django's settings mean beside what the site shows.
//!
//! ```text
//! files ─▶ django::intended ─┐
//! Report ─▶ look ────────────┴▶ SettingJson: agree, disagree, unknown, with a sentence
//! ```

mod look;

use https_audit_core::report::{Beside, Report, SettingJson, SettingPlace};
use https_audit_review::django::{Intended, Meant, Plain, intended};

use crate::options::{Common, Format};
use crate::output::{Failure, tell};
use crate::review;
use look::{Look, look};

/// Puts the settings of these files and directories beside what each report observed. Says so on standard error where the
/// format has no place for it.
pub fn beside(paths: &[String], reports: &mut [Report], common: &Common) -> Result<(), Failure> {
    if paths.is_empty() {
        return Ok(());
    }
    let sources = review::python_of(paths, common)?;
    let found = intended(&sources).map_err(|error| Failure::of("--settings", error))?;
    let intended = found.map_err(|ambiguous| Failure::of("--settings", which(&ambiguous.modules, paths)))?;
    for report in reports.iter_mut() {
        report.facts.settings = compare(&intended, report);
    }
    let format = common.format;
    if !matches!(format, Format::Text | Format::Json) {
        tell(&format!(
            "{} has no place for `--settings`: text and json put them beside the site",
            format.word()
        ));
    }
    Ok(())
}

fn which(modules: &[String], paths: &[String]) -> String {
    match modules {
        [] => format!("no settings of Django are in {}", paths.join(", ")),
        several => format!(
            "several settings modules are there ({}); name the one that the site runs with",
            several.join(", ")
        ),
    }
}

/// Each setting that the site shows, in the order of the alphabet.
fn compare(intended: &Intended, report: &Report) -> Vec<SettingJson> {
    // A cookie's name and place say where to look; they are judged with the cookie.
    let is_shown = |meant: &&Meant| !meant.name.ends_with("_NAME") && meant.name != "CSRF_USE_SESSIONS";
    intended.settings.iter().filter(is_shown).map(|meant| one(meant, intended, report)).collect()
}

fn one(meant: &Meant, intended: &Intended, report: &Report) -> SettingJson {
    let name = meant.name;
    let look = look(meant, intended, report);
    let (state, message) = match (&meant.value, &look) {
        (Err(why), Look::Seen { shows, .. }) => {
            (Beside::Unknown, format!("settings do not decide {name}: {why}; the site {shows}"))
        }
        (Err(why), Look::Unseen(_)) => {
            (Beside::Unknown, format!("settings do not decide {name}: {why}; nor was it seen"))
        }
        (Ok(value), Look::Unseen(why)) => (Beside::Unknown, format!("{}; {why}", says(meant, value))),
        (Ok(value), Look::Seen { same: true, shows, .. }) => {
            (Beside::Agree, format!("{}, and the site {shows}", says(meant, value)))
        }
        (Ok(value), Look::Seen { shows, at, .. }) => match &meant.unless {
            None => (Beside::Disagree, format!("{}, the site {shows}: look at {at}", says(meant, value))),
            Some(cause) => (
                Beside::Unknown,
                format!(
                    "{} unless {cause} says otherwise, the site {shows}: look at that, and at {at}",
                    says(meant, value)
                ),
            ),
        },
    };
    SettingJson {
        name: name.to_owned(),
        intended: meant.value.as_ref().ok().map(python),
        place: meant.place.as_ref().map(|place| SettingPlace {
            file: place.file.clone(),
            line: place.line,
            column: place.column,
        }),
        observed: match look {
            Look::Seen { shows, .. } => Some(format!("the site {shows}")),
            Look::Unseen(_) => None,
        },
        state,
        message,
    }
}

/// `settings say SESSION_COOKIE_SECURE`
fn says(meant: &Meant, value: &Plain) -> String {
    let name = meant.name;
    let says = match (&meant.place, value) {
        (None, _) => format!("settings leave {name} at Django's {}", python(value)),
        (Some(_), Plain::Flag(true)) => format!("settings say {name}"),
        (Some(_), _) => format!("settings say {name} = {}", python(value)),
    };
    match meant.idle {
        None => says,
        Some(by) => format!("{says}, which has no effect without `{by}` in MIDDLEWARE"),
    }
}

/// A value as Python writes it, cut to a readable length and on one line.
fn python(value: &Plain) -> String {
    let text = |text: &str| {
        let quoted = https_audit_core::check::code(text);
        format!("'{}'", quoted.trim_matches('`'))
    };
    match value {
        Plain::None => "None".to_owned(),
        Plain::Flag(true) => "True".to_owned(),
        Plain::Flag(false) => "False".to_owned(),
        Plain::Number(number) => number.to_string(),
        Plain::Text(one) => text(one),
        Plain::Texts(all) => {
            format!("[{}]", all.iter().take(20).map(|one| text(one)).collect::<Vec<_>>().join(", "))
        }
    }
}
