use super::{Known, Policy, Source, State, classify, is_ip_address, known, policies};
use crate::field::Span;

fn words(field: &str) -> Vec<Vec<(String, Vec<String>, State)>> {
    let octets = field.as_bytes();
    let text = |span: Span| String::from_utf8_lossy(span.of(octets)).into_owned();
    let directives = |policy: Policy| {
        let of = |d: super::Directive| {
            (text(d.name), d.values(octets).into_iter().map(text).collect::<Vec<_>>(), d.state)
        };
        policy.directives.into_iter().map(of).collect::<Vec<_>>()
    };
    policies(octets).into_iter().map(directives).collect()
}

fn directive(name: &str, values: &[&str], state: State) -> (String, Vec<String>, State) {
    (name.to_owned(), values.iter().map(|&value| value.to_owned()).collect(), state)
}

#[test]
fn policies_and_directives() {
    use State::{Counts, NotAscii, Repeated};
    for (field, expected) in [
        ("", vec![vec![]]),
        (" ; ;", vec![vec![]]),
        (
            "default-src 'self'\t\x0ca ; IMG-SRC",
            vec![vec![directive("default-src", &["'self'", "a"], Counts), directive("IMG-SRC", &[], Counts)]],
        ),
        (
            "img-src a;IMG-src b, img-src c",
            vec![
                vec![directive("img-src", &["a"], Counts), directive("IMG-src", &["b"], Repeated)],
                vec![directive("img-src", &["c"], Counts)],
            ],
        ),
        // What is not ASCII does not stand in the way of what comes after it.
        (
            "img-src é; img-src b",
            vec![vec![directive("img-src", &["é"], NotAscii), directive("img-src", &["b"], Counts)]],
        ),
        (",x", vec![vec![], vec![directive("x", &[], Counts)]]),
    ] {
        assert_eq!(words(field), expected, "{field:?}");
    }
}

#[test]
fn names() {
    for (name, expected) in [
        ("Script-Src-Elem", Known::Current),
        ("upgrade-insecure-requests", Known::Current),
        ("referrer", Known::Deprecated),
        ("script-src:", Known::Unknown),
        ("", Known::Unknown),
    ] {
        assert_eq!(known(name.as_bytes()), expected, "{name}");
    }
}

#[test]
fn source_expressions() {
    let said = |text: &str| match classify(text.as_bytes()) {
        Source::Keyword(keyword) => keyword.word().to_owned(),
        Source::Nonce(value) => format!("nonce {}", String::from_utf8_lossy(value)),
        Source::Hash(value) => format!("hash {}", String::from_utf8_lossy(value)),
        Source::Scheme(value) => format!("scheme {}", String::from_utf8_lossy(value)),
        Source::Host(host) => {
            let parts = [host.scheme, host.host, host.port, host.path];
            format!("host {}", parts.map(|part| String::from_utf8_lossy(part).into_owned()).join("|"))
        }
        Source::Invalid => "invalid".to_owned(),
    };
    for (text, expected) in [
        ("'SELF'", "'self'"),
        ("'strict-dynamic'", "'strict-dynamic'"),
        ("'selfish'", "invalid"),
        ("'", "invalid"),
        ("''", "invalid"),
        ("'nonce-aB3+/-_=='", "nonce aB3+/-_=="),
        ("'Nonce-a'", "nonce a"),
        ("'nonce-'", "invalid"),
        ("'nonce-='", "invalid"),
        ("'nonce-a==='", "invalid"),
        ("'nonce-a=b'", "invalid"),
        ("'nonce-a$'", "invalid"),
        ("'nonce-a", "invalid"),
        ("'sha256-abc='", "hash abc="),
        ("'SHA512-abc'", "hash abc"),
        ("'sha1-abc'", "invalid"),
        ("https:", "scheme https"),
        ("blob:", "scheme blob"),
        (":", "invalid"),
        ("1:", "invalid"),
        ("*", "host |*||"),
        ("*:*", "host |*|*|"),
        ("https://*", "host https|*||"),
        ("self", "host |self||"),
        ("example.com", "host |example.com||"),
        ("*.example.com:443/a/?b#c", "host |*.example.com|443|/a/"),
        ("http://a_b.example./x", "host http|a_b.example.||/x"),
        ("localhost:8000", "host |localhost|8000|"),
        ("//example.com", "invalid"),
        ("https://", "invalid"),
        ("https:///x", "invalid"),
        ("https://*.", "invalid"),
        ("*.*.example.com", "invalid"),
        ("a..b", "invalid"),
        ("a:", "scheme a"),
        ("a.b:x", "invalid"),
        ("[::1]", "invalid"),
        ("/path", "invalid"),
        ("", "invalid"),
    ] {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn addresses() {
    for (text, expected) in [
        ("192.0.2.1", true),
        ("https://192.0.2.1:8080/a", true),
        ("[::1]", true),
        ("http://[2001:db8::1]:80", true),
        ("192.0.2", false),
        ("1.2.3.4.example", false),
        ("example.com", false),
        ("*", false),
    ] {
        assert_eq!(is_ip_address(text.as_bytes()), expected, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn every_span_is_inside(field: Vec<u8>, policy in "[-a-z '*:/.;, \t]{0,60}") {
        for octets in [field.as_slice(), policy.as_bytes()] {
            for policy in policies(octets) {
                proptest::prop_assert!(policy.span.end <= octets.len());
                let mut last = policy.span.start;
                for directive in &policy.directives {
                    proptest::prop_assert!(last <= directive.name.start && directive.name.end <= directive.value.start);
                    proptest::prop_assert!(!directive.name.is_empty());
                    last = directive.value.end;
                    for span in directive.values(octets) {
                        proptest::prop_assert!(directive.value.start <= span.start && span.end <= directive.value.end);
                        proptest::prop_assert!(!span.is_empty() && !span.of(octets).iter().any(u8::is_ascii_whitespace));
                        let _ = (classify(span.of(octets)), is_ip_address(span.of(octets)));
                    }
                }
                proptest::prop_assert!(last <= policy.span.end);
            }
        }
    }
}
