//! SARIF 2.1.0 (OASIS, errata 01), the format that code scanners share: a run for each report.
//!
//! Accepted findings are suppressed results. What was not observed is told as notifications of the run: as results of
//! the kind `open` some readers would list it among the findings.

mod model;
mod uri;

use model::{
    Automation, Bag, Configuration, Descriptor, DescriptorReference, Driver, Invocation, Location, Log,
    LogicalLocation, Message, MultiMessage, Notification, Physical, PhysicalLocation, ResultObject, Run,
    Suppression, Tool,
};

use super::text::{Lines, lines, plain, unknown, visible};
use crate::check::Severity;
use crate::order::sorted;
use crate::report::{Report, ReportFinding};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn sarif(reports: &[Report]) -> Result<String, serde_json::Error> {
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: reports.iter().map(run).collect() };
    let mut text = crate::json::to_string(&log)?;
    text.push('\n');
    Ok(text)
}

fn run(report: &Report) -> Run {
    let ids: Vec<&str> = report.findings.iter().map(|finding| &*finding.check).collect();
    let mut ids = sorted(ids, Ord::cmp);
    ids.dedup();
    // The schema has it on all results of a run or on none (§3.27.23).
    let suppresses = report.findings.iter().any(|finding| finding.accepted.is_some());
    let results = report
        .findings
        .iter()
        .map(|finding| ResultObject {
            suppressions: suppresses.then(|| suppressions(finding)),
            ..result(report, finding, ids.binary_search(&&*finding.check).unwrap_or_default())
        })
        .collect();
    Run {
        tool: Tool {
            driver: Driver {
                name: harmless(&report.tool.name),
                version: harmless(&report.tool.version),
                semantic_version: harmless(&report.tool.version),
                rules: ids.iter().map(|id| rule(report, id)).collect(),
            },
        },
        automation_details: Automation { id: format!("https-audit/{}", harmless(&report.site.host)) },
        invocations: vec![invocation(report)],
        results,
    }
}

fn invocation(report: &Report) -> Invocation {
    let told = unknown(report).into_iter().map(|[what, why, how]| Notification {
        descriptor: DescriptorReference { id: "not-observed".to_owned() },
        level: Severity::Note.word(),
        message: Message { text: harmless(&format!("Not observed: {what}. {why} {how}")) },
    });
    Invocation {
        execution_successful: true,
        // A time beyond the year 9999 has no such form.
        end_time_utc: crate::time::parse_rfc3339(&report.generated_at).map(|_| report.generated_at.clone()),
        tool_execution_notifications: told.collect(),
    }
}

/// A check that found something, in the words of its worst finding.
fn rule(report: &Report, id: &str) -> Descriptor {
    // They stand in the order of their severity.
    let worst = report.findings.iter().find(|finding| finding.check == id);
    let severity = worst.map_or(Severity::Note, |finding| finding.severity);
    let title = report.checks.iter().find(|check| check.id == id).map(|check| harmless(&check.title));
    let title =
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| harmless(&id.replace(['.', '-'], " ")));
    let fix = worst.map_or("", |finding| &finding.fix.summary);
    let pasted = worst.and_then(|finding| lines(report, finding));
    Descriptor {
        id: harmless(id),
        name: pascal_case(&harmless(id)),
        full_description: Message { text: sentence(&title, &harmless(fix)) },
        short_description: Message { text: title },
        help: help(fix, pasted.as_ref()),
        default_configuration: Configuration { level: severity.word() },
        properties: Bag { tags: tags(worst), security_severity: security_severity(severity) },
    }
}

fn sentence(title: &str, fix: &str) -> String {
    let stop = if title.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{title}{stop} {fix}").trim_end().to_owned()
}

fn help(fix: &str, pasted: Option<&Lines<'_>>) -> MultiMessage {
    let (mut text, mut markdown) = (harmless(fix), super::markdown::words(fix));
    if let Some(Lines { name, lines }) = pasted {
        text = format!("{text}\n\n{name}:");
        for line in lines.lines() {
            text = format!("{text}\n  {}", harmless(line));
        }
        markdown = format!("{markdown}\n\n{name}:\n\n{}", super::markdown::fenced(lines));
    }
    MultiMessage { text, markdown }
}

/// `security`, and the weaknesses as code scanners write them.
fn tags(finding: Option<&ReportFinding>) -> Vec<String> {
    let weaknesses = finding.and_then(|finding| finding.references.get("cwe")).into_iter().flatten();
    let weaknesses = weaknesses.map(|id| format!("external/cwe/{}", visible(id).to_lowercase()));
    let mut tags = vec!["security".to_owned()];
    for tag in weaknesses {
        // The schema wants each once.
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// On the scale of CVSS, by which GitHub orders alerts: high, medium, low. A number as text, as it wants it.
const fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "7.5",
        Severity::Warning => "5.0",
        Severity::Note => "2.0",
    }
}

fn result(report: &Report, finding: &ReportFinding, rule_index: usize) -> ResultObject {
    let place = &finding.location;
    let logical = [("field", &place.field), ("cookie", &place.cookie)];
    let logical_locations = logical
        .into_iter()
        .filter_map(|(kind, name)| name.as_ref().map(|name| LogicalLocation { name: harmless(name), kind }));
    ResultObject {
        rule_id: harmless(&finding.check),
        rule_index,
        level: finding.severity.word(),
        message: Message { text: sentence(&harmless(&finding.title), &harmless(&finding.message)) },
        locations: vec![Location {
            physical_location: PhysicalLocation {
                artifact_location: Physical {
                    uri: uri::reference(place.url.as_deref().unwrap_or(&report.site.url)),
                },
            },
            logical_locations: logical_locations.collect(),
        }],
        partial_fingerprints: model::Fingerprints { https_audit: harmless(&finding.fingerprint) },
        suppressions: None,
        properties: place.value.as_ref().map(|value| model::Value { value: harmless(value) }),
    }
}

fn suppressions(finding: &ReportFinding) -> Vec<Suppression> {
    let accepted = finding.accepted.iter();
    accepted
        .map(|accepted| Suppression {
            kind: "external",
            status: "accepted",
            justification: harmless(&super::text::accepted(&accepted.why, accepted.until.as_deref())),
        })
        .collect()
}

/// A sentence as the text of a message. In it `[words](address)` would be a link (§3.11.6). A brace means something
/// only in a message with arguments (§3.11.5), which these have not.
fn harmless(text: &str) -> String {
    plain(text).replace("](", "] (")
}

/// `cookie.secure.missing` as `CookieSecureMissing`.
fn pascal_case(id: &str) -> String {
    let mut out = String::new();
    for word in id.split(['.', '-']) {
        let mut letters = word.chars();
        out.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{harmless, pascal_case};

    #[test]
    fn a_message_holds_no_link() {
        assert_eq!(harmless("`a` [b](https://c.test) \u{202E}"), "'a' [b] (https://c.test) \\u{202e}");
        assert_eq!(pascal_case("cookie.samesite.none-without-secure"), "CookieSamesiteNoneWithoutSecure");
    }
}
