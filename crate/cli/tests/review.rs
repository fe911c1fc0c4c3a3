//! `https-audit review`: what it takes, what it says, how it ends.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn review(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_https-audit"));
    command.arg("review").args(arguments).output().expect("the command runs")
}

/// A project with settings and configuration, in a folder of the test's own.
fn project(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("shop")).expect("a folder");
    let settings = "SECRET_KEY = 'geheim-geheim-geheim-geheim-geheim-geheim-geheim-geheim1'\nDEBUG = True\nALLOWED_HOSTS = ['*']\nINSTALLED_APPS = ['django.contrib.sessions']\nMIDDLEWARE = []\n";
    fs::write(folder.join("shop/settings.py"), settings).expect("a file");
    let nginx = "server {\n    listen 443 ssl;\n    ssl_protocols TLSv1 TLSv1.2;\n    root /srv;\n}\n";
    fs::write(folder.join("site.conf"), nginx).expect("a file");
    fs::write(folder.join("supervisord.conf"), "[supervisord]\nlogfile=/tmp/a.log\n").expect("a file");
    folder
}

#[test]
fn settings_and_configuration_are_found_in_a_folder() {
    let folder = project("both");
    let output = review(&[folder.to_str().expect("UTF-8"), "--format", "json"]);
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let report: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(report["schema"], "https-audit/review@1");
    assert!(text.contains("security.W018") && text.contains("nginx.tls."), "{text}");
    assert!(!text.contains("geheim"), "no secret is told");
    assert!(!text.contains("supervisord"), "what is no configuration of nginx is left alone");
}

#[test]
fn fail_on_never_ends_with_0() {
    let folder = project("never");
    let output = review(&[folder.to_str().expect("UTF-8"), "--fail-on", "never"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stdout).contains("settings.py"));
}

#[test]
fn what_can_not_be_read_is_named() {
    let output = review(&["no/such/settings.py"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("https-audit: no/such/settings.py: "));
}

#[test]
fn a_file_that_is_no_settings_has_no_findings() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hello");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("hello.py"), "print('hello')\n").expect("a file");
    let (folder, hello) = (folder.to_str().expect("UTF-8"), folder.join("hello.py").display().to_string());
    for path in [folder, &hello] {
        let output = review(&[path]);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{path}");
    }
    let told = String::from_utf8(review(&[&hello]).stderr).expect("UTF-8");
    assert!(told.starts_with(&format!("https-audit: no Django settings found in {hello}: it is ")), "{told}");
    let settings = project("beside-hello").join("shop/settings.py").display().to_string();
    let output = review(&[&settings, &hello, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["modules"], serde_json::json!([settings]));
    let unknown = report["unknown"].as_array().expect("a list");
    assert!(
        unknown.iter().any(|unknown| unknown["what"].as_str().is_some_and(|what| what.contains("hello.py")))
    );
}

#[test]
fn a_secret_is_told_by_no_other_setting_either() {
    const SETTINGS: &str = r#"
SECRET_KEY = "geheim-hunter2-Xq9"
DB_PASSWORD = "pw-geheim-77"
ALIAS = SECRET_KEY
OTHER = ALIAS
DEBUG = OTHER
SECURE_REFERRER_POLICY = OTHER
ALLOWED_HOSTS = [SECRET_KEY, "https://u:geheim@h"]
CSRF_TRUSTED_ORIGINS = [DB_PASSWORD, "https://u:geheim@host.org"]
SESSION_COOKIE_NAME = SECRET_KEY
CSRF_COOKIE_NAME = f"{DB_PASSWORD}"
SESSION_COOKIE_DOMAIN = OTHER
SESSION_COOKIE_SAMESITE = DB_PASSWORD
X_FRAME_OPTIONS = DB_PASSWORD
SECURE_PROXY_SSL_HEADER = (SECRET_KEY, DB_PASSWORD)
INSTALLED_APPS = ["django.contrib.sessions", SECRET_KEY]
MIDDLEWARE = [SECRET_KEY]
"#;
    let folder = project("aliases");
    fs::write(folder.join("shop/settings.py"), SETTINGS).expect("a file");
    for format in ["text", "json", "sarif"] {
        let output = review(&[folder.to_str().expect("UTF-8"), "--format", format]);
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        for setting in ["DEBUG", "CSRF_TRUSTED_ORIGINS", "SESSION_COOKIE_DOMAIN"] {
            assert!(text.contains(setting), "{setting} in {format}: {text}");
        }
        assert!(text.contains(" of 18 characters"), "{format}: {text}");
        assert!(!text.contains("geheim"), "{format}: {text}");
    }
}
