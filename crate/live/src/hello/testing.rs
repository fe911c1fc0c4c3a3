//! What servers say, octet for octet, for tests.

/// A `ServerHello` as a message; TLS 1.3 says its version in an extension.
pub fn server_hello(version: u16, extension: Option<u16>, suite: u16) -> Vec<u8> {
    let mut extensions = vec![0xff, 1, 0, 1, 0];
    if let Some(version) = extension {
        extensions.extend([0, 43, 0, 2]);
        extensions.extend(version.to_be_bytes());
    }
    let mut body = version.to_be_bytes().to_vec();
    body.extend([7; 32]);
    body.push(0);
    body.extend(suite.to_be_bytes());
    body.push(0);
    body.extend([0, u8::try_from(extensions.len()).expect("small")]);
    body.extend(extensions);
    let mut message = vec![2, 0, 0, u8::try_from(body.len()).expect("small")];
    message.extend(body);
    message
}

/// A message in records of so many octets.
pub fn records(message: &[u8], size: usize) -> Vec<u8> {
    let record = |piece: &[u8]| {
        let length = u16::try_from(piece.len()).expect("small").to_be_bytes();
        [&[22, 3, 3][..], &length, piece].concat()
    };
    message.chunks(size).flat_map(record).collect()
}

/// An alert.
pub fn alert(level: u8, number: u8) -> Vec<u8> {
    vec![21, 3, 3, 0, 2, level, number]
}
