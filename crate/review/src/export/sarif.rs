//! SARIF 2.1.0 (OASIS, errata 01): one run, a result for each finding with file, line and column. What is not known is
//! told as notifications of the run: as results of the kind `open` some readers would list it among the findings.

use std::collections::BTreeMap;
use std::fmt::Write;

use https_audit_core::check::Severity;
use serde_json::{Value, json};

use super::{Report, VERSION, plain, visible};
use crate::{Finding, Place, Unknown};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn sarif(report: Report<'_>) -> Result<String, serde_json::Error> {
    let findings = &report.review.findings;
    // Each check in the words of its worst finding, in the order of the ids.
    let mut rules: BTreeMap<&str, &Finding> = BTreeMap::new();
    for finding in findings {
        let worst = rules.entry(finding.check).or_insert(finding);
        if finding.severity > worst.severity {
            *worst = finding;
        }
    }
    let ids: Vec<&str> = rules.keys().copied().collect();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let results: Vec<Value> = findings.iter().map(|finding| result(finding, &ids, &mut seen)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "https-audit",
                "version": VERSION,
                "semanticVersion": VERSION,
                "rules": rules.values().map(|finding| rule(finding)).collect::<Vec<_>>(),
            }},
            "automationDetails": {"id": "https-audit/review"},
            // Lines and columns are counted in characters, not in UTF-16.
            "columnKind": "unicodeCodePoints",
            "invocations": [{
                "executionSuccessful": true,
                "toolExecutionNotifications": report.review.unknown.iter().map(notification).collect::<Vec<_>>(),
            }],
            "results": results,
        }],
    });
    https_audit_core::json::to_string(&log).map(|text| text + "\n")
}

fn rule(finding: &Finding) -> Value {
    let title = harmless(&finding.title);
    let fix = finding.fix.as_deref().map(|fix| fix.lines().map(visible).collect::<Vec<_>>().join("\n"));
    let help = fix.unwrap_or_else(|| title.clone());
    let weaknesses = finding.references.iter().filter(|id| id.starts_with("CWE-"));
    let tags: Vec<String> = ["security".to_owned()]
        .into_iter()
        .chain(weaknesses.map(|id| format!("external/cwe/{}", id.to_lowercase())))
        .collect();
    json!({
        "id": finding.check,
        "shortDescription": {"text": title},
        "fullDescription": {"text": title},
        "help": {"text": help},
        "defaultConfiguration": {"level": finding.severity.word()},
        "properties": {"tags": tags, "security-severity": security_severity(finding.severity)},
    })
}

/// On the scale of CVSS, by which GitHub orders alerts; a number as text, as it wants it.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "7.5",
        Severity::Warning => "5.0",
        Severity::Note => "2.0",
    }
}

fn result(finding: &Finding, ids: &[&str], seen: &mut BTreeMap<String, usize>) -> Value {
    let file = finding.place.as_ref().map(|place| uri(&place.file)).unwrap_or_default();
    // Without the line, so that it stays the same where lines are put in above; the n-th of a file is told apart.
    let key = format!("{}:{file}", finding.check);
    let nth = seen.entry(key.clone()).and_modify(|n| *n += 1).or_insert(1);
    json!({
        "ruleId": finding.check,
        "ruleIndex": ids.binary_search(&finding.check).unwrap_or_default(),
        "level": finding.severity.word(),
        "message": {"text": format!("{}. {}", harmless(&finding.title), harmless(&finding.message))},
        "locations": finding.place.iter().map(location).collect::<Vec<_>>(),
        "partialFingerprints": {"httpsAuditReview/v1": format!("{key}:{nth}")},
    })
}

fn location(place: &Place) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&place.file)},
        "region": {"startLine": place.line, "startColumn": place.column},
    }})
}

fn notification(unknown: &Unknown) -> Value {
    json!({
        "descriptor": {"id": "not-known"},
        "level": "note",
        "message": {"text": harmless(&format!("Not known: {}. {} {}", unknown.what, unknown.why, unknown.how))},
        "locations": unknown.place.iter().map(location).collect::<Vec<_>>(),
    })
}

/// A path as a URI reference (RFC 3986 §4.2): one that is relative is relative to the repository.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut out = String::new();
    for octet in path.bytes() {
        if octet.is_ascii_alphanumeric() || matches!(octet, b'/' | b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(octet));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{octet:02X}");
        }
    }
    if out.starts_with('/') { format!("file://{out}") } else { out }
}

/// A sentence as the text of a message. In it `[words](address)` would be a link (§3.11.6).
fn harmless(text: &str) -> String {
    plain(text).replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use super::{harmless, uri};

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(harmless("`a` [b](https://c.test)\u{202E}"), "'a' [b] (https://c.test)\\u{202e}");
        assert_eq!(uri("./a b/ä:%.py"), "a%20b/%C3%A4%3A%25.py");
        assert_eq!(uri("/a.py"), "file:///a.py");
    }
}
