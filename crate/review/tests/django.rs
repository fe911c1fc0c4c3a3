//! Settings as projects write them, and the ids of `check --deploy` that they give.

use https_audit_review::{Source, django};

fn ids(text: &str) -> Vec<String> {
    let sources = [Source { path: "settings.py".to_owned(), text: text.to_owned() }];
    let review = django::review(&sources).expect("a thread").review;
    let ids = review.findings.into_iter().flat_map(|finding| finding.references);
    let mut ids: Vec<String> = ids.filter(|id| id.starts_with("security.")).collect();
    ids.sort();
    ids
}

const MIDDLEWARE: &str = "MIDDLEWARE = ['django.middleware.security.SecurityMiddleware', \
    'django.middleware.csrf.CsrfViewMiddleware', 'django.middleware.clickjacking.XFrameOptionsMiddleware']\n";

#[test]
fn defaults_of_django() {
    assert_eq!(
        ids(""),
        ["security.W001", "security.W002", "security.W003", "security.W009", "security.W020"]
    );
    assert_eq!(
        ids(&format!("{MIDDLEWARE}DEBUG = True\nALLOWED_HOSTS = ['a.test']\nCSRF_COOKIE_SECURE = True\n")),
        ["security.W004", "security.W008", "security.W009", "security.W018"]
    );
}

#[test]
fn the_environment_decides() {
    let hsts = "import os\nSECURE_HSTS_SECONDS = int(os.environ.get('HSTS', '3600'))\nALLOWED_HOSTS = ['a.test']\n\
        SECRET_KEY = os.environ['KEY']\nSECURE_SSL_REDIRECT = CSRF_COOKIE_SECURE = True\n\
        if not os.environ.get('X'):\n    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True\n";
    assert_eq!(ids(&format!("{MIDDLEWARE}{hsts}")), Vec::<String>::new());
}

#[test]
fn what_is_too_deep_is_refused() {
    let text = format!("A = {}1", "(".repeat(10_000));
    let sources = [Source { path: "settings.py".to_owned(), text }];
    let review = django::review(&sources).expect("a thread").review;
    assert!(review.findings.is_empty());
    assert!(review.unknown.iter().any(|unknown| unknown.why.contains("nested deeper")));
}

#[test]
fn one_file_is_settings_only_where_something_says_so() {
    let modules = |path: &str, text: &str| {
        let sources = [Source { path: path.to_owned(), text: text.to_owned() }];
        let reviewed = django::review(&sources).expect("a thread");
        assert_eq!(reviewed.modules.is_empty(), !reviewed.others.is_empty(), "{path}");
        assert!(!reviewed.modules.is_empty() || reviewed.review.findings.is_empty(), "{path}");
        reviewed.modules.len()
    };
    let code = "print('hello')\n";
    for (path, text) in [
        ("hello.py", code),
        ("hello.py", ""),
        ("hello.py", "logging.configure(level=1)\nfrom os.path import *\nNAME = 'x'\n"),
        ("hello.py", "def broken(:\n"),
    ] {
        assert_eq!(modules(path, text), 0, "{path}: {text}");
    }
    for (path, text) in [
        ("settings.py", code),
        ("settings/production.py", ""),
        ("hello.py", "if True:\n    SECURE_SSL_REDIRECT = True\n"),
        ("hello.py", "TIME_ZONE = 'UTC'\n"),
        ("hello.py", "def main():\n    settings.configure(DEBUG=True)\n"),
        ("hello.py", "django.conf.settings.configure(DEBUG=True)\n"),
        ("hello.py", "from shop.settings.base import *\n"),
    ] {
        assert_eq!(modules(path, text), 1, "{path}: {text}");
    }
}
