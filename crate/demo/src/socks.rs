//! A SOCKS 5 proxy (RFC 1928, CONNECT without authentication) that leads every name on port 80 or 8080 to the
//! demo's http port and every name on port 443 or 8443 to its https port.
//!
//! Firefox can send all names to one address but not to another port, and ports under 1024 need root. Inside
//! a SOCKS tunnel the octets are those of a direct connection, unlike with an HTTP proxy.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;

use crate::hosts::{is_closed, is_nowhere};

/// Serves one client.
///
/// # Errors
/// What either connection gives, and `InvalidData` for what is no SOCKS 5.
pub fn serve(mut client: TcpStream, http: SocketAddr, https: SocketAddr) -> io::Result<()> {
    let [version, methods] = read_array(&mut client)?;
    if version != 5 {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "not SOCKS 5"));
    }
    skip(&mut client, u64::from(methods))?;
    client.write_all(&[5, 0])?;
    let [_, command, _, kind] = read_array(&mut client)?;
    let mut name = String::new();
    match kind {
        1 => skip(&mut client, 4)?,
        3 => {
            let [length] = read_array(&mut client)?;
            let mut octets = vec![0; usize::from(length)];
            client.read_exact(&mut octets)?;
            name = String::from_utf8_lossy(&octets).to_ascii_lowercase();
        }
        4 => skip(&mut client, 16)?,
        _ => return refuse(&mut client, 8),
    }
    let port = u16::from_be_bytes(read_array(&mut client)?);
    if command != 1 {
        return refuse(&mut client, 7);
    }
    if is_nowhere(&name) {
        return refuse(&mut client, 4);
    }
    let target = match port {
        _ if is_closed(&name, port) => return refuse(&mut client, 5),
        80 | 8080 => http,
        443 | 8443 => https,
        // Anything else is refused as a closed port would be.
        _ => return refuse(&mut client, 5),
    };
    let upstream = TcpStream::connect(target)?;
    client.write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 0])?;
    upstream.set_nodelay(true)?;
    client.set_nodelay(true)?;
    let (mut from_client, mut to_upstream) = (client.try_clone()?, upstream.try_clone()?);
    let pump = thread::spawn(move || {
        let _ = io::copy(&mut from_client, &mut to_upstream);
        let _ = to_upstream.shutdown(std::net::Shutdown::Write);
    });
    let _ = io::copy(&mut &upstream, &mut &client);
    let _ = client.shutdown(std::net::Shutdown::Write);
    let _ = pump.join();
    Ok(())
}

fn read_array<const N: usize>(from: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut octets = [0; N];
    from.read_exact(&mut octets)?;
    Ok(octets)
}

fn skip(from: &mut TcpStream, octets: u64) -> io::Result<()> {
    io::copy(&mut from.take(octets), &mut io::sink()).map(drop)
}

fn refuse(client: &mut TcpStream, code: u8) -> io::Result<()> {
    client.write_all(&[5, code, 0, 1, 0, 0, 0, 0, 0, 0])
}
