//! What the site shows of one setting.

use https_audit_core::evidence::RedirectCause;
use https_audit_core::fact::State;
use https_audit_core::field::hstspreload;
use https_audit_core::field::set_cookie::SameSite;
use https_audit_core::report::{CookieJson, Report};
use https_audit_review::django::{Intended, Meant, Plain};

/// What was seen.
pub enum Look {
    /// What the site does, as the end of a sentence; whether the setting says the same; where to look if not.
    Seen { same: bool, shows: String, at: &'static str },
    /// Nothing shows it, and why.
    Unseen(String),
}

const PROXY: &str = "the proxy";
const PROXY_OR_OTHERS: &str = "the proxy, or whether other settings are deployed";
const PROXY_OR_SCHEME: &str =
    "the proxy, and SECURE_PROXY_SSL_HEADER, without which Django takes https for http";
const PROXY_OR_VIEW: &str = "the proxy, and the view, which may decide for itself";
const OTHERS: &str = "whether other settings are deployed";

const HSTS: &str = "Strict-Transport-Security";

/// Looks for what a setting does.
pub fn look(meant: &Meant, intended: &Intended, report: &Report) -> Look {
    let value = meant.value.as_ref().ok().filter(|_| meant.idle.is_none()).unwrap_or(&Plain::None);
    if let Some((cookie, attribute)) = meant.name.split_once("_COOKIE_") {
        return match named(cookie, intended, report) {
            Ok((name, cookies)) => of_cookies(attribute, value, &name, &cookies),
            Err(why) => Look::Unseen(why),
        };
    }
    match meant.name {
        "DEBUG" => debug(value, report),
        "SECURE_HSTS_SECONDS" | "SECURE_HSTS_INCLUDE_SUBDOMAINS" | "SECURE_HSTS_PRELOAD" => {
            hsts(meant.name, value, report)
        }
        "SECURE_SSL_REDIRECT" => redirect(value, report),
        "SECURE_CONTENT_TYPE_NOSNIFF" => {
            let wanted = if is_on(value) { Plain::Text("nosniff".to_owned()) } else { Plain::None };
            field("X-Content-Type-Options", &wanted, PROXY, report)
        }
        "SECURE_CROSS_ORIGIN_OPENER_POLICY" => {
            field("Cross-Origin-Opener-Policy", value, PROXY_OR_VIEW, report)
        }
        "SECURE_REFERRER_POLICY" => field("Referrer-Policy", value, PROXY_OR_VIEW, report),
        "X_FRAME_OPTIONS" => field("X-Frame-Options", value, PROXY_OR_VIEW, report),
        other => Look::Unseen(format!("{other} does not show outside")),
    }
}

/// Whether Python takes it for true.
fn is_on(value: &Plain) -> bool {
    match value {
        Plain::None => false,
        Plain::Flag(flag) => *flag,
        Plain::Number(number) => *number != 0,
        Plain::Text(text) => !text.is_empty(),
        Plain::Texts(texts) => !texts.is_empty(),
    }
}

/// A cookie of Django's by the beginning of its settings' names, and all of this name that reach the page's host.
fn named<'r>(
    cookie: &str,
    intended: &Intended,
    report: &'r Report,
) -> Result<(String, Vec<&'r CookieJson>), String> {
    let of = |name: &str| {
        intended.settings.iter().find(|meant| meant.name == name).and_then(|meant| meant.value.as_ref().ok())
    };
    if cookie == "CSRF" && of("CSRF_USE_SESSIONS").is_some_and(is_on) {
        return Err("by CSRF_USE_SESSIONS there is no such cookie".to_owned());
    }
    let Some(Plain::Text(name)) = of(&format!("{cookie}_COOKIE_NAME")) else {
        return Err("the name of the cookie is not known".to_owned());
    };
    let host = report.site.host.as_str();
    let reaches = |cookie: &CookieJson| {
        cookie.domain.as_deref().is_some_and(|domain| {
            host == domain
                || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'))
                    && cookie.host_only == Some(false)
        })
    };
    let cookies: Vec<&CookieJson> =
        report.facts.cookies.iter().filter(|one| one.name == *name && reaches(one)).collect();
    let shown = plain_or_code(name);
    if cookies.is_empty() {
        return Err(format!("no cookie {shown} was seen"));
    }
    Ok((shown, cookies))
}

