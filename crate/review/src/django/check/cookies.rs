//! Cookies of sessions and against forged requests, and where sessions are kept.

use https_audit_core::check::Severity;

use super::middleware::{CSRF, SESSION};
use super::{Context, Datum, Rule, Verdict, is_not_true};
use crate::django::setting::Is;

const SESSION_APP: &str = "django.contrib.sessions";

const SESSION_CLEAR: Rule = Rule {
    check: "settings.session-cookie.insecure",
    severity: Severity::Warning,
    title: "The session cookie travels in clear too",
    why: "Whoever listens to one request over http is signed in as the visitor.",
    references: &["CWE-614", "V3.3.1"],
    fix: "SESSION_COOKIE_SECURE = True",
};
const SESSION_SCRIPT: Rule = Rule {
    check: "settings.session-cookie.script-readable",
    severity: Severity::Warning,
    title: "Scripts can read the session cookie",
    why: "One injected script takes the sessions of all who load it.",
    references: &["CWE-1004", "V3.3.4"],
    fix: "SESSION_COOKIE_HTTPONLY = True",
};
const CSRF_CLEAR: Rule = Rule {
    check: "settings.csrf-cookie.insecure",
    severity: Severity::Warning,
    title: "The CSRF cookie travels in clear too",
    why: "Who reads it can have a visitor's browser send forms that Django takes.",
    references: &["security.W016", "CWE-614", "V3.3.1"],
    fix: "CSRF_COOKIE_SECURE = True",
};
const SESSION_CROSS: Rule = Rule {
    check: "settings.session-cookie.samesite-none",
    severity: Severity::Warning,
    title: "The session cookie is sent with requests of other sites",
    why: "Other sites act in the visitor's session wherever a view does not check the CSRF token.",
    references: &["CWE-1275", "V3.3.2"],
    fix: "SESSION_COOKIE_SAMESITE = \"Lax\"",
};
const CSRF_CROSS: Rule = Rule {
    check: "settings.csrf-cookie.samesite-none",
    severity: Severity::Note,
    title: "The CSRF cookie is sent with requests of other sites",
    why: "It is one protection less against forged requests.",
    references: &["CWE-1275", "V3.3.2"],
    fix: "CSRF_COOKIE_SAMESITE = \"Lax\"",
};
const SESSION_DOMAIN: Rule = Rule {
    check: "settings.session-cookie.domain",
    severity: Severity::Note,
    title: "The session cookie goes to every sub-domain",
    why: "Whoever runs one of them gets the sessions of all.",
    references: &["V3.3.3"],
    fix: "SESSION_COOKIE_DOMAIN = None",
};
const PICKLE: Rule = Rule {
    check: "settings.session-serializer.pickle",
    severity: Severity::Error,
    title: "Sessions are pickled",
    why: "Who can write session data, or knows the secret key where cookies hold it, runs code on the server. Django 5.0 has no such serializer any more.",
    references: &["CWE-502"],
    fix: "SESSION_SERIALIZER = \"django.contrib.sessions.serializers.JSONSerializer\"",
};
const SIGNED: Rule = Rule {
    check: "settings.session-engine.signed-cookies",
    severity: Severity::Note,
    title: "Sessions are kept in signed cookies",
    why: "Everybody can read his own, a session that was ended still works, and the secret key forges any.",
    references: &["CWE-613"],
    fix: "SESSION_ENGINE = \"django.contrib.sessions.backends.db\"",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[
    &SESSION_CLEAR,
    &SESSION_SCRIPT,
    &CSRF_CLEAR,
    &SESSION_CROSS,
    &CSRF_CROSS,
    &SESSION_DOMAIN,
    &PICKLE,
    &SIGNED,
];

pub(super) fn check(context: &mut Context<'_>) {
    let app = context.get("INSTALLED_APPS").holds(SESSION_APP);
    let middleware = context.get("MIDDLEWARE").holds(SESSION);
    if app == Some(true) || middleware == Some(true) {
        let ids = match (app, middleware) {
            (Some(true), Some(true)) => ["security.W012", "security.W015"],
            (Some(true), _) => ["security.W010", "security.W013"],
            _ => ["security.W011", "security.W014"],
        };
        let [clear, script] = ids;
        flag(context, &SESSION_CLEAR, "SESSION_COOKIE_SECURE", clear);
        flag(context, &SESSION_SCRIPT, "SESSION_COOKIE_HTTPONLY", script);
        sessions(context);
    }
    if context.get("MIDDLEWARE").holds(CSRF) == Some(true) {
        let in_session = context.get("CSRF_USE_SESSIONS");
        let kept =
            in_session.judge(|datum| datum.truth().map_or(Is::Unknown, |in_session| Is::from(!in_session)));
        if let Verdict::Bad(_) = kept {
            let secure = context.get("CSRF_COOKIE_SECURE");
            context.ask(&CSRF_CLEAR, &secure, is_not_true);
            let samesite = context.get("CSRF_COOKIE_SAMESITE");
            context.ask(&CSRF_CROSS, &samesite, is_sent_anywhere);
        }
    }
}

/// A flag whose Django id depends on what else is there.
fn flag(context: &mut Context<'_>, rule: &Rule, name: &str, id: &'static str) {
    let setting = context.get(name);
    let verdict = setting.judge(is_not_true);
    context.tell_with(rule, &setting, &verdict, &[id]);
}

fn sessions(context: &mut Context<'_>) {
    let samesite = context.get("SESSION_COOKIE_SAMESITE");
    context.ask(&SESSION_CROSS, &samesite, is_sent_anywhere);
    let domain = context.get("SESSION_COOKIE_DOMAIN");
    context.ask(&SESSION_DOMAIN, &domain, |datum| datum.truth().map_or(Is::Unknown, Is::from));
    let serializer = context.get("SESSION_SERIALIZER");
    context.ask(&PICKLE, &serializer, |datum| {
        matches!(datum, Datum::Str(name) if name.ends_with("PickleSerializer")).into()
    });
    let engine = context.get("SESSION_ENGINE");
    context.ask(&SIGNED, &engine, |datum| {
        matches!(datum, Datum::Str(name) if &**name == "django.contrib.sessions.backends.signed_cookies")
            .into()
    });
}

/// `"None"`, and what makes Django send no attribute, which Firefox and Safari take for it.
fn is_sent_anywhere(datum: &Datum) -> Is {
    match datum {
        Datum::Str(word) => word.eq_ignore_ascii_case("none").into(),
        Datum::None | Datum::Bool(false) => Is::Bad,
        _ => Is::Good,
    }
}
