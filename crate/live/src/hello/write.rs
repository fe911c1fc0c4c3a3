//! A `ClientHello`, octet for octet (RFC 5246 §7.4.1.2, RFC 8446 §4.1.2).

use https_audit_core::evidence::OfferedVersion;
use ring::rand::{SecureRandom as _, SystemRandom};

use crate::judge::server_name;

use super::suites::Suite;

/// Groups of the key exchange. In TLS 1.2 and below the finite-field ones of RFC 7919 are left out: a server that has
/// parameters of its own would have to refuse DHE.
const CURVES: &[u16] =
    &[0x001d, 0x0017, 0x0018, 0x0019, 0x001e, 0x001a, 0x001b, 0x001c, 0x0016, 0x000e, 0x000d];
const FINITE_FIELDS: &[u16] = &[0x0100, 0x0101, 0x0102, 0x0103, 0x0104];
/// Every algorithm of a signature that a server may want: what the certificate is signed with is not asked here.
const SIGNATURES: &[u16] = &[
    0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080a, 0x080b, 0x0401, 0x0501,
    0x0601, 0x0303, 0x0301, 0x0203, 0x0201, 0x0402, 0x0502, 0x0602, 0x0302, 0x0202,
];

/// The version's number on the wire.
pub const fn number(version: OfferedVersion) -> u16 {
    match version {
        OfferedVersion::Tls10 => 0x0301,
        OfferedVersion::Tls11 => 0x0302,
        OfferedVersion::Tls12 => 0x0303,
        OfferedVersion::Tls13 => 0x0304,
    }
}

/// A record with a hello that offers one version and these suites. TLS 1.3 is offered with no share of a key, to which a
/// server answers with the group that it wants (RFC 8446 §4.1.4): so nothing need be computed, here or there.
///
/// None where there is no randomness, or more than fits.
pub fn hello(version: OfferedVersion, host: &str, suites: &[Suite]) -> Option<Vec<u8>> {
    let is_current = version == OfferedVersion::Tls13;
    let mut body = Vec::new();
    // TLS 1.3 calls itself 1.2 here.
    body.extend(number(version.min(OfferedVersion::Tls12)).to_be_bytes());
    body.extend(random()?);
    // A session of TLS 1.3's compatibility mode, or none.
    body.extend(if is_current { counted_by_one(&random()?)? } else { counted_by_one(&[])? });
    let suites: Vec<u16> = suites.iter().map(|suite| suite.number).collect();
    body.extend(counted(&numbers(&suites))?);
    // No compression.
    body.extend(counted_by_one(&[0])?);
    body.extend(counted(&extensions(version, host)?)?);
    let length = u32::try_from(body.len()).ok()?.to_be_bytes();
    let mut message = vec![1];
    message.extend(length.get(1..)?);
    message.extend(body);
    // The record itself is of the oldest version, which old servers want.
    let mut record = vec![22, 3, 1];
    record.extend(counted(&message)?);
    Some(record)
}

fn extensions(version: OfferedVersion, host: &str) -> Option<Vec<u8>> {
    let is_current = version == OfferedVersion::Tls13;
    let mut all = Vec::new();
    let mut add = |number: u16, content: &[u8]| {
        all.extend(number.to_be_bytes());
        all.extend(counted(content)?);
        Some(())
    };
    // server_name (RFC 6066 §3), for names and not for addresses.
    if let Some(rustls::pki_types::ServerName::DnsName(name)) = server_name(host) {
        let mut entry = vec![0];
        entry.extend(counted(name.as_ref().as_bytes())?);
        add(0, &counted(&entry)?)?;
    }
    let groups: Vec<u16> =
        CURVES.iter().chain(FINITE_FIELDS.iter().filter(|_| is_current)).copied().collect();
    add(10, &counted(&numbers(&groups))?)?;
    // ec_point_formats: uncompressed.
    add(11, &counted_by_one(&[0])?)?;
    add(13, &counted(&numbers(SIGNATURES))?)?;
    // renegotiation_info (RFC 5746): of a first handshake.
    add(0xff01, &counted_by_one(&[])?)?;
    if is_current {
        add(43, &counted_by_one(&numbers(&[number(version)]))?)?;
        add(51, &counted(&[])?)?;
    }
    Some(all)
}

fn random() -> Option<[u8; 32]> {
    let mut octets = [0; 32];
    SystemRandom::new().fill(&mut octets).ok()?;
    Some(octets)
}

fn numbers(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_be_bytes()).collect()
}

/// With their number before them, in two octets.
fn counted(octets: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(octets.len()).ok()?;
    Some([&length.to_be_bytes(), octets].concat())
}

/// With their number before them, in one octet.
fn counted_by_one(octets: &[u8]) -> Option<Vec<u8>> {
    let length = u8::try_from(octets.len()).ok()?;
    Some([&[length], octets].concat())
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rustls::server::Acceptor;

    use super::super::suites::of_version;
    use super::*;

    /// As another implementation reads it: name, suites, whether a signature is offered.
    fn read_back(version: OfferedVersion, host: &str) -> (Option<String>, Vec<u16>) {
        let suites = of_version(version);
        let hello = hello(version, host, &suites).expect("a hello");
        let mut acceptor = Acceptor::default();
        let mut octets = Cursor::new(hello);
        acceptor.read_tls(&mut octets).expect("octets");
        let accepted = acceptor.accept().unwrap_or_else(|(error, _)| panic!("{version:?}: {error}"));
        let accepted = accepted.expect("a whole hello");
        let read = accepted.client_hello();
        assert_eq!(read.signature_schemes().len(), SIGNATURES.len());
        let name = read.server_name().map(str::to_owned);
        (name, read.cipher_suites().iter().map(|suite| u16::from(*suite)).collect())
    }

    #[test]
    fn another_reader_finds_what_was_written() {
        for version in OfferedVersion::ALL {
            let expected: Vec<u16> = of_version(version).iter().map(|suite| suite.number).collect();
            let (name, suites) = read_back(version, "shop.test");
            assert_eq!((name.as_deref(), &suites), (Some("shop.test"), &expected), "{version:?}");
            for address in ["127.0.0.1", "[::1]"] {
                assert_eq!(read_back(version, address).0, None);
            }
        }
    }

    #[test]
    fn a_hello_offers_one_version_alone() {
        for version in OfferedVersion::ALL {
            let hello = hello(version, "shop.test", &of_version(version)).expect("a hello");
            let supported_versions = [0, 43, 0, 3, 2, 3, 4];
            let no_share = [0, 51, 0, 2, 0, 0];
            let has = |octets: &[u8]| hello.windows(octets.len()).any(|window| window == octets);
            let is_current = version == OfferedVersion::Tls13;
            assert_eq!((has(&supported_versions), has(&no_share)), (is_current, is_current));
            assert_eq!(hello[..3], [22, 3, 1]);
            assert_eq!(hello[9..11], number(version.min(OfferedVersion::Tls12)).to_be_bytes());
        }
    }
}
