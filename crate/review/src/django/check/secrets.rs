//! Secrets that stand in the code, and keys that are weak. No value is ever told, only its length.

use std::collections::BTreeSet;

use https_audit_core::check::Severity;

use super::{Context, Datum, Rule, Settings, is_secret};
use crate::django::eval::{Cause, Loc, Possible, Value};
use crate::django::setting::{Is, Setting, Verdict, quoted};

/// `SECRET_KEY_MIN_LENGTH` of Django.
const SHORTEST: usize = 50;
/// `SECRET_KEY_MIN_UNIQUE_CHARACTERS` of Django.
const DIFFERENT: usize = 5;
/// `SECRET_KEY_INSECURE_PREFIX`: what `startproject` writes.
const GENERATED: &str = "django-insecure-";
/// Values inside of each other that are looked into.
const DEPTH: usize = 6;

const WEAK: Rule = Rule {
    check: "settings.secret-key.weak",
    severity: Severity::Warning,
    title: "`SECRET_KEY` is weak",
    why: "It signs sessions and links that reset passwords: Django asks for 50 characters, 5 different ones, and none that `startproject` made.",
    references: &["security.W009", "CWE-326"],
    fix: "SECRET_KEY = os.environ[\"SECRET_KEY\"]  # from django.core.management.utils.get_random_secret_key()",
};
const WEAK_FALLBACK: Rule = Rule {
    check: "settings.secret-key.weak-fallback",
    severity: Severity::Warning,
    title: "A key of `SECRET_KEY_FALLBACKS` is weak",
    why: "What it signs is taken like what `SECRET_KEY` signs.",
    references: &["security.W025", "CWE-326"],
    fix: "SECRET_KEY_FALLBACKS = []",
};
const KEY: Rule = Rule {
    check: "settings.secret-key.hard-coded",
    severity: Severity::Error,
    title: "`SECRET_KEY` stands in the code",
    why: "Whoever reads the code, or an old version of it, forges sessions and links that reset passwords.",
    references: &["CWE-798", "CWE-321", "V13.3.1"],
    fix: "SECRET_KEY = os.environ[\"SECRET_KEY\"]",
};
const KEY_DEFAULT: Rule = Rule {
    check: "settings.secret-key.default-in-code",
    severity: Severity::Warning,
    title: "`SECRET_KEY` has a default in the code",
    why: "Where the variable is forgotten the site runs with a key that is known, and nobody notices.",
    references: &["CWE-798", "CWE-1188", "V13.3.1"],
    fix: "SECRET_KEY = os.environ[\"SECRET_KEY\"]  # fails where it is not set",
};
const SECRET: Rule = Rule {
    check: "settings.secret.hard-coded",
    severity: Severity::Warning,
    title: "A secret stands in the code",
    why: "Whoever reads the code, or an old version of it, has it.",
    references: &["CWE-798", "V13.3.1"],
    fix: "# read it from the environment: os.environ[\"…\"], and change it",
};
const HASHER: Rule = Rule {
    check: "settings.password-hashers.weak",
    severity: Severity::Error,
    title: "Passwords are kept with a fast hash",
    why: "The first of `PASSWORD_HASHERS` makes new ones; billions of this kind can be tried in a second.",
    references: &["CWE-916", "V11.4.2"],
    fix: "PASSWORD_HASHERS = [\"django.contrib.auth.hashers.PBKDF2PasswordHasher\"]",
};

/// All of them.
pub(super) const RULES: &[&Rule] = &[&WEAK, &WEAK_FALLBACK, &KEY, &KEY_DEFAULT, &SECRET, &HASHER];

pub(super) fn check(context: &mut Context<'_>) {
    let key = context.get("SECRET_KEY");
    // Where a variable that has no default is not set the site does not start, which is no weak key.
    match (key.assigned && !key.value.options.iter().any(is_there), key.value.depends.first()) {
        (true, Some(cause)) => context.tell(&WEAK, &key, &Verdict::Unknown(cause.clone())),
        _ => context.ask(&WEAK, &key, is_weak),
    }
    written(context, &key);
    let fallbacks = context.get("SECRET_KEY_FALLBACKS");
    context.ask(&WEAK_FALLBACK, &fallbacks, |datum| match datum {
        Datum::List(list) => {
            let told: Vec<Is> =
                list.items.iter().map(|item| item.single().map_or(Is::Unknown, is_weak)).collect();
            match (told.contains(&Is::Bad), told.contains(&Is::Unknown) || list.open.is_some()) {
                (true, _) => Is::Bad,
                (false, unknown) => {
                    if unknown {
                        Is::Unknown
                    } else {
                        Is::Good
                    }
                }
            }
        }
        Datum::None => Is::Good,
        _ => Is::Unknown,
    });
    for name in context.settings.names() {
        if name == "SECRET_KEY"
            || !name.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_')
        {
            continue;
        }
        let setting = context.get(&name);
        let mut found = Vec::new();
        within(context.settings, (&name, &name), &setting.value, 0, &mut found);
        for secret in found {
            tell(context, &SECRET, &secret);
        }
    }
    let hashers = context.get("PASSWORD_HASHERS");
    context.ask(&HASHER, &hashers, |datum| match datum {
        Datum::List(list) => match list.items.first().map(|first| first.text()) {
            Some(Some(name)) => {
                let class = name.rsplit('.').next().unwrap_or_default();
                let is_fast = ["MD5", "SHA1", "Crypt", "Plain"].iter().any(|weak| class.contains(weak));
                // PBKDF2 and bcrypt repeat the hash whose name they bear.
                (is_fast && !class.starts_with("PBKDF2") && !class.starts_with("BCrypt")).into()
            }
            Some(None) => Is::Unknown,
            None => Is::Good,
        },
        _ => Is::Unknown,
    });
}

