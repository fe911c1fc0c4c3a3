//! The requirements one by one, in the order in which hstspreload.org checks them, each with what
//! became of it. They restate the scan ([`super::steps`]) and judge nothing anew.

use super::PreloadFact;
use crate::check::Gap;
use crate::words::words;

words! {
    /// What became of one requirement.
    pub enum Standing {
        /// It is met.
        Passed = "passed",
        /// It is not.
        Failed = "failed",
        /// It was not observed, or the scan ends before it.
        Unknown = "unknown",
    }
}

/// One requirement of hstspreload.org.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Its name in JSON.
    pub name: &'static str,
    /// What it asks for, in a few words.
    pub title: &'static str,
    /// What became of it.
    pub standing: Standing,
    /// The codes that the scan gives here: of errors where it failed, else of warnings.
    pub codes: Vec<&'static str>,
    /// Why it is unknown, where something was not observed.
    pub gap: Option<Gap>,
}

/// Name, title, what its codes begin with, and the steps that must have been observed.
type Row = (&'static str, &'static str, &'static [&'static str], &'static [&'static str]);

const ROWS: [Row; 11] = [
    ("domain", "A registrable domain", &[], &[]),
    ("tls", "A certificate that is accepted", &["domain.tls.", "tls."], &["tls", "header"]),
    (
        "field",
        "One HSTS field on the first https response",
        &["response.", "header.parse."],
        &["header", "repeated"],
    ),
    (
        "include-subdomains",
        "`includeSubDomains` in it",
        &["header.preloadable.include_sub_domains."],
        &["header"],
    ),
    ("preload", "`preload` in it", &["header.preloadable.preload."], &["header"]),
    ("max-age", "`max-age` of a year or more", &["header.preloadable.max_age."], &["header"]),
    (
        "http-redirect",
        "http leads to https on the same host first",
        &[
            "redirects.http.does_not_exist",
            "redirects.http.useless_header",
            "redirects.http.no_redirect",
            "redirects.http.www_first",
            "redirects.http.first_redirect.insecure",
        ],
        &["http"],
    ),
    (
        "redirect-field",
        "The field also where that leads",
        &["redirects.http.first_redirect.no_hsts", "redirects.http.first_redirect.invalid"],
        &["http", "redirects"],
    ),
    ("redirect-count", "At most 3 redirects, none in vain", TOO_LONG, &["http", "header", "redirects"]),
    (
        "redirects-https",
        "No later redirect to http",
        &["redirects.insecure."],
        &["http", "header", "redirects"],
    ),
    ("www", "A certificate that is accepted on www", &["domain.www."], &["www"]),
];

const TOO_LONG: &[&str] = &["redirects.too_many", "redirects.follow_error"];

/// Without a good certificate the scan ends.
const FIRST_AFTER_TLS: usize = 2;

impl PreloadFact {
    /// Every requirement, in the order in which they are checked; none where preloading does not apply.
    pub fn requirements(&self) -> Vec<Requirement> {
        if self.domain.is_none() {
            return Vec::new();
        }
        let ended = self.has_error("domain.tls.");
        let unreadable = self.has_error("response.");
        let bad_field = unreadable || self.has_error("header.");
        let no_redirect = [
            "redirects.http.no_redirect",
            "redirects.http.www_first",
            "redirects.http.first_redirect.insecure",
        ]
        .iter()
        .any(|code| self.has_error(code));
        let rows = ROWS.iter().enumerate();
        rows.map(|(place, &(name, title, prefixes, steps))| {
            // What the scan leaves out after an error before it is no success.
            let left_out = match name {
                _ if ended => place >= FIRST_AFTER_TLS,
                "include-subdomains" | "preload" | "max-age" => unreadable,
                "redirect-field" => bad_field || no_redirect,
                _ => false,
            };
            let of_row = |code: &str| prefixes.iter().any(|prefix| code.starts_with(prefix));
            let mut codes = codes(&self.errors, of_row);
            let failed = !codes.is_empty();
            if !failed {
                codes = self::codes(&self.warnings, of_row);
            }
            let gap = steps.iter().find_map(|step| self.gap(step)).filter(|_| !failed && !left_out);
            let standing = if failed {
                Standing::Failed
            } else if left_out || gap.is_some() {
                Standing::Unknown
            } else {
                Standing::Passed
            };
            Requirement { name, title, standing, codes, gap: gap.cloned() }
        })
        .collect()
    }

    fn has_error(&self, prefix: &str) -> bool {
        self.errors.iter().any(|step| step.code.starts_with(prefix))
    }

    /// Listed by an entry of its own, and what hstspreload.org asks for is no longer met. None where it is
    /// not known to fail and something was not observed.
    pub fn at_risk(&self) -> Option<bool> {
        if !self.has_own_entry() || self.asks_for_removal == Some(true) {
            return Some(false);
        }
        match (self.errors.is_empty(), self.unknown.is_empty()) {
            (false, _) => Some(true),
            (true, true) => Some(false),
            (true, false) => None,
        }
    }
}

/// The codes that `wanted` picks, each once.
fn codes(steps: &[super::Step], wanted: impl Fn(&str) -> bool) -> Vec<&'static str> {
    let mut codes = Vec::new();
    for step in steps {
        if wanted(step.code) && !codes.contains(&step.code) {
            codes.push(step.code);
        }
    }
    codes
}
