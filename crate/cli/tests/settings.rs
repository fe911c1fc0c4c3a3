//! `https-audit audit --settings`: settings of Django beside recorded evidence of a Django site.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root(path: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path).to_str().expect("UTF-8").to_owned()
}

fn audit(arguments: &[&str]) -> Output {
    let evidence = root("tests/fixtures/evidence/django-default.txt");
    let mut command = Command::new(env!("CARGO_BIN_EXE_https-audit"));
    command.args(["audit", &evidence, "--url", "https://shop-demo.com/", "--now", "2026-11-22T12:00:00Z"]);
    command.args(["--fail-on", "never"]).args(arguments).output().expect("the command runs")
}

fn text(octets: &[u8]) -> String {
    String::from_utf8(octets.to_vec()).expect("UTF-8")
}

/// Settings in a folder of the test's own.
fn written(name: &str, settings: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let file = folder.join("settings.py");
    fs::write(&file, settings).expect("a file");
    file
}

/// What is said of each setting by the report that saw the site's cookies.
fn said(settings: &str) -> Vec<Value> {
    let output = audit(&["--format", "json", "--settings", settings]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let all: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let reports = all["reports"].as_array().cloned().unwrap_or_else(|| vec![all.clone()]);
    let of_site = reports.iter().find(|report| report["facts"]["cookies"] != Value::Array(Vec::new()));
    of_site.expect("a report with cookies")["facts"]["settings"].as_array().expect("settings").clone()
}

fn of<'s>(said: &'s [Value], name: &str) -> &'s Value {
    said.iter().find(|one| one["name"] == name).unwrap_or_else(|| panic!("{name} among {said:?}"))
}

#[test]
fn what_settings_say_and_the_site_does_not() {
    let said = said(&root("crate/review/tests/settings/hardened.py"));
    let secure = of(&said, "SESSION_COOKIE_SECURE");
    assert_eq!(secure["state"], "disagree");
    assert_eq!(
        secure["message"],
        "settings say SESSION_COOKIE_SECURE, the site sends sessionid without Secure: look at the proxy"
    );
    assert_eq!(secure["intended"], "True");
    assert_eq!(secure["place"]["line"], 46);
    let differing: Vec<&Value> =
        said.iter().filter(|one| one["state"] == "disagree").map(|one| &one["name"]).collect();
    assert_eq!(
        differing,
        ["CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SAMESITE", "SESSION_COOKIE_SECURE"]
    );
    // No response over http was seen, nor an error page.
    for name in ["SECURE_SSL_REDIRECT", "DEBUG"] {
        assert_eq!(
            (&of(&said, name)["state"], &of(&said, name)["observed"]),
            (&"unknown".into(), &Value::Null)
        );
    }
}

#[test]
fn no_secret_is_told_under_another_name() {
    let file = written(
        "told",
        r#"
SECRET_KEY = "geheim-hunter2-Xq9"
DB_PASSWORD = "pw-geheim-77"
API_TOKEN = 31536007
ALIAS = SECRET_KEY
SECURE_REFERRER_POLICY = "https://user:geheim@host.org"
SECURE_HSTS_SECONDS = API_TOKEN
SECURE_CROSS_ORIGIN_OPENER_POLICY = ALIAS
SESSION_COOKIE_DOMAIN = ALIAS
SESSION_COOKIE_SAMESITE = DB_PASSWORD
CSRF_COOKIE_NAME = f"{DB_PASSWORD}"
X_FRAME_OPTIONS = ["DENY", ALIAS]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware", "django.middleware.clickjacking.XFrameOptionsMiddleware"]
"#,
    );
    let path = file.to_str().expect("UTF-8");
    let said = said(path);
    for name in [
        "SECURE_REFERRER_POLICY",
        "SECURE_HSTS_SECONDS",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY",
        "SESSION_COOKIE_DOMAIN",
        "SESSION_COOKIE_SAMESITE",
        "X_FRAME_OPTIONS",
    ] {
        let one = of(&said, name);
        assert_eq!((&one["state"], &one["intended"]), (&"unknown".into(), &Value::Null), "{name}");
        let told = format!(
            "settings do not decide {name}: its value is, or looks like, a secret, and is not told; the site "
        );
        assert!(one["message"].as_str().is_some_and(|message| message.starts_with(&told)), "{one}");
    }
    for format in ["text", "json"] {
        let output = audit(&["--format", format, "--settings", path]);
        let text = text(&output.stdout);
        assert!(
            text.contains("is not told") && !text.contains("geheim") && !text.contains("31536007"),
            "{text}"
        );
    }
}

