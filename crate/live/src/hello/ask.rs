//! One hello over one connection, and what came of it.

use std::io::{self, Read, Write};

use https_audit_core::evidence::{OfferedVersion, Reason};

use crate::connect::{connect, place};
use crate::context::Context;
use crate::trouble::{Kind, Trouble};

use super::answer::{Answer, MAX_OCTETS, Progress, read};
use super::suites::Suite;
use super::write::{hello, number};

/// What a server said to a hello.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// It goes on with the version, and with this of the suites that were offered.
    Chose(Suite),
    /// It does not, and how it said so.
    Refused(String),
    /// Nothing that says anything of the version: why, and in words.
    Nothing(Reason, String),
}

/// Offers one version with these suites to a server when it is its turn.
pub fn ask(context: &Context<'_>, host: &str, port: u16, version: OfferedVersion, suites: &[Suite]) -> Said {
    let place = place(host, port);
    let Some(hello) = hello(version, host, suites) else {
        return Said::Nothing(Reason::NotProbed, format!("{place}: no hello could be made for it"));
    };
    let (mut wire, _) = match connect(context, host, port) {
        Ok(connected) => connected,
        Err(trouble) => return Said::Nothing(trouble.reason(), sentence(&trouble)),
    };
    exchange(&mut wire, &hello, &place, version, suites)
}

fn sentence(trouble: &Trouble) -> String {
    crate::trouble::sentence(&trouble.word()).to_owned()
}

/// Sends a hello and reads until it is answered.
fn exchange<S: Read + Write>(
    stream: &mut S,
    hello: &[u8],
    place: &str,
    version: OfferedVersion,
    suites: &[Suite],
) -> Said {
    // Who refuses at once may have closed before it read all: what it said is there all the same.
    let sent = stream.write_all(hello).and_then(|()| stream.flush());
    let mut octets: Vec<u8> = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let progress = read(&octets);
        if let Progress::Done(answer) = progress {
            return judged(answer, place, version, suites);
        }
        if octets.len() > MAX_OCTETS {
            return judged(Answer::NotTls, place, version, suites);
        }
        match stream.read(&mut chunk) {
            Ok(0) => return ended(progress, sent, place),
            Ok(got) => octets.extend_from_slice(chunk.get(..got).unwrap_or_default()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                let trouble = Trouble::of_io(&error, place, "hello");
                // Behind a warning a reset ends it as a close does.
                if trouble.kind == Kind::Dropped && progress == Progress::Nothing && !octets.is_empty() {
                    return Said::Refused(format!("{place} closed the connection"));
                }
                return Said::Nothing(trouble.reason(), sentence(&trouble));
            }
        }
    }
}

/// What a close means.
fn ended(progress: Progress, sent: io::Result<()>, place: &str) -> Said {
    match (progress, sent) {
        // It never had the hello.
        (Progress::Nothing, Err(error)) => {
            let trouble = Trouble::of_io(&error, place, "hello");
            Said::Nothing(trouble.reason(), sentence(&trouble))
        }
        (Progress::Nothing, Ok(())) => Said::Refused(format!("{place} closed the connection")),
        _ => Said::Nothing(Reason::Unreadable, format!("{place} broke off in the middle of its answer")),
    }
}

/// What an answer means for this version.
fn judged(answer: Answer, place: &str, version: OfferedVersion, suites: &[Suite]) -> Said {
    match answer {
        Answer::Hello { version: chosen, suite } if chosen == number(version) => {
            match suites.iter().find(|offered| offered.number == suite) {
                Some(suite) => Said::Chose(suite.clone()),
                None => Said::Nothing(
                    Reason::Unreadable,
                    format!("{place} chose the suite {suite:#06x}, which was not offered"),
                ),
            }
        }
        Answer::Hello { version: chosen, .. } => {
            let known = OfferedVersion::ALL.into_iter().find(|known| number(*known) == chosen);
            let name =
                known.map_or_else(|| format!("version {chosen:#06x}"), |known| known.name().to_owned());
            Said::Refused(format!("{place} answered with {name}"))
        }
        Answer::Alert(number) => Said::Refused(format!("{place} sent the alert {}", alert(number))),
        Answer::NotTls => Said::Nothing(Reason::Unreadable, format!("{place} answered, and not with TLS")),
    }
}

