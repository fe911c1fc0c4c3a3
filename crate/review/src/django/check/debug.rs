//! `DEBUG` and `ALLOWED_HOSTS`.

use https_audit_core::check::Severity;

use super::{Context, Datum, Rule};
use crate::django::setting::Is;

const ON: Rule = Rule {
    check: "settings.debug.on",
    severity: Severity::Warning,
    title: "`DEBUG` is on",
    why: "Error pages show code, settings and the values of variables to everybody.",
    references: &["security.W018", "CWE-489", "V13.4.2"],
    fix: "DEBUG = False",
};
const NO_HOSTS: Rule = Rule {
    check: "settings.allowed-hosts.empty",
    severity: Severity::Warning,
    title: "`ALLOWED_HOSTS` is empty",
    why: "With `DEBUG` off Django refuses every request.",
    references: &["security.W020"],
    fix: "ALLOWED_HOSTS = [\"example.com\"]",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[&ON, &NO_HOSTS];

pub(super) fn check(context: &mut Context<'_>) {
    let truth = |datum: &Datum, bad: bool| datum.truth().map_or(Is::Unknown, |truth| (truth == bad).into());
    let debug = context.get("DEBUG");
    context.ask(&ON, &debug, |datum| truth(datum, true));
    let hosts = context.get("ALLOWED_HOSTS");
    context.ask(&NO_HOSTS, &hosts, |datum| truth(datum, false));
}
