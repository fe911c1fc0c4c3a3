//! Settings as projects write them, with what a review has to say of each.
//!
//! `tests/settings/NAME.py`, or a folder `NAME` of files, stands beside `NAME.expect`, which holds a line for each thing that
//! is wrong (Django's id, or ours where it has none) and for each that is not known (`unknown SETTING`), with `FILE:LINE`
//! behind it where the place matters. It was written from Django's documentation and from what `check --deploy` says of the
//! files that run; `tests/e2e/review.test.mjs` asks Django again. Other lines: `# …` what the files are, `runnable MODULE …`
//! how Django can be asked, `missed …` what ought to be said and is not, `wrong …` what is said and ought not to be.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use https_audit_review::{Place, Source, django};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/settings")
}

/// A file's text, as the command takes it: one that is no UTF-8 is read octet by octet.
fn text_of(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap())
        .unwrap_or_else(|error| error.into_bytes().iter().map(|octet| char::from(*octet)).collect())
}

fn sources(path: &Path, root: &Path, into: &mut Vec<Source>) {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        inside.sort();
        for path in &inside {
            sources(path, root, into);
        }
    } else if path.extension().is_some_and(|end| end == "py") {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        into.push(Source { path: name, text: text_of(path) });
    }
}

/// Every project, by name: its files, and the lines that are expected.
fn corpus() -> BTreeMap<String, (Vec<Source>, Vec<String>)> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let expect = entry.unwrap().path();
        if expect.extension().is_none_or(|end| end != "expect") {
            continue;
        }
        let name = expect.file_stem().unwrap().to_str().unwrap().to_owned();
        let project = folder().join(&name);
        let mut files = Vec::new();
        if project.is_dir() {
            sources(&project, &project, &mut files);
        } else {
            sources(&project.with_extension("py"), &folder(), &mut files);
        }
        assert!(!files.is_empty(), "{name} has no files");
        all.insert(name, (files, text_of(&expect).lines().map(str::to_owned).collect()));
    }
    all
}

fn at(place: Option<&Place>) -> String {
    place.map_or_else(|| "-".to_owned(), |place| format!("{}:{}", place.file, place.line))
}

/// What the review says: an id or `unknown SETTING`, and the place.
fn said(files: &[Source]) -> BTreeSet<(String, String)> {
    let review = django::review(files).expect("a thread").review;
    let mut said = BTreeSet::new();
    for finding in &review.findings {
        let of_django: Vec<&String> =
            finding.references.iter().filter(|id| id.starts_with("security.")).collect();
        let ids = if of_django.is_empty() { vec![finding.check] } else { Vec::new() };
        let ids = ids.into_iter().chain(of_django.iter().map(|id| id.as_str()));
        said.extend(ids.map(|id| (id.to_owned(), at(finding.place.as_ref()))));
    }
    for unknown in &review.unknown {
        said.insert((format!("unknown {}", unknown.what), at(unknown.place.as_ref())));
    }
    said
}

/// Whether a line is about this; without a place it is about it anywhere.
fn is_about(line: &str, (what, place): &(String, String)) -> bool {
    line == what || line.strip_prefix(what.as_str()).and_then(|rest| rest.strip_prefix(' ')) == Some(place)
}

#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Tally {
    fn told(&self, of: &str) -> String {
        // Some hundreds: exact as a floating number.
        let share = |part: usize, rest: usize| {
            f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(part + rest).unwrap())
        };
        let (right, wrong, missed) = (self.right, self.wrong, self.missed);
        let (precision, recall) = (share(right, wrong), share(right, missed));
        format!(
            "{of}: {right} right, {wrong} wrong, {missed} missed; precision {precision:.3}, recall {recall:.3}"
        )
    }
}

#[test]
fn every_project_gives_what_it_has_to() {
    let mut findings = Tally::default();
    let mut unknown = Tally::default();
    let mut complaints = Vec::new();
    let corpus = corpus();
    for (name, (files, lines)) in &corpus {
        let said = said(files);
        let with = |word: &str| lines.iter().filter_map(|line| line.strip_prefix(word)).collect::<Vec<_>>();
        let (missed, wrong) = (with("missed "), with("wrong "));
        let expected: Vec<&str> = lines
            .iter()
            .map(String::as_str)
            .filter(|line| {
                !["#", "runnable ", "runnable-with ", "missed ", "wrong "]
                    .iter()
                    .any(|word| line.starts_with(word))
            })
            .collect();
        for one in &said {
            let tally = if one.0.starts_with("unknown ") { &mut unknown } else { &mut findings };
            if expected.iter().any(|line| is_about(line, one)) {
                tally.right += 1;
            } else {
                tally.wrong += 1;
                if !wrong.iter().any(|line| is_about(line, one)) {
                    complaints.push(format!("{name}: not expected: {} {}", one.0, one.1));
                }
            }
        }
        for line in expected.iter().chain(&missed) {
            let is_said = said.iter().any(|one| is_about(line, one));
            let is_known = missed.contains(line);
            if !is_said {
                let tally = if line.starts_with("unknown ") { &mut unknown } else { &mut findings };
                tally.missed += 1;
            }
            match (is_said, is_known) {
                (false, false) => complaints.push(format!("{name}: not said: {line}")),
                (true, true) => complaints.push(format!("{name}: no longer missed: {line}")),
                _ => {}
            }
        }
        complaints.extend(
            wrong
                .iter()
                .filter(|line| !said.iter().any(|one| is_about(line, one)))
                .map(|line| format!("{name}: no longer wrong: {line}")),
        );
    }
    println!("{} projects", corpus.len());
    println!("{}", findings.told("findings"));
    println!("{}", unknown.told("not known"));
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    assert!(corpus.len() >= 60);
}

#[test]
fn the_guide_names_every_check_and_the_corpus_has_each() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/review.md");
    let guide = fs::read_to_string(guide).unwrap();
    let rows = guide.lines().filter_map(|line| line.strip_prefix("| `settings."));
    let named: BTreeSet<String> =
        rows.map(|row| format!("settings.{}", row.split('`').next().unwrap())).collect();
    let found: BTreeSet<String> = corpus()
        .values()
        .flat_map(|(files, _)| django::review(files).expect("a thread").review.findings)
        .map(|finding| finding.check.to_owned())
        .collect();
    assert_eq!(found, named);
}
