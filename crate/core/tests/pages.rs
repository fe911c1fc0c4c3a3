//! The audit page and the exported report: nothing that a site or a file says becomes an element or an attribute, what is
//! long is cut, and what programs rely on is there.

use std::fs;
use std::path::Path;

use html5gum::{Token, Tokenizer};
use https_audit_core::evidence::Evidence;
use https_audit_core::field::Engine;
use https_audit_core::report::{Accepted, BrowserJson, Report};
use https_audit_core::time::parse_rfc3339;
use https_audit_core::url::Url;
use https_audit_core::view::{AuditState, Language, Recording, SHEET, audit, document, document_with};
use https_audit_core::{import, knowledge};
use proptest::prelude::*;

/// The attributes of every element that a page may have. An address is looked at by itself.
const ATTRIBUTES: &[&str] = &[
    "aria-current",
    "aria-hidden",
    "aria-label",
    "aria-labelledby",
    "autocomplete",
    "charset",
    "checked",
    "class",
    "colspan",
    "content",
    "cx",
    "cy",
    "d",
    "data-accepted",
    "data-action",
    "data-area",
    "data-baseline",
    "data-breaks",
    "data-changed",
    "data-compare",
    "data-cookie",
    "data-copy",
    "data-django",
    "data-export",
    "data-filter",
    "data-none-shown",
    "data-finding",
    "data-check",
    "data-fingerprint",
    "data-fold",
    "data-letter",
    "data-outcome",
    "data-probe",
    "data-ready",
    "data-recording",
    "data-removal",
    "data-request",
    "data-score",
    "data-requirement",
    "data-severity",
    "data-shown",
    "data-site",
    "data-stack",
    "data-state",
    "data-status",
    "data-unknown",
    "data-verdict",
    "datetime",
    "dir",
    "fill",
    "height",
    "hidden",
    "href",
    "http-equiv",
    "id",
    "lang",
    "name",
    "open",
    "placeholder",
    "preserveaspectratio",
    "r",
    "rel",
    "role",
    "rowspan",
    "rx",
    "scope",
    "spellcheck",
    "stroke",
    "stroke-dasharray",
    "stroke-width",
    "tabindex",
    "target",
    "title",
    "type",
    "value",
    "viewbox",
    "width",
    "x",
    "y",
];

/// The elements.
const ELEMENTS: &[&str] = &[
    "a", "article", "b", "bdi", "body", "br", "button", "caption", "circle", "code", "dd", "details", "div",
    "dl", "dt", "fieldset", "form", "h1", "h2", "h3", "h4", "h5", "head", "header", "hr", "html", "input",
    "label", "legend", "li", "main", "mark", "meta", "nav", "ol", "option", "p", "path", "pre", "rect",
    "section", "select", "small", "span", "style", "summary", "svg", "symbol", "table", "tbody", "td", "th",
    "thead", "time", "title", "tr", "ul", "use", "wbr",
];

fn evidence(name: &str) -> Evidence {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/evidence").join(name);
    import::read(&fs::read(path).expect("a fixture"), None, now()).expect("evidence")
}

fn now() -> i64 {
    parse_rfc3339("2026-11-26T00:00:00Z").expect("a time")
}

fn reports(evidence: &Evidence) -> Vec<Report> {
    https_audit_core::audit(evidence, &knowledge::embedded().expect("sound assets"), now())
}

fn page(report: &Report) -> String {
    let state = AuditState {
        seen_at: Some("10:42".to_owned()),
        probe: Url::parse("https://a.example/").into_iter().collect(),
        recording: Recording::On { pages: 2, requests: 30 },
        ..AuditState::default()
    };
    audit(report, &state, &Language::default())
}

/// Elements with their attributes, each as name and value.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let text = |octets: &[u8]| String::from_utf8_lossy(octets).into_owned();
    let mut all = Vec::new();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                all.push((text(&tag.name), attributes.collect()));
            }
            Token::Error(error) => panic!("{error:?}"),
            Token::Comment(_) => panic!("a comment"),
            _ => {}
        }
    }
    all
}

