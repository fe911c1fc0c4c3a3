//! What is a secret among the values of a project, so that no message tells it.
//!
//! A value is one by its origin (it stands under the name of a secret, or holds such a value, or is a part of one) or by
//! its form (an address with a password, a key of a service, a long random text).

mod written;

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::Stmt;

use super::eval::{Datum, Names, Value};

/// Characters from which on a part of a secret, or what a secret is a part of, is one too.
const PART: usize = 5;
/// Characters that a random text has at least.
const RANDOM: usize = 20;
/// Characters that a random number in hexadecimal digits has at least.
const DIGEST: usize = 32;
/// The smallest number that can be a secret.
const NUMBER: i64 = 1_000;
/// Values inside of each other.
const DEPTH: usize = 8;

/// Words in the names of secrets.
const WORDS: &[&str] = &[
    "PASSWORD",
    "PASSWORDS",
    "PASSWD",
    "PASS",
    "PWD",
    "PASSPHRASE",
    "PIN",
    "SECRET",
    "SECRETS",
    "TOKEN",
    "TOKENS",
    "APIKEY",
    "CREDENTIAL",
    "CREDENTIALS",
    "SALT",
];
/// Last words of names that tell about a secret and are none.
const ABOUT: &[&str] = &[
    "AGE",
    "ALGORITHM",
    "BACKEND",
    "CLASS",
    "CLASSES",
    "DOMAIN",
    "EXPIRY",
    "FIELD",
    "FILE",
    "HASHERS",
    "HEADER",
    "HTTPONLY",
    "ISSUER",
    "LENGTH",
    "LIFETIME",
    "NAME",
    "PATH",
    "SAMESITE",
    "SECURE",
    "TIMEOUT",
    "TTL",
    "URL",
    "VALIDATORS",
];
/// Beginnings of keys that services give out.
pub const BEGINNINGS: &[&str] = &[
    "sk_live_",
    "rk_live_",
    "ghp_",
    "gho_",
    "github_pat_",
    "glpat-",
    "xoxb-",
    "xoxp-",
    "SG.",
    "AIza",
    "ASIA",
    "npm_",
];

/// Values that no message tells.
#[derive(Debug, Clone, Default)]
pub struct Secrets {
    /// In lower case.
    texts: BTreeSet<String>,
    numbers: BTreeSet<i64>,
    /// The texts of the whole project, in lower case; all settings modules share them.
    written: Rc<BTreeSet<String>>,
}

/// Whether the name of a setting says that its value is a secret.
pub fn is_secret(name: &str) -> bool {
    let name = name.to_uppercase();
    let key_of =
        ["API_KEY", "ACCESS_KEY", "PRIVATE_KEY", "SECRET_KEY", "APIKEY"].iter().any(|end| name.contains(end));
    key_of || name.split(['_', '-']).any(|word| WORDS.contains(&word))
}

/// The same, unless the name's last word says that it only tells about one: `TOKEN_URL`.
fn holds_secret(name: &str) -> bool {
    let upper = name.to_uppercase();
    is_secret(&upper) && !upper.rsplit(['_', '-']).next().is_some_and(|last| ABOUT.contains(&last))
}

/// A secret by its length alone.
pub fn masked(text: &str) -> String {
    let length = text.chars().count();
    if has_user(text) {
        format!("an address of {length} characters with a password")
    } else {
        let plural = if length == 1 { "" } else { "s" };
        format!("a text of {length} character{plural}")
    }
}

