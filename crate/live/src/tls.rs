//! TLS with a server, and what can be told of it.

use std::io::{Read, Write};
use std::sync::Arc;
use std::time::Duration;

use https_audit_core::evidence::{Connection, ConnectionState, Observed};
use rustls::client::Resumption;
use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use rustls::{ClientConfig, ClientConnection, ProtocolVersion, StreamOwned};

use crate::connect::{Wire, place};
use crate::context::Context;
use crate::judge::{Judge, Seen, server_name};
use crate::not_told;
use crate::roots::provider;
use crate::trouble::{Kind, Trouble};

/// A connection after its handshake.
pub struct Secured {
    /// To ask over.
    pub stream: StreamOwned<ClientConnection, Wire>,
    /// What evidence tells of it.
    pub connection: Connection,
    /// Why its certificate is refused, as evidence holds it.
    pub refusal: Option<String>,
}

/// Time as the audit takes it.
#[derive(Debug)]
struct At(i64);

impl TimeProvider for At {
    fn current_time(&self) -> Option<UnixTime> {
        u64::try_from(self.0).ok().map(|seconds| UnixTime::since_unix_epoch(Duration::from_secs(seconds)))
    }
}

/// Does the handshake. A certificate that is refused does not end it.
pub fn secure(context: &Context<'_>, wire: Wire, host: &str, port: u16) -> Result<Secured, Trouble> {
    let place = place(host, port);
    let failed = |what: &dyn std::fmt::Display| Trouble::new(Kind::TlsFailed, format!("{place}: {what}"));
    let judge = Judge::new(&context.settings.roots, host, port);
    let name = server_name(host).ok_or_else(|| failed(&"no certificate can be for such a host"))?;
    let time = Arc::new(At(context.clock.seconds()));
    let mut config = ClientConfig::builder_with_details(provider(), time)
        .with_safe_default_protocol_versions()
        .map_err(|error| failed(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::clone(&judge) as _)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config.resumption = Resumption::disabled();
    let client = ClientConnection::new(Arc::new(config), name).map_err(|error| failed(&error))?;
    let mut stream = StreamOwned::new(client, wire);
    while stream.conn.is_handshaking() {
        if let Err(error) = stream.conn.complete_io(&mut stream.sock) {
            let of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
            return Err(match of_tls {
                Some(of_tls) => failed(&of_tls),
                None => Trouble::of_io(&error, &place, "TLS"),
            });
        }
    }
    let seen = judge.seen();
    let connection = connection(&stream.conn, &seen);
    Ok(Secured { stream, connection, refusal: seen.refusal })
}

fn connection(client: &ClientConnection, seen: &Seen) -> Connection {
    let told = |word: Option<String>| word.map_or(not_told(), Observed::Seen);
    let version = client.protocol_version().and_then(|version| version.as_str());
    let suite = client.negotiated_cipher_suite().and_then(|suite| suite.suite().as_str());
    // This program offers no hybrid with ML-KEM, so that what a browser would get in TLS 1.3 is not known.
    let is_current = client.protocol_version() == Some(ProtocolVersion::TLSv1_3);
    let group = client
        .negotiated_key_exchange_group()
        .filter(|_| !is_current)
        .and_then(|group| group.name().as_str());
    let scheme = seen.scheme.and_then(|scheme| scheme.as_str());
    Connection {
        protocol: told(version.map(|version| version.replace('_', ".").replace("TLSv1.0", "TLSv1"))),
        cipher_suite: told(suite.map(|suite| suite.replace("TLS13_", "TLS_"))),
        key_exchange_group: told(group.map(str::to_owned)),
        signature_scheme: told(scheme.map(|scheme| scheme.replace('_', "-").replace("NISTP", "P"))),
        ..of_state(state(seen), seen)
    }
}

/// A connection in this state, of which only the certificates are told.
pub fn of_state(state: ConnectionState, seen: &Seen) -> Connection {
    Connection {
        state,
        stated: true,
        overridden: None,
        protocol: not_told(),
        cipher_suite: not_told(),
        key_exchange_group: not_told(),
        signature_scheme: not_told(),
        encrypted_client_hello: not_told(),
        transparency: not_told(),
        certificates: if seen.chain.is_empty() { not_told() } else { Observed::Seen(seen.chain.clone()) },
    }
}

const fn state(seen: &Seen) -> ConnectionState {
    if seen.refusal.is_some() { ConnectionState::Broken } else { ConnectionState::Secure }
}

/// Both ways of asking.
pub trait Stream: Read + Write {}

impl<T: Read + Write> Stream for T {}
