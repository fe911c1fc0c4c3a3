//! Response heads, from their octets to the report.

use https_audit_core::import::{Unreadable, read};
use https_audit_core::url::Url;
use https_audit_core::{audit, knowledge};
use serde_json::Value;

const GOOD: &str = "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload";

/// The reports on these lines; `GOOD` stands for [`GOOD`].
fn reports(url: &str, heads: &str) -> Result<Vec<Value>, Unreadable> {
    let knowledge = knowledge::embedded().expect("sound assets");
    let url = Url::parse(url).expect("a URL");
    let heads = heads.replace("GOOD", GOOD).replace('\n', "\r\n");
    let evidence = read(heads.as_bytes(), Some(&url), super::spec::NOON)?;
    let reports = audit(&evidence, &knowledge, super::spec::NOON);
    Ok(reports.iter().map(|report| serde_json::to_value(report).expect("JSON")).collect())
}

/// The only report.
fn report(url: &str, heads: &str) -> Value {
    let [report] = <[Value; 1]>::try_from(reports(url, heads).expect("readable")).expect("one report");
    report
}

fn status<'r>(report: &'r Value, verdict: &str) -> &'r str {
    report["verdicts"][verdict]["status"].as_str().expect("a status")
}

fn codes<'r>(report: &'r Value, list: &str) -> Vec<&'r str> {
    let codes = report["facts"]["preload"][list].as_array().expect("a list");
    codes.iter().map(|code| code.as_str().expect("a word")).collect()
}

#[test]
fn a_host_with_a_final_dot_is_of_its_site() {
    let seen = report("https://shop-demo.com./", "HTTP/1.1 200 OK\nGOOD\nSet-Cookie: sessionid=1\n");
    assert_eq!(seen["site"]["host"], "shop-demo.com.");
    assert_eq!(status(&seen, "cookies"), "fail");
    let unknown = seen["verdicts"]["hsts_preload"]["unknown"].to_string();
    assert!(!unknown.contains("Strict-Transport-Security"), "{unknown}");
    let led = "HTTP/1.1 301 M\nLocation: https://shop-demo.com./\n\nHTTP/1.1 200 OK\nGOOD\n\n";
    assert_eq!(codes(&report("http://shop-demo.com./", led), "errors"), [""; 0]);
}

/// Where http leads, then what https and www answer.
const OVER_HTTP: &str = "HTTP/1.1 301 M\nLocation: https://shop-demo.com/\n\n";

#[test]
fn tls_that_was_not_observed_is_no_met_requirement() {
    let heads =
        format!("{OVER_HTTP}HTTP/2 301\nGOOD\nLocation: https://www.shop-demo.com/\n\nHTTP/2 200\nGOOD\n\n");
    let seen = report("http://shop-demo.com/", &heads);
    assert_eq!(seen["facts"]["preload"]["eligible"], Value::Null);
    assert_eq!((codes(&seen, "errors"), codes(&seen, "unknown")), (vec![], vec!["tls", "www"]));
    let headline = seen["verdicts"]["hsts_preload"]["headline"].as_str().expect("a sentence");
    assert!(!headline.contains("every requirement"), "{headline}");
}

#[test]
fn a_field_that_is_cut_is_not_judged() {
    let heads = format!("HTTP/2 200\nGOOD;{}max-age=0\n\n", " ".repeat(9_000));
    let seen = report("https://shop-demo.com/", &heads);
    assert_eq!(status(&seen, "hsts_preload"), "unknown");
    assert_eq!(codes(&seen, "unknown"), ["header", "http", "www"]);
    let seen = report("http://shop-demo.com/", &format!("{OVER_HTTP}{heads}"));
    assert_eq!(status(&seen, "hsts_preload"), "unknown");
    assert_eq!(seen["verdicts"]["hsts_preload"]["unknown"][0]["why"], "There was more than is kept.");
}

#[test]
fn the_first_https_response_is_judged_for_preloading() {
    let home = "Location: /home\n\n";
    let rows = [
        ("https://shop-demo.com/", format!("HTTP/2 301\nGOOD\n{home}HTTP/2 200\n\n"), vec![]),
        (
            "https://shop-demo.com/",
            format!("HTTP/2 301\n{home}HTTP/2 200\nGOOD\n\n"),
            vec!["response.no_header"],
        ),
        (
            "http://shop-demo.com/",
            format!("{OVER_HTTP}HTTP/2 301\n{home}HTTP/2 200\nGOOD\n\n"),
            vec!["response.no_header"],
        ),
    ];
    for (url, heads, errors) in rows {
        let seen = report(url, &heads);
        assert_eq!(codes(&seen, "errors"), errors, "{heads}");
        // What no check of the field tells is a warning.
        if !errors.is_empty() {
            assert_eq!(status(&seen, "hsts_preload"), "warn", "{heads}");
        }
    }
}

#[test]
fn another_port_does_not_decide() {
    let heads = "HTTP/1.1 301 M\nLocation: https://shop-demo.com:8443/\n\nHTTP/2 200\nGOOD\n\n";
    let seen = report("http://shop-demo.com/", heads);
    assert_eq!(codes(&seen, "unknown")[0], "header");
    assert_eq!(status(&seen, "hsts_preload"), "unknown");
}
