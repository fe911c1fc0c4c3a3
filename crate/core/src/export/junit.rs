//! `JUnit` XML, as CI servers read it: a test suite for each report, a test case for each check.
//!
//! There is no standard; this keeps to what Jenkins' schema (junit-10.xsd) and the readers of GitLab and others have in
//! common: one `failure` or `skipped` a case, and counts on each suite. Errors and warnings fail a case, notes are
//! told. What was not seen, does not apply or is accepted is skipped, with the reason: never passed.

use std::fmt::Write;

use super::text::{accepted, lines, plain, visible};
use crate::check::Severity;
use crate::report::{CheckOutcome, Report, ReportFinding};
use crate::verdict::VerdictKind;

pub(super) fn junit(reports: &[Report]) -> String {
    let suites: Vec<Suite> = reports.iter().map(Suite::new).collect();
    let (tests, failures) = suites.iter().fold((0, 0), |(t, f), suite| (t + suite.tests, f + suite.failures));
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        r#"<testsuites name="https-audit" tests="{tests}" failures="{failures}" errors="0" time="0">"#
    );
    for suite in &suites {
        out.push_str(&suite.xml);
    }
    out.push_str("</testsuites>\n");
    out
}

/// A report as XML, and what is counted in it.
struct Suite {
    xml: String,
    tests: usize,
    failures: usize,
}

