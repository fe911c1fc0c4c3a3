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
