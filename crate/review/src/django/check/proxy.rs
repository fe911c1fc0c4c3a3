//! The redirect to https, and what is believed of a proxy in front of Django.

use https_audit_core::check::Severity;

use super::middleware::SECURITY;
use super::{Context, Datum, Rule, is_not_true};
use crate::django::setting::{Is, Verdict};

const NO_REDIRECT: Rule = Rule {
    check: "settings.ssl-redirect.off",
    severity: Severity::Warning,
    title: "Django does not redirect http to https",
    why: "Unless a proxy in front does it, pages are served in clear.",
    references: &["security.W008", "CWE-319", "V12.2.1"],
    fix: "SECURE_SSL_REDIRECT = True  # or SILENCED_SYSTEM_CHECKS = [\"security.W008\"] where a proxy does it",
};
const LOOP: Rule = Rule {
    check: "settings.ssl-redirect.without-proxy-header",
    severity: Severity::Note,
    title: "Behind a proxy that ends TLS this redirects for ever",
    why: "Such a proxy asks over http, and without `SECURE_PROXY_SSL_HEADER` Django takes each request for one in clear. Where Django ends TLS itself all is well.",
    references: &["CWE-835"],
    fix: "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")  # only behind a proxy that always sets the field",
};
const TRUSTED: Rule = Rule {
    check: "settings.proxy-ssl-header.trusted",
    severity: Severity::Note,
    title: "A request field decides what counts as https",
    why: "Only right where every request comes through a proxy that sets the field or strips it; else visitors choose.",
    references: &["CWE-348"],
    fix: "",
};
const NOT_A_PAIR: Rule = Rule {
    check: "settings.proxy-ssl-header.not-a-pair",
    severity: Severity::Error,
    title: "`SECURE_PROXY_SSL_HEADER` is no pair of a name and a value",
    why: "Django refuses every request (`ImproperlyConfigured`).",
    references: &[],
    fix: "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")",
};
const WRONG_NAME: Rule = Rule {
    check: "settings.proxy-ssl-header.wrong-name",
    severity: Severity::Error,
    title: "`SECURE_PROXY_SSL_HEADER` names no request field",
    why: "Django looks it up as WSGI writes it: `HTTP_`, capitals and underscores. This name is never there, so nothing counts as https.",
    references: &[],
    fix: "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")",
};
const WRONG_VALUE: Rule = Rule {
    check: "settings.proxy-ssl-header.wrong-value",
    severity: Severity::Error,
    title: "`SECURE_PROXY_SSL_HEADER` takes something else than `https` for https",
    why: "Requests in clear count as secure, or secure ones as clear.",
    references: &["CWE-348"],
    fix: "SECURE_PROXY_SSL_HEADER = (\"HTTP_X_FORWARDED_PROTO\", \"https\")",
};
const FORWARDED_HOST: Rule = Rule {
    check: "settings.forwarded-host.trusted",
    severity: Severity::Note,
    title: "The host comes from `X-Forwarded-Host`",
    why: "Only right where a proxy sets the field in every request; else visitors choose the host in links and mails, within `ALLOWED_HOSTS`.",
    references: &["CWE-348", "CWE-644"],
    fix: "USE_X_FORWARDED_HOST = False",
};

/// All of them.
pub(super) const RULES: &[&Rule] =
    &[&NO_REDIRECT, &LOOP, &TRUSTED, &NOT_A_PAIR, &WRONG_NAME, &WRONG_VALUE, &FORWARDED_HOST];

pub(super) fn check(context: &mut Context<'_>) {
    let header = context.get("SECURE_PROXY_SSL_HEADER");
    if context.get("MIDDLEWARE").holds(SECURITY) == Some(true) {
        let redirect = context.get("SECURE_SSL_REDIRECT");
        let off = redirect.judge(is_not_true);
        context.tell(&NO_REDIRECT, &redirect, &off);
        // A header that is no pair is told by itself.
        let without = header.judge(|datum| datum.truth().map_or(Is::Unknown, |there| Is::from(!there)));
        let causes = match (off, without) {
            (Verdict::Good, Verdict::Bad(causes)) => Some(causes),
            (Verdict::GoodUnless(on), Verdict::Bad(causes)) => Some(on.into_iter().chain(causes).collect()),
            _ => None,
        };
        if let Some(causes) = causes {
            context.tell(&LOOP, &redirect, &Verdict::Bad(causes));
        }
    }
    header_of_proxy(context);
    let host = context.get("USE_X_FORWARDED_HOST");
    context.ask(&FORWARDED_HOST, &host, |datum| datum.truth().map_or(Is::Unknown, Is::from));
}

fn header_of_proxy(context: &mut Context<'_>) {
    let header = context.get("SECURE_PROXY_SSL_HEADER");
    let shape = header.judge(|datum| match datum {
        Datum::List(list) if list.open.is_none() => (list.items.len() != 2).into(),
        datum => datum.truth().map_or(Is::Unknown, Is::from),
    });
    context.tell(&NOT_A_PAIR, &header, &shape);
    let Some((name, value)) = header.datum().and_then(pair) else { return };
    if !name.starts_with("HTTP_")
        || name.chars().any(|c| c != '_' && !c.is_ascii_uppercase() && !c.is_ascii_digit())
    {
        return context.at(&WRONG_NAME, &header);
    }
    // `X-Forwarded-Ssl: on`, `Front-End-Https: on` and what hosts call their own are no scheme.
    let is_scheme = name.contains("PROTO") || name.contains("SCHEME");
    if is_scheme && value != "https" || value.eq_ignore_ascii_case("http") {
        return context.at(&WRONG_VALUE, &header);
    }
    context.at(&TRUSTED, &header);
}

/// The two texts of a pair.
fn pair(datum: &Datum) -> Option<(&str, &str)> {
    match datum {
        Datum::List(list) => match list.items.as_slice() {
            [name, value] => Some((name.text()?, value.text()?)),
            _ => None,
        },
        _ => None,
    }
}