/// How a case ends.
enum End {
    Passed,
    Failed { kind: &'static str, message: String, text: String },
    Skipped(String),
}

impl Suite {
    fn new(report: &Report) -> Self {
        let (mut cases, mut failures, mut skipped) = (String::new(), 0, 0);
        for check in &report.checks {
            let end = end(report, check);
            match end {
                End::Failed { .. } => failures += 1,
                End::Skipped(_) => skipped += 1,
                End::Passed => {}
            }
            case(&mut cases, check, &end, &told(report, check));
        }
        let tests = report.checks.len();
        // Older schemas take no zone here; the property has it.
        let timestamp = escaped(report.generated_at.trim_end_matches('Z'));
        let mut xml = format!(
            concat!(
                "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"{}\" ",
                "time=\"0\" timestamp=\"{}\">\n    <properties>\n"
            ),
            escaped(&report.site.host),
            tests,
            failures,
            skipped,
            timestamp
        );
        for (name, value) in properties(report) {
            let value = escaped(&plain(&value));
            let _ = writeln!(xml, r#"      <property name="{name}" value="{value}"/>"#);
        }
        xml.push_str("    </properties>\n");
        xml.push_str(&cases);
        xml.push_str("  </testsuite>\n");
        Self { xml, tests, failures }
    }
}

/// What is true of the whole report.
fn properties(report: &Report) -> Vec<(&'static str, String)> {
    let mut all = vec![
        ("url", report.site.url.clone()),
        ("generated_at", report.generated_at.clone()),
        ("tool", format!("{} {}", report.tool.name, report.tool.version)),
    ];
    for kind in VerdictKind::ALL {
        let verdict = report.verdicts.get(kind);
        all.push((kind.key(), format!("{}: {}", verdict.status.key(), verdict.headline)));
    }
    all.extend(report.grade.as_ref().map(|grade| ("grade", grade.words())));
    all
}

fn findings<'a>(report: &'a Report, check: &'a CheckOutcome) -> impl Iterator<Item = &'a ReportFinding> {
    report.findings.iter().filter(move |finding| finding.check == check.id)
}

fn fails(finding: &ReportFinding) -> bool {
    finding.accepted.is_none() && finding.severity > Severity::Note
}

fn end(report: &Report, check: &CheckOutcome) -> End {
    let failing: Vec<&ReportFinding> = findings(report, check).filter(|finding| fails(finding)).collect();
    if let Some(worst) = failing.iter().max_by_key(|finding| finding.severity) {
        let more = match failing.len() {
            1 => String::new(),
            n => format!(" (and {} more)", n - 1),
        };
        let texts: Vec<String> = failing.iter().map(|finding| text(report, finding)).collect();
        return End::Failed {
            kind: worst.severity.word(),
            message: plain(&worst.title) + &more,
            text: texts.join("\n\n"),
        };
    }
    let mut all = findings(report, check).peekable();
    let first_accepted = findings(report, check).find_map(|finding| finding.accepted.as_ref());
    if let Some(why) = first_accepted
        && all.all(|finding| finding.accepted.is_some())
    {
        return End::Skipped(visible(&accepted(&why.why, why.until.as_deref())));
    }
    match (&check.reason, &*check.outcome) {
        (Some(reason), outcome) => End::Skipped(format!("{}: {}", plain(outcome), plain(reason))),
        // What found nothing worse than notes has passed. A word of a later version is not taken for that.
        (None, "pass" | "fail") => End::Passed,
        (None, outcome) => End::Skipped(plain(outcome)),
    }
}

/// What is said of a check besides how it ends: its notes, and what is accepted.
fn told(report: &Report, check: &CheckOutcome) -> String {
    let texts: Vec<String> = findings(report, check)
        .filter(|finding| !fails(finding))
        .map(|finding| {
            let told = text(report, finding);
            match &finding.accepted {
                Some(why) => format!("{told}\n{}", visible(&accepted(&why.why, why.until.as_deref()))),
                None => told,
            }
        })
        .collect();
    texts.join("\n\n")
}

/// A finding in lines.
fn text(report: &Report, finding: &ReportFinding) -> String {
    let mut all =
        vec![format!("{}: {}", finding.severity.word(), plain(&finding.title)), plain(&finding.message)];
    let place = &finding.location;
    let parts =
        [("url", &place.url), ("field", &place.field), ("cookie", &place.cookie), ("value", &place.value)];
    all.extend(
        parts
            .iter()
            .filter_map(|(name, part)| part.as_ref().map(|part| format!("{name}: {}", visible(part)))),
    );
    all.push(format!("fix: {}", plain(&finding.fix.summary)));
    if let Some(fix) = lines(report, finding) {
        all.push(format!("{}:", fix.name));
        all.extend(fix.lines.lines().map(|line| format!("  {}", visible(line))));
    }
    all.join("\n")
}

fn case(out: &mut String, check: &CheckOutcome, end: &End, told: &str) {
    let id = escaped(&check.id);
    let area = id.split('.').next().unwrap_or_default();
    let _ = write!(out, r#"    <testcase classname="{area}" name="{id}" time="0""#);
    if matches!(end, End::Passed) && told.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    match end {
        End::Passed => {}
        End::Failed { kind, message, text } => {
            let (message, text) = (escaped(message), lines_of_xml(text));
            let _ = writeln!(out, r#"      <failure type="{kind}" message="{message}">{text}</failure>"#);
        }
        End::Skipped(why) => {
            let _ = writeln!(out, r#"      <skipped message="{}"/>"#, escaped(why));
        }
    }
    if !told.is_empty() {
        let _ = writeln!(out, "      <system-out>{}</system-out>", lines_of_xml(told));
    }
    out.push_str("    </testcase>\n");
}

/// Lines of our own as the text of an element.
fn lines_of_xml(text: &str) -> String {
    text.lines().map(escaped).collect::<Vec<_>>().join("\n")
}

/// Text of an element or an attribute, on one line.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            // Also for `]]>`, which no text may hold (XML 1.0 §2.4).
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, junit};
    use crate::report::read_reports;

    #[test]
    fn an_outcome_that_is_not_known_has_not_passed() {
        let golden = include_bytes!("../../../../tests/golden/weak-session-cookie.json");
        let mut reports = read_reports(golden).expect("golden");
        let skipped = |text: &str| text.matches("<skipped").count();
        let before = skipped(&junit(&reports));
        let passed = reports[0].checks.iter_mut().find(|check| check.outcome == "pass").expect("one");
        passed.outcome = "of-a-later-version".into();
        assert_eq!(skipped(&junit(&reports)), before + 1);
    }

    #[test]
    fn no_text_leaves_its_place() {
        assert_eq!(escaped("\"]]><a b='&'>\0\u{202E}"), "&quot;]]&gt;&lt;a b='&amp;'&gt;\\u{0}\\u{202e}");
    }
}