impl Secrets {
    /// Texts that stand under names of secrets anywhere in the code.
    pub fn written<'s>(code: impl Iterator<Item = &'s [Stmt]>) -> Self {
        let mut found = Self::default();
        code.for_each(|body| written::collect(&mut found, body));
        Self { written: Rc::new(found.texts), ..Self::default() }
    }

    /// Values that names of secrets have.
    pub fn named(&mut self, names: &Names) {
        names.iter().for_each(|(name, value)| self.value(name, value, holds_secret(name), 0));
    }

    fn value(&mut self, name: &str, value: &Value, secret: bool, depth: usize) {
        if depth >= DEPTH {
            return;
        }
        for option in &value.options {
            match &option.datum {
                Datum::Str(text) if secret => self.text(text),
                Datum::Bytes(octets) if secret => self.text(&String::from_utf8_lossy(octets)),
                Datum::Int(number) if secret && is_last(name) && number.checked_abs() >= Some(NUMBER) => {
                    self.numbers.insert(*number);
                }
                Datum::List(list) => {
                    list.items.iter().for_each(|item| self.value(name, item, secret, depth + 1));
                }
                Datum::Dict(dict) => {
                    for (key, value) in &dict.pairs {
                        let key = key.text().unwrap_or_default();
                        self.value(key, value, secret || holds_secret(key), depth + 1);
                    }
                }
                Datum::Class(class) => {
                    for (name, value) in &class.attributes {
                        self.value(name, value, holds_secret(name), depth + 1);
                    }
                }
                _ => {}
            }
        }
    }

    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            self.texts.insert(text.to_lowercase());
        }
    }

    /// Whether a text is not to be told.
    pub fn hide(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let is_part = |secret: &String| {
            *secret == lower
                || secret.len() >= PART && lower.contains(secret)
                || lower.len() >= PART && secret.contains(&lower)
        };
        has_form(text) || self.texts.iter().chain(&*self.written).any(is_part)
    }

    /// Whether a name that code asks for is not to be told: names of secrets are, unless one is a secret itself.
    pub fn hide_name(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        let is_one = self.texts.contains(&lower) || self.written.contains(&lower);
        is_one || !is_secret(name) && self.hide(name)
    }

    /// Whether a number is not to be told.
    pub fn hide_number(&self, number: i64) -> bool {
        self.numbers.contains(&number)
    }
}

/// Whether a name ends in a word for secrets.
fn is_last(name: &str) -> bool {
    name.to_uppercase().rsplit(['_', '-']).next().is_some_and(|last| last == "KEY" || WORDS.contains(&last))
}

/// Whether a text looks like a secret, wherever it comes from.
fn has_form(text: &str) -> bool {
    let has = |of: fn(&char) -> bool| text.chars().any(|c| of(&c));
    let random = text.len() >= RANDOM
        && !text.contains(|c: char| c.is_whitespace() || c == '.')
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_digit);
    let known = text.len() >= RANDOM && BEGINNINGS.iter().any(|start| text.starts_with(start));
    let generated = text.starts_with("django-insecure-") || text.starts_with("eyJ");
    let digest = text.len() >= DIGEST && text.chars().all(|c| c.is_ascii_hexdigit() || c == '-');
    has_user(text) || random || digest || known || generated || text.contains("PRIVATE KEY-----")
}

/// Whether an address with a user, or `user:password@host`, is in it, also where it is percent-encoded.
fn has_user(text: &str) -> bool {
    let plain = text.replace("%40", "@").replace("%3A", ":").replace("%3a", ":");
    plain.rsplit_once('@').is_some_and(|(before, _)| before.contains(':') || before.contains("//"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_by_its_form() {
        for (text, has) in [
            ("https://u:p@h", true),
            ("https:/u:p@h", true),
            ("//token@h", true),
            ("u:p@h", true),
            ("https://u:p,q@h", true),
            ("https%3A%2F%2Fu%3Ap%40h", true),
            ("0123456789abcdef0123456789abcdef", true),
            ("ghp_0123456789abcdefghij", true),
            ("eyJhbGciOiJIUzI1NiJ9.e30.x", true),
            ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", true),
            ("django-insecure-abc", true),
            ("me@example.com", false),
            ("https://example.com", false),
            ("HTTP_X_FORWARDED_PROTO", false),
            ("django.contrib.sessions.backends.db", false),
            ("strict-origin-when-cross-origin", false),
        ] {
            assert_eq!(has_form(text), has, "{text}");
        }
    }
}
