//! Browsers' words for failed loads, and what they count for.

use super::{CertificateCause as Cause, *};
use crate::import::read_evidence;

/// Facts of the page `https://shop-demo.com/`, which came over https at 3, after a load of
/// `failed` at 1 that ended in `error`, and an answer of `answered` at 2.
fn with_facts(failed: &str, error: &str, answered: &str, test: impl Fn(&Facts<'_>)) {
    let exchange = |url: &str, at: i64| {
        serde_json::json!({
            "url": url, "method": "GET", "kind": "main-frame", "at": at,
            "response": {"seen": {"status": 200, "fields": [
                {"name": "Strict-Transport-Security", "value": "max-age=31536000"}]}},
            "connection": {"unseen": "not-exposed-by-this-browser"},
        })
    };
    let page = "https://shop-demo.com/";
    let file = serde_json::json!({
        "schema": crate::evidence::SCHEMA,
        "recorder": {"name": "test", "browser": {"engine": "chromium"}},
        "earlier": [exchange(answered, 2)],
        "earlier_failures": [{"url": failed, "error": error, "at": 1}],
        "visits": [{"url": page, "began_at": 3, "watched": {"seen": null}, "exchanges": [exchange(page, 3)]}],
        "jar": {"unseen": "not-in-input"},
    });
    let evidence = read_evidence(file.to_string().as_bytes()).expect("readable");
    let lists = crate::knowledge::embedded().expect("the lists");
    test(&Facts::new(&evidence, &lists, 4));
}

#[test]
fn another_port_is_another_service() {
    let refused = "net::ERR_CERT_AUTHORITY_INVALID";
    for (failed, same) in [("https://shop-demo.com/", true), ("https://shop-demo.com:8443/", false)] {
        with_facts(failed, refused, "https://other-demo.com/", |facts| {
            let page = &facts.hsts.responses("shop-demo.com")[0];
            assert_eq!(page.accepted, !same, "{failed}");
        });
    }
    let closed = "net::ERR_CONNECTION_REFUSED";
    // A sentence is NSS speaking of TLS, which http has none of.
    with_facts("http://shop-demo.com/", "A sentence.", "http://other-demo.com/", |facts| {
        assert!(facts.http_refused("shop-demo.com", None).is_none());
    });
    let (http, on_port) = ("http://shop-demo.com/", "http://shop-demo.com:8080/");
    for (failed, answered, port, expected) in [
        (http, "http://other-demo.com/", None, true),
        (on_port, "http://other-demo.com/", None, false),
        (on_port, "http://other-demo.com/", Some(8080), true),
        (http, http, None, false),
        (http, on_port, None, true),
    ] {
        with_facts(failed, closed, answered, |facts| {
            let refused = facts.http_refused("shop-demo.com", port).is_some();
            assert_eq!(refused, expected, "{failed} {answered} {port:?}");
        });
    }
    for (failed, answered, port, expected) in [
        ("https://shop-demo.com:8443/", "https://other-demo.com/", Some(8443), true),
        ("https://shop-demo.com:8443/", "https://shop-demo.com:8443/", Some(8443), false),
        ("https://shop-demo.com:8443/", "https://other-demo.com/", None, false),
    ] {
        with_facts(failed, refused, answered, |facts| {
            let failure = facts.tls_failure("shop-demo.com", port);
            assert_eq!(failure.is_some(), expected, "{failed} {answered} {port:?}");
        });
    }
}

#[test]
fn words_of_both_browsers() {
    let rows = [
        ("net::ERR_CERT_DATE_INVALID", Certificate(Cause::Date)),
        ("net::ERR_CERT_WEAK_SIGNATURE_ALGORITHM", Certificate(Cause::Other)),
        ("net::ERR_SSL_PROTOCOL_ERROR", Handshake),
        ("net::ERR_SSL_CLIENT_AUTH_CERT_NEEDED", Blame::Nobody),
        ("net::ERR_CONNECTION_REFUSED", NoConnection),
        ("net::ERR_CONNECTION_CLOSED", Dropped),
        ("net::ERR_CONNECTION_RESET", Dropped),
        ("net::ERR_ABORTED", Blame::Nobody),
        ("net::ERR_NAME_NOT_RESOLVED", Blame::Nobody),
        ("net::ERR_BLOCKED_BY_CLIENT", Blame::Nobody),
        ("NS_BINDING_ABORTED", Blame::Nobody),
        ("NS_ERROR_UNKNOWN_HOST", Blame::Nobody),
        ("NS_ERROR_CONNECTION_REFUSED", NoConnection),
        ("NS_ERROR_NET_INTERRUPT", Dropped),
        (
            "Unable to communicate securely with peer: requested domain name does not match the server’s certificate.",
            Certificate(Cause::NameMismatch),
        ),
        ("Das Zertifikat der Gegenstelle ist abgelaufen.", Certificate(Cause::NotTold)),
        ("SSL received a record that exceeded the maximum permissible length.", Handshake),
        ("net::ERR_CERT_AUTHORITY_INVALID", Certificate(Cause::Authority)),
        ("Peer’s Certificate has expired.", Certificate(Cause::Expired)),
        ("The server presented a certificate that is not yet valid.", Certificate(Cause::NotYetValid)),
        ("The certificate is not trusted because it is self-signed.", Certificate(Cause::SelfSigned)),
        ("Peer’s Certificate issuer is not recognized.", Certificate(Cause::Untrusted)),
        ("Peer’s Certificate has been revoked.", Certificate(Cause::Other)),
        // The issuer's, not the server's own.
        (
            "The certificate issuer’s certificate has expired. Check your system date and time.",
            Certificate(Cause::NotTold),
        ),
        ("Peer using unsupported version of security protocol.", Handshake),
        ("Cannot communicate securely with peer: no common encryption algorithm(s).", Handshake),
        // NS_BINDING_ABORTED, SSL_ERROR_BAD_CERT_DOMAIN, NS_ERROR_CONNECTION_REFUSED
        ("Error code 2152398850", Blame::Nobody),
        ("Error code 2153394164", Certificate(Cause::NameMismatch)),
        ("Error code 2152398861", NoConnection),
        ("Error code x", Blame::Nobody),
        ("proxy: Certificate verify failed: certificate has expired", Certificate(Cause::Expired)),
        ("proxy: Certificate verify failed: certificate is not yet valid", Certificate(Cause::NotYetValid)),
        ("proxy: Certificate verify failed: hostname mismatch", Certificate(Cause::NameMismatch)),
        ("proxy: Certificate verify failed: self-signed certificate", Certificate(Cause::SelfSigned)),
        (
            "proxy: Certificate verify failed: self-signed certificate in certificate chain",
            Certificate(Cause::Untrusted),
        ),
        (
            "proxy: Certificate verify failed: unable to get local issuer certificate",
            Certificate(Cause::Untrusted),
        ),
        ("proxy: Certificate verify failed: certificate revoked", Certificate(Cause::Other)),
        ("proxy: Client disconnected.", Blame::Nobody),
        ("proxy: connection closed", Blame::Nobody),
        ("proxy: ERR_CERT_DATE_INVALID", Blame::Nobody),
        ("proxy: [Errno 111] Connect call failed ('127.0.0.1', 1)", NoConnection),
        ("live:certificate-expired: its end", Certificate(Cause::Expired)),
        ("live:certificate-incomplete: ERR_CERT_DATE_INVALID", Certificate(Cause::Untrusted)),
        ("live:tls-failed: SSL_ERROR_UNSUPPORTED_VERSION", Handshake),
        ("live:timed-out: ERR_CONNECTION_REFUSED", Blame::Nobody),
        ("live:connection-refused: shop-demo.com:443", NoConnection),
        ("", Blame::Nobody),
    ];
    for (error, blame) in rows {
        assert_eq!(Blame::of(error), blame, "{error}");
    }
}
