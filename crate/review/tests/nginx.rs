//! nginx configurations as projects write them, with what the review has to say of each.
//!
//! `tests/nginx/NAME` is a file or a folder of files; `NAME.expect` beside it holds one line for each finding (`check
//! file:line`), for each unknown (`unknown file:line what`) and for each finding that ought to be there and is not
//! (`missed check file:line`).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use https_audit_review::{Place, Source, nginx};
use proptest::prelude::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/nginx")
}

/// The files of a configuration, with their paths as if the folder's own were where the command started.
fn sources(path: &Path, root: &Path, into: &mut Vec<Source>) {
    if path.is_dir() {
        let mut inside: Vec<PathBuf> =
            fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
        inside.sort();
        for path in inside {
            sources(&path, root, into);
        }
    } else {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
        into.push(Source { path: name, text: fs::read_to_string(path).unwrap() });
    }
}

/// Every configuration, by name.
fn corpus() -> BTreeMap<String, Vec<Source>> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "expect") {
            continue;
        }
        let root = if path.is_dir() { path.clone() } else { folder() };
        let mut files = Vec::new();
        sources(&path, &root, &mut files);
        all.insert(path.file_name().unwrap().to_str().unwrap().to_owned(), files);
    }
    all
}

fn place(place: Option<&Place>) -> String {
    place.map_or_else(|| "-".to_owned(), |place| format!("{}:{}", place.file, place.line))
}

/// What the review says, a line each, as an `.expect` file has it.
fn said(sources: &[Source]) -> BTreeSet<String> {
    let review = nginx::review(sources);
    let findings = review.findings.iter().map(|f| format!("{} {}", f.check, place(f.place.as_ref())));
    let unknown = review.unknown.iter().map(|u| format!("unknown {} {}", place(u.place.as_ref()), u.what));
    findings.chain(unknown).collect()
}

#[test]
fn every_configuration_gives_what_it_has_to() {
    let (mut right, mut wrong, mut missed) = (0_u32, 0_u32, 0_u32);
    let mut complaints = Vec::new();
    let mut checks = BTreeSet::new();
    let corpus = corpus();
    for (name, sources) in &corpus {
        let said = said(sources);
        let file = folder().join(format!("{name}.expect"));
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let lines = || text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let expected: BTreeSet<String> =
            lines().filter(|l| !l.starts_with("missed ")).map(str::to_owned).collect();
        let known: BTreeSet<String> =
            lines().filter_map(|l| l.strip_prefix("missed ")).map(str::to_owned).collect();
        checks.extend(said.iter().filter_map(|line| line.split(' ').next()).map(str::to_owned));
        right += u32::try_from(said.intersection(&expected).count()).unwrap();
        wrong += u32::try_from(said.difference(&expected).count()).unwrap();
        missed += u32::try_from(expected.difference(&said).chain(&known).count()).unwrap();
        complaints.extend(said.difference(&expected).map(|line| format!("{name}: not expected: {line}")));
        complaints.extend(expected.difference(&said).map(|line| format!("{name}: not said: {line}")));
        complaints.extend(known.intersection(&said).map(|line| format!("{name}: no longer missed: {line}")));
    }
    let share = |part: u32, rest: u32| f64::from(part) / f64::from(part + rest);
    println!(
        "{} configurations: {right} right, {wrong} wrong, {missed} missed; precision {:.3}, recall {:.3}",
        corpus.len(),
        share(right, wrong),
        share(right, missed)
    );
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
    let silent: Vec<&str> =
        nginx::CHECKS.iter().map(|check| check.id).filter(|id| !checks.contains(*id)).collect();
    assert!(silent.is_empty(), "no configuration brings about {silent:?}");
    assert!(corpus.len() >= 30);
}

#[test]
fn the_guide_names_every_check() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/review-nginx.md");
    let guide = fs::read_to_string(guide).unwrap();
    for check in nginx::CHECKS {
        assert!(guide.contains(&format!("`{}`", check.id)), "{}", check.id);
    }
}

#[test]
fn every_place_is_in_its_file() {
    for (name, sources) in corpus() {
        let review = nginx::review(&sources);
        let places = review.findings.iter().map(|f| &f.place).chain(review.unknown.iter().map(|u| &u.place));
        for place in places.flatten() {
            let source = sources.iter().find(|source| source.path == place.file).unwrap();
            // The end of a file may be the beginning of a line that is not there.
            let line = source.text.split('\n').nth(place.line - 1).unwrap();
            assert!(place.column <= line.chars().count() + 1, "{name} {place:?}");
        }
    }
}

#[test]
fn the_order_of_the_files_changes_nothing() {
    for (name, mut sources) in corpus() {
        let first = said(&sources);
        sources.reverse();
        assert_eq!(first, said(&sources), "{name}");
    }
}

