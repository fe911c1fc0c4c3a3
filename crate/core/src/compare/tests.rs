use super::*;
use crate::report::read_reports;

const SITE: &str = include_str!("../../../../tests/golden/weak-session-cookie.json");
const OTHER: &str = include_str!("../../../../tests/golden/preloaded.json");

fn report() -> Report {
    read_reports(SITE.as_bytes()).expect("golden").remove(0)
}

fn compared(old: &Report, new: &Report) -> SiteComparison {
    let mut comparison = compare(std::slice::from_ref(old), std::slice::from_ref(new));
    assert_eq!((comparison.sites.len(), comparison.only_old.len(), comparison.only_new.len()), (1, 0, 0));
    comparison.sites.remove(0)
}

#[test]
fn the_same_report_has_nothing_new() {
    let site = compared(&report(), &report());
    assert_eq!(site.site, "shop-demo.com");
    assert!(site.verdicts.is_empty() && site.grade.is_none() && site.same_page);
    assert_eq!(site.findings.counts(), [0, 0, report().findings.len(), 0, 0]);
    assert!(site.findings.same.iter().all(|finding| finding.was.is_none()));
}

#[test]
fn findings_are_a_multiset_by_fingerprint() {
    let (old, mut new) = (report(), report());
    let first = new.findings[0].clone();
    let gone = new.findings.remove(1);
    // Once more at the same place, and one of another severity.
    new.findings.push(first.clone());
    new.findings[1].severity = Severity::Note;
    let site = compared(&old, &new);
    let all = old.findings.len();
    assert_eq!(site.findings.counts(), [1, 1, all - 1, 0, 0]);
    assert_eq!(site.findings.new[0].fingerprint, first.fingerprint);
    assert_eq!(site.findings.fixed[0].fingerprint, gone.fingerprint);
    let changed: Vec<_> = site.findings.same.iter().filter(|finding| finding.was.is_some()).collect();
    assert_eq!(changed.len(), 1);
    assert_eq!((changed[0].severity, changed[0].was), (Severity::Note, Some(old.findings[2].severity)));
    // The one without change is paired first, wherever it stands.
    let (mut old, mut new) = (report(), report());
    old.findings.truncate(1);
    new.findings = vec![ReportFinding { severity: Severity::Note, ..first.clone() }, first];
    let site = compared(&old, &new);
    assert_eq!(site.findings.same[0].was, None);
    assert_eq!(site.findings.new[0].severity, Severity::Note);
}

#[test]
fn what_was_not_looked_for_is_neither_new_nor_fixed() {
    let (old, mut new) = (report(), report());
    let gone = new.findings.remove(0);
    let check = |report: &mut Report, outcome: &'static str| {
        let of_check = report.checks.iter_mut().find(|check| check.id == gone.check).expect("its check");
        (of_check.outcome, of_check.reason) = (outcome.into(), Some("not observed: `it`. Why.".to_owned()));
    };
    check(&mut new, "unknown");
    let all = old.findings.len();
    let site = compared(&old, &new);
    assert_eq!(site.findings.counts(), [0, 0, all - 1, 0, 1]);
    assert_eq!(site.findings.no_longer_observed[0].why.as_deref(), Some("not observed: `it`. Why."));
    let back = compared(&new, &old);
    assert_eq!(back.findings.counts(), [0, 0, all - 1, 1, 0]);
    check(&mut new, "pass");
    assert_eq!(compared(&old, &new).findings.counts(), [0, 1, all - 1, 0, 0]);
    // Where the question does not arise, or the word is not known, nothing is called fixed; what comes then is new.
    for outcome in ["not-applicable", "Unknown"] {
        check(&mut new, outcome);
        assert_eq!(compared(&old, &new).findings.counts(), [0, 0, all - 1, 0, 1]);
    }
    check(&mut new, "not-applicable");
    assert_eq!(compared(&new, &old).findings.counts(), [1, 0, all - 1, 0, 0]);
    // A version without the check did not look either.
    new.checks.retain(|outcome| outcome.id != gone.check);
    let site = compared(&new, &old);
    assert_eq!(site.findings.counts(), [0, 0, all - 1, 1, 0]);
    assert!(
        site.findings.newly_observed[0].why.as_deref().is_some_and(|why| why.contains("have this check"))
    );
}

#[test]
fn what_is_worse_and_a_new_site_count_as_new() {
    let (mut old, new) = (report(), report());
    old.findings[0].severity = Severity::Note;
    assert_eq!(compare(&[old], std::slice::from_ref(&new)).worst_new(), Some(new.findings[0].severity));
    assert_eq!(compare(std::slice::from_ref(&new), std::slice::from_ref(&new)).worst_new(), None);
    let mut other = report();
    other.site.registrable_domain = Some("other.test".to_owned());
    other.site.host = "other.test".to_owned();
    assert_eq!(compare(std::slice::from_ref(&new), &[new.clone(), other]).worst_new(), Some(Severity::Error));
}

#[test]
fn verdicts_and_grades_are_told_where_they_changed() {
    let (old, mut new) = (report(), report());
    new.verdicts.cookies.status = Status::Pass;
    new.grade = None;
    let site = compared(&old, &new);
    let change = VerdictChange { verdict: VerdictKind::Cookies, from: Status::Fail, to: Status::Pass };
    assert_eq!(site.verdicts, [change]);
    assert!(site.grade.as_ref().is_some_and(|grade| grade.from.is_some() && grade.to.is_none()));
    let text = to_text(&compare(&[old], &[new]));
    assert!(
        text.contains("Cookies       Fail before, Pass now\n") && text.contains(", none now\n"),
        "{text}"
    );
}

