//! `listen`: where a server takes connections, and whether as TLS.

use super::scope::{At, Tree};

/// One `listen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listen {
    /// Address and port, written in one way: `*:443`, `[::]:443`, `unix:/run/x`.
    pub socket: String,
    /// The port; none for a socket in the file system or where a variable stands for it.
    pub port: Option<u16>,
    /// As TLS, by its own words.
    pub tls: bool,
    /// HTTP/2 by the old parameter.
    pub http2: bool,
    /// The default server of the socket.
    pub default: bool,
    /// Reached from this computer only.
    pub local: bool,
    /// Where it stands; none where nginx listens on port 80 since nothing is said.
    pub at: Option<At>,
}

/// What a server listens on.
pub fn of_server(tree: &Tree, server: usize) -> Vec<Listen> {
    let Some(scope) = tree.scope(server) else { return Vec::new() };
    let listens: Vec<Listen> = scope.own("listen").map(|d| read(&d.args, Some(d.at()))).collect();
    if !listens.is_empty() || scope.at.is_none() || scope.partial {
        return listens;
    }
    vec![read(&["80".to_owned()], None)]
}

fn read(args: &[String], at: Option<At>) -> Listen {
    let (first, rest) = args.split_first().map_or(("", args), |(first, rest)| (first.as_str(), rest));
    let has = |word: &str| rest.iter().any(|arg| arg == word);
    let (address, port) = split(first);
    let local = address.starts_with("127.")
        || address.starts_with("unix:")
        || matches!(address, "[::1]" | "localhost");
    let socket = if address.starts_with("unix:") { address.to_owned() } else { format!("{address}:{port}") };
    Listen {
        port: port.parse().ok().filter(|_| !address.starts_with("unix:")),
        socket,
        tls: has("ssl") || has("quic"),
        http2: has("http2"),
        default: has("default_server") || has("default"),
        local,
        at,
    }
}

/// Address and port, with what nginx takes where one is missing.
fn split(text: &str) -> (&str, &str) {
    if text.starts_with("unix:") {
        return (text, "");
    }
    let after_bracket = text.rfind(']').map_or(0, |at| at + 1);
    let (address, port) = match text.get(after_bracket..).and_then(|rest| rest.rfind(':')) {
        Some(colon) => {
            let (address, port) = text.split_at(after_bracket + colon);
            (address, port.trim_start_matches(':'))
        }
        None if !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit()) => ("*", text),
        None if text.starts_with('$') => ("*", text),
        None => (text, "80"),
    };
    (if matches!(address, "" | "0.0.0.0") { "*" } else { address }, port)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn sockets_are_written_in_one_way() {
        for (text, socket, port, local) in [
            ("80", "*:80", Some(80), false),
            ("*:443", "*:443", Some(443), false),
            ("0.0.0.0:443", "*:443", Some(443), false),
            ("[::]:443", "[::]:443", Some(443), false),
            ("[::1]", "[::1]:80", Some(80), true),
            ("127.0.0.1:8080", "127.0.0.1:8080", Some(8080), true),
            ("192.0.2.1", "192.0.2.1:80", Some(80), false),
            ("unix:/run/a.sock", "unix:/run/a.sock", None, true),
            ("${PORT}", "*:${PORT}", None, false),
        ] {
            let listen = read(&[text.to_owned()], None);
            assert_eq!((listen.socket.as_str(), listen.port, listen.local), (socket, port, local), "{text}");
        }
    }
}