/// A name of letters and the like as it is, any other as code.
fn plain_or_code(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.len() < 100 && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        https_audit_core::check::code(name)
    }
}

fn of_cookies(attribute: &str, value: &Plain, name: &str, cookies: &[&CookieJson]) -> Look {
    let flag = |word: &str, has: fn(&CookieJson) -> Option<bool>| {
        let having = cookies.iter().filter(|cookie| has(cookie) == Some(true)).count();
        let all = having == cookies.len();
        let on = is_on(value);
        let with = if all { "with" } else { "without" };
        let at = if on { PROXY } else { PROXY_OR_OTHERS };
        Look::Seen {
            same: if on { all } else { having == 0 },
            shows: format!("sends {name} {with} {word}"),
            at,
        }
    };
    match attribute {
        "SECURE" => flag("Secure", |cookie| cookie.secure),
        "HTTPONLY" => flag("HttpOnly", |cookie| cookie.http_only),
        "SAMESITE" => {
            let wanted = match value {
                Plain::Text(text) if is_on(value) => text.to_lowercase(),
                _ => String::new(),
            };
            let words = cookies.iter().map(|cookie| same_site(cookie.same_site));
            told(&words.collect::<Vec<_>>(), &wanted, name, "SameSite")
        }
        "DOMAIN" => {
            let wanted = match value {
                Plain::Text(text) => text.trim_start_matches('.').to_lowercase(),
                _ => String::new(),
            };
            let domains = cookies.iter().map(|cookie| match cookie.host_only {
                Some(false) => cookie.domain.clone().unwrap_or_default(),
                _ => String::new(),
            });
            told(&domains.collect::<Vec<_>>(), &wanted, name, "Domain")
        }
        _ => Look::Unseen("it does not show outside".to_owned()),
    }
}

fn same_site(word: Option<SameSite>) -> String {
    match word {
        Some(SameSite::Strict) => "Strict",
        Some(SameSite::Lax) => "Lax",
        Some(SameSite::None) => "None",
        Some(SameSite::Unspecified) | None => "",
    }
    .to_owned()
}

/// The first that is not as wanted, else the first; empty is an attribute that is not there.
fn told(all: &[String], wanted: &str, name: &str, attribute: &str) -> Look {
    let differing = all.iter().find(|one| !one.eq_ignore_ascii_case(wanted));
    let shows = match differing.or(all.first()) {
        Some(one) if !one.is_empty() => format!("sends {name} with {attribute}={one}"),
        _ => format!("sends {name} without {attribute}"),
    };
    Look::Seen { same: differing.is_none(), shows, at: PROXY_OR_OTHERS }
}

/// Whether the values of a field are those that are wanted, by their words.
fn field(name: &str, wanted: &Plain, at: &'static str, report: &Report) -> Look {
    let Some(sent) = report.facts.sent.values(&name.to_lowercase()) else {
        return Look::Unseen("the response of the page was not seen".to_owned());
    };
    let words = |texts: &[&str]| -> Vec<String> {
        let all = texts.iter().flat_map(|text| text.split(','));
        all.map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect()
    };
    let wanted = match wanted {
        Plain::Text(text) => words(&[text]),
        Plain::Texts(texts) => words(&texts.iter().map(String::as_str).collect::<Vec<_>>()),
        _ => Vec::new(),
    };
    let shows = match sent.as_slice() {
        [] => format!("sends no {name}"),
        values => format!("sends {name}: {}", https_audit_core::check::code(&values.join(", "))),
    };
    Look::Seen { same: words(&sent) == wanted, shows, at }
}

