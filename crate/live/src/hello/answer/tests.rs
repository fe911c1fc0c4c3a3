use proptest::prelude::*;

use super::super::testing::{alert, records, server_hello as hello};
use super::*;

const AES: u16 = 0x002f;

fn done(octets: &[u8]) -> Answer {
    match read(octets) {
        Progress::Done(answer) => answer,
        other => panic!("{other:?} of {octets:?}"),
    }
}

#[test]
fn a_hello_chooses() {
    for (version, extension, expected) in [
        (0x0301, None, 0x0301),
        (0x0302, None, 0x0302),
        (0x0303, None, 0x0303),
        (0x0303, Some(0x0304), 0x0304),
        (0x0303, Some(0x7f1c), 0x7f1c),
    ] {
        let octets = records(&hello(version, extension, AES), 1 << 14);
        assert_eq!(done(&octets), Answer::Hello { version: expected, suite: AES });
    }
}

#[test]
fn a_hello_without_extensions_is_one() {
    let mut body = [&[3, 1][..], &[7; 32], &[0], &AES.to_be_bytes(), &[0]].concat();
    let message = [&[2, 0, 0, 38][..], &body].concat();
    assert_eq!(done(&records(&message, 99)), Answer::Hello { version: 0x0301, suite: AES });
    // With a compression it was offered none of.
    *body.last_mut().expect("an octet") = 1;
    let message = [&[2, 0, 0, 38][..], &body].concat();
    assert_eq!(done(&records(&message, 99)), Answer::NotTls);
}

#[test]
fn records_are_put_together() {
    let message = hello(0x0303, Some(0x0304), 0x1301);
    for size in 1..message.len() {
        let octets = records(&message, size);
        assert_eq!(done(&octets), Answer::Hello { version: 0x0304, suite: 0x1301 }, "{size}");
        for end in 0..octets.len() {
            let expected = if end == 0 { Progress::Nothing } else { Progress::Begun };
            assert_eq!(read(&octets[..end]), expected, "{end} of {size}");
        }
    }
}

#[test]
fn what_ends_it_is_told() {
    assert_eq!(done(&alert(2, 70)), Answer::Alert(70));
    assert_eq!(done(&alert(1, 0)), Answer::Alert(0));
    // An unknown name is a warning only.
    let warning = alert(1, 112);
    assert_eq!(read(&warning), Progress::Nothing);
    let then_hello = [warning.clone(), records(&hello(0x0301, None, AES), 99)].concat();
    assert_eq!(done(&then_hello), Answer::Hello { version: 0x0301, suite: AES });
    assert_eq!(done(&[warning, alert(2, 40)].concat()), Answer::Alert(40));
}

#[test]
fn what_is_no_tls_is_told() {
    for octets in [
        &b"HTTP/1.1 400 Bad Request\r\n"[..],
        b"<html>",
        b"SSH-2.0-OpenSSH\r\n",
        &[0x80, 0x2e, 1, 0, 2],
        &[22, 2, 0],
        &[22, 3, 1, 0xff, 0xff],
        &[22, 3, 1, 0, 0],
        &[23, 3, 3, 0, 1, 0],
        &[21, 3, 1, 0, 1, 2],
        &[22, 3, 1, 0, 4, 11, 0, 0, 0],
        &[22, 3, 1, 0, 4, 2, 0xff, 0, 0],
        &[22, 3, 1, 0, 5, 2, 0, 0, 1, 3],
    ] {
        assert_eq!(done(octets), Answer::NotTls, "{octets:?}");
    }
}

#[test]
fn a_hello_whose_parts_do_not_fit_is_broken() {
    let whole = hello(0x0303, Some(0x0304), AES);
    for at in [3, 38, 41, 42, 43, 47] {
        let mut broken = whole.clone();
        broken[at] ^= 0x17;
        let answer = read(&records(&broken, 999));
        assert!(!matches!(answer, Progress::Done(Answer::Hello { .. })), "{at}: {answer:?}");
    }
}

proptest! {
    #[test]
    fn any_octets_are_answered(octets: Vec<u8>, kind in 20u8..24, length in 0u8..80, changed in 0usize..60, by: u8) {
        let _ = read(&octets);
        let record = [&[kind, 3, 1, 0, length][..], &octets].concat();
        let _ = read(&record);
        let message = [&[22, 3, 1, 0, length, 2, 0, 0][..], &octets].concat();
        let _ = read(&message);
        let mut hello = records(&hello(0x0303, Some(0x0304), AES), 20);
        if let Some(octet) = hello.get_mut(changed) {
            *octet = by;
        }
        let _ = read(&hello);
    }

    #[test]
    fn what_is_done_stays_done(octets: Vec<u8>, more: Vec<u8>) {
        let begun = [&[22, 3, 3][..], &octets].concat();
        if let Progress::Done(answer) = read(&begun) {
            prop_assert_eq!(read(&[begun, more].concat()), Progress::Done(answer));
        }
    }
}