/// Whether it is more than nothing.
fn is_there(option: &Possible) -> bool {
    option.datum.truth() != Some(false)
}

/// As Django's `_check_secret_key` asks it.
fn is_weak(datum: &Datum) -> Is {
    match datum {
        Datum::Str(key) => {
            let different: BTreeSet<char> = key.chars().collect();
            let is_strong = key.chars().count() >= SHORTEST
                && different.len() >= DIFFERENT
                && !key.starts_with(GENERATED);
            Is::from(!is_strong)
        }
        Datum::Bytes(key) => Is::from(key.len() < SHORTEST),
        Datum::None | Datum::Unset => Is::Bad,
        _ => Is::Unknown,
    }
}

/// A secret, and where it stands.
struct Secret {
    what: String,
    length: usize,
    at: Loc,
    unless: BTreeSet<Cause>,
}

fn written(context: &mut Context<'_>, key: &Setting) {
    let mut found = Vec::new();
    texts("SECRET_KEY", &key.value, &key.value.depends, &mut found);
    for secret in found {
        let reads = secret.unless.iter().any(|cause| matches!(cause, Cause::Environment(_)));
        tell(context, if reads { &KEY_DEFAULT } else { &KEY }, &secret);
    }
}

/// Texts that a value may be.
fn texts(what: &str, value: &Value, unless: &BTreeSet<Cause>, found: &mut Vec<Secret>) {
    for option in &value.options {
        let length = match &option.datum {
            Datum::Str(text) if is_value(text) => text.chars().count(),
            Datum::Bytes(octets) if !octets.is_empty() => octets.len(),
            _ => continue,
        };
        found.push(Secret { what: what.to_owned(), length, at: option.at, unless: unless.clone() });
    }
}

/// Secrets in a setting: itself by its name, or what a dictionary holds under such a name.
fn within(
    settings: &Settings<'_>,
    (name, what): (&str, &str),
    value: &Value,
    depth: usize,
    found: &mut Vec<Secret>,
) {
    if ends_in_secret(name) {
        texts(what, value, &value.depends, found);
    }
    if depth >= DEPTH {
        return;
    }
    for option in &value.options {
        match &option.datum {
            Datum::Dict(dict) => {
                for (key, value) in &dict.pairs {
                    if let Some(key) = key.text() {
                        let hidden = settings.secrets.hide_name(key);
                        let what = format!("{what}[{}]", if hidden { "…" } else { key });
                        within(settings, (key, &what), value, depth + 1, found);
                    }
                }
            }
            Datum::List(list) if name == "SECRET_KEY_FALLBACKS" => {
                list.items.iter().for_each(|item| texts(what, item, &item.depends, found));
            }
            Datum::List(list) => {
                list.items.iter().for_each(|item| within(settings, ("", what), item, depth + 1, found));
            }
            _ => {}
        }
    }
}

/// Whether a name ends in a word for secrets: `PASSWORD_HASHERS` and `TOKEN_URL` are none.
fn ends_in_secret(name: &str) -> bool {
    let upper = name.to_uppercase();
    let is_public =
        ["PUBLIC", "PUBLISHABLE", "SITE_KEY", "HEADER", "NAME"].iter().any(|part| upper.contains(part));
    let last = upper.rsplit(['_', '-']).next().unwrap_or_default();
    let ends = matches!(last, "PASSWORD" | "PASSWD" | "SECRET" | "TOKEN" | "APIKEY")
        || upper.ends_with("_KEY")
        || upper == "KEY_SECRET";
    ends && is_secret(&upper) && !is_public
}

/// Whether a text can be a secret's value, not a path, a class, a place to fill in or the name of a field.
fn is_value(text: &str) -> bool {
    let is_class = text.contains('.')
        && text.split('.').all(|part| {
            part.chars().next().is_some_and(char::is_alphabetic)
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        });
    let is_place = text.contains(['{', '<', '%']) && text.contains(['}', '>', 's']) && text.len() < 40;
    !(text.trim().is_empty() || is_class || is_place || text.starts_with('/') || text.starts_with("http"))
}

fn tell(context: &mut Context<'_>, rule: &Rule, secret: &Secret) {
    let unless = if secret.unless.is_empty() {
        String::new()
    } else {
        format!(" unless {} says otherwise", context.settings.all_told(&secret.unless))
    };
    let plural = if secret.length == 1 { "" } else { "s" };
    let message = format!(
        "{} is a text of {} character{plural}{unless}. {}",
        quoted(&secret.what),
        secret.length,
        rule.why
    );
    let place = context.settings.place(secret.at);
    context.found(rule, message, place, &[]);
}