#[test]
fn defaults_agree_with_a_site_that_has_them() {
    let said = said(&root("crate/review/tests/settings/startproject_5_2.py"));
    assert!(said.iter().all(|one| one["state"] != "disagree"), "{said:?}");
    let agreeing = said.iter().filter(|one| one["state"] == "agree").count();
    assert_eq!(agreeing, 13, "{said:?}");
    assert_eq!(of(&said, "X_FRAME_OPTIONS")["place"], Value::Null);
}

#[test]
fn what_the_environment_decides_is_no_disagreement() {
    let said = said(&root("crate/review/tests/settings/twelve_factor.py"));
    let secure = of(&said, "SESSION_COOKIE_SECURE");
    assert_eq!(secure["state"], "unknown");
    assert!(secure["message"].as_str().expect("text").contains("DJANGO_DEBUG"), "{secure}");
}

#[test]
fn a_middleware_that_is_not_there_makes_settings_idle() {
    let file = written(
        "idle",
        "INSTALLED_APPS = []\nMIDDLEWARE = []\nX_FRAME_OPTIONS = 'DENY'\nSECURE_HSTS_SECONDS = 9\n",
    );
    let said = said(file.to_str().expect("UTF-8"));
    let framing = of(&said, "X_FRAME_OPTIONS");
    assert_eq!(framing["state"], "disagree");
    assert!(framing["message"].as_str().expect("text").contains("has no effect without"), "{framing}");
    assert_eq!(of(&said, "SECURE_HSTS_SECONDS")["state"], "agree");
}

#[test]
fn the_name_of_the_cookie_is_the_settings_own() {
    let file =
        written("named", "INSTALLED_APPS = []\nSESSION_COOKIE_NAME = 'sid'\nCSRF_COOKIE_NAME = name()\n");
    let said = said(file.to_str().expect("UTF-8"));
    assert_eq!(
        of(&said, "SESSION_COOKIE_SECURE")["message"],
        "settings leave SESSION_COOKIE_SECURE at Django's False; no cookie sid was seen"
    );
    assert!(of(&said, "CSRF_COOKIE_SECURE")["message"].as_str().expect("text").contains("not known"));
}

#[test]
fn text_has_a_section_and_no_option_has_none() {
    let settings = root("crate/review/tests/settings/hardened.py");
    let with = text(&audit(&["--settings", &settings]).stdout);
    assert!(with.contains("\nSettings beside the site: 4 disagree, "), "{with}");
    assert!(!text(&audit(&[]).stdout).contains("Settings beside"));
    assert!(!text(&audit(&["--format", "json"]).stdout).contains("\"settings\""));
}

#[test]
fn formats_without_a_place_for_it_say_so() {
    let settings = root("crate/review/tests/settings/hardened.py");
    let output = audit(&["--format", "csv", "--settings", &settings]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        text(&output.stderr),
        "https-audit: csv has no place for `--settings`: text and json put them beside the site\n"
    );
}

#[test]
fn which_settings_are_meant_has_to_be_clear() {
    let folder = root("crate/review/tests/settings");
    let two = [format!("{folder}/hardened.py"), format!("{folder}/cors.py")];
    for (arguments, says) in [
        (vec!["--settings", &two[0], "--settings", &two[1]], "several settings modules are there"),
        (vec!["--settings", "no/such.py"], "no/such.py: "),
    ] {
        let output = audit(&arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        assert!(text(&output.stderr).contains(says), "{}", text(&output.stderr));
    }
}
