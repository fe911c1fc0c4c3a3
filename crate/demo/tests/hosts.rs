//! Raw requests to every demo host over real TLS, as a browser would send them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use https_audit_demo::Demo;
use https_audit_demo::authority::Certificate;
use https_audit_demo::hosts::{HOSTS, OverHttp};
use rustls::pki_types::{CertificateDer, ServerName, pem::PemObject as _};
use rustls::{CertificateError, ClientConfig, ClientConnection, Error, RootCertStore, StreamOwned};

fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(|| {
        let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("demo-hosts");
        Demo::start(&directory).expect("the demo starts")
    })
}

/// The answer's octets; isomorphic, so that every octet can be compared.
fn ask(mut stream: impl Read + Write, host: &str, target: &str) -> std::io::Result<String> {
    write!(stream, "GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")?;
    let mut answer = Vec::new();
    match stream.read_to_end(&mut answer) {
        // The demo closes without close_notify; Content-Length says that nothing is missing.
        Err(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => Err(error),
        _ => Ok(answer.into_iter().map(char::from).collect()),
    }
}

fn http(host: &str, target: &str) -> String {
    let stream =
        TcpStream::connect(("127.0.0.1", demo().description().http_port)).expect("the http port is open");
    ask(stream, host, target).expect("an answer over http")
}

fn https(host: &str, target: &str) -> std::io::Result<String> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(&demo().description().ca).expect("ca.pem")).expect("a CA");
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("TLS versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from(host.to_owned()).expect("a DNS name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a client");
    let stream =
        TcpStream::connect(("127.0.0.1", demo().description().https_port)).expect("the https port is open");
    ask(StreamOwned::new(connection, stream), host, target)
}

fn tls_error(host: &str) -> Error {
    let error = https(host, "/").expect_err("the certificate must be refused");
    error
        .into_inner()
        .and_then(|inner| inner.downcast::<Error>().ok())
        .map(|error| *error)
        .expect("a TLS error")
}

#[test]
fn every_good_host_answers_over_trusted_tls_with_its_fields() {
    for host in HOSTS.iter().filter(|host| host.certificate == Certificate::Good) {
        let answer = https(host.name, "/").expect(host.name);
        assert!(answer.starts_with("HTTP/1.1 200 ") || answer.starts_with("HTTP/1.1 302 "), "{answer}");
        for line in host.hsts.iter().chain(host.headers) {
            assert!(answer.contains(&format!("\r\n{line}\r\n")), "{}: {line} not in {answer}", host.name);
        }
        if host.hsts.is_empty() {
            assert!(!answer.contains("Strict-Transport-Security"), "{answer}");
        }
        for line in host.cookies {
            assert!(answer.contains(&format!("\r\n{line}\r\n")), "{}: {line} not in {answer}", host.name);
        }
        // A favicon without the field would be a finding of its own.
        let favicon = https(host.name, "/favicon.ico").expect(host.name);
        for line in host.hsts {
            assert!(favicon.contains(&format!("\r\n{line}\r\n")), "{favicon}");
        }
    }
}

#[test]
fn http_leads_to_https_except_where_it_must_not() {
    for host in HOSTS {
        let answer = http(host.name, "/deep?a=b");
        assert!(!answer.contains("Strict-Transport-Security"), "{answer}");
        match host.over_http {
            OverHttp::RedirectsToHttps => {
                assert!(answer.starts_with("HTTP/1.1 301 "), "{answer}");
                assert!(
                    answer.contains(&format!("\r\nLocation: https://{}/deep?a=b\r\n", host.name)),
                    "{answer}"
                );
            }
            OverHttp::ServesThePage => {
                assert!(answer.starts_with("HTTP/1.1 404 "), "{answer}");
                assert!(http(host.name, "/").starts_with("HTTP/1.1 200 "), "{}", host.name);
            }
        }
    }
}

#[test]
fn each_bad_certificate_is_bad_in_its_own_way() {
    let certificate = |host| match tls_error(host) {
        Error::InvalidCertificate(error) => error,
        other => panic!("{host}: {other}"),
    };
    let expired = certificate("expired-demo.org");
    assert!(
        matches!(expired, CertificateError::ExpiredContext { .. } | CertificateError::Expired),
        "{expired:?}"
    );
    let early = certificate("not-yet-valid-demo.org");
    assert!(matches!(early, CertificateError::NotValidYetContext { .. }), "{early:?}");
    let untrusted = certificate("untrusted-demo.org");
    assert!(matches!(untrusted, CertificateError::UnknownIssuer), "{untrusted:?}");
    let own = certificate("self-signed-demo.org");
    assert!(matches!(own, CertificateError::UnknownIssuer), "{own:?}");
    let other = certificate("name-mismatch-demo.org");
    assert!(matches!(other, CertificateError::NotValidForNameContext { .. }), "{other:?}");
}

#[test]
fn a_host_without_tls_closes_the_connection() {
    for host in HOSTS.iter().filter(|host| host.certificate == Certificate::NoTls) {
        assert!(https(host.name, "/").map_or(true, |answer| answer.is_empty()), "{} speaks TLS", host.name);
    }
}

#[test]
fn void_fields_are_sent_as_they_are_meant() {
    for (path, field) in [
        ("/", "max-age=31536000 always"),
        ("/duplicate", "max-age=31536000; max-age=31536000; includeSubDomains; preload"),
        ("/nomaxage", "includeSubDomains; preload"),
        ("/junk", "max-age=31536000; includeSubDomains; preload\""),
        ("/comma", "max-age=31536000, includeSubDomains"),
    ] {
        let answer = https("void-hsts-demo.org", path).expect("an answer");
        assert!(answer.contains(&format!("\r\nStrict-Transport-Security: {field}\r\n")), "{answer}");
    }
}

