//! What the application behind is told of a request, and how it is reached.

use https_audit_core::check::{Severity, code};

use super::{Out, Site, Tree, named};
use crate::nginx::catalogue::{
    COOKIE_FLAGS, PROXY_HOST, PROXY_PROTO_CONSTANT, PROXY_PROTO_FROM_CLIENT, PROXY_PROTO_MISSING,
    PROXY_UNVERIFIED,
};
use crate::nginx::config::{Condition, Server, Transport, rewriting};
use crate::nginx::syntax::Directive;

/// Fields by which proxies say that a request came over https.
const SCHEME_FIELDS: &[&str] = &[
    "x-forwarded-proto",
    "x-forwarded-protocol",
    "x-forwarded-scheme",
    "x-forwarded-ssl",
    "x-scheme",
    "forwarded",
];

const FIX: &str = "proxy_set_header X-Forwarded-Proto $scheme;";

pub fn check(site: &Site, out: &mut Out<'_>) {
    let tree = &site.tree;
    for server in site.servers.iter().filter(|server| !server.stream) {
        let passing: Vec<(usize, &Directive)> = std::iter::once(server.scope)
            .chain(tree.below(server.scope))
            .filter_map(|id| {
                let own = tree.scope(id)?.directives().find(|d| d.name == "proxy_pass")?;
                Some((id, own))
            })
            .collect();
        scheme_told(tree, server, &passing, out);
        for &(id, _) in &passing {
            for field in tree.values(id, "proxy_set_header") {
                told(site, server, id, field, out);
            }
        }
        verified(tree, &passing, out);
    }
    for scope in &tree.scopes {
        for flags in scope.own("proxy_cookie_flags") {
            cookie_flags(flags, out);
        }
    }
}

/// The application learns the scheme from one of the fields; told once for each server.
fn scheme_told(tree: &Tree, server: &Server, passing: &[(usize, &Directive)], out: &mut Out<'_>) {
    if !server.serves_tls() || server.local {
        return;
    }
    let tells = |id: usize| {
        tree.values(id, "proxy_set_header")
            .iter()
            .any(|d| SCHEME_FIELDS.iter().any(|name| d.arg(0).eq_ignore_ascii_case(name)))
    };
    // An application that is asked over https sees that by itself.
    let silent: Vec<&(usize, &Directive)> =
        passing.iter().filter(|(id, pass)| !pass.arg(0).starts_with("https:") && !tells(*id)).collect();
    let Some(&&(id, pass)) = silent.first() else { return };
    if tree.is_partial(id) {
        let why = "no `proxy_set_header X-Forwarded-Proto` stands in what was given, and a file that is included (such as `proxy_params`) was not given";
        out.unknown(
            "whether the application learns that a request came over https",
            why,
            "give the review that file too",
            Some(pass.at()),
        );
        return;
    }
    let lost = tree.chain(id).skip(1).any(|(around, _)| tells(around));
    let mut message = format!(
        "{} sets no `X-Forwarded-Proto`: the application takes every request for http (Django redirects in a circle, and sends no HSTS), and what a client writes there gets through.",
        named(tree, id)
    );
    if lost {
        message.push_str(" It is set around this block, but `proxy_set_header` of its own drops those.");
    }
    if silent.len() > 1 {
        let more = silent.len() - 1;
        message = format!("{message} So it is in {more} more of this server.");
    }
    if let Some(beyond) = tree.beyond_http(server.scope) {
        message = format!("{message} Unless {beyond}.");
    }
    out.find(PROXY_PROTO_MISSING, Some(pass.at()), message, Some(FIX.to_owned()));
}

