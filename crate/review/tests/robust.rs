//! No octets make the review of settings fail, take long or tell a place that is not there.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use https_audit_review::{Place, Source, django};
use proptest::prelude::*;

fn review(text: String) -> django::Reviewed {
    django::review(&[Source { path: "settings.py".to_owned(), text }]).expect("the review ends")
}

/// As the command takes a file.
fn text_of(octets: Vec<u8>) -> String {
    String::from_utf8(octets)
        .unwrap_or_else(|error| error.into_bytes().iter().map(|octet| char::from(*octet)).collect())
}

/// Reviews a file, and looks that every place is in it.
fn is_sound(text: &str) {
    let reviewed = review(text.to_owned());
    let lines: Vec<&str> = text.strip_prefix('\u{FEFF}').unwrap_or(text).split('\n').collect();
    let places = reviewed.review.findings.iter().map(|finding| &finding.place);
    let places = places.chain(reviewed.review.unknown.iter().map(|unknown| &unknown.place));
    // A lone CR ends a line for Python.
    let ends = text.matches('\r').count();
    let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or_default();
    for Place { line, column, .. } in places.flatten() {
        assert!(*line >= 1 && *line <= lines.len() + ends, "line {line} of {}", lines.len());
        assert!(*column >= 1 && *column <= longest + 1, "column {column}");
    }
}

/// The files of the corpus.
fn corpus() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/settings");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "py"));
    files.sort();
    assert!(files.len() > 50);
    files.iter().map(|path| fs::read(path).unwrap()).collect()
}

#[test]
fn deep_nesting_is_refused_or_read() {
    for open in ["(", "[", "{", "not ", "-", "f(", "x[", "lambda: ", "1 if 1 else ", "{1: ", "await ", "f'{"]
    {
        is_sound(&format!("DEBUG = {}", open.repeat(10_000)));
        is_sound(&format!("DEBUG = {}1{}", open.repeat(10_000), ")".repeat(10_000)));
    }
    let both = format!("DEBUG = {}True{}\n", "(".repeat(10_000), ")".repeat(10_000));
    let reviewed = review(both);
    assert!(reviewed.review.unknown.iter().any(|unknown| unknown.why.contains("nested deeper")));
    for line in ["x.", "x + ", "x and ", "x or ", "x, ", "x < ", "x = "] {
        is_sound(&format!("DEBUG = {}x", line.repeat(10_000)));
    }
    let ifs = (0..400).fold(String::new(), |all, depth| all + &" ".repeat(depth) + "if X:\n");
    is_sound(&format!("{ifs}{}DEBUG = True\n", " ".repeat(400)));
    is_sound(&format!("if X:\n    pass\n{}", "elif X:\n    DEBUG = True\n".repeat(5_000)));
}

#[test]
fn a_large_file_takes_no_longer_than_it_should() {
    let began = Instant::now();
    let list = format!("ALLOWED_HOSTS = [\n{}]\n", "    'shop.example.com',\n".repeat(20_000));
    let lines = "SESSION_COOKIE_SECURE = not DEBUG\nINSTALLED_APPS += ['x']\n".repeat(10_000);
    let text = format!("DEBUG = False\nINSTALLED_APPS = []\n{list}{lines}SECURE_HSTS_SECONDS = 0\n");
    assert!(text.len() > 1 << 20, "{}", text.len());
    is_sound(&text);
    // Errors by the thousand, and names by the thousand in branches.
    is_sound(&"DEBUG = = True\n".repeat(70_000));
    let branch = |n: u32| format!("X{n} = {n}\nif X{n} > Y:\n    Z{n} = X{n}\n");
    let names = (0..5_000).map(branch).fold(String::new(), |all, one| all + &one);
    is_sound(&names);
    assert!(began.elapsed() < Duration::from_mins(2), "{:?}", began.elapsed());
}

#[test]
fn every_file_of_the_corpus_may_end_anywhere() {
    for octets in corpus() {
        let step = (octets.len() / 12).max(1);
        for end in (0..octets.len()).step_by(step) {
            is_sound(&text_of(octets[..end].to_vec()));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_octets(octets in prop::collection::vec(any::<u8>(), 0..400)) {
        is_sound(&text_of(octets));
    }

    #[test]
    fn any_words(words in prop::collection::vec(prop::sample::select(WORDS), 0..120)) {
        is_sound(&words.concat());
    }

    #[test]
    fn changed_settings(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0_u8..4), 1..12),
    ) {
        let corpus = corpus();
        let mut octets = file.get(&corpus).clone();
        for (at, octet, how) in changes {
            if octets.is_empty() {
                break;
            }
            let at = at.index(octets.len());
            match how {
                0 => octets[at] = octet,
                1 => octets.insert(at, octet),
                2 => {
                    octets.remove(at);
                }
                _ => {
                    let end = octets.len().min(at + usize::from(octet));
                    let part = octets[at..end].to_vec();
                    octets.splice(at..at, part);
                }
            }
        }
        is_sound(&text_of(octets));
    }
}

/// What settings are made of.
const WORDS: &[&str] = &[
    "DEBUG",
    "MIDDLEWARE",
    "SECRET_KEY",
    " = ",
    " += ",
    " == ",
    " in ",
    " not ",
    " and ",
    "True",
    "None",
    "0",
    "31536000",
    "'a'",
    "\"",
    "'",
    "f'{",
    "}",
    "{",
    "[",
    "]",
    "(",
    ")",
    ",",
    ":",
    ".",
    "\n",
    "\n    ",
    "\n\t",
    "if ",
    "else:",
    "elif ",
    "for ",
    "while ",
    "try:",
    "except ",
    "match ",
    "case ",
    "class A(Base):",
    "def f(*a, **k):",
    "return ",
    "lambda ",
    "import ",
    "from . import *",
    "from .base import *",
    "os.environ.get(",
    "env.bool(",
    "globals()",
    ".update(",
    ".append(",
    "del ",
    "global ",
    "*",
    "**",
    "@",
    ":=",
    "#",
    "\\",
    "\r",
    "\u{feff}",
    "é",
    "\u{202e}",
    "type ",
    "async ",
    "await ",
    "-",
    "%",
    "break",
];
