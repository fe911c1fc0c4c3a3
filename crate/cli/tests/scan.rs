//! `https-audit scan`: many inputs, some of them hostile, and a run that was stopped.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

const NOW: [&str; 2] = ["--now", "2026-11-26T00:00:00Z"];

/// A directory that is taken away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("https-audit-scan-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, octets: &[u8]) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, octets).unwrap();
    }

    fn scan(&self, args: &[&str]) -> Output {
        command(&self.0, args).output().unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_https-audit"));
    command.current_dir(folder).arg("scan").args(NOW).args(args);
    command
}

fn tests(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name)
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(tests(name)).unwrap()
}

/// The fixtures of evidence, each as one line.
fn evidence_lines() -> Vec<String> {
    let mut files: Vec<_> =
        fs::read_dir(tests("evidence")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    files
        .iter()
        .map(|file| serde_json::from_slice::<Value>(&fs::read(file).unwrap()).unwrap().to_string())
        .collect()
}

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn stdout(output: &Output) -> &str {
    std::str::from_utf8(&output.stdout).unwrap()
}

fn stderr(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

fn records(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Their inputs, each named once: a recording has several sites.
fn inputs(records: &[Value]) -> Vec<(&str, Option<u64>)> {
    let mut inputs: Vec<_> =
        records.iter().map(|record| (record["input"].as_str().unwrap(), record["line"].as_u64())).collect();
    inputs.dedup();
    inputs
}

/// What became of each input: the sites, or why there is none.
fn told(text: &str) -> Vec<(String, String)> {
    let of = |record: &Value| {
        let line = record["line"].as_u64().map_or_else(String::new, |line| format!(":{line}"));
        let what = record["error"].as_str().or(record["site"].as_str()).unwrap().to_owned();
        (format!("{}{line}", record["input"].as_str().unwrap()), what)
    };
    records(text).iter().map(of).collect()
}

#[test]
fn each_site_has_a_line_in_the_order_of_the_inputs() {
    let folder = Folder::new("order");
    let har = fixture("har/chromium-weak-cookies.har");
    folder.put("b/one.har", &har);
    folder.put("b/two.HAR.gz", &gzip(&har));
    folder.put("a.jsonl", evidence_lines().join("\n\n").as_bytes());
    folder.put("b/notes.txt", b"no input");
    let output = folder.scan(&[".", "--fail-on", "never", "--summary", "sum.txt"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let records = records(stdout(&output));
    let inputs = inputs(&records);
    let lines = evidence_lines().len() as u64;
    let expected: Vec<_> = (0..lines).map(|line| ("./a.jsonl", Some(2 * line + 1))).collect();
    assert_eq!(inputs[..expected.len()], expected);
    assert_eq!(inputs[expected.len()..], [("./b/one.har", None), ("./b/two.HAR.gz", None)]);
    let [.., one, two] = records.as_slice() else { panic!("two sites at least") };
    assert_eq!(one["findings"], two["findings"], "packed or not");

    // As `audit` says of the same file.
    let audit = Command::new(env!("CARGO_BIN_EXE_https-audit"))
        .args(["audit", "--format", "json", "--fail-on", "never"])
        .args(NOW)
        .arg(folder.0.join("b/one.har"))
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&audit.stdout).unwrap();
    for verdict in ["https", "hsts_preload", "cookies"] {
        assert_eq!(one["verdicts"][verdict], report["verdicts"][verdict]["status"], "{verdict}");
    }
    let of = |findings: &Value| -> Vec<Value> {
        findings.as_array().unwrap().iter().map(|finding| finding["fingerprint"].clone()).collect()
    };
    assert_eq!(of(&one["findings"]), of(&report["findings"]));

    let summary: Value = serde_json::from_slice(&fs::read(folder.0.join("sum.txt")).unwrap()).unwrap();
    let all = records.len() as u64;
    assert_eq!(
        (summary["sites"].as_u64(), summary["unreadable"].as_u64(), summary["passed_over"].as_u64()),
        (Some(all), Some(0), Some(1))
    );
    let statuses = summary["verdicts"]["cookies"].as_object().unwrap();
    assert_eq!(statuses.values().map(|count| count.as_u64().unwrap()).sum::<u64>(), all);
    let with = |id: &str| {
        records.iter().filter(|r| r["findings"].as_array().unwrap().iter().any(|f| f["check"] == id)).count()
            as u64
    };
    let checks = summary["checks"].as_object().unwrap();
    assert!(checks.len() > 10);
    for (id, counts) in checks {
        assert_eq!(counts["sites"].as_u64(), Some(with(id)), "{id}");
    }
    assert!(stderr(&output).contains(&format!(
        "audited: {all}; not readable: 0\npassed over in directories, by their names: 1"
    )));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::new("threads");
    let lines = evidence_lines();
    folder.put(
        "many.jsonl",
        (0..40).map(|at| lines[at % lines.len()].clone() + "\n").collect::<String>().as_bytes(),
    );
    let one = folder.scan(&["many.jsonl", "--threads", "1"]);
    assert_eq!(inputs(&records(stdout(&one))).len(), 40);
    for threads in ["2", "7", "64"] {
        let more = folder.scan(&["many.jsonl", "--threads", threads]);
        assert!(one.stdout == more.stdout && one.stderr == more.stderr, "{threads}");
    }
}

/// What no scan should trip over, between two good files.
#[cfg(unix)]
fn hostile() -> Folder {
    use std::os::unix::fs::symlink;
    let folder = Folder::new("hostile");
    let har = fixture("har/firefox-mixed.har");
    folder.put("a-good.har", &har);
    folder.put("cut.har", &har[..3000]);
    let packed = gzip(&har);
    folder.put("cut.har.gz", &packed[..packed.len() / 2]);
    let text = String::from_utf8(har.clone()).unwrap();
    folder.put(
        "latin1.har",
        &text
            .replacen("Firefox", "Fir\u{e9}fox", 1)
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect::<Vec<_>>(),
    );
    folder.put(
        "utf16.har",
        &text.encode_utf16().fold(vec![0xFF, 0xFE], |mut octets, unit| {
            octets.extend(unit.to_le_bytes());
            octets
        }),
    );
    folder.put("empty.json", b"");
    folder.put("nested.har", format!("{{\"log\":{{\"entries\":[{}", "[".repeat(1_000_000)).as_bytes());
    folder.put("nested.json", format!("{{\"schema\":\n{}", "[".repeat(1_000_000)).as_bytes());
    folder.put(
        "nothing.har",
        br#"{"log":{"version":"1.2","creator":{"name":"a","version":"1"},"entries":[]}}"#,
    );
    folder.put(
        "random.json",
        &(0..4096_u32).flat_map(|at| (at.wrapping_mul(2_654_435_761) | 1).to_be_bytes()).collect::<Vec<_>>(),
    );
    folder.put(
        "lines.jsonl",
        format!("{}\n{{\"cut\n{}\n", evidence_lines()[0], evidence_lines()[1]).as_bytes(),
    );
    for (name, beginning) in
        [("sparse.har", "{\"log\":"), ("sparse.json", ""), ("sparse.warc", "WARC/1.1\r\n")]
    {
        let mut file = File::create(folder.0.join(name)).unwrap();
        file.write_all(beginning.as_bytes()).unwrap();
        file.set_len(2 << 30).unwrap();
    }
    symlink(".", folder.0.join("loop")).unwrap();
    symlink("loop.har", folder.0.join("loop.har")).unwrap();
    symlink("nowhere", folder.0.join("dangling.har")).unwrap();
    symlink("..", folder.0.join("up.har")).unwrap();
    let deep = "d/".repeat(150);
    folder.put(&format!("{deep}deep.har"), &har);
    assert!(Command::new("mkfifo").arg(folder.0.join("pipe.har")).status().unwrap().success());
    folder.put("z-good.json", &fixture("evidence/preloaded.json"));
    folder
}

#[cfg(unix)]
#[test]
fn a_hostile_directory_is_audited_as_far_as_it_can_be() {
    let folder = hostile();
    let output = folder.scan(&["."]);
    assert_eq!(output.status.code(), Some(2));
    let told = told(stdout(&output));
    let find = |name: &str| -> Vec<&str> {
        told.iter()
            .filter(|(input, _)| input == &format!("./{name}"))
            .map(|(_, what)| what.as_str())
            .collect()
    };
    let mut wrong = Vec::new();
    let too_deep = format!("{}d", "d/".repeat(99));
    for (name, expected) in [
        ("a-good.har", "mixed-demo.org"),
        ("cut.har", "115:34: the file is cut off inside a string"),
        ("cut.har.gz", "*incomplete deflate stream"),
        ("dangling.har", "No such file or directory (os error 2)"),
        (&too_deep, "it is 100 directories deep, and not looked through"),
        ("empty.json", "it is empty"),
        ("latin1.har", "4:16: this creator: invalid unicode code point"),
        ("lines.jsonl:1", "*"),
        ("lines.jsonl:2", "*EOF while parsing a string"),
        ("lines.jsonl:3", "*"),
        ("loop.har", "*ymbolic links*"),
        ("nested.har", "1:148: nested more than 128 deep"),
        ("nested.json", "2:127: recursion limit exceeded"),
        ("nothing.har", "it holds no visit of a page"),
        ("pipe.har", "no file"),
        (
            "random.json",
            "1:1: neither HAR, WARC, evidence JSON nor a response head (which begins with `HTTP/`)",
        ),
        ("sparse.har", "1:8: expected `{`"),
        ("sparse.json", "it is larger than 256 MB, and no HAR, WARC or JSON Lines"),
        ("sparse.warc", "record 1: its head has no end"),
        ("up.har", "a link to a directory, which is not followed"),
        ("utf16.har", "it is UTF-16: write it as UTF-8"),
        ("z-good.json", "*"),
    ] {
        let found = find(name);
        let fits = |what: &str| {
            let parts: Vec<_> = expected.split('*').collect();
            match parts.as_slice() {
                [whole] => what == *whole,
                [start, .., end] => {
                    what.starts_with(start)
                        && what.ends_with(end)
                        && parts.iter().all(|part| what.contains(part))
                }
                [] => false,
            }
        };
        if found.len() != 1 || !fits(found[0]) {
            wrong.push(format!("{name}: {found:?}"));
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!(told.len(), 22, "{told:?}");
    let good = records(stdout(&output)).iter().filter(|record| record.get("error").is_none()).count();
    assert_eq!(good, 4);
    assert!(stderr(&output).contains("audited: 4; not readable: 18"), "{}", stderr(&output));
    assert!(stderr(&output).contains("https-audit: ./lines.jsonl:2: "), "{}", stderr(&output));
}

#[test]
fn a_run_that_was_stopped_goes_on() {
    let folder = Folder::new("resume");
    folder.put("many.jsonl", (evidence_lines().join("\n") + "\n{broken\n").as_bytes());
    folder.put("two.har", &fixture("har/firefox-mixed.har"));
    // One input is named twice, and has its lines twice.
    let all = ["two.har", "many.jsonl", "two.har", "-o", "results.jsonl", "--summary", "summary.json"];
    let output = folder.scan(&all);
    assert_eq!(output.status.code(), Some(2));
    let results = folder.0.join("results.jsonl");
    let (whole, summary) = (fs::read(&results).unwrap(), fs::read(folder.0.join("summary.json")).unwrap());
    let resumed: Vec<_> = all.iter().chain(&["--resume"]).copied().collect();
    // Cut off anywhere: between lines, in one, before the first.
    for cut in [whole.len(), whole.len() - 1, whole.len() / 2, whole.len() / 3, 10, 0] {
        fs::write(&results, &whole[..cut]).unwrap();
        let output = folder.scan(&resumed);
        assert_eq!(output.status.code(), Some(2), "{}", stderr(&output));
        assert!(fs::read(&results).unwrap() == whole, "cut at {cut}");
        assert!(fs::read(folder.0.join("summary.json")).unwrap() == summary, "cut at {cut}");
    }
    // Without the file it is a first run.
    fs::remove_file(&results).unwrap();
    folder.scan(&resumed);
    assert!(fs::read(&results).unwrap() == whole);

    // Another file is not written over.
    folder.put("results.jsonl", b"my notes\n");
    let output = folder.scan(&resumed);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        stderr(&output),
        "https-audit: results.jsonl:1: this is no line of a scan's results: `--resume` goes on with those only\n"
    );
    assert_eq!(fs::read(&results).unwrap(), b"my notes\n");
}

#[test]
fn what_a_person_names_wrongly_is_said_before_anything_is_audited() {
    let folder = Folder::new("names");
    folder.put("empty/notes.txt", b"");
    folder.put("a.har", &fixture("har/firefox-mixed.har"));
    folder.put("[a].har", &fixture("har/firefox-mixed.har"));
    for (args, expected) in [
        (&["a.har", "missing.har"][..], "missing.har: No such file or directory (os error 2)"),
        (&["*.warc"], "*.warc: nothing matches it"),
        (
            &["empty"],
            "empty: no file in it ends in .har, .json, .jsonl, .ndjson, .warc, or one of them and .gz",
        ),
        (&["-", "a.har", "-"], "standard input"),
        (&["a.har", "--format", "html"], "--format: a scan writes JSON Lines"),
        (&["a.har", "-o", "./a.har"], "a.har: it is an input, and `-o` would write over it"),
        (&["a.har", "--resume"], "--output"),
        (&["a.har", "--threads", "0"], "0 is not in 1..=1024"),
        (&["a.har", "--baseline", "a.har"], "a.har"),
    ] {
        let output = folder.scan(args);
        assert_eq!((output.status.code(), stdout(&output)), (Some(2), ""), "{args:?}");
        assert!(stderr(&output).contains(expected), "{args:?}: {}", stderr(&output));
    }
    // A pattern, and a name that looks like one.
    assert_eq!(records(stdout(&folder.scan(&["*.har"]))).len(), 2);
    assert_eq!(told(stdout(&folder.scan(&["[a].har"])))[0].0, "[a].har");
}

#[test]
fn standard_input_is_one_of_the_inputs() {
    let folder = Folder::new("stdin");
    for (octets, count) in [
        (evidence_lines().join("\n").into_bytes(), evidence_lines().len()),
        (fixture("har/firefox-mixed.har"), 1),
        (gzip(&fixture("har/firefox-mixed.har")), 1),
    ] {
        let mut child = command(&folder.0, &["-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(&octets).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(inputs(&records(stdout(&output))).len(), count);
    }
}

#[test]
fn what_a_baseline_accepts_does_not_fail_the_run() {
    let folder = Folder::new("baseline");
    folder.put("a.har", &fixture("har/firefox-mixed.har"));
    let output = folder.scan(&["a.har", "--fail-on", "note"]);
    assert_eq!(output.status.code(), Some(1));
    let records = records(stdout(&output));
    let ids: std::collections::BTreeSet<_> = records[0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["check"].as_str().unwrap().to_owned())
        .collect();
    let accept: Vec<_> = ids
        .iter()
        .map(|id| format!("[[accept]]\ncheck = \"{id}\"\nwhy = \"known\"\nuntil = 2027-01-01\n"))
        .collect();
    let accept = accept.concat();
    folder.put("accepted.toml", accept.as_bytes());
    let output = folder.scan(&["a.har", "--fail-on", "note", "--baseline", "accepted.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(stdout(&output).contains("\"accepted\":true"));
}
