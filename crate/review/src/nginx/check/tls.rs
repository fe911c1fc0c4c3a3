//! TLS: versions, tickets, stapling, parameters, early data.

use std::collections::{BTreeMap, BTreeSet};

use https_audit_core::check::code;

use super::{Out, Site, beginning, cipher};
use crate::nginx::catalogue::{
    EARLY_DATA, TLS_DIFFERS, TLS_NO_13, TLS_OBSOLETE, TLS_REMOVED, TLS_STAPLING, TLS_TICKETS,
};
use crate::nginx::config::{At, Kind, Server, Tree};
use crate::nginx::syntax::Directive;

const VERSIONS: &str = "ssl_protocols TLSv1.2 TLSv1.3;";

pub fn check(site: &Site, out: &mut Out<'_>) {
    for protocols in relevant(site, "ssl_protocols") {
        versions(protocols, out);
    }
    default_versions(site, out);
    differing(site, out);
    cipher::check(site, out);
    for scope in &site.tree.scopes {
        for directive in scope.directives() {
            one(&site.tree, directive, out);
        }
    }
    for server in &site.servers {
        of_server(site, server, out);
    }
}

/// The directives of a name by which some server that speaks TLS goes; all of them where the servers were not given.
pub fn relevant<'a>(site: &'a Site, name: &str) -> Vec<&'a Directive> {
    let tls: Vec<&Server> = site.servers.iter().filter(|server| server.serves_tls()).collect();
    let mut found: BTreeMap<At, &Directive> = BTreeMap::new();
    for server in &tls {
        found.extend(site.tree.value(server.scope, name).map(|directive| (directive.at(), directive)));
    }
    // Servers in files that were not given inherit what stands around them.
    let open = |kind: Kind| matches!(kind, Kind::Http | Kind::Main | Kind::Stream);
    let scopes =
        site.tree.scopes.iter().filter(|scope| tls.is_empty() || (scope.partial && open(scope.kind)));
    for scope in scopes {
        found.extend(
            scope.directives().filter(|d| d.name == name).map(|directive| (directive.at(), directive)),
        );
    }
    found.into_values().collect()
}

fn versions(directive: &Directive, out: &mut Out<'_>) {
    let at = Some(directive.at());
    let obsolete: Vec<String> = directive
        .args
        .iter()
        .filter(|arg| matches!(arg.as_str(), "SSLv2" | "SSLv3" | "TLSv1" | "TLSv1.1"))
        .map(|arg| code(arg))
        .collect();
    if !obsolete.is_empty() {
        let message = format!(
            "{} can be broken by whoever is on the way; no browser of today uses them.",
            obsolete.join(", ")
        );
        out.find(TLS_OBSOLETE, at, message, Some(VERSIONS.to_owned()));
    }
    if !directive.args.iter().any(|arg| arg == "TLSv1.3") {
        let message =
            "Browsers prefer TLS 1.3: it is faster, hides the certificate and allows no weak suite.";
        out.find(TLS_NO_13, at, message, Some(VERSIONS.to_owned()));
    }
}

/// Whether a setting of a server may come from what was not given.
pub fn is_open(site: &Site, server: &Server) -> bool {
    site.tree.is_partial(server.scope)
}

fn default_versions(site: &Site, out: &mut Out<'_>) {
    let without = site.servers.iter().filter(|server| server.serves_tls());
    let mut without = without.filter(|server| site.tree.value(server.scope, "ssl_protocols").is_none());
    let Some(server) = without.next() else { return };
    let why = if is_open(site, server) {
        "it does not stand in what was given and could be read, and a part is missing"
    } else if site.tree.beyond_http(server.scope).is_none() {
        "it is not set: nginx before 1.27.3 accepts TLS 1.0 and 1.1 then, later ones do not"
    } else {
        "it is not set in what was given, and the `http` block around was not given whole; where that says nothing, nginx before 1.27.3 accepts TLS 1.0 and 1.1"
    };
    let how = "ask `nginx -v`, or write `ssl_protocols TLSv1.2 TLSv1.3;`";
    out.unknown("`ssl_protocols`", why, how, beginning(&site.tree, server.scope));
}