/// One field that is set.
fn told(site: &Site, server: &Server, id: usize, field: &Directive, out: &mut Out<'_>) {
    let (tree, at) = (&site.tree, Some(field.at()));
    let (name, value) = (field.arg(0), field.arg(1));
    if name.eq_ignore_ascii_case("host") && value.contains("$http_host") {
        let message = "`$http_host` is what the client wrote, unchecked; `$host` is checked by nginx. Either way the application has to know its own names (Django: `ALLOWED_HOSTS`).";
        out.find(PROXY_HOST, at, message, Some("proxy_set_header Host $host;".to_owned()));
    }
    if !matches!(
        name.to_ascii_lowercase().as_str(),
        "x-forwarded-proto" | "x-forwarded-protocol" | "x-forwarded-scheme" | "x-scheme"
    ) {
        return;
    }
    if tree.stands_for(id, value, "http_x_forwarded_proto")
        || tree.stands_for(id, value, "http_x_forwarded_scheme")
    {
        let severity =
            if site.servers.iter().any(Server::serves_tls) { Severity::Warning } else { Severity::Note };
        let message = format!(
            "{} is what the client, or something in front, wrote: right where something in front always sets it and nothing else reaches this port; else anyone can say https.",
            code(value)
        );
        out.find_as(PROXY_PROTO_FROM_CLIENT, severity, at, message, Some(FIX.to_owned()));
    } else if server.serves_plain() && !server.local && value.eq_ignore_ascii_case("https") {
        constant(site, server, id, field, out);
    }
}

/// `https` as a constant, in a server that is reached over http.
fn constant(site: &Site, server: &Server, id: usize, field: &Directive, out: &mut Out<'_>) {
    let tree = &site.tree;
    // What came over http has been led to https before it gets here.
    let led = tree.chain(id).any(|(around, _)| {
        rewriting(tree, around)
            .conditional
            .iter()
            .any(|(condition, _)| matches!(condition, Condition::Plain | Condition::Front))
    });
    if led {
        return;
    }
    let any_tls = site.servers.iter().any(Server::serves_tls);
    let severity =
        if any_tls || server.transport == Transport::Both { Severity::Error } else { Severity::Warning };
    let unless = if any_tls {
        ""
    } else {
        " Right only where something in front speaks TLS and nothing else reaches this port."
    };
    let message = format!(
        "This server is reached over http, and tells the application that it was https: it sets Secure cookies and HSTS on what anyone can read.{unless}"
    );
    out.find_as(PROXY_PROTO_CONSTANT, severity, Some(field.at()), message, Some(FIX.to_owned()));
}

/// Servers behind that are reached over https; told once for each of the passes.
fn verified(tree: &Tree, passing: &[(usize, &Directive)], out: &mut Out<'_>) {
    for &(id, pass) in passing {
        let rest = pass.arg(0).strip_prefix("https://");
        let local = rest.is_some_and(|rest| {
            ["127.", "localhost", "[::1]", "unix:"].iter().any(|begin| rest.starts_with(begin))
        });
        if rest.is_some() && !local && !tree.is_on(id, "proxy_ssl_verify", false) && !tree.is_partial(id) {
            let message =
                "nginx verifies no certificate unless told to: whoever is between here and there can answer.";
            let fix = "proxy_ssl_verify on;\nproxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\nproxy_ssl_server_name on;";
            out.find(PROXY_UNVERIFIED, Some(pass.at()), message, Some(fix.to_owned()));
        }
    }
}

fn cookie_flags(flags: &Directive, out: &mut Out<'_>) {
    let taken: Vec<String> = flags
        .args
        .iter()
        .skip(1)
        .filter(|flag| {
            matches!(
                flag.to_ascii_lowercase().as_str(),
                "nosecure" | "nohttponly" | "nosamesite" | "samesite=none"
            )
        })
        .map(|flag| code(flag))
        .collect();
    if !taken.is_empty() {
        let message = format!("{} for the cookies {}.", taken.join(", "), code(flags.arg(0)));
        out.find(COOKIE_FLAGS, Some(flags.at()), message, Some("proxy_cookie_flags ~ secure;".to_owned()));
    }
}
