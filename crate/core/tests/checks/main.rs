//! Every check against its literate spec in `tests/checks/`, and the registry's own rules.

mod heads;
mod jar;
mod spec;

use std::path::PathBuf;

use https_audit_core::check::{Check, Outcome, Severity, registry};
use https_audit_core::fact::Facts;
use https_audit_core::fix::Fix;
use https_audit_core::knowledge;
use https_audit_core::options::Options;

/// The folder `tests/` of the repository.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

/// The outcome as a spec writes it: `fail error`, `pass`, `unknown from-cache`, `not-applicable`.
fn words(outcome: &Outcome, default: Severity) -> String {
    match outcome {
        Outcome::Fail(findings) => {
            let severities: Vec<_> = findings.iter().map(|f| f.severity.unwrap_or(default).word()).collect();
            format!("fail {}", severities.join(" "))
        }
        Outcome::Unknown(gap) => {
            let reason = serde_json::to_value(gap.reason).expect("a reason is a word");
            format!("unknown {}", reason.as_str().expect("a word"))
        }
        other => other.word().to_owned(),
    }
}

/// What is wrong with a fix: a `{cookie}` that the finding gives no value for, or a case that is not declared.
fn unfilled(fix: &Fix, check: &Check) -> Option<String> {
    let texts = fix.lines.values().chain([&fix.summary]);
    let mut left = texts.filter(|text| text.contains("{cookie}"));
    let unsaid = fix.summary.is_empty().then(|| format!("{} has no words for its fix", check.id));
    left.next().map(|text| format!("no value for what stands in {text:?}")).or(unsaid)
}

#[test]
fn every_check_does_what_its_spec_says() {
    let knowledge = knowledge::embedded().expect("sound assets");
    let mut failures = Vec::new();
    let mut run = 0;
    for check in registry::ALL {
        let path = root().join("checks").join(format!("{}.md", check.id));
        let Ok(text) = std::fs::read_to_string(&path) else {
            failures.push(format!("{}: no spec at tests/checks/{}.md", check.id, check.id));
            continue;
        };
        let cases = spec::cases(&text);
        let mut kinds = std::collections::BTreeSet::new();
        for case in &cases {
            run += 1;
            let (evidence, now) = spec::Builder::read(&case.block, &knowledge);
            let mut facts = Facts::new(&evidence, &knowledge, now);
            facts.options = Options::of("", &case.profile);
            if !case.profile.is_empty() && facts.options.profile.word() != case.profile {
                failures.push(format!("{}:{}: no profile {:?}", check.id, case.line, case.profile));
            }
            let outcome = (check.run)(&facts);
            kinds.insert(outcome.word());
            let got = words(&outcome, check.severity);
            let expected = case.expect.join(" ");
            if got != expected {
                failures.push(format!(
                    "{}:{} {:?}: expected `{expected}`, got `{got}`: {outcome:?}",
                    check.id, case.line, case.name
                ));
            }
            if let Outcome::Fail(findings) = &outcome {
                for finding in findings {
                    let words = knowledge.catalogue.words(check.id, &finding.cases, &finding.values);
                    if let Some(left) = unfilled(&words.fix, check) {
                        failures.push(format!("{}:{} {:?}: {left}", check.id, case.line, case.name));
                    }
                }
            }
            let said = match &outcome {
                Outcome::Fail(findings) => findings
                    .iter()
                    .map(|f| format!("{} {}", f.title.as_deref().unwrap_or(check.title), f.message))
                    .collect::<Vec<_>>()
                    .join("\n"),
                _ => String::new(),
            };
            for message in &case.messages {
                if !said.contains(message.as_str()) {
                    failures.push(format!(
                        "{}:{} {:?}: no finding says {message:?}: {said}",
                        check.id, case.line, case.name
                    ));
                }
            }
        }
        for needed in [&["pass"][..], &["fail"], &["not-applicable", "unknown"]] {
            if !needed.iter().any(|word| kinds.contains(word)) {
                failures.push(format!(
                    "{}: the spec has no case with outcome {}",
                    check.id,
                    needed.join(" or ")
                ));
            }
        }
    }
    assert!(failures.is_empty(), "{} of {run} cases:\n{}", failures.len(), failures.join("\n"));
    assert!(run >= registry::ALL.len() * 3, "only {run} cases ran");
}

#[test]
fn the_registry_is_sorted_and_complete() {
    let ids: Vec<&str> = registry::ALL.iter().map(|check| check.id).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "sorted by id, none twice: {ids:?}");
    for check in registry::ALL {
        // A few ids of the catalogue name subject and condition in one word: `cookie.refused`.
        assert!((2..=3).contains(&check.id.split('.').count()), "{}: area.subject.condition", check.id);
        assert!(!check.title.ends_with('.'), "{}: a title is no sentence", check.id);
        assert!(!check.fix.summary.is_empty(), "{}: a fix", check.id);
        assert!(!check.references.is_empty(), "{}: a reference", check.id);
        let doc = check.doc.join("\n");
        for heading in ["What is wrong", "Why it matters", "Example", "How to fix", "When it does not apply"]
        {
            assert!(doc.contains(&format!("# {heading}")), "{}: no heading {heading:?}", check.id);
        }
    }
    // The extension's have no question that only a live audit asks.
    let without: Vec<&str> = registry::WITHOUT_OFFERS.iter().map(|check| check.id).collect();
    let asks = ["https.tls.obsolete-version-accepted", "https.tls.weak-cipher-accepted"];
    assert_eq!(without, ids.iter().copied().filter(|id| !asks.contains(id)).collect::<Vec<_>>());
    let specs = std::fs::read_dir(root().join("checks")).expect("tests/checks");
    for entry in specs {
        let name = entry.expect("readable").file_name().into_string().expect("UTF-8");
        let id = name.trim_end_matches(".md");
        assert!(id == "README" || ids.contains(&id), "tests/checks/{name} is the spec of no check");
    }
}