/// A secret that a configuration holds is in no message.
#[test]
fn no_secret_is_quoted() {
    let text = "events {} http { server { listen 443 ssl; ssl_certificate c; ssl_certificate_key k;
        proxy_set_header Authorization \"Basic SECRET\"; ssl_password_file SECRET;
        location / { proxy_pass http://user:SECRET@app/; } location /x { proxy_pass https://user:SECRET@app/; }
        location /r { return 302 http://user:SECRET@x.example/; }
        location /s { auth_basic_user_file SECRET; add_header X-Key SECRET; } } }";
    let review = nginx::review(&[Source { path: "nginx.conf".to_owned(), text: text.to_owned() }]);
    assert!(!review.findings.is_empty());
    assert!(!format!("{review:?}").contains("SECRET"), "{review:#?}");
}

#[test]
fn depth_is_bounded_whatever_opens_it() {
    for text in [
        "a{".repeat(10_000),
        "server{".repeat(10_000),
        format!("{}{}", "location / {".repeat(10_000), "}".repeat(10_000)),
        format!("http{{content_by_lua_block {{{}", "{".repeat(10_000)),
        "\"".repeat(9_999),
        "{".repeat(10_000),
        format!(
            "http {{ map $a $b {{ {} }} server {{ add_header Strict-Transport-Security $b; }} }}",
            "x $b; ".repeat(10_000)
        ),
    ] {
        nginx::review(&[Source { path: "a".to_owned(), text }]);
    }
    // Sixteen files, each as deep as a file may be, in each other.
    let files: Vec<Source> = (0..20)
        .map(|n| Source {
            path: format!("f{n}"),
            text: format!("{}include f{};{}", "location / {".repeat(60), n + 1, "}".repeat(60)),
        })
        .collect();
    nginx::review(&files);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_crashes_it(text in any::<String>()) {
        nginx::review(&[Source { path: "a.conf".to_owned(), text }]);
    }

    #[test]
    fn no_octets_crash_it(octets in proptest::collection::vec(any::<u8>(), 0..400)) {
        let text = String::from_utf8_lossy(&octets).into_owned();
        nginx::review(&[Source { path: "a.conf".to_owned(), text }]);
    }

    /// Words that mean something, in any order.
    #[test]
    fn no_configuration_crashes_it(words in proptest::collection::vec(proptest::sample::select(WORDS), 0..120)) {
        let text = words.join(" ");
        let review = nginx::review(&[Source { path: "a.conf".to_owned(), text: text.clone() }]);
        let lines = text.split('\n').count();
        for place in review.findings.iter().filter_map(|finding| finding.place.as_ref()) {
            prop_assert!(place.line >= 1 && place.line <= lines && place.column >= 1);
        }
    }
}

const WORDS: &[&str] = &[
    "http",
    "server",
    "location",
    "if",
    "map",
    "stream",
    "{",
    "}",
    "{",
    "}",
    ";",
    ";",
    ";",
    "\n",
    "/",
    "~",
    "$uri",
    "$scheme",
    "${x}",
    "($scheme = http)",
    "listen",
    "443",
    "80",
    "ssl",
    "default_server",
    "return",
    "301",
    "https://$host$request_uri",
    "add_header",
    "Strict-Transport-Security",
    "\"max-age=1\"",
    "always",
    "ssl_protocols",
    "TLSv1",
    "ssl_ciphers",
    "HIGH:!aNULL",
    "proxy_pass",
    "http://a",
    "include",
    "a.conf",
    "*",
    "content_by_lua_block",
    "[[",
    "]]",
    "--",
    "'",
    "\"",
    "\\",
    "#",
    "rewrite",
    "^",
    "alias",
    "/a/",
    "set",
    "$x",
    "x",
    "add_header_inherit",
    "merge",
    "off",
    "on",
    "é",
    "\u{202e}",
];

/// Many servers that ask the same maps, and maps that lead to each other at every key: looking at each anew would take
/// minutes.
#[test]
fn maps_are_looked_through_once() {
    let keys = |value: &str| {
        let lines = (0..5_000).map(|n| format!("/{n} '{value} {n}';"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let server = "server { listen 443 ssl; add_header Strict-Transport-Security $x always;
        location / { proxy_pass http://app; proxy_set_header X-Forwarded-Proto $x; } }\n";
    let text = format!(
        "http {{ map $uri $x {{ {} }}\nmap $uri $y {{ {} }}\nmap $uri $z {{ {} }}\n{} }}",
        keys("$y"),
        keys("$z"),
        keys("$foo"),
        server.repeat(500),
    );
    let review = nginx::review(&[Source { path: "nginx.conf".to_owned(), text }]);
    assert!(!review.unknown.is_empty());
}
