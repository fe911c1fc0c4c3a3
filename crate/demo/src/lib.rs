//! A demo site for HTTPS Audit: many hosts on this machine, with real TLS, each with one thing to show.
//!
//! Three ports of 127.0.0.1, chosen by the system: http, https (the name in the TLS greeting and the Host
//! field choose the host) and a SOCKS 5 proxy that leads ports 80 and 443 of every name to the first two.
//! Over http, the host 127.0.0.1 is the [`control`] interface of tests. Nothing is installed or trusted
//! anywhere: a browser trusts the demo's CA only where it is told to.

pub mod authority;
pub mod control;
pub mod hosts;
pub mod link;
pub mod site;
pub mod socks;
pub mod wire;

use std::io::{self, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::server::Acceptor;
use rustls::{ServerConnection, StreamOwned};
use serde::Serialize;

use authority::{Authority, Certificate};
use control::Control;
use link::Link;
use wire::{Request, Scheme};

/// How long a connection may stay silent.
const IDLE: Duration = Duration::from_mins(2);

/// Why the demo did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A port or a file.
    #[error("{what}: {why}")]
    Io {
        /// What was attempted.
        what: String,
        /// What the system said.
        why: io::Error,
    },
    /// Making a key or a certificate.
    #[error("making a certificate: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The system's random numbers.
    #[error("the system gives no random numbers")]
    Random,
    /// Setting up TLS.
    #[error("setting up TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// Where the running demo is; the line of JSON that the program prints.
#[derive(Clone, Debug, Serialize)]
pub struct Description {
    /// Port of plain http.
    pub http_port: u16,
    /// Port of https.
    pub https_port: u16,
    /// Port of the SOCKS 5 proxy.
    pub socks_port: u16,
    /// The control interface.
    pub control: String,
    /// The CA's certificate, PEM.
    pub ca: PathBuf,
    /// SHA-256 of the good leaves' public key, base64, for Chromium's
    /// `--ignore-certificate-errors-spki-list`.
    pub spki_sha256: Vec<String>,
    /// The hosts.
    pub hosts: Vec<DescribedHost>,
}

/// A host in the [`Description`].
#[derive(Clone, Debug, Serialize)]
pub struct DescribedHost {
    /// Its name.
    pub name: &'static str,
    /// What it shows.
    pub about: &'static str,
}

struct Shared {
    authority: Authority,
    control: Control,
    link: Link,
}

/// A running demo; its threads live until the process ends.
pub struct Demo {
    description: Description,
}

impl Demo {
    /// Binds the ports, writes `ca.pem` into the directory (made if missing) and serves.
    ///
    /// # Errors
    /// [`Error`] says what could not be bound, written or made.
    pub fn start(directory: &Path) -> Result<Self, Error> {
        let shared = Arc::new(Shared {
            authority: Authority::new()?,
            control: Control::default(),
            link: Link::default(),
        });
        let ca = directory.join("ca.pem");
        std::fs::create_dir_all(directory)
            .and_then(|()| std::fs::write(&ca, shared.authority.ca_pem()))
            .map_err(|why| Error::Io { what: ca.display().to_string(), why })?;
        let (http, https, proxy) = (bind()?, bind()?, bind()?);
        let description = Description {
            http_port: http.1.port(),
            https_port: https.1.port(),
            socks_port: proxy.1.port(),
            control: format!("http://127.0.0.1:{}", http.1.port()),
            ca,
            spki_sha256: vec![shared.authority.good_spki_sha256()],
            hosts: hosts::HOSTS
                .iter()
                .map(|host| DescribedHost { name: host.name, about: host.about })
                .collect(),
        };
        let (for_http, for_https) = (Arc::clone(&shared), shared);
        accept(http.0, move |stream| serve(stream, Scheme::Http, &for_http));
        accept(https.0, move |stream| serve_tls(stream, &for_https));
        accept(proxy.0, move |stream| socks::serve(stream, http.1, https.1));
        Ok(Self { description })
    }

    /// Where it is.
    pub fn description(&self) -> &Description {
        &self.description
    }
}

fn bind() -> Result<(TcpListener, SocketAddr), Error> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr().map(|address| (listener, address)))
        .map_err(|why| Error::Io { what: "binding a port of 127.0.0.1".to_owned(), why })
}

/// One thread a connection: browsers open a few dozen at most.
fn accept(listener: TcpListener, serve: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static) {
    let serve = Arc::new(serve);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let serve = Arc::clone(&serve);
            // A broken connection is the client's affair, and often the very thing a test wants.
            thread::spawn(move || {
                let _ = stream.set_nodelay(true);
                let _ = stream.set_read_timeout(Some(IDLE));
                let _ = serve(stream);
            });
        }
    });
}

fn serve_tls(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let mut acceptor = Acceptor::default();
    let accepted = loop {
        if acceptor.read_tls(&mut stream)? == 0 {
            return Ok(());
        }
        match acceptor.accept() {
            Ok(None) => {}
            Ok(Some(accepted)) => break accepted,
            Err((_, mut alert)) => return alert.write_all(&mut stream),
        }
    };
    // Without a name in the greeting the client asked for the address itself.
    let name = accepted.client_hello().server_name().unwrap_or("127.0.0.1").to_ascii_lowercase();
    let kind = shared.control.certificate(&name);
    if kind == Certificate::NoTls {
        return Ok(());
    }
    let config = shared.authority.config(&name, kind).map_err(io::Error::other)?;
    let connection: ServerConnection = match accepted.into_connection(config) {
        Ok(connection) => connection,
        Err((_, mut alert)) => return alert.write_all(&mut stream),
    };
    serve(StreamOwned::new(connection, stream), Scheme::Https, shared)
}

fn serve(stream: impl Read + Write, scheme: Scheme, shared: &Shared) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    while let Some(request) = Request::read(&mut stream, scheme)? {
        let response = if scheme == Scheme::Http && Control::is_for(&request) {
            shared.control.answer(&request)
        } else {
            shared.control.log(&request);
            Link::wait(&request);
            shared.control.hold(&request);
            shared.control.ordered(&request).unwrap_or_else(|| site::answer(&request))
        };
        let mut to = shared.link.over(&request, stream.get_mut());
        response.write(&mut to, request.method == "HEAD", |key| shared.control.wait(key))?;
        let asked = request.field("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"));
        if asked || response.lines.iter().any(|line| line.eq_ignore_ascii_case(b"connection: close")) {
            break;
        }
    }
    Ok(())
}
