//! Which lines and jar entries are one cookie, and where each can travel in clear.

use super::{CookieFact, CookieRefusal};
use crate::evidence::{
    Browser, Evidence, Exchange, Field, JarCookie, Observed, Reason, Recorder, ResourceKind, Response,
    SameSiteStored, Visit,
};
use crate::fact::{Facts, Reach};
use crate::field::Engine;
use crate::knowledge::embedded;
use crate::url::Url;

const NOW: i64 = 1_795_348_800;

/// One page visit: each response by address and field lines, and the jar where it was seen.
fn evidence(responses: &[(&str, &[&str])], jar: Option<&[&str]>) -> Evidence {
    let browser = Browser { engine: Engine::Chromium, version: String::new() };
    let mut evidence = Evidence::new(Recorder { name: "test".into(), browser: Some(browser) });
    let exchange = |(url, lines): &(&str, &[&str])| Exchange {
        url: Url::parse(url).expect("a URL"),
        method: "GET".into(),
        kind: ResourceKind::MainFrame,
        at: NOW * 1000,
        initiator: None,
        response: Observed::Seen(Response {
            status: 200,
            fields: lines
                .iter()
                .map(|line| {
                    let (name, value) = line.split_once(": ").unwrap_or(("Set-Cookie", line));
                    Field::received(name, value.as_bytes())
                })
                .collect(),
            dropped: 0,
        }),
        redirect: None,
        connection: Observed::Unseen(Reason::NotExposedByThisBrowser),
        address: None,
        from_cache: false,
        error: None,
    };
    evidence.visits.push(Visit {
        url: "https://shop-demo.com/".into(),
        began_at: NOW * 1000,
        watched: Observed::Seen(()),
        exchanges: responses.iter().map(exchange).collect(),
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: None,
    });
    if let Some(jar) = jar {
        evidence.jar = Observed::Seen(jar.iter().map(|text| stored(text)).collect());
    }
    evidence
}