/// An alert by its name (RFC 8446 §6), where it has one.
fn alert(number: u8) -> String {
    match rustls::AlertDescription::from(number) {
        rustls::AlertDescription::Unknown(_) => number.to_string(),
        known => format!("{known:?}"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::super::suites::of_version;
    use super::super::testing::{alert, records, server_hello};
    use super::*;

    /// A server that reads a hello and says this, piece by piece.
    struct Says {
        pieces: VecDeque<io::Result<Vec<u8>>>,
        refuses_hello: bool,
    }

    impl Read for Says {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let piece = self.pieces.pop_front().unwrap_or_else(|| Ok(Vec::new()))?;
            piece.as_slice().read(buffer)
        }
    }

    impl Write for Says {
        fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
            if self.refuses_hello { Err(io::ErrorKind::BrokenPipe.into()) } else { Ok(octets.len()) }
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn said(version: OfferedVersion, pieces: Vec<io::Result<Vec<u8>>>, refuses_hello: bool) -> Said {
        let mut server = Says { pieces: pieces.into(), refuses_hello };
        exchange(&mut server, b"hello", "shop.test:443", version, &of_version(version))
    }

    fn refused(what: &str) -> Said {
        Said::Refused(format!("shop.test:443 {what}"))
    }

    fn nothing(reason: Reason, what: &str) -> Said {
        Said::Nothing(reason, format!("shop.test:443 {what}"))
    }

    #[test]
    fn refusals_and_silence_are_kept_apart() {
        let reset = || Err(io::ErrorKind::ConnectionReset.into());
        let hello = |version| Ok(records(&server_hello(version, None, 0x002f), 30));
        let v = OfferedVersion::Tls11;
        let rows: Vec<(Vec<io::Result<Vec<u8>>>, Said)> = vec![
            (vec![Ok(alert(2, 70))], refused("sent the alert ProtocolVersion")),
            (vec![Ok(alert(2, 199))], refused("sent the alert 199")),
            (vec![Ok(alert(1, 0))], refused("sent the alert CloseNotify")),
            (vec![], refused("closed the connection")),
            (vec![Ok(alert(1, 112))], refused("closed the connection")),
            (vec![Ok(alert(1, 112)), reset()], refused("closed the connection")),
            (vec![hello(0x0301)], refused("answered with TLS 1.0")),
            (vec![hello(0x0300)], refused("answered with version 0x0300")),
            (vec![reset()], nothing(Reason::LoadFailed, "closed the connection (hello)")),
            (
                vec![Err(io::ErrorKind::TimedOut.into())],
                nothing(Reason::TimedOut, "did not answer in time (hello)"),
            ),
            (
                vec![Ok(vec![22, 3]), Err(io::ErrorKind::WouldBlock.into())],
                nothing(Reason::TimedOut, "did not answer in time (hello)"),
            ),
            (
                vec![Ok(vec![22, 3, 1, 0, 9])],
                nothing(Reason::Unreadable, "broke off in the middle of its answer"),
            ),
            (
                vec![Ok(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec())],
                nothing(Reason::Unreadable, "answered, and not with TLS"),
            ),
            (
                vec![Ok(records(&server_hello(0x0302, None, 0x1301), 99))],
                nothing(Reason::Unreadable, "chose the suite 0x1301, which was not offered"),
            ),
        ];
        for (pieces, expected) in rows {
            let shown = format!("{pieces:?}");
            assert_eq!(said(v, pieces, false), expected, "{shown}");
        }
        // Refused before the hello was there, and said why.
        assert_eq!(said(v, vec![Ok(alert(2, 40))], true), refused("sent the alert HandshakeFailure"));
        assert_eq!(said(v, vec![], true), nothing(Reason::LoadFailed, "closed the connection (hello)"));
    }

    #[test]
    fn an_endless_answer_ends() {
        let warnings: Vec<u8> = (0..2000).flat_map(|_| alert(1, 112)).collect();
        let pieces = (0..20).map(|_| Ok(warnings.clone())).collect();
        let expected = nothing(Reason::Unreadable, "answered, and not with TLS");
        assert_eq!(said(OfferedVersion::Tls12, pieces, false), expected);
    }

    #[test]
    fn a_hello_of_the_version_is_acceptance() {
        for (version, wire, extension, suite, name) in [
            (OfferedVersion::Tls10, 0x0301, None, 0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA"),
            (OfferedVersion::Tls11, 0x0302, None, 0x0005, "TLS_RSA_WITH_RC4_128_SHA"),
            (OfferedVersion::Tls12, 0x0303, None, 0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
            (OfferedVersion::Tls13, 0x0303, Some(0x0304), 0x1302, "TLS_AES_256_GCM_SHA384"),
        ] {
            let octets = records(&server_hello(wire, extension, suite), 1);
            let pieces = octets.into_iter().map(|octet| Ok(vec![octet])).collect();
            let expected = Said::Chose(Suite { number: suite, name: name.to_owned() });
            assert_eq!(said(version, pieces, false), expected);
        }
    }
}
