//! HSTS: on, long, for sub-domains, and ready for the preload lists.

use https_audit_core::check::Severity;

use super::middleware::SECURITY;
use super::{Context, Datum, Rule, is_not_true};
use crate::django::setting::Is;

/// The shortest that hstspreload.org and ASVS 5.0 (V3.4.1) take: a year in seconds.
const YEAR: i64 = 31_536_000;

const OFF: Rule = Rule {
    check: "settings.hsts.off",
    severity: Severity::Warning,
    title: "HSTS is off",
    why: "A browser that is sent to http by a link or an attacker goes there, and its traffic can be read and changed.",
    references: &["security.W004", "CWE-319", "V3.4.1", "RFC 6797 §7.1"],
    fix: "SECURE_HSTS_SECONDS = 31536000  # begin with 300, and raise it",
};
const SHORT: Rule = Rule {
    check: "settings.hsts.too-short",
    severity: Severity::Note,
    title: "HSTS lasts less than a year",
    why: "Visitors who come more seldom are unprotected again; ASVS and hstspreload.org ask for 31536000.",
    references: &["CWE-319", "V3.4.1", "header.preloadable.max_age.below_1_year"],
    fix: "SECURE_HSTS_SECONDS = 31536000",
};
const SUBDOMAINS: Rule = Rule {
    check: "settings.hsts.subdomains-not-covered",
    severity: Severity::Warning,
    title: "HSTS leaves sub-domains out",
    why: "A sub-domain over http can set cookies for the whole domain.",
    references: &["security.W005", "CWE-319", "V3.4.1"],
    fix: "SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # once every sub-domain has https",
};
const PRELOAD: Rule = Rule {
    check: "settings.hsts.preload-missing",
    severity: Severity::Warning,
    title: "HSTS does not ask for preloading",
    why: "`check --deploy` asks for it. hstspreload.org recommends HSTS alone nowadays: silencing the id is a sound answer too.",
    references: &["security.W021", "header.preloadable.preload.missing"],
    fix: "SECURE_HSTS_PRELOAD = True  # or SILENCED_SYSTEM_CHECKS = [\"security.W021\"]",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[&OFF, &SHORT, &SUBDOMAINS, &PRELOAD];

pub(super) fn check(context: &mut Context<'_>) {
    if context.get("MIDDLEWARE").holds(SECURITY) != Some(true) {
        return;
    }
    let seconds = context.get("SECURE_HSTS_SECONDS");
    let is_off = |datum: &Datum| match datum.truth() {
        Some(on) => Is::from(!on),
        None => Is::Unknown,
    };
    let off = seconds.judge(is_off);
    context.tell(&OFF, &seconds, &off);
    if !off.is_good() {
        return;
    }
    context.ask(&SHORT, &seconds, |datum| match datum {
        Datum::Int(seconds) => Is::from(*seconds < YEAR),
        _ => Is::Unknown,
    });
    let subdomains = context.get("SECURE_HSTS_INCLUDE_SUBDOMAINS");
    context.ask(&SUBDOMAINS, &subdomains, is_not_true);
    let preload = context.get("SECURE_HSTS_PRELOAD");
    context.ask(&PRELOAD, &preload, is_not_true);
}