/// `name domain path [flags]`; a domain with a leading dot is no host-only one; a flag with a
/// colon is a partition.
fn stored(text: &str) -> JarCookie {
    let mut words = text.split(' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let (name, domain, path) = (word(), word(), word());
    let mut cookie = JarCookie {
        name,
        value_length: 1,
        host_only: !domain.starts_with('.'),
        domain: domain.trim_start_matches('.').to_owned(),
        path,
        secure: false,
        http_only: false,
        same_site: SameSiteStored::Unspecified,
        expires_at: None,
        partition: None,
    };
    for flag in words {
        match flag {
            "secure" => cookie.secure = true,
            site if site.contains(':') => cookie.partition = Some(site.to_owned()),
            other => panic!("no flag {other:?}"),
        }
    }
    cookie
}

/// A cookie as the tables write it: `name domain path xN` with the number of lines, `jar` where it
/// is stored, and a refusal.
fn words(cookie: &CookieFact<'_>) -> String {
    let stored = match &cookie.stored {
        Some(s) => format!("{}{} {}", if s.host_only { "" } else { "." }, s.domain, s.path),
        None => "refused".to_owned(),
    };
    let jar = if cookie.in_jar.is_some() { " jar" } else { "" };
    format!("{} {stored} x{}{jar}", cookie.name, cookie.settings.len())
        + match &cookie.refusal {
            None => "",
            Some(CookieRefusal::Rule { .. }) => " rule",
            Some(CookieRefusal::SecureExists) => " secure-exists",
            Some(CookieRefusal::NotInJar { .. }) => " not-in-jar",
        }
}

const HTTPS: &str = "https://shop-demo.com/";
const HTTP: &str = "http://shop-demo.com/";

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn lines_and_jar_are_joined_by_all_that_tells_cookies_apart() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a [&'a str])], Option<&'a [&'a str]>, &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        ("twice the same", &[(HTTPS, &["a=1", "a=2; Secure"])], None, &["a shop-demo.com / x2"]),
        (
            "a Domain makes another",
            &[(HTTPS, &["a=1", "a=1; Domain=shop-demo.com"])],
            None,
            &["a shop-demo.com / x1", "a .shop-demo.com / x1"],
        ),
        (
            "a path makes another",
            &[(HTTPS, &["a=1", "a=1; Path=/b"])],
            None,
            &["a shop-demo.com / x1", "a shop-demo.com /b x1"],
        ),
        (
            "a port does not",
            &[(HTTPS, &["a=1"]), ("https://shop-demo.com:8443/", &["a=1"])],
            None,
            &["a shop-demo.com / x2"],
        ),
        ("nor does a scheme", &[(HTTP, &["a=1"]), (HTTPS, &["a=1"])], None, &["a shop-demo.com / x2"]),
        (
            "a host does",
            &[(HTTPS, &["a=1"]), ("https://www.shop-demo.com/", &["a=1"])],
            None,
            &["a shop-demo.com / x1", "a www.shop-demo.com / x1"],
        ),
        (
            "a partition makes another",
            &[(HTTPS, &["a=1; Secure", "a=1; Secure; Partitioned"])],
            Some(&["a shop-demo.com / secure", "a shop-demo.com / secure https://shop-demo.com"]),
            &["a shop-demo.com / x1 jar", "a shop-demo.com / x1 jar"],
        ),
        (
            "another site's partition is not this page's",
            &[(HTTPS, &["a=1; Secure; Partitioned"])],
            Some(&["a shop-demo.com / secure https://other-demo.org"]),
            &["a shop-demo.com / x1 not-in-jar", "a shop-demo.com / x0 jar"],
        ),
        ("only in the jar", &[(HTTPS, &[])], Some(&["a shop-demo.com /"]), &["a shop-demo.com / x0 jar"]),
        (
            "deleted",
            &[(
                HTTPS,
                &["a=1; Path=/b; Domain=shop-demo.com", "a=; Path=/b; Domain=shop-demo.com; Max-Age=0"],
            )],
            None,
            &[],
        ),
        (
            "another path is not deleted",
            &[(HTTPS, &["a=1", "a=; Path=/b; Max-Age=0"])],
            None,
            &["a shop-demo.com / x1"],
        ),
        (
            "deleted and set again",
            &[(HTTPS, &["a=1", "a=; Max-Age=0", "a=2"])],
            None,
            &["a shop-demo.com / x1"],
        ),
        (
            "a refused line changes nothing",
            &[(HTTPS, &["a=1; Secure", "a=2; SameSite=None"])],
            None,
            &["a shop-demo.com / x1", "a refused x1 rule"],
        ),
        (
            "two reasons are two refusals",
            &[(HTTPS, &["a=1; Domain=com", "a=2; SameSite=None", "a=3; Domain=com"])],
            None,
            &["a refused x2 rule", "a refused x1 rule"],
        ),
        (
            "http can not overwrite Secure",
            &[(HTTPS, &["a=1; Secure"]), (HTTP, &["a=2"])],
            None,
            &["a shop-demo.com / x1", "a refused x1 secure-exists"],
        ),
        (
            "nor delete it",
            &[(HTTPS, &["a=1; Secure"]), (HTTP, &["a=; Max-Age=0"])],
            None,
            &["a shop-demo.com / x1"],
        ),
        (
            "nor shadow it",
            &[(HTTPS, &["a=1; Secure"]), (HTTP, &["a=2; Domain=shop-demo.com; Path=/b"])],
            None,
            &["a shop-demo.com / x1", "a refused x1 secure-exists"],
        ),
        (
            "at a shorter path it can add one",
            &[(HTTPS, &["a=1; Secure; Path=/b"]), (HTTP, &["a=2"])],
            None,
            &["a shop-demo.com /b x1", "a shop-demo.com / x1"],
        ),
        (
            "an attribute in the jar wins",
            &[(HTTPS, &["a=1"])],
            Some(&["a shop-demo.com / secure"]),
            &["a shop-demo.com / x1 jar"],
        ),
        ("not kept", &[(HTTPS, &["a=1"])], Some(&[]), &["a shop-demo.com / x1 not-in-jar"]),
        (
            "a line that was cut proves nothing",
            &[(HTTPS, &[&format!("a=1; x={}; Secure", "y".repeat(9000))])],
            None,
            &[],
        ),
    ];
    let knowledge = embedded().expect("sound assets");
    for (name, responses, jar, expected) in cases {
        let evidence = evidence(responses, *jar);
        let facts = Facts::new(&evidence, &knowledge, NOW);
        let got: Vec<String> = facts.cookies.iter().map(words).collect();
        assert_eq!(got, *expected, "{name}");
    }
}

#[test]
fn reach_follows_domain_secure_policy_and_lists() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a [&'a str])], String);
    const YEAR: &str = "Strict-Transport-Security: max-age=31536000";
    const ALL: &str = "Strict-Transport-Security: max-age=31536000; includeSubDomains";
    let clear = |url: &str| format!("clear {url}");
    let cases: &[Case<'_>] = &[
        ("nothing covers", &[(HTTPS, &["a=1"])], clear("http://shop-demo.com/")),
        ("Secure", &[(HTTPS, &["a=1; Secure"])], "none".into()),
        ("path", &[(HTTPS, &["a=1; Path=/x y"])], clear("http://shop-demo.com/x%20y")),
        ("port", &[("https://shop-demo.com:8443/", &["a=1"])], clear("http://shop-demo.com/")),
        ("own policy", &[(HTTPS, &[YEAR, "a=1"])], "none".into()),
        (
            "own policy, Domain",
            &[(HTTPS, &[YEAR, "a=1; Domain=shop-demo.com"])],
            "any http://any.shop-demo.com/".into(),
        ),
        ("own policy with sub-domains", &[(HTTPS, &[ALL, "a=1; Domain=shop-demo.com"])], "none".into()),
        ("parent's policy", &[(HTTPS, &[ALL]), ("https://www.shop-demo.com/", &["a=1"])], "none".into()),
        (
            "parent's policy without sub-domains",
            &[(HTTPS, &[YEAR]), ("https://www.shop-demo.com/", &["a=1"])],
            clear("http://www.shop-demo.com/"),
        ),
        (
            "sub-domain's policy",
            &[("https://www.shop-demo.com/", &[ALL, "a=1; Domain=shop-demo.com"])],
            clear("http://shop-demo.com/"),
        ),
        (
            "policy deleted",
            &[(HTTPS, &[YEAR]), (HTTPS, &["Strict-Transport-Security: max-age=0", "a=1"])],
            clear("http://shop-demo.com/"),
        ),
        ("policy over http", &[(HTTP, &[ALL, "a=1"])], clear("http://shop-demo.com/")),
        (
            "host seen over http",
            &[
                (HTTPS, &[YEAR, "a=1; Domain=shop-demo.com"]),
                ("https://a.shop-demo.com/", &[]),
                ("http://b.shop-demo.com/", &[]),
            ],
            clear("http://b.shop-demo.com/"),
        ),
        (
            "policy ends first",
            &[(HTTPS, &["Strict-Transport-Security: max-age=600; includeSubDomains", "a=1; Max-Age=700"])],
            "after 600 http://shop-demo.com/".into(),
        ),
        (
            "policy ends last",
            &[(HTTPS, &["Strict-Transport-Security: max-age=600", "a=1; Max-Age=500"])],
            "none".into(),
        ),
        ("both lists", &[("https://shop-demo.dev/", &["a=1; Domain=shop-demo.dev"])], "none".into()),
        ("localhost", &[("http://localhost:8000/", &["a=1"])], "none".into()),
        ("loopback", &[("http://127.0.0.1/", &["a=1"])], "none".into()),
        ("address", &[("https://192.0.2.7/", &[ALL, "a=1"])], clear("http://192.0.2.7/")),
        ("IPv6", &[("https://[2001:db8::1]/", &[ALL, "a=1"])], clear("http://[2001:db8::1]/")),
        ("single label", &[("https://intranet/", &[YEAR, "a=1"])], "none".into()),
    ];
    let knowledge = embedded().expect("sound assets");
    for (name, responses, expected) in cases {
        let evidence = evidence(responses, None);
        let facts = Facts::new(&evidence, &knowledge, NOW);
        let got = match facts.cookies.first().and_then(|cookie| cookie.reach.clone()) {
            Some(Reach::None(_)) => "none".to_owned(),
            Some(Reach::ClearText { url, seen: true, .. }) => format!("clear {url}"),
            Some(Reach::ClearText { url, seen: false, .. }) => format!("any {url}"),
            Some(Reach::AfterPolicy { url, policy }) => format!("after {policy} {url}"),
            None => "no cookie".to_owned(),
        };
        assert_eq!(got, *expected, "{name}");
    }
}

#[test]
fn five_thousand_cookies_give_a_report_that_can_be_read() {
    let line = |n: usize| match n % 3 {
        0 => format!("c{n}=1; Domain=shop-demo.com"),
        1 => format!("c=1; Path=/{n}"),
        _ => format!("c{n}=1; SameSite=None"),
    };
    let lines: Vec<String> = (0..5000).map(line).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let jar: Vec<String> = (0..5000).map(|n| format!("j{n} h{n}.shop-demo.com /")).collect();
    let jar: Vec<&str> = jar.iter().map(String::as_str).collect();
    let evidence = evidence(&[(HTTPS, &lines), (HTTP, &lines)], Some(&jar));
    let knowledge = embedded().expect("sound assets");
    let facts = Facts::new(&evidence, &knowledge, NOW);
    assert_eq!(facts.cookies.len(), 10_000);
    let report = crate::report::Report::by(&facts, crate::check::registry::ALL);
    assert!(report.findings.len() < 200, "{} findings", report.findings.len());
    assert!(report.findings.iter().any(|finding| finding.title.ends_with("(1,666 times)")));
}
