//! The checks of a review, to look them up: what `https-audit checks` lists and shows.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use https_audit_core::check::Severity;
use https_audit_core::check::page::TOOLS;

use crate::{django, nginx};

/// One check of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Check {
    /// `settings.subject.condition` or `nginx.subject.condition`.
    pub id: &'static str,
    /// Severity of its findings where nothing else is said.
    pub severity: Severity,
    /// The bad state in a few words; code between back-ticks.
    pub title: &'static str,
    /// Why it matters; empty where that depends on what is found.
    pub why: &'static str,
    /// Ids that others give it.
    pub references: &'static [&'static str],
    /// The lines that mend it; empty where those depend on what is found.
    pub fix: &'static str,
}

/// Every check, by id.
pub fn all() -> Vec<Check> {
    let of_nginx = nginx::CHECKS.iter().map(|check| Check {
        id: check.id,
        severity: check.severity,
        title: check.title,
        why: "",
        references: check.references,
        fix: "",
    });
    let mut all: Vec<Check> = django::checks().chain(of_nginx).collect();
    all.sort_by_key(|check| check.id);
    all
}

impl Check {
    /// The first word of its id: what is reviewed.
    pub fn area(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// Its references by whose they are, in the words of [`TOOLS`].
    pub fn references_by_catalogue(&self) -> BTreeMap<&'static str, Vec<&'static str>> {
        let mut all: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for id in self.references {
            all.entry(catalogue(id)).or_default().push(id);
        }
        all
    }

    /// Its page, in Markdown.
    pub fn page(&self) -> String {
        let Self { id, title, severity, .. } = self;
        let of = if self.area() == "nginx" { "nginx configuration" } else { "Django settings" };
        let mut page = format!(
            "# {title}\n\n`{id}`: {}. `https-audit review` looks for it in {of}, and names file and line.\n\n",
            severity.word()
        );
        let why =
            if self.why.is_empty() { "Each finding says why it matters at its place." } else { self.why };
        // Writing to a string can not fail.
        let _ = write!(page, "## Why it matters\n\n{why}\n\n## Fix\n\n");
        if self.fix.is_empty() {
            page.push_str("Each finding has the lines that mend it, where there are any.\n");
        } else {
            let _ = write!(page, "```text\n{}\n```\n", self.fix);
        }
        let references = self.references_by_catalogue();
        if !references.is_empty() {
            page.push_str("\n## References\n\n");
        }
        for tool in TOOLS {
            if let Some(ids) = references.get(tool.key) {
                let _ = writeln!(page, "- {}: {}", tool.name, ids.join(", "));
            }
        }
        page
    }
}

/// Whose an id is.
fn catalogue(id: &str) -> &'static str {
    let beginnings = [
        ("CWE-", "cwe"),
        ("RFC ", "rfc"),
        ("Mozilla ", "guideline"),
        ("header.preloadable.", "hstspreload"),
        ("redirects.", "hstspreload"),
        ("response.", "hstspreload"),
        ("hsts-", "observatory"),
    ];
    if let Some((_, whose)) = beginnings.iter().find(|(beginning, _)| id.starts_with(beginning)) {
        return whose;
    }
    let is_asvs = id.strip_prefix('V').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    // `security.W004`, `admin.E410`, `4_0.E001`.
    if is_asvs { "asvs" } else { "django" }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{TOOLS, all};

    #[test]
    fn every_check_that_the_code_has_is_in_it_once() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/django/check");
        let mut written = BTreeSet::new();
        for entry in fs::read_dir(folder).expect("a folder") {
            let text = fs::read_to_string(entry.expect("a file").path()).expect("text");
            let ids = text.split("check: \"").skip(1).filter_map(|rest| rest.split('"').next());
            written.extend(ids.map(str::to_owned));
        }
        let all = all();
        let listed: Vec<&str> = all.iter().map(|check| check.id).collect();
        assert!(listed.is_sorted_by(|a, b| a < b), "{listed:?}");
        let settings: BTreeSet<String> =
            listed.iter().filter(|id| id.starts_with("settings.")).map(|id| (*id).to_owned()).collect();
        assert_eq!(settings, written);
        assert!(listed.len() > written.len());
    }

    #[test]
    fn a_page_names_every_reference() {
        for check in all() {
            let page = check.page();
            assert!(page.starts_with(&format!("# {}\n\n`{}`: ", check.title, check.id)), "{page}");
            assert!(check.references.iter().all(|id| page.contains(id)), "{page}");
            let known = |key: &&str| TOOLS.iter().any(|tool| tool.key == *key);
            assert!(check.references_by_catalogue().keys().all(known), "{page}");
        }
    }
}
