//! What the review takes each context to do, for tests that ask a real nginx.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cipher::{DEFAULT, expand};
use super::config::{Files, Kind, Server, Site, Tree};
use crate::Source;

/// One server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerFacts {
    /// Its names, as written.
    pub names: Vec<String>,
    /// Where it listens, with whether as TLS.
    pub listens: Vec<(String, bool)>,
    /// The server and its locations.
    pub contexts: Vec<ContextFacts>,
    /// Versions of TLS as `ssl_protocols` has them; none where it is not set.
    pub protocols: Option<Vec<String>>,
    /// OpenSSL's names of the suites for TLS 1.2 and older; those that OpenSSL has by default.
    pub suites: Vec<String>,
}

/// One context of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ContextFacts {
    /// `server`, `location` or `if`.
    pub kind: &'static str,
    /// The words behind it.
    pub args: Vec<String>,
    /// Fields that are added: name, value as written, whether on every status.
    pub fields: Vec<(String, String, bool)>,
}

/// What each server of the given files does.
pub fn facts(sources: &[Source]) -> Vec<ServerFacts> {
    let files = Files::read(sources);
    let sites = super::sites(&files).0;
    // Many servers may share one list.
    let mut expanded = BTreeMap::new();
    let servers = sites.iter().flat_map(|site| site.servers.iter().map(move |server| (site, server)));
    servers.map(|(site, server)| of_server(site, server, &mut expanded)).collect()
}

fn of_server<'s>(
    site: &'s Site,
    server: &Server,
    expanded: &mut BTreeMap<&'s str, Vec<String>>,
) -> ServerFacts {
    let tree = &site.tree;
    let ciphers = tree.value(server.scope, "ssl_ciphers").map_or(DEFAULT, |directive| directive.arg(0));
    let contexts = std::iter::once(server.scope).chain(tree.below(server.scope));
    ServerFacts {
        names: server.names.clone(),
        listens: server.listens.iter().map(|listen| (listen.socket.clone(), listen.tls)).collect(),
        contexts: contexts.filter_map(|id| context(tree, id)).collect(),
        protocols: tree.value(server.scope, "ssl_protocols").map(|directive| directive.args.clone()),
        suites: expanded.entry(ciphers).or_insert_with(|| names_of_suites(ciphers)).clone(),
    }
}

fn names_of_suites(ciphers: &str) -> Vec<String> {
    let suites = expand(ciphers).suites.into_iter();
    suites.filter(|suite| !suite.is_left_out()).map(|suite| suite.openssl.to_owned()).collect()
}

fn context(tree: &Tree, id: usize) -> Option<ContextFacts> {
    let scope = tree.scope(id)?;
    let kind = match scope.kind {
        Kind::Server => "server",
        Kind::Location => "location",
        Kind::If => "if",
        _ => return None,
    };
    let fields = tree.headers(id).list;
    let fields = fields.iter().map(|header| (header.name.to_owned(), header.value.to_owned(), header.always));
    Some(ContextFacts { kind, args: scope.args.clone(), fields: fields.collect() })
}
