//! From a host's name to a connection, in bounded time.

use std::io::{self, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs as _};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::context::Context;
use crate::place::{bare, connect_to, resolve};
use crate::trouble::{Kind, Trouble};

/// Addresses of a host that are tried, one after the other.
const MAX_ADDRESSES: usize = 4;

/// A connection on which every wait ends at one moment, however slowly the other side drips.
#[derive(Debug)]
pub struct Wire {
    stream: TcpStream,
    deadline: Instant,
}

/// `HOST:PORT`, as messages name it.
pub fn place(host: &str, port: u16) -> String {
    format!("{host}:{port}")
}

/// Connects to a host when it is its turn, and tells the address.
pub fn connect(context: &Context<'_>, host: &str, port: u16) -> Result<(Wire, IpAddr), Trouble> {
    context.pace.wait(host);
    let settings = context.settings;
    let deadline = Instant::now() + settings.timeout;
    let asked = place(host, port);
    let (to, to_port) = connect_to(&settings.connect_to, host.strip_suffix('.').unwrap_or(host), port);
    let addresses = match resolve(&settings.resolve, &to, to_port) {
        Some(given) => given.iter().map(|&address| SocketAddr::new(address, to_port)).collect(),
        None => look_up(&to, to_port, &asked, deadline)?,
    };
    let addresses = addresses.get(..MAX_ADDRESSES).unwrap_or(&addresses);
    let mut trouble = Trouble::new(Kind::UnknownHost, format!("{asked}: {to} has no address"));
    for (tried, address) in addresses.iter().enumerate() {
        // One that says nothing leaves time for the others.
        let left = u32::try_from(addresses.len() - tried).unwrap_or(1);
        match TcpStream::connect_timeout(address, remaining(deadline) / left) {
            Ok(stream) => {
                // Without it small messages wait for each other: only slower.
                let _ = stream.set_nodelay(true);
                return Ok((Wire { stream, deadline }, address.ip()));
            }
            Err(error) => trouble = Trouble::of_io(&error, &asked, "connecting"),
        }
    }
    Err(trouble)
}

/// The system's look-up takes as long as it likes: it is left alone with it.
fn look_up(host: &str, port: u16, asked: &str, deadline: Instant) -> Result<Vec<SocketAddr>, Trouble> {
    let (answer, answered) = mpsc::channel();
    let name = bare(host).to_owned();
    thread::spawn(move || {
        let found = (name.as_str(), port).to_socket_addrs().map(Iterator::collect::<Vec<_>>);
        // Whoever asked may be gone.
        let _ = answer.send(found);
    });
    match answered.recv_timeout(remaining(deadline)) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => {
            Err(Trouble::new(Kind::UnknownHost, format!("{asked}: {host} has no address ({error})")))
        }
        Err(_) => Err(Trouble::new(Kind::TimedOut, format!("{asked} did not answer in time (its address)"))),
    }
}

/// Time until the deadline; never zero, which sockets take for no limit at all.
fn remaining(deadline: Instant) -> Duration {
    deadline.saturating_duration_since(Instant::now()).max(Duration::from_millis(1))
}

impl Wire {
    fn left(&self) -> io::Result<Duration> {
        if Instant::now() >= self.deadline {
            return Err(io::ErrorKind::TimedOut.into());
        }
        Ok(remaining(self.deadline))
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stream.set_read_timeout(Some(self.left()?))?;
        self.stream.read(buffer)
    }
}

impl Write for Wire {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.stream.set_write_timeout(Some(self.left()?))?;
        self.stream.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
