//! What is written is none of what is read, whatever name it is given.
#![cfg(unix)]

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const EVIDENCE: &str = "../../tests/fixtures/evidence/weak-session-cookie.json";
const INPUTS: [&str; 4] = ["a.json", "b.json", "accepted.toml", "shop/settings.py"];

/// A folder with inputs of each kind.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("apart-{name}"));
    // Of an earlier run.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("shop")).unwrap();
    let evidence = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(EVIDENCE)).unwrap();
    fs::write(folder.join("a.json"), &evidence).unwrap();
    fs::write(folder.join("b.json"), &evidence).unwrap();
    fs::write(
        folder.join("accepted.toml"),
        "[[accept]]\ncheck = \"cookie.secure.missing\"\nwhy = \"known\"\n",
    )
    .unwrap();
    fs::write(folder.join("shop/settings.py"), "DEBUG = True\nSESSION_COOKIE_SECURE = False\n").unwrap();
    folder
}

fn run(folder: &Path, args: &[&str], input: Stdio) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_https-audit"));
    command.current_dir(folder).args(args).args(["--now", "2026-11-26T00:00:00Z"]).stdin(input);
    command.output().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn no_input_is_written_over() {
    let folder = folder("inputs");
    symlink("a.json", folder.join("link.json")).unwrap();
    fs::hard_link(folder.join("a.json"), folder.join("second.json")).unwrap();
    symlink("shop", folder.join("linked")).unwrap();
    let before = INPUTS.map(|name| fs::read(folder.join(name)).unwrap());
    for (args, input) in [
        (&["audit", "a.json", "-o", "a.json"][..], "a.json"),
        (&["audit", "b.json", "./a.json", "-o", "shop/../a.json"], "./a.json"),
        (&["audit", "a.json", "-o", "link.json"], "a.json"),
        (&["audit", "link.json", "-o", "a.json"], "link.json"),
        (&["audit", "a.json", "-o", "second.json"], "a.json"),
        (&["audit", "a.json", "--baseline", "b.json", "-o", "./b.json"], "b.json"),
        (&["audit", "a.json", "--baseline", "accepted.toml", "-o", "accepted.toml"], "accepted.toml"),
        (
            &["audit", "a.json", "--settings", "shop/settings.py", "-o", "linked/settings.py"],
            "shop/settings.py",
        ),
        (&["audit", "a.json", "--settings", "shop", "-o", "shop/settings.py"], "shop/settings.py"),
        (&["review", "shop", "-o", "linked/settings.py"], "shop/settings.py"),
        (&["review", "shop/settings.py", "-o", "shop/settings.py"], "shop/settings.py"),
        (&["compare", "a.json", "b.json", "-o", "a.json"], "a.json"),
        (&["compare", "a.json", "b.json", "-o", "b.json"], "b.json"),
        (
            &["compare", "a.json", "b.json", "--baseline", "accepted.toml", "-o", "accepted.toml"],
            "accepted.toml",
        ),
        (&["live", "http://127.0.0.1:1/", "--baseline", "a.json", "-o", "a.json"], "a.json"),
        (&["live", "http://127.0.0.1:1/", "--cacert", "a.json", "-o", "a.json"], "a.json"),
        (&["live", "http://127.0.0.1:1/", "--baseline", "a.json", "--evidence", "a.json"], "a.json"),
        (&["scan", "a.json", "--baseline", "accepted.toml", "-o", "accepted.toml"], "accepted.toml"),
        (&["scan", "a.json", "--summary", "a.json"], "a.json"),
    ] {
        let output = run(&folder, args, Stdio::null());
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{args:?}: {}", told(&output));
        let expected = format!("https-audit: {input}: it is an input, and `");
        assert!(told(&output).starts_with(&expected), "{args:?}: {}", told(&output));
        assert!(told(&output).ends_with("` would write over it\n"), "{args:?}: {}", told(&output));
        assert_eq!(INPUTS.map(|name| fs::read(folder.join(name)).unwrap()), before, "{args:?}");
    }
    let stdin = || Stdio::from(File::open(folder.join("a.json")).unwrap());
    for args in [["audit", "-", "-o", "a.json"], ["scan", "-", "-o", "a.json"]] {
        let output = run(&folder, &args, stdin());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told(&output).contains("-: it is an input"), "{}", told(&output));
        assert_eq!(fs::read(folder.join("a.json")).unwrap(), before[0]);
    }
}

#[test]
fn two_results_do_not_go_to_one_file() {
    let folder = folder("outputs");
    for args in [
        &["scan", "a.json", "-o", "out", "--summary", "./out"][..],
        &["live", "http://127.0.0.1:1/", "-o", "out", "--evidence", "shop/../out"],
        &["live", "http://127.0.0.1:1/", "127.0.0.1:1", "-o", "e-2.json", "--evidence", "e.json"],
    ] {
        let output = run(&folder, args, Stdio::null());
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(told(&output).contains("would both write it"), "{args:?}: {}", told(&output));
    }
}

#[test]
fn what_is_no_input_is_written() {
    let folder = folder("free");
    fs::write(folder.join("earlier"), "an earlier result").unwrap();
    symlink("earlier", folder.join("link")).unwrap();
    for args in [
        &["audit", "a.json", "-o", "link"][..],
        &["audit", "a.json", "--settings", "shop", "-o", "shop/report.json"],
        &["audit", "a.json", "-o", "/dev/null"],
        &["review", "shop", "-o", "shop/review.txt"],
        &["review", "shop", "-o", "shop/review.txt"],
    ] {
        let output = run(&folder, args, Stdio::null());
        assert_ne!(output.status.code(), Some(2), "{args:?}: {}", told(&output));
    }
    assert!(fs::read_to_string(folder.join("earlier")).unwrap().contains("shop-demo.com"));
    // A device is no file that would be lost.
    assert!(told(&run(&folder, &["audit", "-", "-o", "/dev/null"], Stdio::null())).contains("empty"));
}

#[test]
fn a_man_page_takes_the_place_of_a_link() {
    let folder = folder("man");
    fs::create_dir(folder.join("man1")).unwrap();
    symlink("../a.json", folder.join("man1/https-audit.1")).unwrap();
    let before = fs::read(folder.join("a.json")).unwrap();
    for _ in 0..2 {
        let output = run(&folder, &["man", "--directory", "man1"], Stdio::null());
        assert_eq!(output.status.code(), Some(0), "{}", told(&output));
        assert!(fs::read(folder.join("a.json")).unwrap() == before, "the link was followed");
        let page = folder.join("man1/https-audit.1");
        assert!(fs::symlink_metadata(&page).unwrap().is_file());
        assert!(fs::read_to_string(&page).unwrap().contains(".TH https-audit 1"));
    }
}
