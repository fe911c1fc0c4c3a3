//! Responses and the codes that hstspreload.org gives for them.

use crate::evidence::{
    Browser, Connection, ConnectionState, Evidence, Exchange, Failure, Field, Observed, Reason, Recorder,
    Redirect, RedirectCause, ResourceKind, Response, Visit,
};
use crate::fact::{Facts, PreloadFact, StepResult};
use crate::field::Engine;
use crate::knowledge;
use crate::url::Url;

const GOOD: &str = "max-age=31536000; includeSubDomains; preload";
const NOON: i64 = 1_795_348_800;

/// One line of a case.
pub(super) enum Line {
    /// URL, status, Location, fields.
    Answer(&'static str, u16, &'static str, &'static [&'static str]),
    /// URL and the browser's word.
    Failed(&'static str, &'static str),
    /// URL that the browser upgraded by itself.
    Hidden(&'static str),
    /// As `Answer`, with the certificate's error overridden.
    Overridden(&'static str),
    /// As `Answer` of status 200 with this protocol and suite.
    Tls(&'static str, &'static str, &'static str),
}
use Line::{Answer, Failed, Hidden, Overridden, Tls};

pub(super) const fn ok(url: &'static str, fields: &'static [&'static str]) -> Line {
    Answer(url, 200, "", fields)
}

pub(super) const fn to(url: &'static str, location: &'static str) -> Line {
    Answer(url, 301, location, &[])
}

/// A load that failed, with the browser's word.
pub(super) const fn unreached(url: &'static str, error: &'static str) -> Line {
    Failed(url, error)
}

fn connection(protocol: &str, suite: &str, overridden: bool) -> Connection {
    let unseen = Reason::NotExposedByThisBrowser;
    Connection {
        state: ConnectionState::Secure,
        stated: !protocol.is_empty() || overridden,
        overridden: overridden.then(|| "trust".to_owned()),
        protocol: Observed::Seen(protocol.to_owned())
            .and_then(|p| if p.is_empty() { Observed::Unseen(unseen) } else { Observed::Seen(p) }),
        cipher_suite: Observed::Seen(suite.to_owned()),
        key_exchange_group: Observed::Unseen(unseen),
        signature_scheme: Observed::Unseen(unseen),
        encrypted_client_hello: Observed::Unseen(unseen),
        transparency: Observed::Unseen(unseen),
        certificates: Observed::Unseen(unseen),
    }
}

fn exchange(line: &Line, at: i64) -> Exchange {
    let (url, status, location, fields) = match line {
        Answer(url, status, location, fields) => (*url, *status, *location, *fields),
        Failed(url, _) | Hidden(url) => (*url, 0, "", &[][..]),
        Overridden(url) | Tls(url, ..) => (*url, 200, "", &[GOOD][..]),
    };
    let url = Url::parse(url).expect("a URL");
    let connection = match line {
        Tls(_, protocol, suite) => connection(protocol, suite, false),
        Overridden(_) => connection("", "", true),
        _ => connection("", "", false),
    };
    let mut response = Response { status, fields: Vec::new(), dropped: 0 };
    if !location.is_empty() {
        response.fields.push(Field::received("Location", location.as_bytes()));
    }
    for field in fields {
        response.fields.push(Field::received("Strict-Transport-Security", field.as_bytes()));
    }
    let hidden = matches!(line, Hidden(_));
    let redirect = if hidden {
        let twin = url.as_str().replacen("http:", "https:", 1);
        Some(Redirect { to: Url::parse(&twin).expect("a URL"), cause: RedirectCause::Hsts })
    } else {
        url.join(location)
            .filter(|_| !location.is_empty())
            .map(|to| Redirect { to, cause: RedirectCause::Server })
    };
    Exchange {
        method: "GET".into(),
        kind: ResourceKind::MainFrame,
        at,
        initiator: None,
        response: match line {
            Hidden(_) => Observed::Unseen(Reason::HiddenByHsts),
            Failed(..) => Observed::Unseen(Reason::LoadFailed),
            _ => Observed::Seen(response),
        },
        redirect,
        connection: if url.is_https() && !hidden {
            Observed::Seen(connection)
        } else {
            Observed::Unseen(Reason::NotExposedByThisBrowser)
        },
        url,
        address: None,
        from_cache: false,
        error: None,
    }
}

/// The fact for the page `url`, after these answers in order.
pub(super) fn fact(url: &str, lines: &[Line]) -> PreloadFact {
    let recorder = Recorder {
        name: "test".into(),
        browser: Some(Browser { engine: Engine::Chromium, version: String::new() }),
    };
    let mut evidence = Evidence::new(recorder);
    for (n, line) in lines.iter().enumerate() {
        let at = NOON * 1000 - 10_000 + i64::try_from(n).expect("few lines");
        if let Failed(url, error) = line {
            evidence.earlier_failures.push(Failure { url: (*url).into(), error: (*error).into(), at });
        }
        evidence.earlier.push(exchange(line, at));
    }
    evidence.visits.push(Visit {
        url: url.into(),
        began_at: NOON * 1000,
        watched: Observed::Seen(()),
        exchanges: Vec::new(),
        dropped: 0,
        failure: None,
        document: Observed::Unseen(Reason::NotInInput),
        unseen_hosts: None,
    });
    let knowledge = knowledge::embedded().expect("sound assets");
    Facts::new(&evidence, &knowledge, NOON).preload
}

pub(super) const HTTP: &str = "http://shop-demo.com/";
pub(super) const HTTPS: &str = "https://shop-demo.com/";
pub(super) const WWW: &str = "https://www.shop-demo.com/";
pub(super) const OVER_HTTP: Line = to(HTTP, HTTPS);
pub(super) const OVER_HTTPS: Line = ok(HTTPS, &[GOOD]);
pub(super) const OVER_WWW: Line = ok(WWW, &[]);

/// What it is about, the answers, errors, warnings, steps not observed.
pub(super) type Row = (
    &'static str,
    &'static [Line],
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

pub(super) const ROWS: &[Row] = &[
    ("all met", &[OVER_HTTP, OVER_HTTPS, OVER_WWW], &[], &[], &[]),
    ("nothing seen", &[], &[], &[], &["header", "http", "www"]),
    ("https only", &[OVER_HTTPS], &[], &[], &["http", "www"]),
    ("http known to the browser only", &[Hidden(HTTP), OVER_HTTPS, OVER_WWW], &[], &[], &["http"]),
    (
        "the certificate ends the scan",
        &[to(HTTP, WWW), Failed(HTTPS, "net::ERR_CERT_DATE_INVALID")],
        &["domain.tls.invalid_cert_chain"],
        &[],
        &[],
    ),
    ("an overridden one too", &[OVER_HTTP, Overridden(HTTPS)], &["domain.tls.invalid_cert_chain"], &[], &[]),
    (
        "one refused before and taken now was overridden",
        &[Failed(HTTPS, "net::ERR_CERT_AUTHORITY_INVALID"), OVER_HTTPS],
        &["domain.tls.invalid_cert_chain"],
        &[],
        &[],
    ),
    (
        "no TLS",
        &[Failed(HTTPS, "NS_ERROR_CONNECTION_REFUSED"), ok(HTTP, &[])],
        &["domain.tls.cannot_connect"],
        &[],
        &[],
    ),
    (
        "a stopped load says nothing",
        &[Failed(HTTPS, "net::ERR_ABORTED"), Failed(HTTP, "net::ERR_NAME_NOT_RESOLVED")],
        &[],
        &[],
        &["header", "http", "www"],
    ),
    (
        "a later success counts",
        &[Failed(WWW, "net::ERR_SSL_PROTOCOL_ERROR"), OVER_WWW, OVER_HTTPS],
        &[],
        &[],
        &["http"],
    ),
    (
        "old cipher",
        &[OVER_HTTP, Tls(HTTPS, "TLSv1.2", "TLS_RSA_WITH_AES_128_GCM_SHA256"), OVER_WWW],
        &[],
        &["tls.obsolete_cipher_suite"],
        &[],
    ),
    (
        "good cipher",
        &[OVER_HTTP, Tls(HTTPS, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"), OVER_WWW],
        &[],
        &[],
        &[],
    ),
    ("no field", &[OVER_HTTP, ok(HTTPS, &[]), OVER_WWW], &["response.no_header"], &[], &[]),
    (
        "two fields",
        &[OVER_HTTP, ok(HTTPS, &[GOOD, GOOD]), OVER_WWW],
        &["response.multiple_headers"],
        &[],
        &[],
    ),
    (
        "codes of the field in their order, and none of the redirect's target",
        &[OVER_HTTP, ok(HTTPS, &["max-age=10;; x"]), OVER_WWW],
        &[
            "header.preloadable.include_sub_domains.missing",
            "header.preloadable.preload.missing",
            "header.preloadable.max_age.below_1_year",
        ],
        &["header.parse.empty_directive", "header.parse.unknown_directive"],
        &[],
    ),
    (
        "the field of a redirect counts",
        &[OVER_HTTP, Answer(HTTPS, 302, WWW, &[GOOD]), OVER_WWW],
        &[],
        &[],
        &[],
    ),
    (
        "http refused: nothing else of http is asked",
        &[Failed(HTTP, "net::ERR_CONNECTION_REFUSED"), OVER_HTTPS, OVER_WWW],
        &[],
        &["redirects.http.does_not_exist"],
        &[],
    ),
    (
        "field over http",
        &[Answer(HTTP, 308, HTTPS, &[GOOD]), OVER_HTTPS, OVER_WWW],
        &[],
        &["redirects.http.useless_header"],
        &[],
    ),
    ("no redirect", &[ok(HTTP, &[]), OVER_HTTPS, OVER_WWW], &["redirects.http.no_redirect"], &[], &[]),
    ("www first", &[to(HTTP, WWW), OVER_WWW, OVER_HTTPS], &["redirects.http.www_first"], &[], &[]),
    (
        "www first, over http",
        &[to(HTTP, "http://www.shop-demo.com/"), to("http://www.shop-demo.com/", WWW), OVER_WWW, OVER_HTTPS],
        &["redirects.http.www_first"],
        &[],
        &[],
    ),
    (
        "another path over http first",
        &[to(HTTP, "/en"), to("http://shop-demo.com/en", HTTPS), OVER_HTTPS, OVER_WWW],
        &["redirects.http.first_redirect.insecure"],
        &[],
        &[],
    ),
    (
        "another host",
        &[to(HTTP, "https://other-demo.com/"), ok("https://other-demo.com/", &[]), OVER_HTTPS, OVER_WWW],
        &["redirects.http.first_redirect.insecure"],
        &[],
        &[],
    ),
    (
        "letter case counts",
        &[to(HTTP, "https://Shop-Demo.com/"), OVER_HTTPS, OVER_WWW],
        &["redirects.http.first_redirect.insecure"],
        &[],
        &[],
    ),
    (
        "another path and port of the same host is fine",
        &[
            to(HTTP, "https://shop-demo.com:8443/en"),
            ok("https://shop-demo.com:8443/en", &[GOOD]),
            OVER_HTTPS,
            OVER_WWW,
        ],
        &[],
        &[],
        &[],
    ),
    (
        "another port that refuses is another service",
        &[
            OVER_HTTP,
            Failed("http://shop-demo.com:8080/", "net::ERR_CONNECTION_REFUSED"),
            Failed("https://shop-demo.com:8443/", "net::ERR_CERT_AUTHORITY_INVALID"),
            Failed("https://www.shop-demo.com:8443/", "net::ERR_CERT_AUTHORITY_INVALID"),
            OVER_HTTPS,
            OVER_WWW,
        ],
        &[],
        &[],
        &[],
    ),
    (
        "another port speaks not for the default one",
        &[OVER_HTTP, OVER_HTTPS, OVER_WWW, ok("https://shop-demo.com:8443/", &[])],
        &[],
        &[],
        &[],
    ),
    (
        "another port hides no failure of the default one",
        &[
            Failed(HTTPS, "net::ERR_CERT_AUTHORITY_INVALID"),
            Failed("https://shop-demo.com:8443/", "net::ERR_CONNECTION_REFUSED"),
            ok("https://shop-demo.com:8443/", &[GOOD]),
        ],
        &["domain.tls.invalid_cert_chain"],
        &[],
        &[],
    ),
    (
        "the first target sends none",
        &[to(HTTP, "https://shop-demo.com/en"), ok("https://shop-demo.com/en", &[]), OVER_HTTPS, OVER_WWW],
        &["redirects.http.first_redirect.no_hsts"],
        &[],
        &[],
    ),
    (
        "down to http and up again",
        &[
            OVER_HTTP,
            Answer(HTTPS, 301, "http://shop-demo.com/en", &[GOOD]),
            to("http://shop-demo.com/en", "https://shop-demo.com/en"),
            ok("https://shop-demo.com/en", &[GOOD]),
            OVER_WWW,
            Answer(HTTPS, 301, "http://shop-demo.com/en", &[GOOD]),
        ],
        &["redirects.insecure.subsequent", "redirects.insecure.initial"],
        &[],
        &[],
    ),
    (
        "three hops from https, four from http",
        &[
            OVER_HTTP,
            Answer(HTTPS, 301, "/1", &[GOOD]),
            Answer("https://shop-demo.com/1", 301, "/2", &[GOOD]),
            Answer("https://shop-demo.com/2", 301, "/3", &[GOOD]),
            ok("https://shop-demo.com/3", &[GOOD]),
            OVER_WWW,
        ],
        &["redirects.too_many"],
        &[],
        &[],
    ),
    (
        "a target that was not seen",
        &[OVER_HTTP, Answer(HTTPS, 302, "https://login-demo.com/", &[GOOD]), OVER_WWW],
        &[],
        &[],
        &["redirects"],
    ),
    (
        "a target that fails",
        &[
            OVER_HTTP,
            Answer(HTTPS, 302, "https://login-demo.com/", &[GOOD]),
            Failed("https://login-demo.com/", "net::ERR_CERT_COMMON_NAME_INVALID"),
            OVER_WWW,
        ],
        &["redirects.follow_error", "redirects.follow_error"],
        &[],
        &[],
    ),
    (
        "www without a good certificate",
        &[OVER_HTTP, OVER_HTTPS, Failed(WWW, "net::ERR_CERT_COMMON_NAME_INVALID")],
        &["domain.www.no_tls"],
        &[],
        &[],
    ),
    ("no www", &[OVER_HTTP, OVER_HTTPS, Failed(WWW, "net::ERR_CONNECTION_REFUSED")], &[], &[], &[]),
];

#[test]
fn answers_and_codes() {
    for (name, lines, errors, warnings, unknown) in ROWS {
        let fact = fact(HTTPS, lines);
        let codes = |steps: &[super::Step]| steps.iter().map(|step| step.code).collect::<Vec<_>>();
        assert_eq!(codes(&fact.errors), *errors, "{name}");
        assert_eq!(codes(&fact.warnings), *warnings, "{name}");
        assert_eq!(fact.unknown.iter().map(|(step, _)| *step).collect::<Vec<_>>(), *unknown, "{name}");
        let eligible = match (errors.is_empty(), unknown.is_empty()) {
            (false, _) => StepResult::NotEligible,
            (true, false) => StepResult::Unknown,
            (true, true) => StepResult::Eligible,
        };
        assert_eq!(fact.eligible(), eligible, "{name}");
        for step in fact.errors.iter().chain(&fact.warnings) {
            assert!(Url::parse(&step.url).is_some(), "{name}: {step:?}");
        }
    }
}

#[test]
fn a_page_of_a_sub_domain_is_judged_for_the_registrable_domain() {
    let seen = fact(WWW, &[OVER_HTTP, OVER_HTTPS, OVER_WWW]);
    assert_eq!((seen.domain.as_deref(), seen.eligible()), (Some("shop-demo.com"), StepResult::Eligible));
    // The sub-domain's own field says nothing about the domain.
    let unseen = fact(WWW, &[ok(WWW, &[])]);
    assert_eq!(unseen.errors, []);
    assert_eq!(unseen.gap("header").map(|gap| gap.reason), Some(Reason::NotProbed));
    assert_eq!(unseen.eligible(), StepResult::Unknown);
}

#[test]
fn www_is_waived_where_it_cannot_have_tls() {
    let fact = fact("https://shop.appspot.com/", &[]);
    assert_eq!(fact.domain.as_deref(), Some("shop.appspot.com"));
    assert!(fact.gap("www").is_none() && fact.gap("http").is_some());
}

#[test]
fn removal_is_asked_for_by_a_valid_field_without_preload() {
    let asks =
        |field: &'static [&'static str]| fact(HTTPS, &[Answer(HTTPS, 200, "", field)]).asks_for_removal;
    assert_eq!(asks(&["max-age=31536000; includeSubDomains"]), Some(true));
    assert_eq!(asks(&["max-age=0"]), Some(true));
    assert_eq!(asks(&[GOOD]), Some(false));
    assert_eq!(asks(&["includeSubDomains"]), Some(false));
    assert_eq!(asks(&[]), Some(false));
    assert_eq!(fact(HTTPS, &[]).asks_for_removal, None);
}

#[test]
fn addresses_without_a_registrable_domain_are_not_judged() {
    for url in ["https://192.0.2.1/", "https://intranet/", "https://github.io/", "about:blank"] {
        let fact = fact(url, &[]);
        assert_eq!((fact.domain.as_deref(), fact.unknown.len()), (None, 0), "{url}");
    }
}
