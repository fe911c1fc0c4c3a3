//! What is said where a file or everything that was named holds nothing to review.

use https_audit_review::Unknown;

use crate::output::{Failure, tell};

/// Why a file is not taken for settings.
const NO_SETTINGS: &str =
    "it is not named like settings, assigns none and does not call `settings.configure`";

/// That nothing was found in all that was named.
pub fn nothing(paths: &[String], named: &[String]) -> Failure {
    match (paths, named) {
        ([path], [_]) => Failure::of(&format!("no Django settings found in {path}"), NO_SETTINGS),
        _ => Failure::of(
            &paths.join(", "),
            "neither settings of Django nor configuration of nginx was found; name the file that holds them",
        ),
    }
}

/// That a file was named and is no settings; told at once too.
pub fn no_settings(path: &str) -> Unknown {
    tell(&format!("no Django settings found in {path}: {NO_SETTINGS}"));
    Unknown {
        what: format!("the file {}", https_audit_core::check::code(path)),
        why: format!("No Django settings were found in it: {NO_SETTINGS}."),
        how: "Name the file that holds the settings.".to_owned(),
        place: None,
    }
}