/// Fails where there is an element or an attribute that no page has, or an address that is not one of ours.
fn assert_sound(html: &str) {
    let all = elements(html);
    for (element, attributes) in &all {
        assert!(ELEMENTS.contains(&element.as_str()), "an element {element}");
        for (attribute, value) in attributes {
            assert!(ATTRIBUTES.contains(&attribute.as_str()), "{element} has {attribute}");
            if attribute == "href" {
                let ours = [
                    "#",
                    "checks.html#",
                    "https://cwe.mitre.org/",
                    "https://owasp.org/",
                    "https://www.zaproxy.org/",
                    "https://developer.mozilla.org/",
                    "https://docs.djangoproject.com/",
                    "https://hstspreload.org/",
                    "https://www.rfc-editor.org/",
                ];
                assert!(ours.iter().any(|known| value.starts_with(known)), "{element} leads to {value}");
            }
        }
    }
    let mut ids: Vec<&str> = all
        .iter()
        .flat_map(|(_, attributes)| attributes)
        .filter(|(name, _)| name == "id")
        .map(|(_, id)| id.as_str())
        .collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] != two[1]), "an id is there twice: {ids:?}");
}

fn count(html: &str, attribute: &str) -> usize {
    elements(html).iter().flat_map(|(_, attributes)| attributes).filter(|(name, _)| name == attribute).count()
}

/// Puts a text into every place of a report that holds text of a site, or could in a file.
fn everywhere(report: &mut Report, text: &str) {
    let own = || text.to_owned();
    report.generated_at = own();
    report.site.url = own();
    report.site.host = own();
    for verdict in
        [&mut report.verdicts.https, &mut report.verdicts.hsts_preload, &mut report.verdicts.cookies]
    {
        verdict.headline = own();
        for unknown in &mut verdict.unknown {
            (unknown.what, unknown.why, unknown.how) = (own(), own(), own());
        }
    }
    for finding in &mut report.findings {
        (finding.title, finding.message, finding.fingerprint) = (own(), own(), own());
        finding.accepted = Some(Accepted { why: own(), until: Some(own()) });
        let place = &mut finding.location;
        (place.url, place.field, place.cookie, place.value) =
            (Some(own()), Some(own()), Some(own()), Some(own()));
        place.mark = Some((1, 7));
        finding.fix.summary = own();
        let keys: Vec<_> = finding.fix.lines.keys().copied().collect();
        for key in keys {
            finding.fix.lines.insert(key, own());
        }
        for catalogue in
            ["cwe", "rfc", "zap", "asvs", "owasp-top10", "observatory", "hstspreload", "django", "guideline"]
        {
            finding
                .references
                .insert(catalogue.to_owned(), vec![own(), format!("RFC 1 §{text}"), format!("CWE-{text}")]);
        }
    }
    report.baseline = Some(
        serde_json::from_value(serde_json::json!({"accepted": 1,
        "expired": [{"fingerprint": text, "check": text, "why": text, "until": null}], "unused": []}))
        .expect("told"),
    );
    for check in &mut report.checks {
        check.reason = Some(own());
    }
    let facts = &mut report.facts;
    facts.seen.recorder = own();
    facts.seen.at = Some(own());
    facts.seen.browser = Some(BrowserJson { engine: Engine::Firefox, version: own() });
    facts.preload.domain = Some(own());
    facts.preload.insecure_subdomains = vec![own(), own()];
    for list in [&mut facts.preload.lists.chromium, &mut facts.preload.lists.firefox] {
        (list.entry, list.list) = (Some(own()), own());
    }
    for hop in &mut facts.redirects {
        (hop.url, hop.to, hop.error, hop.at, hop.hsts) =
            (own(), Some(own()), Some(own()), own(), Some(own()));
    }
    for request in &mut facts.requests {
        (request.url, request.method, request.at, request.hsts) = (own(), own(), own(), Some(own()));
    }
    for cookie in &mut facts.cookies {
        (cookie.name, cookie.domain, cookie.path) = (own(), Some(own()), Some(own()));
        (cookie.clear_text_url, cookie.third_party) = (Some(own()), Some(own()));
    }
    facts.third_party_cookies.clone_from(&facts.cookies);
    if let Some(connection) = &mut facts.connection {
        (connection.protocol, connection.overridden) = (Some(own()), Some(own()));
        (connection.cipher_suite, connection.key_exchange_group) = (Some(own()), Some(own()));
        for certificate in connection.certificates.iter_mut().flatten() {
            (certificate.subject, certificate.issuer, certificate.key) = (own(), own(), own());
            certificate.names = vec![own(); 3];
        }
    }
    facts.django.identified = true;
    facts.django.evidence = vec![own()];
    for check in &mut facts.django.checks {
        check.evidence = Some(own());
    }
}