fn hsts(setting: &str, value: &Plain, report: &Report) -> Look {
    let sent = &report.facts.sent;
    let Some(values) = sent.values("strict-transport-security") else {
        return Look::Unseen("the response of the page was not seen".to_owned());
    };
    if !sent.secure {
        return Look::Unseen("the page came over http, over which Django sends no policy".to_owned());
    }
    let policy = values.first().map(|first| hstspreload::parse(first.as_bytes()).policy);
    let flag = |has: bool, word: &str| {
        let with = if has { "with" } else { "without" };
        let at = if is_on(value) { PROXY } else { PROXY_OR_OTHERS };
        Look::Seen { same: has == is_on(value), shows: format!("sends {HSTS} {with} {word}"), at }
    };
    match (setting, policy) {
        ("SECURE_HSTS_SECONDS", None) => {
            Look::Seen { same: !is_on(value), shows: format!("sends no {HSTS}"), at: PROXY_OR_SCHEME }
        }
        ("SECURE_HSTS_SECONDS", Some(policy)) => {
            let seconds = policy.max_age.unwrap_or_default();
            let wanted = match value {
                Plain::Number(number) => u64::try_from(*number).ok(),
                other => (!is_on(other)).then_some(0),
            };
            let shows = format!("sends {HSTS} with max-age={seconds}");
            Look::Seen { same: wanted == Some(seconds), shows, at: PROXY_OR_OTHERS }
        }
        (_, None) => Look::Unseen(format!("the site sends no {HSTS} that could show it")),
        ("SECURE_HSTS_INCLUDE_SUBDOMAINS", Some(policy)) => {
            flag(policy.include_subdomains, "includeSubDomains")
        }
        (_, Some(policy)) => flag(policy.preload, "preload"),
    }
}

/// How http answered on the page's host: a server's redirect to https, or a page.
fn redirect(value: &Plain, report: &Report) -> Look {
    let facts = &report.facts;
    let asked = facts.probe.iter().flat_map(|probe| &probe.requests);
    let is_of_host = |url: &str| {
        let rest = url.strip_prefix("http://").unwrap_or_default();
        rest.split(['/', ':', '?']).next() == Some(report.site.host.as_str())
    };
    for hop in facts.redirects.iter().chain(asked).filter(|hop| is_of_host(&hop.url) && hop.status.is_some())
    {
        let (redirects, shows) = match (&hop.to, hop.cause) {
            (Some(to), Some(RedirectCause::Server)) if to.starts_with("https://") => {
                (true, "redirects http to https")
            }
            // What that leads to decides.
            (Some(_), _) => continue,
            (None, _) => (false, "answers over http without a redirect to https"),
        };
        let at = if is_on(value) { "the proxy, which may answer by itself" } else { PROXY_OR_OTHERS };
        return Look::Seen { same: redirects == is_on(value), shows: shows.to_owned(), at };
    }
    Look::Unseen("no answer over http was seen".to_owned())
}

fn debug(value: &Plain, report: &Report) -> Look {
    let facts = &report.facts;
    let is_django = |page: &https_audit_core::evidence::DebugPage| page.word().starts_with("django");
    let shown = facts.page.as_ref().is_some_and(|page| page.debug_pages.iter().any(is_django));
    let state = facts.django.checks.iter().find(|check| check.id == "security.W018").map(|check| check.state);
    if shown || state == Some(State::Observed) {
        return Look::Seen { same: is_on(value), shows: "shows Django's debug page".to_owned(), at: OTHERS };
    }
    match state {
        Some(State::Clear) => Look::Seen {
            same: !is_on(value),
            shows: "shows errors without a debug page".to_owned(),
            at: OTHERS,
        },
        _ => Look::Unseen("no error page of Django was seen".to_owned()),
    }
}
