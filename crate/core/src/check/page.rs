//! The page of a check, and the table by tool, in Markdown: what `https-audit checks` prints, `docs/checks/` holds and
//! the extension shows.

use std::fmt::Write as _;

use super::{Check, Reference, registry};
use crate::fix::Remedy;

/// Another tool or catalogue, in which people look our findings up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tool {
    /// The key of its references in a report.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// It looks at sites itself, and so has findings of its own.
    pub scans: bool,
}

/// All of them, in the order in which they are shown.
pub const TOOLS: &[Tool] = &[
    Tool { key: "zap", name: "ZAP", scans: true },
    Tool { key: "observatory", name: "MDN HTTP Observatory", scans: true },
    Tool { key: "django", name: "Django's check --deploy", scans: true },
    Tool { key: "hstspreload", name: "hstspreload.org", scans: true },
    Tool { key: "asvs", name: "OWASP ASVS 5.0", scans: false },
    Tool { key: "owasp-top10", name: "OWASP Top 10:2025", scans: false },
    Tool { key: "cwe", name: "CWE", scans: false },
    Tool { key: "rfc", name: "RFC", scans: false },
    Tool { key: "guideline", name: "Guidelines", scans: false },
];

impl Tool {
    /// The tool of a key.
    pub fn of(key: &str) -> Option<Self> {
        TOOLS.iter().copied().find(|tool| tool.key == key)
    }

    /// What it calls what we find: its id, its name for it where it has one, and our checks that refer to it; by id.
    pub fn entries(self) -> Vec<(String, Option<&'static str>, Vec<&'static Check>)> {
        let mut entries: Vec<(String, Option<&'static str>, Vec<&'static Check>)> = Vec::new();
        for &check in registry::ALL {
            for reference in check.references() {
                let (key, id) = reference.entry();
                if key != self.key {
                    continue;
                }
                match entries.iter_mut().find(|(known, ..)| *known == id) {
                    Some((_, _, checks)) => checks.push(check),
                    None => entries.push((id, reference.name(), vec![check])),
                }
            }
        }
        // Numbers by their value: CWE-79 before CWE-311.
        let number =
            |id: &str| id.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>().ok();
        let letters = |id: &str| id.chars().take_while(|c| !c.is_ascii_digit()).collect::<String>();
        entries.sort_by(|(a, ..), (b, ..)| (letters(a), number(a), a).cmp(&(letters(b), number(b), b)));
        entries
    }
}

/// The page of a check.
pub fn page(check: &Check) -> String {
    let mut page = format!(
        "# {}\n\n`{}`: {}, since version {}.\n\n",
        check.title,
        check.id,
        check.severity.word(),
        check.since
    );
    for line in check.doc {
        let line = line.strip_prefix(' ').unwrap_or(line);
        // The headings of a check's text stand below its title.
        page.extend([if line.starts_with("# ") { "#" } else { "" }, line, "\n"]);
    }
    let _ = write!(page, "\n## Fix\n\n{}\n", check.fix.summary);
    lines(&mut page, &check.fix);
    for (case, remedy) in check.cases {
        let summary = if remedy.summary.is_empty() { String::new() } else { format!(" {}", remedy.summary) };
        let _ = write!(
            page,
            "\n### Case: {}\n{}",
            case.replace('-', ", "),
            if summary.is_empty() { "" } else { "\n" }
        );
        if !summary.is_empty() {
            let _ = writeln!(page, "{}", summary.trim_start());
        }
        lines(&mut page, remedy);
    }
    page.push_str("\n## References\n\n");
    for tool in TOOLS {
        let ids: Vec<String> =
            check.references().filter(|reference| reference.entry().0 == tool.key).map(link).collect();
        if !ids.is_empty() {
            let _ = writeln!(page, "- {}: {}", tool.name, ids.join(", "));
        }
    }
    page
}

fn lines(page: &mut String, remedy: &Remedy) {
    for (software, lines) in remedy.lines {
        let _ = write!(page, "\n{}:\n\n```text\n{lines}\n```\n", software.name());
    }
}

/// A reference as a link to its owner's page.
fn link(reference: Reference) -> String {
    let (_, id) = reference.entry();
    let words = match reference.name() {
        Some(name) => format!("{id} {name}"),
        None => id,
    };
    match reference.url() {
        Some(url) => format!("[{words}]({url})"),
        None => words,
    }
}

/// Every check by area, with links to the pages beside it.
pub fn index() -> String {
    let mut text = format!(
        "# Checks\n\n{} checks. Each page says what is wrong, why it matters, how to fix it and when it does not apply. \
         [By tool](by-tool.md) says what ZAP, the Observatory, Django and others call the same thing.\n",
        registry::ALL.len()
    );
    let mut area = "";
    for check in registry::ALL {
        if check.area() != area {
            area = check.area();
            let _ = write!(text, "\n## {area}\n\n| check | severity | |\n| --- | --- | --- |\n");
        }
        let _ = writeln!(
            text,
            "| [{0}]({0}.md) | {1} | {2} |",
            check.id,
            check.severity.word(),
            cell(check.title)
        );
    }
    text
}

/// What each tool calls what we find.
pub fn by_tool() -> String {
    let mut text =
        "# The checks by tool\n\nWhat others call the same thing, and which of our checks says it.\n"
            .to_owned();
    for tool in TOOLS {
        let _ = write!(text, "\n## {}\n\n| id | name | checks |\n| --- | --- | --- |\n", tool.name);
        for (id, name, checks) in tool.entries() {
            let checks: Vec<String> = checks.iter().map(|check| format!("[{0}]({0}.md)", check.id)).collect();
            let _ = writeln!(
                text,
                "| {} | {} | {} |",
                cell(&id),
                cell(name.unwrap_or_default()),
                checks.join(", ")
            );
        }
    }
    text
}

/// Text in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
