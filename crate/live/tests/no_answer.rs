//! A server that agrees on TLS and gives no answer of http: what is said is what happened.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use https_audit_core::evidence::Observed;
use https_audit_core::knowledge;
use https_audit_core::url::Url;
use https_audit_core::verdict::Status;
use https_audit_live::{Live, Look, Roots, Settings};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

const HOST: &str = "shop-demo.com";
const NOW: i64 = 1_795_348_800;

/// Looks at a server that reads what it is asked over TLS, says this, and ends the connection.
fn look(says: &'static [u8]) -> Look {
    let own = rcgen::generate_simple_self_signed([HOST.to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(own.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .expect("a configuration");
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("a connection");
            let mut stream = StreamOwned::new(connection, stream);
            // Who speaks http to it, or another version of TLS, gets nothing.
            if stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0) {
                let _ = stream.write_all(says);
                stream.conn.send_close_notify();
                let _ = stream.flush();
            }
        }
    });
    let live = Live::new(Settings {
        version: "0",
        now: NOW,
        timeout: Duration::from_secs(5),
        rate: 1000,
        resolve: Vec::new(),
        connect_to: vec![format!("::127.0.0.1:{port}").parse().expect("a rule")],
        roots: Roots::of_pem(own.cert.pem().as_bytes()).expect("roots"),
        location: |_, _| None,
    });
    let url = Url::parse("https://shop-demo.com/").expect("a URL");
    live.look(&url, &knowledge::embedded().expect("sound lists"))
}

#[test]
fn tls_without_an_answer_is_called_so() {
    for (says, expected) in [
        (&b""[..], "TLS was agreed on, and then shop-demo.com:443 closed the connection without an answer"),
        (
            b"HTTP/1.1 200 OK\r\nServer: a",
            "TLS was agreed on, and then shop-demo.com:443 closed the connection in the middle of the answer's head",
        ),
    ] {
        let look = look(says);
        assert_eq!((look.unreachable.as_deref(), look.unseen.as_deref()), (None, Some(expected)));
        let exchange = &look.evidence.visits[0].exchanges[0];
        let Observed::Seen(connection) = &exchange.connection else { panic!("{exchange:?}") };
        assert!(connection.protocol.is_seen() && connection.certificates.is_seen(), "{connection:?}");

        let lists = knowledge::embedded().expect("sound lists");
        let reports = https_audit_core::audit(&look.evidence, &lists, NOW);
        let report = reports.first().expect("a report");
        let preload = &report.verdicts.hsts_preload;
        assert_eq!(preload.status, Status::Warn);
        assert_eq!(
            preload.headline,
            "Not ready for the preload lists: the domain does not answer over https."
        );
        let told =
            report.findings.iter().find(|finding| finding.title.contains("does not answer over https"));
        let message = &told.expect("a finding").message;
        assert!(message.ends_with(&format!(" The live audit saw this: `{expected}`.")), "{message}");
    }
}

#[test]
fn an_answer_that_is_no_http_is_called_so() {
    let look = look(b"SSH-2.0-x\r\n");
    let expected = "TLS was agreed on, and then shop-demo.com:443 answered, and not with http";
    assert_eq!(look.unseen.as_deref(), Some(expected));
}
