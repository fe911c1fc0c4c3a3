//! Against servers that know nothing but hellos, since no library of today has RC4, 3DES or EXPORT any more.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use https_audit_core::fact::suite_weakness;

use super::testing::{alert, records, server_hello};
use super::write::number;
use super::*;
use crate::context::Settings;
use crate::pace::Pace;
use crate::roots::Roots;

/// What a server does with the hello of a version and these suites, the how-manieth it is.
type Behaviour = fn(asked: usize, version: u16, suites: &[u16]) -> Then;

enum Then {
    Say(Vec<u8>),
    Close,
    Hang,
}

/// Version and suites of a hello; TLS 1.3 is told by its suites.
fn asked_for(hello: &[u8]) -> (u16, Vec<u16>) {
    let version = u16::from_be_bytes([hello[9], hello[10]]);
    let at = 44 + usize::from(hello[43]);
    let length = usize::from(u16::from_be_bytes([hello[at], hello[at + 1]]));
    let suites = hello[at + 2..at + 2 + length].chunks(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
    let suites: Vec<u16> = suites.collect();
    (if suites[0] >> 8 == 0x13 { 0x0304 } else { version }, suites)
}

fn answer(mut stream: TcpStream, asked: usize, behaviour: Behaviour) {
    let mut head = [0; 5];
    if stream.read_exact(&mut head).is_err() {
        return;
    }
    let mut hello = head.to_vec();
    hello.resize(5 + usize::from(u16::from_be_bytes([head[3], head[4]])), 0);
    stream.read_exact(&mut hello[5..]).expect("the rest of a hello");
    let (version, suites) = asked_for(&hello);
    match behaviour(asked, version, &suites) {
        Then::Say(octets) => stream.write_all(&octets).expect("somebody reads"),
        Then::Close => {}
        Then::Hang => thread::sleep(Duration::from_secs(2)),
    }
}

/// What is found out of a server, and with how many connections.
fn found(behaviour: Behaviour) -> (Offers, usize) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&connections);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let asked = count.fetch_add(1, Ordering::SeqCst);
            thread::spawn(move || answer(stream, asked, behaviour));
        }
    });
    let own = rcgen::generate_simple_self_signed(["shop.test".to_owned()]).expect("a certificate");
    let settings = Settings {
        version: "0",
        now: 1_795_348_800,
        timeout: Duration::from_millis(400),
        rate: 1000,
        resolve: vec!["*:1:127.0.0.1".parse().expect("a rule")],
        connect_to: vec![format!("::127.0.0.1:{port}").parse().expect("a rule")],
        roots: Roots::of_pem(own.cert.pem().as_bytes()).expect("roots"),
        location: |_, _| None,
    };
    let pace = Pace::new(settings.rate);
    let offers = offers(&Context::new(&settings, &pace), "shop.test", 443);
    assert_eq!((offers.host.as_str(), offers.port), ("shop.test", 443));
    (offers, connections.load(Ordering::SeqCst))
}

/// Chooses the first of its own suites that is offered.
fn choose(version: u16, own: &[u16], suites: &[u16]) -> Then {
    match own.iter().find(|own| suites.contains(own)) {
        Some(suite) => Then::Say(records(&server_hello(version, None, *suite), 7)),
        None => Then::Say(alert(2, 40)),
    }
}

fn accepted(offers: &Offers) -> Vec<Observed<bool>> {
    offers.versions.iter().map(|offer| offer.accepted).collect()
}

const NO: Observed<bool> = Observed::Seen(false);
const YES: Observed<bool> = Observed::Seen(true);

#[test]
fn what_no_library_speaks_is_found() {
    // RC4, 3DES, EXPORT, no authentication, no encryption, and a suite of the guideline.
    const OWN: &[u16] = &[0x0005, 0xc02f, 0x000a, 0x0008, 0x0018, 0x0002, 0xc013];
    let (offers, connections) = found(|_, version, suites| match version {
        0x0301 | 0x0303 => choose(version, OWN, suites),
        _ => Then::Close,
    });
    assert_eq!(accepted(&offers), [YES, NO, YES, NO]);
    let names = [
        "TLS_RSA_WITH_RC4_128_SHA",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
        "TLS_RSA_EXPORT_WITH_DES40_CBC_SHA",
        "TLS_DH_anon_WITH_RC4_128_MD5",
        "TLS_RSA_WITH_NULL_SHA",
        "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
    ];
    for at in [0, 2] {
        assert_eq!(offers.versions[at].weak_suites, names);
        assert_eq!((offers.versions[at].more, &offers.versions[at].instead), (None, &None));
    }
    assert_eq!(offers.versions[1].instead.as_deref(), Some("shop.test:443 closed the connection"));
    // Each version once; of the two, the weak suites but the first, and the refusal.
    assert_eq!(connections, 4 + 2 * 6);
}

#[test]
fn only_the_current_version() {
    let (offers, connections) = found(|_, version, suites| match version {
        // A HelloRetryRequest is of this form.
        0x0304 => Then::Say(records(&server_hello(0x0303, Some(0x0304), suites[0]), 99)),
        _ => Then::Say(alert(2, 70)),
    });
    assert_eq!(accepted(&offers), [NO, NO, NO, YES]);
    assert_eq!(connections, 4);
}

#[test]
fn a_server_that_answers_everything_with_one_version_accepts_that_one() {
    let (offers, _) = found(|_, _, suites| choose(0x0303, &[0xc02f, 0x1301, 0x002f], suites));
    assert_eq!(accepted(&offers), [NO, NO, YES, NO]);
    assert_eq!(offers.versions[3].instead.as_deref(), Some("shop.test:443 answered with TLS 1.2"));
    assert_eq!(offers.versions[2].weak_suites, ["TLS_RSA_WITH_AES_128_CBC_SHA"]);
}

#[test]
fn it_comes_to_an_end() {
    let (offers, connections) = found(|_, version, suites| match version {
        0x0303 => choose(version, suites, suites),
        _ => Then::Close,
    });
    let tls_1_2 = &offers.versions[2];
    assert_eq!(tls_1_2.more, Some(Reason::OverLimit));
    assert_eq!(connections, 4 + MAX_WEAK);
    // The first hello is answered with a weak suite too.
    assert_eq!(tls_1_2.weak_suites.len(), MAX_WEAK + 1);
    assert!(tls_1_2.weak_suites.iter().all(|name| suite_weakness(name).is_some()));
    let mut names = tls_1_2.weak_suites.clone();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), MAX_WEAK + 1, "none twice");
}

#[test]
fn silence_is_no_refusal() {
    let (offers, _) = found(|asked, version, suites| match (asked, version) {
        (0, _) => Then::Hang,
        (_, 0x0302) => Then::Say(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
        (0..6, 0x0303) => choose(version, suites, suites),
        (_, 0x0303) => Then::Hang,
        _ => Then::Close,
    });
    assert_eq!(
        accepted(&offers),
        [Observed::Unseen(Reason::TimedOut), Observed::Unseen(Reason::Unreadable), YES, NO]
    );
    assert_eq!(offers.versions[2].more, Some(Reason::TimedOut));
    assert_eq!(offers.versions[2].weak_suites.len(), 4);
}

#[test]
fn versions_are_asked_by_their_numbers() {
    assert_eq!(OfferedVersion::ALL.map(number), [0x0301, 0x0302, 0x0303, 0x0304]);
}