fn differing(site: &Site, out: &mut Out<'_>) {
    let mut sockets: BTreeMap<&str, BTreeMap<Vec<String>, Vec<&Server>>> = BTreeMap::new();
    for server in site.servers.iter().filter(|server| server.serves_tls()) {
        let Some(directive) = site.tree.value(server.scope, "ssl_protocols") else { continue };
        let mut versions = directive.args.clone();
        versions.sort();
        for listen in server.listens.iter().filter(|listen| listen.tls) {
            sockets.entry(&listen.socket).or_default().entry(versions.clone()).or_default().push(server);
        }
    }
    let mut told = BTreeSet::new();
    for (socket, by_versions) in sockets.into_iter().filter(|(_, by_versions)| by_versions.len() > 1) {
        let is_default =
            |server: &&&Server| server.listens.iter().any(|listen| listen.default && listen.socket == socket);
        let all: Vec<&Server> = by_versions.values().flatten().copied().collect();
        let Some(deciding) =
            all.iter().find(is_default).or_else(|| all.iter().min_by_key(|server| server.scope))
        else {
            continue;
        };
        let Some(at) = beginning(&site.tree, deciding.scope).filter(|at| told.insert(*at)) else { continue };
        let message = format!(
            "On {} the servers name different versions. By nginx's documentation those of the default server, which is this one, may hold for all of them: which nginx and OpenSSL it is decides.",
            code(socket)
        );
        out.find(TLS_DIFFERS, Some(at), message, None);
    }
}

/// What one directive says by itself.
fn one(tree: &Tree, directive: &Directive, out: &mut Out<'_>) {
    let at = Some(directive.at());
    match (directive.name.as_str(), directive.arg(0)) {
        ("ssl", "on") => {
            let message = "It was removed with nginx 1.25.1, which does not start with it; before, it made every `listen` of the server TLS.";
            out.find(TLS_REMOVED, at, message, Some("listen 443 ssl;".to_owned()));
        }
        ("ssl_early_data", "on") => early_data(tree, directive, out),
        ("ssl_session_tickets", "on") | ("ssl_session_ticket_key", _) => {
            let message = "Who gets the key can read every session under it. Before nginx 1.23.2, and with a key from a file always, nobody changes it but you; from then on nginx does where `ssl_session_cache` is shared.";
            out.find(TLS_TICKETS, at, message, Some("ssl_session_tickets off;".to_owned()));
        }
        ("ssl_dhparam", file) => {
            let why = format!(
                "the size of the group in {} cannot be seen from here; under 2048 bits it is weak, and the guideline wants no DHE at all",
                code(file)
            );
            let how = "openssl dhparam -in FILE -noout -text | head -n 1";
            out.unknown("`ssl_dhparam`", why, how, at);
        }
        ("ssl_conf_command", "MinProtocol" | "MaxProtocol" | "Protocol" | "CipherString" | "Options") => {
            let why = format!(
                "{} is given to OpenSSL behind nginx's own directives and may overrule them",
                code(directive.arg(0))
            );
            out.unknown(
                "`ssl_conf_command`",
                why,
                "ask the site, with `openssl s_client` or `https-audit live`",
                at,
            );
        }
        _ => {}
    }
}

fn early_data(tree: &Tree, directive: &Directive, out: &mut Out<'_>) {
    let told = tree.scopes.iter().any(|scope| {
        scope
            .directives()
            .any(|d| d.name.ends_with("_set_header") || d.name.ends_with("_param"))
            .then(|| scope.directives().any(|d| d.arg(1).contains("$ssl_early_data")))
            == Some(true)
    });
    let message = if told {
        "Whoever records such a request can send it again. The application is told (`$ssl_early_data`) and has to answer 425 to what must not happen twice."
    } else {
        "Whoever records such a request can send it again, and the application is not told."
    };
    let fix = (!told).then(|| {
        "proxy_set_header Early-Data $ssl_early_data;  # and answer 425 to what must not happen twice"
            .to_owned()
    });
    out.find(EARLY_DATA, Some(directive.at()), message, fix);
}

fn of_server(site: &Site, server: &Server, out: &mut Out<'_>) {
    let tree = &site.tree;
    let of_lets_encrypt =
        tree.value(server.scope, "ssl_certificate").is_some_and(|d| d.arg(0).contains("letsencrypt"));
    if let Some(stapling) =
        tree.value(server.scope, "ssl_stapling").filter(|d| d.arg(0) == "on" && of_lets_encrypt)
    {
        let message = "Let's Encrypt ended OCSP in August 2025: its certificates name no responder, and nginx warns and does nothing.";
        out.find(
            TLS_STAPLING,
            Some(stapling.at()),
            message,
            Some("ssl_stapling off;\nssl_stapling_verify off;".to_owned()),
        );
    }
}