#[test]
fn sites_are_told_apart() {
    let other = read_reports(OTHER.as_bytes()).expect("golden").remove(0);
    let comparison = compare(&[report()], std::slice::from_ref(&other));
    assert!(comparison.is_of_nothing() && comparison.worst_new().is_some());
    assert_eq!((comparison.only_old[0].url.as_str(), comparison.only_new.len()), (&*report().site.url, 1));
    let text = to_text(&comparison);
    assert!(text.contains("Only in the old one, and not compared:\n  https://shop-demo.com"), "{text}");
    // The order does not matter, and of one site the same page is compared.
    let mut page = report();
    page.site.url = "https://shop-demo.com/other".to_owned();
    let comparison = compare(&[page.clone(), other.clone(), report()], &[report(), other, page.clone()]);
    assert!(comparison.sites.iter().all(|site| site.same_page && site.findings.counts()[..2] == [0, 0]));
    let site = compared(&page, &report());
    assert!(!site.same_page);
}

#[test]
fn what_is_accepted_is_marked_and_does_not_count() {
    let (mut old, mut new) = (report(), report());
    let accepted = Some(Accepted { why: "known\u{1b}[2J".to_owned(), until: Some("2027-03-31".to_owned()) });
    new.findings[0].accepted.clone_from(&accepted);
    let site = compared(&old, &new);
    assert_eq!(site.findings.same[0].accepted, accepted);
    old.findings.clear();
    new.findings.truncate(1);
    let comparison = compare(&[old.clone()], std::slice::from_ref(&new));
    assert_eq!((comparison.sites[0].findings.counts()[0], comparison.worst_new()), (1, None));
    for text in [to_text(&comparison), to_markdown(&comparison)] {
        assert!(text.contains("ccepted until 2027-03-31: ") && !text.contains('\u{1b}'), "{text}");
    }
    new.findings[0].accepted = None;
    assert_eq!(compare(&[old], std::slice::from_ref(&new)).worst_new(), Some(new.findings[0].severity));
}

#[test]
fn what_was_known_fails_nothing_and_what_is_left_is_what_counts() {
    let open = |reports: &[Report]| {
        let findings = reports.iter().flat_map(|report| &report.findings);
        findings.filter(|finding| finding.accepted.is_none()).map(|finding| finding.severity).max()
    };
    let whole = report();
    let mut less = report();
    let first = less.findings.remove(0);
    let outcome = |report: &mut Report, outcome: &'static str| {
        report.checks.iter_mut().find(|check| check.id == first.check).expect("its check").outcome =
            outcome.into();
    };
    let mut blind = less.clone();
    outcome(&mut less, "pass");
    outcome(&mut blind, "unknown");
    let mut milder = report();
    milder.findings[0].severity = Severity::Note;
    let twice = {
        let mut twice = report();
        twice.findings.push(first.clone());
        twice
    };
    let other = read_reports(OTHER.as_bytes()).expect("golden").remove(0);
    for (old, new, left) in [
        (vec![whole.clone()], vec![whole.clone()], 0),
        (vec![less], vec![whole.clone()], 1),
        (vec![blind], vec![whole.clone()], 0),
        (vec![milder], vec![whole.clone()], 1),
        (vec![whole.clone()], vec![twice], 1),
        // A site that the earlier file does not have counts as a whole; the others keep their places.
        (vec![whole.clone()], vec![other.clone(), whole.clone()], other.findings.len()),
    ] {
        let mut new = new;
        let comparison = compare(&old, &new);
        comparison.accept_known(&mut new);
        assert_eq!(open(&new), comparison.worst_new());
        let unmarked =
            new.iter().flat_map(|report| &report.findings).filter(|f| f.accepted.is_none()).count();
        assert_eq!(unmarked, left);
        for report in &new {
            let accepted = report.findings.iter().filter(|finding| finding.accepted.is_some()).count();
            assert_eq!(report.baseline.as_ref().map(|told| told.accepted), Some(accepted));
        }
    }
}

#[test]
fn a_mark_of_a_baseline_stays_and_a_date_is_told() {
    let mut new = vec![report()];
    new[0].findings[0].accepted = Some(Accepted { why: "ticket".to_owned(), until: None });
    compare(&[report()], &new).accept_known(&mut new);
    let why: Vec<String> =
        new[0].findings.iter().filter_map(|f| f.accepted.as_ref()).map(Accepted::words).collect();
    assert_eq!(why[0], "accepted: ticket");
    assert_eq!(why[1], format!("accepted: it was there in the report of {}", report().generated_at));
}

#[test]
fn the_news_name_what_is_new_worse_and_fixed_and_no_more() {
    let (mut old, mut new) = (report(), report());
    let gone = new.findings.remove(1);
    new.checks.iter_mut().find(|check| check.id == gone.check).expect("its check").outcome = "pass".into();
    old.findings[0].severity = Severity::Note;
    new.findings[0].title = "a `b\u{202e}|c` <i>".to_owned();
    let comparison = compare(&[old.clone()], &[new]);
    let text = news_text(&comparison);
    let all = old.findings.len();
    let head = format!("shop-demo.com, against {}: 0 new, 1 fixed, {} same\n", old.generated_at, all - 1);
    assert!(text.starts_with(&head), "{text}");
    assert!(
        text.contains("\n  worse, error, was note: ") && text.contains(&format!("[{}]\n", gone.check)),
        "{text}"
    );
    assert_eq!(text.lines().count(), 3);
    let markdown = news_markdown(&comparison);
    assert!(markdown.contains("\n  - worse, error, was note: a `b\\u{202e}\\u{7c}c` `<i>` (`"), "{markdown}");
    assert_eq!(markdown.lines().filter(|line| line.starts_with("  - ")).count(), 2);
}
