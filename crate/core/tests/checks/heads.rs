//! Response heads, from their octets to the report.

use https_audit_core::evidence::{Evidence, JarCookie, Observed, Recorder, SameSiteStored};
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

#[test]
fn a_proxy_s_own_answer_is_not_the_page_s() {
    let page = "HTTP/2 200\nGOOD\nSet-Cookie: sessionid=1\n\n";
    for tunnel in [
        "HTTP/1.0 200 Connection established\nProxy-agent: tinyproxy/1.11.1\n\n",
        "HTTP/1.1 200 CONNECTION ESTABLISHED \n\n",
    ] {
        let seen = report("https://shop-demo.com/", &format!("{tunnel}{page}"));
        assert_eq!((status(&seen, "cookies"), codes(&seen, "errors")), ("fail", vec![]), "{tunnel}");
        // With nothing after it, it is a response like any other.
        let alone = report("https://shop-demo.com/", tunnel);
        assert_eq!(codes(&alone, "errors"), ["response.no_header"]);
    }
}

#[test]
fn a_redirect_to_a_host_outside_ascii_is_unknown() {
    for heads in [
        "HTTP/1.1 301 M\nLocation: https://m\u{fc}nchen.de/\n\n",
        "HTTP/1.1 301 M\nLocation: //m%C3%BCnchen.de/\n\n",
    ] {
        let seen = report("http://shop-demo.com/", heads);
        assert_eq!(
            (status(&seen, "https"), status(&seen, "hsts_preload")),
            ("unknown", "unknown"),
            "{heads}"
        );
        assert_eq!(
            (codes(&seen, "errors"), codes(&seen, "unknown")),
            (vec![], vec!["header", "http", "www"])
        );
        let seen = report("https://shop-demo.com/", &heads.replace("M\n", "M\nGOOD\n"));
        assert!(codes(&seen, "unknown").contains(&"redirects"), "{seen}");
    }
}

#[test]
fn what_follows_a_redirect_that_was_not_followed_is_its_body() {
    let body = "Content-Type: text/html\n\n<html>hello</html>\nHTTP/1.1 500 no\n";
    for heads in ["302 Found\n", "300 Choices\n", "302 Found\nLocation:\n", "301 M\nLocation: /home\n"] {
        let seen = report("https://shop-demo.com/", &format!("HTTP/1.1 {heads}{body}"));
        assert_eq!(seen["site"]["url"], "https://shop-demo.com/", "{heads}");
        let eligible = codes(&seen, "errors");
        assert_eq!(eligible, ["response.no_header"], "{heads}");
        let page = seen["verdicts"]["cookies"]["unknown"].to_string().contains("Set-Cookie");
        assert_eq!(page, heads.contains("/home"), "{heads}: a page is shown, unless it leads on");
    }
}

#[test]
fn a_redirect_over_http_alone_is_no_page_over_http() {
    let seen = report("http://shop-demo.com/", OVER_HTTP);
    assert_eq!(status(&seen, "https"), "unknown");
}

#[test]
fn each_site_on_the_way_has_its_report() {
    let heads =
        "HTTP/1.1 301 M\nSet-Cookie: sessionid=1\nLocation: https://www.google.com/\n\nHTTP/1.1 200 OK\n\n";
    let both = reports("http://a-demo.com/", heads).expect("readable");
    let sites: Vec<_> = both.iter().map(|report| report["site"]["registrable_domain"].as_str()).collect();
    assert_eq!(sites, [Some("a-demo.com"), Some("google.com")]);
    assert_eq!(status(&both[0], "cookies"), "fail");
    assert_eq!(codes(&both[0], "errors"), ["redirects.http.first_redirect.insecure"]);
    // The page was not shown by the first site, and its redirect is not the page.
    assert_eq!(status(&both[0], "https"), "warn");
    assert_eq!(both[1]["site"]["url"], "https://www.google.com/");
}

#[test]
fn a_chain_is_followed_through_other_sites() {
    let heads = "HTTP/1.1 301 M\nLocation: https://a-demo.com/\n\nHTTP/2 302\nGOOD\nLocation: http://b-demo.com/\n\n\
                 HTTP/1.1 302 F\nLocation: https://a-demo.com/home\n\nHTTP/2 302\nGOOD\nLocation: https://c-demo.com/\n\n\
                 HTTP/2 200\n\n";
    let all = reports("http://a-demo.com/", heads).expect("readable");
    let urls: Vec<_> = all.iter().map(|report| report["site"]["url"].as_str().expect("a URL")).collect();
    assert_eq!(urls, ["https://a-demo.com/home", "http://b-demo.com/", "https://c-demo.com/"]);
    assert_eq!(
        codes(&all[0], "errors"),
        ["redirects.too_many", "redirects.insecure.subsequent", "redirects.insecure.initial"]
    );
    assert!(!codes(&all[0], "unknown").contains(&"redirects"));
}

#[test]
fn many_sites_take_little_time() {
    let knowledge = knowledge::embedded().expect("sound assets");
    let mut evidence = Evidence::new(Recorder { name: "test".into(), browser: None });
    let mut jar = Vec::new();
    for n in 0..2_000 {
        let url = Url::parse(&format!("https://shop{n}-demo.com/")).expect("a URL");
        let mut of_site = read(b"HTTP/2 200\n\n", Some(&url), super::spec::NOON).expect("readable");
        evidence.visits.append(&mut of_site.visits);
        jar.push(JarCookie {
            name: "sessionid".into(),
            value_length: 1,
            domain: format!("shop{n}-demo.com"),
            host_only: true,
            path: "/".into(),
            secure: false,
            http_only: true,
            same_site: SameSiteStored::Lax,
            expires_at: None,
            partition: None,
        });
    }
    evidence.jar = Observed::Seen(jar);
    let began = std::time::Instant::now();
    let reports = audit(&evidence, &knowledge, super::spec::NOON);
    assert_eq!(reports.len(), 2_000);
    for report in &reports {
        assert_eq!(report.verdicts.cookies.status.key(), "fail", "{}", report.site.url);
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