/// Text that would be markup, or close what it stands in.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("<script>alert(1)</script>"),
        Just("\" onmouseover=\"x"),
        Just("' autofocus onfocus='x"),
        Just("</code></pre>"),
        Just("<img src=x onerror=y>"),
        Just("`"),
        Just("&lt;b&gt;"),
        Just("--><!--"),
        Just("</style>"),
        Just("</title><x-y z>"),
        Just("javascript:alert(1)"),
        Just("\u{202E}"),
        Just("\0"),
        Just("]]>"),
        Just("<svg/onload=x>"),
        Just("https://"),
        Just("T"),
    ];
    prop_oneof![proptest::collection::vec(part, 1..6).prop_map(|parts| parts.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_becomes_an_element_or_an_attribute(text in hostile()) {
        for mut report in reports(&evidence("weak-session-cookie.json")) {
            everywhere(&mut report, &text);
            assert_sound(&page(&report));
            assert_sound(&document_with(&[report.clone()], SHEET));
            assert_sound(&document_with(&[report.clone(), report], ""));
        }
    }
}

#[test]
fn pages_are_sound_and_have_what_programs_rely_on() {
    for name in [
        "weak-session-cookie.json",
        "mixed-active.json",
        "not-watched.json",
        "two-sites.json",
        "preloaded.json",
    ] {
        let reports = reports(&evidence(name));
        let whole = document(&reports);
        assert_sound(&whole);
        for report in &reports {
            let page = page(report);
            assert_sound(&page);
            for shown in [&page, &document(std::slice::from_ref(report))] {
                assert_eq!((count(shown, "data-site"), count(shown, "data-verdict")), (1, 3), "{name}");
                assert_eq!(count(shown, "data-finding"), report.findings.len(), "{name}");
            }
            assert_eq!(count(&page, "data-export"), 7, "{name}");
            assert_eq!(count(&page, "data-none-shown"), usize::from(!report.findings.is_empty()), "{name}");
        }
        assert!(whole.starts_with("<!DOCTYPE html>") && whole.contains("default-src 'none'"), "{name}");
        assert_eq!(
            count(&whole, "data-action") + count(&whole, "data-copy"),
            0,
            "{name}: an exported report has no program"
        );
    }
}

#[test]
fn what_was_not_observed_is_told_once() {
    for report in reports(&evidence("not-watched.json")) {
        let mut told: Vec<&str> =
            [&report.verdicts.https, &report.verdicts.hsts_preload, &report.verdicts.cookies]
                .into_iter()
                .flat_map(|verdict| &verdict.unknown)
                .map(|unknown| unknown.what.as_str())
                .collect();
        told.sort_unstable();
        told.dedup();
        assert!(told.len() > 3, "the rest is folded");
        assert_eq!(count(&page(&report), "data-unknown"), told.len());
    }
}

#[test]
fn what_was_opened_from_a_file_asks_nobody() {
    let report = reports(&evidence("not-watched.json")).remove(0);
    let state = AuditState {
        file: Some("old.json".to_owned()),
        can_reload: true,
        needs_access: true,
        probe: Url::parse("https://a.example/").into_iter().collect(),
        recording: Recording::Off,
        ..AuditState::default()
    };
    let page = audit(&report, &state, &Language::default());
    let offered: Vec<String> = elements(&page)
        .into_iter()
        .flat_map(|(_, attributes)| attributes)
        .filter(|(name, _)| name == "data-action")
        .map(|(_, action)| action)
        .filter(|action| !["open-file", "close-file", "copy", "accept"].contains(&action.as_str()))
        .collect();
    assert_eq!(offered, Vec::<String>::new());
}

#[test]
fn a_long_text_does_not_make_a_long_page() {
    let mut report = reports(&evidence("weak-session-cookie.json")).remove(0);
    let usual = page(&report).len() + document(std::slice::from_ref(&report)).len();
    everywhere(&mut report, &"`x<".repeat(400_000));
    let long = page(&report).len() + document(&[report]).len();
    assert!(long < usual + 12_000_000, "{usual} octets became {long}");
}

#[test]
fn the_sheet_holds_nothing_from_elsewhere() {
    assert!(!SHEET.contains("url(") && !SHEET.contains("@import") && !SHEET.contains("</"));
}
