//! The report of GitLab's Code Quality, which it shows beside the files of a merge request.
//!
//! <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>: an array of findings, without a byte
//! order mark.

use std::collections::BTreeMap;

use https_audit_core::check::Severity;
use https_audit_core::json::to_string;
use serde::Serialize;

use super::Annotation;

/// One finding.
#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// The whole file. Fails only where JSON can not be written, which text and numbers do not bring about.
pub fn code_quality(annotations: &[Annotation]) -> Result<String, serde_json::Error> {
    // GitLab takes findings with one fingerprint for one: the second of them has its number behind it.
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let issues: Vec<Issue<'_>> = annotations
        .iter()
        .map(|one| {
            let times = times.entry(&one.fingerprint).or_default();
            *times += 1;
            Issue {
                description: format!("{}\n{}", one.title, one.message),
                check_name: &one.check,
                fingerprint: match times {
                    1 => one.fingerprint.clone(),
                    n => format!("{}-{n}", one.fingerprint),
                },
                severity: severity(one),
                location: Location { path: &one.path, lines: Lines { begin: one.line.max(1) } },
            }
        })
        .collect();
    Ok(to_string(&issues)? + "\n")
}

/// GitLab's word; what is accepted is told only.
const fn severity(one: &Annotation) -> &'static str {
    match one.severity {
        _ if one.accepted => "info",
        Severity::Error => "critical",
        Severity::Warning => "major",
        Severity::Note => "minor",
    }
}

#[cfg(test)]
mod tests {
    use https_audit_core::check::Severity;
    use serde_json::{Value, json};

    use super::code_quality;
    use crate::annotations::Annotation;

    fn one(severity: Severity, accepted: bool) -> Annotation {
        Annotation {
            severity,
            title: "a \"title\" </script>".to_owned(),
            message: "why\nFix: \\this".to_owned(),
            path: "out/a.har".to_owned(),
            line: 1,
            column: None,
            check: "https.page.plain".to_owned(),
            fingerprint: "0123".to_owned(),
            accepted,
        }
    }

    #[test]
    fn an_issue_has_what_gitlab_asks_for_and_a_fingerprint_of_its_own() {
        let all = [
            one(Severity::Error, false),
            one(Severity::Warning, false),
            one(Severity::Note, false),
            one(Severity::Error, true),
        ];
        let text = code_quality(&all).expect("JSON");
        let issues: Vec<Value> = serde_json::from_str(&text).expect("an array");
        assert_eq!(
            issues[0],
            json!({
                "description": "a \"title\" </script>\nwhy\nFix: \\this", "check_name": "https.page.plain",
                "fingerprint": "0123", "severity": "critical", "location": {"path": "out/a.har", "lines": {"begin": 1}},
            })
        );
        let column = |key: &str| {
            issues.iter().map(|issue| issue[key].as_str().unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(column("severity"), ["critical", "major", "minor", "info"]);
        assert_eq!(column("fingerprint"), ["0123", "0123-2", "0123-3", "0123-4"]);
        assert_eq!(code_quality(&[]).expect("JSON"), "[]\n");
    }
}
