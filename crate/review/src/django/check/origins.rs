//! Hosts and origins that are trusted: `ALLOWED_HOSTS`, `CSRF_TRUSTED_ORIGINS`, django-cors-headers.

use https_audit_core::check::Severity;

use super::{Context, Datum, Rule};
use crate::django::setting::{Is, Verdict};

const ANY_HOST: Rule = Rule {
    check: "settings.allowed-hosts.any",
    severity: Severity::Warning,
    title: "`ALLOWED_HOSTS` allows every host",
    why: "Visitors choose the host in links, in mails that reset passwords and in caches.",
    references: &["CWE-644", "CWE-20"],
    fix: "ALLOWED_HOSTS = [\"example.com\"]",
};
const SUBDOMAINS: Rule = Rule {
    check: "settings.allowed-hosts.subdomains",
    severity: Severity::Note,
    title: "`ALLOWED_HOSTS` allows every sub-domain",
    why: "One that somebody else runs counts as the site.",
    references: &["CWE-644"],
    fix: "ALLOWED_HOSTS = [\"example.com\", \"www.example.com\"]",
};
const CLEAR_ORIGIN: Rule = Rule {
    check: "settings.csrf-trusted-origins.clear",
    severity: Severity::Warning,
    title: "An origin over http is trusted",
    why: "Whoever changes its pages on the way has visitors send forms that Django takes.",
    references: &["CWE-319", "CWE-352"],
    fix: "CSRF_TRUSTED_ORIGINS = [\"https://example.com\"]",
};
const NO_SCHEME: Rule = Rule {
    check: "settings.csrf-trusted-origins.without-scheme",
    severity: Severity::Error,
    title: "A trusted origin has no scheme",
    why: "Django 4.0 and later refuse to start (`4_0.E001`).",
    references: &["4_0.E001"],
    fix: "CSRF_TRUSTED_ORIGINS = [\"https://example.com\"]",
};
const WILD_ORIGIN: Rule = Rule {
    check: "settings.csrf-trusted-origins.wildcard",
    severity: Severity::Note,
    title: "Every sub-domain is a trusted origin",
    why: "One that somebody else runs can have visitors send forms that Django takes.",
    references: &["CWE-352"],
    fix: "CSRF_TRUSTED_ORIGINS = [\"https://example.com\"]",
};
const CORS_WITH_COOKIES: Rule = Rule {
    check: "settings.cors.any-origin-with-credentials",
    severity: Severity::Error,
    title: "Every site may read answers to signed-in visitors",
    why: "django-cors-headers answers each origin by name, and browsers hand over what the visitor's cookies opened.",
    references: &["CWE-942", "V3.4.2"],
    fix: "CORS_ALLOW_ALL_ORIGINS = False\nCORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]",
};
const CORS: Rule = Rule {
    check: "settings.cors.any-origin",
    severity: Severity::Note,
    title: "Every site may read the answers",
    why: "Right for what is public anyway; without credentials no cookie is sent.",
    references: &["CWE-942", "V3.4.2"],
    fix: "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]",
};

/// All of them.
pub(super) const RULES: &[&Rule] =
    &[&ANY_HOST, &SUBDOMAINS, &CLEAR_ORIGIN, &NO_SCHEME, &WILD_ORIGIN, &CORS_WITH_COOKIES, &CORS];

pub(super) fn check(context: &mut Context<'_>) {
    let hosts = context.get("ALLOWED_HOSTS");
    let any = hosts.judge(|datum| any(datum, |host| host == "*"));
    context.tell(&ANY_HOST, &hosts, &any);
    if any.is_good() {
        context.ask(&SUBDOMAINS, &hosts, |datum| self::any(datum, |host| host.starts_with('.')));
    }
    let origins = context.get("CSRF_TRUSTED_ORIGINS");
    context.ask(&CLEAR_ORIGIN, &origins, |datum| {
        self::any(datum, |origin| origin.starts_with("http://") && !is_loopback(origin))
    });
    context.ask(&NO_SCHEME, &origins, |datum| self::any(datum, |origin| !origin.contains("://")));
    context.ask(&WILD_ORIGIN, &origins, |datum| self::any(datum, |origin| origin.contains("://*")));
    cors(context);
}

fn cors(context: &mut Context<'_>) {
    let truth = |datum: &Datum| datum.truth().map_or(Is::Unknown, Is::from);
    let named = ["CORS_ALLOW_ALL_ORIGINS", "CORS_ORIGIN_ALLOW_ALL"].map(|name| context.get(name));
    let Some(setting) = named.iter().find(|setting| !setting.judge(truth).is_good()) else { return };
    let credentials = context.get("CORS_ALLOW_CREDENTIALS");
    let verdict = setting.judge(truth);
    match (&verdict, credentials.judge(truth)) {
        (Verdict::Bad(_), Verdict::Bad(_)) => context.tell(&CORS_WITH_COOKIES, setting, &verdict),
        _ => context.tell(&CORS, setting, &verdict),
    }
}

/// Whether a text of a list is so.
fn any(datum: &Datum, is: impl Fn(&str) -> bool) -> Is {
    match datum {
        Datum::List(list) => {
            if list.items.iter().filter_map(|item| item.text()).any(is) {
                return Is::Bad;
            }
            let all_known = list.open.is_none() && list.items.iter().all(|item| item.text().is_some());
            if all_known { Is::Good } else { Is::Unknown }
        }
        _ => Is::Good,
    }
}

fn is_loopback(origin: &str) -> bool {
    let host = origin.trim_start_matches("http://");
    ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']))
    })
}
