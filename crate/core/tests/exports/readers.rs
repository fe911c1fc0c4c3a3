//! The exports, read again by other programs' parsers.

use https_audit_core::text::steers;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde_json::Value;

/// The rows of a CSV file, its header line first.
pub fn rows(csv: &str) -> Vec<Vec<String>> {
    assert!(csv.ends_with("\r\n"));
    let reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(csv.as_bytes());
    let row = |row: Result<csv::StringRecord, csv::Error>| {
        row.expect("RFC 4180").iter().map(str::to_owned).collect::<Vec<_>>()
    };
    reader.into_records().map(row).collect()
}

/// Whether a spreadsheet computes a cell: by its first character, past what it looks past.
pub fn computes(cell: &str) -> bool {
    // The apostrophe that makes it text is the first character, and no other is.
    let guarded = cell.starts_with('\'');
    let first = cell.trim_start_matches([' ', '\u{A0}', '"', '\t', '\r', '\n']);
    !guarded && first.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

/// What a test case of a `JUnit` file says.
pub struct Case {
    pub name: String,
    pub failure: Option<String>,
    pub skipped: Option<String>,
    pub out: Option<String>,
}

/// A test suite of a `JUnit` file.
pub struct Suite {
    /// Name and value.
    pub properties: Vec<(String, String)>,
    pub cases: Vec<Case>,
}

/// The suites, their counts compared with what they hold.
pub fn suites(xml: &str) -> Vec<Suite> {
    let document = roxmltree::Document::parse(xml).expect("well-formed XML");
    let root = document.root_element();
    let count = |of: roxmltree::Node<'_, '_>, what| of.attribute(what).and_then(|n| n.parse::<usize>().ok());
    let mut all = Vec::new();
    let (mut tests, mut failures) = (0, 0);
    for suite in root.children().filter(roxmltree::Node::is_element) {
        assert_eq!(suite.tag_name().name(), "testsuite");
        let named = |name: &'static str| {
            move |node: &roxmltree::Node<'_, '_>| node.is_element() && node.tag_name().name() == name
        };
        let properties = suite.descendants().filter(named("property")).map(|property| {
            let part = |name| property.attribute(name).expect("a name and a value").to_owned();
            (part("name"), part("value"))
        });
        let cases: Vec<Case> = suite
            .children()
            .filter(named("testcase"))
            .map(|case| {
                let child = |name| case.children().find(named(name));
                let text = |node: roxmltree::Node<'_, '_>| node.text().unwrap_or_default().to_owned();
                for child in case.children().filter(roxmltree::Node::is_element) {
                    assert!(["failure", "skipped", "system-out"].contains(&child.tag_name().name()));
                    assert!(child.children().all(|node| node.is_text()), "text of a site became an element");
                }
                Case {
                    name: case.attribute("name").expect("a name").to_owned(),
                    failure: child("failure").map(text),
                    skipped: child("skipped").map(|node| node.attribute("message").unwrap_or("").to_owned()),
                    out: child("system-out").map(text),
                }
            })
            .collect();
        assert_eq!(count(suite, "tests"), Some(cases.len()));
        let failed = cases.iter().filter(|case| case.failure.is_some()).count();
        assert_eq!(count(suite, "failures"), Some(failed));
        let skipped = cases.iter().filter(|case| case.skipped.is_some()).count();
        assert_eq!(count(suite, "skipped"), Some(skipped));
        (tests, failures) = (tests + cases.len(), failures + failed);
        all.push(Suite { properties: properties.collect(), cases });
    }
    assert_eq!((count(root, "tests"), count(root, "failures")), (Some(tests), Some(failures)));
    all
}

/// What is left of a Markdown text when it is rendered.
#[derive(Debug, Default)]
pub struct Rendered {
    pub headings: Vec<(u8, String)>,
    /// Each span and each block.
    pub code: Vec<String>,
    /// Cells of each table's rows.
    pub rows: Vec<usize>,
}

/// Renders it with every extension on, and refuses what only a site could have written.
pub fn rendered(markdown: &str) -> Rendered {
    let (mut out, mut block, mut outside) = (Rendered::default(), None::<String>, String::new());
    for event in Parser::new_ext(markdown, Options::all()) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => out.headings.push((level as u8, String::new())),
            Event::Start(Tag::CodeBlock(_)) => block = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => out.code.extend(block.take()),
            Event::Start(Tag::TableRow | Tag::TableHead) => out.rows.push(0),
            Event::Start(Tag::TableCell) => *out.rows.last_mut().expect("a row") += 1,
            Event::Start(Tag::Paragraph | Tag::List(None) | Tag::Item | Tag::Table(_))
            | Event::SoftBreak
            | Event::End(_) => outside.push('\n'),
            Event::Code(code) => {
                outside.push('`');
                out.code.push(code.into_string());
            }
            Event::Text(text) => match (&mut block, out.headings.last_mut()) {
                (Some(block), _) => block.push_str(&text),
                (None, heading) => {
                    if let Some((_, heading)) = heading {
                        heading.push_str(&text);
                    }
                    outside.push_str(&text);
                }
            },
            other => panic!("a site wrote {other:?} in\n{markdown}"),
        }
    }
    let lower = outside.to_lowercase();
    for taken in ["@", "#", "://", "www.", "mailto:", "gh-1", "<", "[", "$", "~", "|", "*", "_"] {
        assert!(!lower.contains(taken), "{taken} stands outside of code: {outside}");
    }
    let written = |c: char| c != '\n' && steers(c);
    assert!(!markdown.contains(written), "something hides");
    out
}

/// Every string of a JSON value, with the name of what holds it.
pub fn strings<'a>(value: &'a Value, name: &'a str, out: &mut Vec<(&'a str, &'a str)>) {
    match value {
        Value::String(text) => out.push((name, text)),
        Value::Array(values) => values.iter().for_each(|value| strings(value, name, out)),
        Value::Object(members) => members.iter().for_each(|(name, value)| strings(value, name, out)),
        _ => {}
    }
}
