//! The servers of one root, each with where it listens and whether as TLS.

use std::collections::BTreeSet;

use super::listen::{self, Listen};
use super::scope::{Kind, Tree};

/// How a server is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// As http only.
    Plain,
    /// As https only.
    Tls,
    /// As both.
    Both,
    /// Not known: the file is a piece of a server without its `listen`.
    Unknown,
}

/// A server.
#[derive(Debug)]
pub struct Server {
    /// Its context.
    pub scope: usize,
    /// Where it listens.
    pub listens: Vec<Listen>,
    /// Its names, as written.
    pub names: Vec<String>,
    /// How it is reached.
    pub transport: Transport,
    /// From this computer only.
    pub local: bool,
    /// It passes connections on without reading HTTP (`stream`, `mail`).
    pub stream: bool,
    /// It refuses every handshake (`ssl_reject_handshake on`): nothing is served over TLS.
    pub rejects: bool,
}

/// One root with its servers.
#[derive(Debug)]
pub struct Site {
    /// Its contexts.
    pub tree: Tree,
    /// Its servers, in the order of the text.
    pub servers: Vec<Server>,
}

impl Site {
    /// Finds the servers.
    pub fn new(tree: Tree) -> Self {
        let mut servers: Vec<Server> = tree.of_kind(Kind::Server).map(|id| server(&tree, id)).collect();
        // `ssl` of one server holds for every other one on the same socket.
        let tls: BTreeSet<String> = servers
            .iter()
            .flat_map(|server| &server.listens)
            .filter(|listen| listen.tls)
            .map(|listen| listen.socket.clone())
            .collect();
        for server in &mut servers {
            for listen in &mut server.listens {
                listen.tls |= tls.contains(&listen.socket);
            }
            server.transport = transport(&server.listens);
        }
        Self { tree, servers }
    }

    /// The servers that speak HTTP and are reached from elsewhere.
    pub fn public(&self) -> impl Iterator<Item = &Server> {
        self.servers.iter().filter(|server| !server.stream && !server.local)
    }
}

impl Server {
    /// It serves something over TLS.
    pub const fn serves_tls(&self) -> bool {
        matches!(self.transport, Transport::Tls | Transport::Both) && !self.rejects
    }

    /// It is reached as http.
    pub const fn serves_plain(&self) -> bool {
        matches!(self.transport, Transport::Plain | Transport::Both)
    }
}

fn server(tree: &Tree, id: usize) -> Server {
    let mut listens = listen::of_server(tree, id);
    if tree.is_on(id, "ssl", false) {
        for listen in &mut listens {
            listen.tls = true;
        }
    }
    let names = tree.scope(id).into_iter().flat_map(|scope| scope.own("server_name"));
    Server {
        scope: id,
        local: !listens.is_empty() && listens.iter().all(|listen| listen.local),
        names: names.flat_map(|directive| directive.args.iter().cloned()).collect(),
        stream: tree.chain(id).any(|(_, scope)| scope.kind == Kind::Stream),
        rejects: tree.is_on(id, "ssl_reject_handshake", false),
        listens,
        transport: Transport::Unknown,
    }
}

fn transport(listens: &[Listen]) -> Transport {
    match (listens.iter().any(|l| l.tls), listens.iter().any(|l| !l.tls)) {
        (true, true) => Transport::Both,
        (true, false) => Transport::Tls,
        (false, true) => Transport::Plain,
        (false, false) => Transport::Unknown,
    }
}