#[test]
fn the_chain_goes_over_http_in_between() {
    assert!(http("chain-start-demo.org", "/").contains("\r\nLocation: https://chain-start-demo.org/\r\n"));
    let second = https("chain-start-demo.org", "/").expect("an answer");
    assert!(second.contains("\r\nLocation: http://chain-end-demo.org/\r\n"), "{second}");
    assert!(http("chain-end-demo.org", "/").contains("\r\nLocation: https://chain-end-demo.org/\r\n"));
    assert!(https("chain-end-demo.org", "/").expect("an answer").starts_with("HTTP/1.1 200 "));
}

#[test]
fn mixed_content_is_asked_for_over_http() {
    let page = https("mixed-demo.org", "/").expect("an answer");
    for part in ["<img src=\"http://", "<script src=\"http://", "<iframe src=\"http://"] {
        assert!(page.contains(part), "{part} not in {page}");
    }
    let passive = https("mixed-demo.org", "/passive").expect("an answer");
    assert!(passive.contains("<img src=\"http://") && !passive.contains("<script"), "{passive}");
    let script = https("mixed-demo.org", "/app.js").expect("an answer");
    assert!(script.contains("\r\nLocation: http://plain-assets-demo.net/app.js\r\n"), "{script}");
    assert!(http("plain-assets-demo.net", "/app.js").starts_with("HTTP/1.1 200 "));
}

#[test]
fn too_much_is_really_sent() {
    let big = https("heavy-demo.org", "/bigheader?bytes=1000000").expect("an answer");
    assert!(big.contains(&format!("\r\nX-Big: {}\r\n", "x".repeat(1_000_000))));
    let cookies = https("heavy-demo.org", "/cookies?n=5000").expect("an answer");
    assert_eq!(cookies.matches("\r\nSet-Cookie: c").count(), 5000);
    let heavy = https("heavy-demo.org", "/heavy?n=20000").expect("an answer");
    assert_eq!(heavy.matches("<img ").count(), 20_000);
}

/// A request to the control interface; the body of the answer.
fn control(method: &str, target: &str, body: &str) -> String {
    let mut stream =
        TcpStream::connect(("127.0.0.1", demo().description().http_port)).expect("the port is open");
    write!(
        stream,
        "{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn ordered_octets_go_out_as_they_are_on_invented_hosts() {
    let answer = control(
        "PUT",
        "/vectors",
        r#"[{"host": "*.oracle-demo.org", "path": "/v", "scheme": "https", "status": 404,
             "headers": ["strict-transport-security:\tmax-age=1;\u00ff\u0001", "X: "], "body": "\u0000"}]"#,
    );
    assert!(answer.ends_with("{\"added\":1}\n"), "{answer}");
    let answer = https("one.oracle-demo.org", "/v").expect("an answer");
    assert_eq!(
        answer,
        "HTTP/1.1 404 Not Found\r\nstrict-transport-security:\tmax-age=1;\u{ff}\u{1}\r\nX: \r\n\
         Content-Length: 1\r\n\r\n\0"
    );
    assert!(
        control("PUT", "/vectors", r#"[{"host": "a", "path": "/", "headers": ["€"]}]"#).contains(" 400 ")
    );
    let log = control("GET", "/requests", "");
    assert!(
        log.contains(r#""scheme":"https","method":"GET","host":"one.oracle-demo.org","target":"/v""#),
        "{log}"
    );
}

#[test]
fn a_held_answer_waits_for_its_release() {
    let waiting = std::thread::spawn(|| https("hardened-demo.org", "/hold?key=test"));
    while !control("GET", "/requests", "").contains("/hold?key=test") {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    assert!(!waiting.is_finished(), "answered before the release");
    control("POST", "/release?key=test", "");
    assert!(waiting.join().expect("no panic").expect("an answer").starts_with("HTTP/1.1 200 "));
}

#[test]
fn socks_leads_every_name_to_the_demo_and_nothing_elsewhere() {
    let connect = |port: u16| {
        let mut stream =
            TcpStream::connect(("127.0.0.1", demo().description().socks_port)).expect("the proxy is open");
        let name = b"hardened-demo.org";
        let length = u8::try_from(name.len()).expect("a short name");
        let request = [&[5, 1, 0, 5, 1, 0, 3, length][..], &name[..], &port.to_be_bytes()[..]].concat();
        stream.write_all(&request).expect("a request");
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).expect("an answer");
        assert_eq!(answer[..2], [5, 0]);
        (answer[3], stream)
    };
    let (granted, stream) = connect(80);
    assert_eq!(granted, 0);
    let answer = ask(stream, "hardened-demo.org", "/").expect("an answer through the proxy");
    assert!(answer.contains("\r\nLocation: https://hardened-demo.org/\r\n"), "{answer}");
    assert_eq!(connect(25).0, 5);
}

#[test]
fn hosts_are_unique_and_described() {
    for host in HOSTS {
        assert_eq!(
            HOSTS.iter().filter(|other| other.name == host.name).count(),
            1,
            "{} stands twice",
            host.name
        );
        assert!(!host.about.is_empty());
    }
    assert_eq!(demo().description().spki_sha256.len(), 1);
}
