//! `MIDDLEWARE`: what is not in it, and what stands in the wrong order.

use https_audit_core::check::Severity;

use super::{Context, Datum, Rule, Verdict};
use crate::django::eval::Value;
use crate::django::setting::Is;

pub(super) const SECURITY: &str = "django.middleware.security.SecurityMiddleware";
pub(super) const FRAMING: &str = "django.middleware.clickjacking.XFrameOptionsMiddleware";
pub(super) const CSRF: &str = "django.middleware.csrf.CsrfViewMiddleware";
pub(super) const SESSION: &str = "django.contrib.sessions.middleware.SessionMiddleware";

const NEEDED: [(&str, Rule); 3] = [
    (
        SECURITY,
        Rule {
            check: "settings.middleware.security-missing",
            severity: Severity::Warning,
            title: "`SecurityMiddleware` is not in `MIDDLEWARE`",
            why: "HSTS, the redirect to https, `nosniff`, Referrer-Policy and Cross-Origin-Opener-Policy are its work.",
            references: &["security.W001", "CWE-693"],
            fix: "MIDDLEWARE = [\"django.middleware.security.SecurityMiddleware\", *MIDDLEWARE]",
        },
    ),
    (
        FRAMING,
        Rule {
            check: "settings.middleware.framing-missing",
            severity: Severity::Warning,
            title: "`XFrameOptionsMiddleware` is not in `MIDDLEWARE`",
            why: "Pages have no X-Frame-Options, and other sites may put them in a frame.",
            references: &["security.W002", "CWE-1021", "V3.4.6"],
            fix: "MIDDLEWARE += [\"django.middleware.clickjacking.XFrameOptionsMiddleware\"]",
        },
    ),
    (
        CSRF,
        Rule {
            check: "settings.middleware.csrf-missing",
            severity: Severity::Warning,
            title: "`CsrfViewMiddleware` is not in `MIDDLEWARE`",
            why: "Other sites can have a visitor's browser send forms to this one.",
            references: &["security.W003", "CWE-352", "V3.5.1"],
            fix: "MIDDLEWARE += [\"django.middleware.csrf.CsrfViewMiddleware\"]",
        },
    ),
];

const NOT_FIRST: Rule = Rule {
    check: "settings.middleware.security-not-first",
    severity: Severity::Note,
    title: "`SecurityMiddleware` is not the first in `MIDDLEWARE`",
    why: "What stands before it answers without HSTS and before the redirect to https.",
    references: &["CWE-696"],
    fix: "MIDDLEWARE = [\"django.middleware.security.SecurityMiddleware\", *MIDDLEWARE]  # and not a second time",
};

const SESSION_LATE: Rule = Rule {
    check: "settings.middleware.session-after-authentication",
    severity: Severity::Warning,
    title: "`SessionMiddleware` stands behind `AuthenticationMiddleware`",
    why: "Who is signed in is read from the session, which is not there yet.",
    references: &["admin.E410", "CWE-696"],
    fix: "# SessionMiddleware before AuthenticationMiddleware in MIDDLEWARE",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[&NEEDED[0].1, &NEEDED[1].1, &NEEDED[2].1, &NOT_FIRST, &SESSION_LATE];

/// Middleware that may stand before the one for security: it has to see the request first, and answers nothing itself.
const MAY_BE_BEFORE: &[&str] = &[
    "corsheaders.middleware.CorsMiddleware",
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "log_request_id.middleware.RequestIDMiddleware",
    "django_guid.middleware.guid_middleware",
    "request_id.middleware.RequestIdMiddleware",
];

pub(super) fn check(context: &mut Context<'_>) {
    let middleware = context.get("MIDDLEWARE");
    for (name, rule) in &NEEDED {
        let verdict = match middleware.holds(name) {
            Some(true) => Verdict::Good,
            Some(false) => middleware.judge(|_| Is::Bad),
            None => middleware.judge(|_| Is::Unknown),
        };
        context.tell(rule, &middleware, &verdict);
    }
    let Some(Datum::List(list)) = middleware.datum() else { return };
    let at = |name: &str| list.items.iter().position(|item| item.text() == Some(name));
    let before = |end: usize| list.items.iter().take(end).filter_map(Value::text);
    if let Some(place) = at(SECURITY)
        && before(place).any(|name| !MAY_BE_BEFORE.contains(&name))
    {
        let place = context.settings.place(middleware.at());
        context.found(&NOT_FIRST, NOT_FIRST.why.to_owned(), place, &[]);
    }
    if let (Some(session), Some(user)) =
        (at(SESSION), at("django.contrib.auth.middleware.AuthenticationMiddleware"))
        && session > user
    {
        let place = context.settings.place(middleware.at());
        context.found(&SESSION_LATE, SESSION_LATE.why.to_owned(), place, &[]);
    }
}
