//! Reports in which every text that a site could have chosen is hostile.

use https_audit_core::export::{Format, export, file_name};
use https_audit_core::report::{Accepted, CookieJson, Report, ReportFinding};
use https_audit_core::text::steers;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::readers::{Suite, computes, rendered, rows, strings, suites};
use crate::{fixtures, reports, with_baseline};

/// Texts that mean something in one of the formats, or to who renders it.
const PIECES: [&str; 40] = [
    "<script>alert(1)</script>",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "&lt;",
    "&#64;",
    "[x](javascript:alert(1))",
    "![x](https://evil.test/t.png)",
    "[x]: https://evil.test/",
    "https://evil.test/",
    "www.evil.test",
    "@everyone",
    "a@evil.test",
    "#1",
    "GH-1",
    "deadbeef",
    "`",
    "```",
    "~~~",
    "|",
    "\\",
    "**b**",
    "$x$",
    ":smile:",
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r\n",
    "\n\n# heading\n",
    "\n- [ ] item",
    "\0",
    "\u{1b}[2J",
    "\u{202E}",
    "\u{FFFE}",
    "\"",
    "'",
    "../",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.as_slice()).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// All texts of a report that are not words of this program.
fn texts(report: &mut Report) -> Vec<&mut String> {
    let mut all = vec![&mut report.site.url, &mut report.site.host, &mut report.generated_at];
    all.extend(report.site.registrable_domain.as_mut());
    let verdicts = &mut report.verdicts;
    for verdict in [&mut verdicts.https, &mut verdicts.hsts_preload, &mut verdicts.cookies] {
        all.push(&mut verdict.headline);
        for unknown in &mut verdict.unknown {
            all.extend([&mut unknown.what, &mut unknown.why, &mut unknown.how]);
        }
    }
    for check in &mut report.checks {
        all.extend(check.reason.as_mut());
        all.push(&mut check.title);
    }
    for finding in &mut report.findings {
        let ReportFinding { title, message, location, references, fix, fingerprint, accepted, .. } = finding;
        all.extend([title, message, fingerprint, &mut fix.summary]);
        let place = [&mut location.url, &mut location.field, &mut location.cookie, &mut location.value];
        all.extend(place.into_iter().flatten());
        all.extend(references.iter_mut().flat_map(|(_, ids)| ids));
        all.extend(fix.lines.iter_mut().map(|(_, lines)| lines));
        if let Some(Accepted { why, until }) = accepted {
            all.push(why);
            all.extend(until.as_mut());
        }
    }
    for cookie in report.facts.cookies.iter_mut().chain(&mut report.facts.third_party_cookies) {
        let CookieJson { name, domain, path, clear_text_url, refused, third_party, .. } = cookie;
        all.push(name);
        all.extend([domain, path, clear_text_url, third_party].into_iter().flatten());
        all.extend(refused.as_mut().map(|refused| &mut refused.why));
    }
    all
}

/// What the exports show of a text: the same, what hides spelt out.
fn shown(text: &str) -> String {
    let hides = |c: char| steers(c) || matches!(c, '\u{FFFE}' | '\u{FFFF}');
    text.chars()
        .flat_map(|c| {
            if hides(c) { c.escape_unicode().to_string() } else { c.to_string() }.chars().collect::<Vec<_>>()
        })
        .collect()
}

fn shown_plain(text: &str) -> String {
    shown(text).replace('`', "'")
}

fn is_csv(csv: &str, all: &[Report]) {
    let rows = rows(csv);
    let findings: Vec<(&Report, &ReportFinding)> =
        all.iter().flat_map(|report| report.findings.iter().map(move |finding| (report, finding))).collect();
    assert_eq!(rows.len(), 1 + findings.len());
    assert!(!csv.contains(|c: char| !matches!(c, '\r' | '\n') && steers(c)));
    assert_eq!(csv.matches(['\r', '\n']).count(), 2 * rows.len(), "a cell has lines of its own");
    assert!(rows.iter().flatten().all(|cell| !computes(cell)), "{csv}");
    for (row, (report, finding)) in rows.iter().skip(1).zip(findings) {
        let place = &finding.location;
        let of = |part: &Option<String>| shown(part.as_deref().unwrap_or_default());
        let wanted = [
            (0, shown(&report.site.url)),
            (3, shown_plain(&finding.title)),
            (5, of(&place.url)),
            (7, of(&place.cookie)),
            (8, of(&place.value)),
        ];
        for (column, wanted) in wanted {
            let cell = &row[column];
            assert!(*cell == wanted || *cell == format!("'{wanted}"), "{cell:?} is not {wanted:?}");
        }
    }
}

fn is_junit(xml: &str, all: &[Report]) {
    assert!(!xml.contains(|c: char| c != '\n' && steers(c)));
    let suites = suites(xml);
    assert_eq!(suites.len(), all.len());
    for (Suite { properties, cases }, report) in suites.iter().zip(all) {
        assert_eq!(properties[0], ("url".to_owned(), shown_plain(&report.site.url)));
        assert_eq!(cases.len(), report.checks.len());
        for (case, check) in cases.iter().zip(&report.checks) {
            assert_eq!(case.name, check.id);
            let mut fails = false;
            for finding in report.findings.iter().filter(|finding| finding.check == check.id) {
                let failing = finding.accepted.is_none() && finding.severity.word() != "note";
                fails |= failing;
                let told = if failing { &case.failure } else { &case.out };
                let told = told.as_deref().unwrap_or_default();
                let value =
                    finding.location.value.as_deref().map(|value| format!("\nvalue: {}\n", shown(value)));
                for part in [Some(shown_plain(&finding.message)), value].into_iter().flatten() {
                    assert!(told.contains(&part), "{told:?} lacks {part:?}");
                }
            }
            assert_eq!(case.failure.is_some(), fails, "{}", case.name);
            let unanswered = matches!(&*check.outcome, "unknown" | "not-applicable");
            assert!(!unanswered || case.skipped.is_some(), "{} passes, and was not seen", case.name);
        }
    }
}

