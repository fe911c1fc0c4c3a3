//! Header fields that settings switch: framing, sniffing, referrers, isolation, Content-Security-Policy.

use https_audit_core::check::Severity;

use super::middleware::{FRAMING, SECURITY};
use super::{Context, Datum, Rule, is_not_true};
use crate::django::eval::{Kind, Value};
use crate::django::setting::Is;

/// Referrer policies that Django knows (`REFERRER_POLICY_VALUES`).
const REFERRER: &[&str] = &[
    "no-referrer",
    "no-referrer-when-downgrade",
    "origin",
    "origin-when-cross-origin",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
    "unsafe-url",
];
/// Opener policies that Django knows (`CROSS_ORIGIN_OPENER_POLICY_VALUES`).
const OPENER: &[&str] = &["same-origin", "same-origin-allow-popups", "unsafe-none"];

const NOSNIFF: Rule = Rule {
    check: "settings.nosniff.off",
    severity: Severity::Warning,
    title: "`nosniff` is off",
    why: "A browser may take an uploaded file for a script.",
    references: &["security.W006", "CWE-693", "V3.4.4"],
    fix: "SECURE_CONTENT_TYPE_NOSNIFF = True",
};
const FRAME: Rule = Rule {
    check: "settings.framing.not-denied",
    severity: Severity::Warning,
    title: "Pages may be framed",
    why: "`check --deploy` asks for `DENY`, unless the site frames its own pages.",
    references: &["security.W019", "CWE-1021", "V3.4.6"],
    fix: "X_FRAME_OPTIONS = \"DENY\"",
};
const NO_REFERRER: Rule = Rule {
    check: "settings.referrer.missing",
    severity: Severity::Warning,
    title: "There is no Referrer-Policy",
    why: "Which page a visitor comes from is left to the browser's default.",
    references: &["security.W022", "CWE-200", "V3.4.5"],
    fix: "SECURE_REFERRER_POLICY = \"same-origin\"",
};
const BAD_REFERRER: Rule = Rule {
    check: "settings.referrer.invalid",
    severity: Severity::Error,
    title: "The Referrer-Policy is none that Django knows",
    why: "Browsers ignore what they do not know, and Django's system check fails.",
    references: &["security.E023", "CWE-200"],
    fix: "SECURE_REFERRER_POLICY = \"same-origin\"",
};
const UNSAFE_REFERRER: Rule = Rule {
    check: "settings.referrer.unsafe",
    severity: Severity::Warning,
    title: "The Referrer-Policy gives whole addresses away",
    why: "Other sites learn path and query of the page that a visitor comes from.",
    references: &["CWE-200", "V3.4.5"],
    fix: "SECURE_REFERRER_POLICY = \"strict-origin-when-cross-origin\"",
};
const BAD_OPENER: Rule = Rule {
    check: "settings.coop.invalid",
    severity: Severity::Error,
    title: "The Cross-Origin-Opener-Policy is none that Django knows",
    why: "Browsers ignore what they do not know, and Django's system check fails.",
    references: &["security.E024", "CWE-346"],
    fix: "SECURE_CROSS_ORIGIN_OPENER_POLICY = \"same-origin\"",
};
const NO_OPENER: Rule = Rule {
    check: "settings.coop.off",
    severity: Severity::Note,
    title: "Windows of other sites keep a hold of this one",
    why: "Without a Cross-Origin-Opener-Policy a page that opens this one can steer its window.",
    references: &["CWE-346", "V3.4.8"],
    fix: "SECURE_CROSS_ORIGIN_OPENER_POLICY = \"same-origin\"",
};
const BAD_CSP: Rule = Rule {
    check: "settings.csp.invalid",
    severity: Severity::Error,
    title: "A Content-Security-Policy setting is no dictionary",
    why: "Django 6.0 and later refuse it; earlier versions do not know the setting.",
    references: &["security.E026", "CWE-693"],
    fix: "from django.utils.csp import CSP\n\nSECURE_CSP = {\"default-src\": [CSP.SELF]}",
};
const NONCE: Rule = Rule {
    check: "settings.csp.nonce-without-context",
    severity: Severity::Warning,
    title: "`CSP.NONCE` is used, and no template can have the nonce",
    why: "Without the context processor `csp` no script gets the nonce, and browsers block them all (Django 6.1).",
    references: &["security.W027", "CWE-693"],
    fix: "TEMPLATES[0][\"OPTIONS\"][\"context_processors\"].append(\"django.template.context_processors.csp\")",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[
    &NOSNIFF,
    &FRAME,
    &NO_REFERRER,
    &BAD_REFERRER,
    &UNSAFE_REFERRER,
    &BAD_OPENER,
    &NO_OPENER,
    &BAD_CSP,
    &NONCE,
];

pub(super) fn check(context: &mut Context<'_>) {
    let middleware = context.get("MIDDLEWARE");
    if middleware.holds(SECURITY) == Some(true) {
        let nosniff = context.get("SECURE_CONTENT_TYPE_NOSNIFF");
        context.ask(&NOSNIFF, &nosniff, is_not_true);
        referrer(context);
        opener(context);
    }
    if middleware.holds(FRAMING) == Some(true) {
        let options = context.get("X_FRAME_OPTIONS");
        context
            .ask(&FRAME, &options, |datum| (!matches!(datum, Datum::Str(text) if &**text == "DENY")).into());
    }
    csp(context);
}

fn referrer(context: &mut Context<'_>) {
    let setting = context.get("SECURE_REFERRER_POLICY");
    let missing = setting.judge(|datum| matches!(datum, Datum::None).into());
    context.tell(&NO_REFERRER, &setting, &missing);
    if !missing.is_good() {
        return;
    }
    context.ask(&BAD_REFERRER, &setting, |datum| match policies(datum) {
        Some(all) => all.iter().any(|policy| !REFERRER.contains(&policy.as_str())).into(),
        None => Is::Unknown,
    });
    context.ask(&UNSAFE_REFERRER, &setting, |datum| match policies(datum) {
        // Of several the last that a browser knows counts.
        Some(all) => {
            let last = all.iter().rev().find(|policy| REFERRER.contains(&policy.as_str()));
            last.is_some_and(|last| last == "unsafe-url").into()
        }
        None => Is::Unknown,
    });
}

/// One text with commas, or several.
fn policies(datum: &Datum) -> Option<Vec<String>> {
    match datum {
        Datum::Str(text) => Some(text.split(',').map(|part| part.trim().to_owned()).collect()),
        Datum::List(list) if list.open.is_none() => {
            list.items.iter().map(|item| item.text().map(str::to_owned)).collect()
        }
        _ => None,
    }
}

fn opener(context: &mut Context<'_>) {
    let setting = context.get("SECURE_CROSS_ORIGIN_OPENER_POLICY");
    context.ask(&BAD_OPENER, &setting, |datum| match datum {
        Datum::None => Is::Good,
        Datum::Str(text) => (!OPENER.contains(&&**text)).into(),
        _ => Is::Bad,
    });
    context.ask(&NO_OPENER, &setting, |datum| match datum {
        Datum::None => Is::Bad,
        Datum::Str(text) => (&**text == "unsafe-none").into(),
        _ => Is::Good,
    });
}

fn csp(context: &mut Context<'_>) {
    let mut nonce = None;
    for name in ["SECURE_CSP", "SECURE_CSP_REPORT_ONLY"] {
        let setting = context.get(name);
        context.ask(&BAD_CSP, &setting, |datum| {
            (!matches!(datum, Datum::Dict(_) | Datum::None | Datum::Unset)).into()
        });
        if let Some(Datum::Dict(dict)) = setting.datum()
            && dict.pairs.iter().any(|(_, value)| uses_nonce(value))
        {
            nonce.get_or_insert(setting);
        }
    }
    let (Some(setting), Some(processors)) = (nonce, processors(context)) else { return };
    if !processors.iter().any(|name| name == "django.template.context_processors.csp") {
        let place = context.settings.place(setting.at());
        context.found(&NONCE, NONCE.why.to_owned(), place, &[]);
    }
}

fn uses_nonce(value: &Value) -> bool {
    let is_nonce =
        |value: &Value| matches!(value.single(), Some(Datum::Library(name)) if name.ends_with("CSP.NONCE"));
    match value.single() {
        Some(Datum::List(list)) => list.items.iter().any(is_nonce),
        _ => is_nonce(value),
    }
}

/// The context processors of all templates; none where they are not known.
fn processors(context: &Context<'_>) -> Option<Vec<String>> {
    let templates = context.get("TEMPLATES");
    let Some(Datum::List(list)) = templates.datum() else { return None };
    let mut found = Vec::new();
    for template in list.items.iter() {
        let Some(Datum::Dict(template)) = template.single() else { return None };
        let Some(options) = template.get("OPTIONS") else { continue };
        let Some(Datum::Dict(options)) = options.single() else { return None };
        let Some(processors) = options.get("context_processors") else { continue };
        match processors.single() {
            Some(Datum::List(list)) if list.open.is_none() && list.kind != Kind::Set => {
                for item in list.items.iter() {
                    found.push(item.text()?.to_owned());
                }
            }
            _ => return None,
        }
    }
    list.open.is_none().then_some(found)
}