fn is_markdown(markdown: &str, all: &[Report]) {
    let rendered = rendered(markdown);
    let level = |wanted| rendered.headings.iter().filter(move |(level, _)| *level == wanted);
    assert_eq!(level(1).count(), all.len());
    let mut findings: Vec<&ReportFinding> = all.iter().flat_map(|report| &report.findings).collect();
    if let [one] = all {
        // A tracker takes no more; what is beyond is told in a line.
        assert!(markdown.len() < 65_536, "{} octets", markdown.len());
        let lines = markdown.matches("\n- Note: ").count() + markdown.matches("\n- Warning: ").count();
        let in_full = level(3).count();
        assert!(in_full > 0 || one.findings.is_empty());
        assert!(in_full + lines == findings.len() || markdown.contains("\n- and "), "{markdown}");
        findings.truncate(in_full);
    } else {
        assert_eq!(level(3).count(), findings.len());
    }
    assert!(rendered.headings.iter().all(|(level, _)| *level <= 3));
    for cells in &rendered.rows {
        assert!([3, 4].contains(cells), "a table has rows of {cells} cells");
    }
    for value in findings.iter().filter_map(|finding| finding.location.value.as_ref()) {
        let value = shown(value).replace('|', "\\u{7c}");
        let kept = rendered.code.contains(&value);
        assert!(kept || value.trim_matches(' ').is_empty(), "{value:?} is not shown as it is");
    }
}

fn is_sarif(text: &str, all: &[Report]) {
    let log: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let runs = log["runs"].as_array().expect("runs");
    assert_eq!(runs.len(), all.len());
    let mut told = Vec::new();
    strings(&log, "", &mut told);
    for (name, text) in told {
        assert!(!text.contains(|c: char| c != '\n' && steers(c)), "{name}: {text:?}");
        // Brackets and what RFC 3986 lets stand.
        let reference = |c: char| c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(c);
        assert!(name != "uri" || text.chars().all(reference), "{text:?} is no URI reference");
        assert!(name != "text" || !text.contains("]("), "{text:?} holds a link");
        if name == "markdown" {
            rendered(text);
        }
    }
    for (run, report) in runs.iter().zip(all) {
        let (results, rules) = (&run["results"], &run["tool"]["driver"]["rules"]);
        for (result, finding) in results.as_array().expect("results").iter().zip(&report.findings) {
            let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
            assert_eq!(
                (&result["ruleId"], &rules[index]["id"]),
                (&(*finding.check).into(), &(*finding.check).into())
            );
            let suppressed = result["suppressions"].as_array().is_some_and(|all| !all.is_empty());
            assert_eq!(suppressed, finding.accepted.is_some());
            assert_eq!(result["level"], finding.severity.word());
        }
        assert_eq!(results.as_array().map(Vec::len), Some(report.findings.len()));
    }
}

fn is_harmless(all: &[Report]) {
    let written = |format| export(format, all).expect("a report can be exported");
    is_csv(&written(Format::Csv), all);
    is_junit(&written(Format::Junit), all);
    is_markdown(&written(Format::Markdown), all);
    is_sarif(&written(Format::Sarif), all);
    for report in all {
        let name = file_name(report, Format::Csv);
        let harmless = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        assert!(name.len() < 200 && name.chars().all(harmless) && !name.contains(".."), "{name}");
        assert!(name.starts_with("https-audit-"), "{name}");
    }
}

#[test]
fn every_fixture_is_read_back() {
    for name in fixtures() {
        let all = reports(&name);
        is_harmless(&all);
        is_harmless(&all.into_iter().map(with_baseline).collect::<Vec<_>>());
    }
}

#[test]
fn a_report_of_any_size_fits_an_issue() {
    let mut report = reports("hostile.json").remove(0);
    let cookie = report.facts.cookies[0].clone();
    report.facts.cookies.extend(std::iter::repeat_n(cookie, 3_000));
    for cookie in &mut report.facts.cookies {
        cookie.name = "\u{202E}".repeat(4_096);
    }
    let finding = report.findings[0].clone();
    report.findings.extend(std::iter::repeat_n(finding, 3_000));
    let all = [report];
    is_harmless(&all);
    let markdown = export(Format::Markdown, &all).expect("a report can be exported");
    assert!(markdown.contains("\n- and ") && markdown.contains("\n| and "), "{markdown}");
}

#[test]
fn no_text_of_a_site_becomes_anything_else() {
    let mut base = reports("weak-session-cookie.json");
    base.extend(reports("two-sites.json"));
    let mut base: Vec<Report> = base.into_iter().map(with_baseline).collect();
    // What was not seen, cookies and one finding of each check: enough of each part.
    for report in &mut base {
        report.findings.dedup_by_key(|finding| finding.check.clone());
    }
    let count: usize = base.iter_mut().map(|report| texts(report).len()).sum();
    assert!(count > 500, "only {count} texts");
    let mut runner = TestRunner::new(ProptestConfig { cases: 64, ..ProptestConfig::default() });
    let strategy = prop::collection::vec(hostile(), 64);
    let result = runner.run(&strategy, |hostile| {
        let mut all = base.clone();
        for (at, text) in all.iter_mut().flat_map(texts).enumerate() {
            // A step that shares no factor with their number: each place meets each text.
            text.clone_from(&hostile[(at * 29) % hostile.len()]);
        }
        is_harmless(&all);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
