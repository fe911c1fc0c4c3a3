//! Redirects: where they go, with which status, and what of the request gets into them.

use https_audit_core::check::code;

use super::{Out, Site, Tree};
use crate::nginx::catalogue::{
    REDIRECT_FIRST_NAME, REDIRECT_INSECURE, REDIRECT_LOOP, REDIRECT_NOT_HTTPS_FIRST, REDIRECT_OTHER_HOST,
    REDIRECT_TEMPORARY, REDIRECT_UNVALIDATED, SPLITTING,
};
use crate::nginx::config::{Action, Condition, Redirect, Server, Transport, mentions, rewriting};

const FIX: &str = "return 301 https://$host$request_uri;";

pub fn check(site: &Site, out: &mut Out<'_>) {
    let tree = &site.tree;
    for server in site.servers.iter().filter(|server| !server.stream) {
        for id in std::iter::once(server.scope).chain(tree.below(server.scope)) {
            let rewriting = rewriting(tree, id);
            for redirect in rewriting.redirects() {
                splitting(redirect, out);
            }
            if server.local {
                continue;
            }
            let conditional =
                rewriting.conditional.iter().map(|(condition, action)| (Some(*condition), action));
            for (condition, action) in conditional.chain(rewriting.last.iter().map(|action| (None, action))) {
                if let Action::Redirect(redirect) = action {
                    judge(server, condition, redirect, out);
                }
            }
            if id == server.scope
                && let Some(Action::Redirect(redirect)) = &rewriting.last
            {
                to_itself(server, redirect, out);
            }
        }
        added_fields(tree, server, out);
    }
}

/// A target for a message, without a user and a password that it may hold.
fn shown(target: &str) -> String {
    let octets = https_audit_core::url::octets_without_secrets(target.as_bytes());
    code(&String::from_utf8_lossy(&octets))
}

fn judge(server: &Server, condition: Option<Condition>, redirect: &Redirect, out: &mut Out<'_>) {
    let at = Some(redirect.at);
    // Under this condition the request came as http, whatever else the server speaks.
    let plain = match condition {
        Some(Condition::Plain | Condition::Front) => true,
        _ => server.transport == Transport::Plain,
    };
    match redirect.scheme() {
        Some("http") if plain => {
            let message = format!(
                "The first step stays unencrypted: {}. hstspreload.org wants the first redirect to go to https on the same host.",
                shown(&redirect.target)
            );
            out.find(REDIRECT_NOT_HTTPS_FIRST, at, message, Some(FIX.to_owned()));
        }
        Some("http") if server.serves_tls() => {
            let message = format!("Whoever came over https is sent to http: {}.", shown(&redirect.target));
            out.find(
                REDIRECT_INSECURE,
                at,
                message,
                Some("return 301 https://$host$request_uri;".to_owned()),
            );
        }
        Some("$scheme" | "${scheme}") if server.serves_plain() => {
            let message = format!(
                "Over http `$scheme` is http: {} stays unencrypted. hstspreload.org wants the first redirect to go to https on the same host.",
                shown(&redirect.target)
            );
            out.find(REDIRECT_NOT_HTTPS_FIRST, at, message, Some(FIX.to_owned()));
        }
        Some("https") => to_https(server, plain, condition, redirect, out),
        _ => {}
    }
}

fn to_https(
    server: &Server,
    plain: bool,
    condition: Option<Condition>,
    redirect: &Redirect,
    out: &mut Out<'_>,
) {
    let at = Some(redirect.at);
    let host = redirect.host().unwrap_or_default();
    let upgrades = plain || server.transport == Transport::Unknown;
    if upgrades && matches!(redirect.status, 302 | 303 | 307) {
        let message = format!(
            "With {} browsers and search engines come back over http each time; 301 or 308 is kept.",
            redirect.status
        );
        out.find(REDIRECT_TEMPORARY, at, message, Some(FIX.to_owned()));
    }
    match host {
        "$http_host" | "${http_host}" => {
            let message = "`$http_host` is the Host field as the client wrote it, port included; `$host` is checked and without the port. With either, a `default_server` that refuses unknown names keeps the redirect from leading elsewhere.";
            out.find(REDIRECT_UNVALIDATED, at, message, Some(FIX.to_owned()));
        }
        "$server_name" | "${server_name}" if !is_one_name(&server.names) => {
            let message = "`$server_name` is the first name of the server, whichever was asked for: the others lead there, and a pattern leads nowhere.";
            out.find(REDIRECT_FIRST_NAME, at, message, Some(FIX.to_owned()));
        }
        _ if plain && condition != Some(Condition::Host) => other_host(server, host, redirect, out),
        _ => {}
    }
}

/// One name that is no pattern.
fn is_one_name(names: &[String]) -> bool {
    matches!(names, [name] if is_plain(name))
}

fn is_plain(name: &str) -> bool {
    name.contains('.') && !name.starts_with(['.', '*', '~']) && !name.ends_with('*') && !name.contains('$')
}

fn other_host(server: &Server, host: &str, redirect: &Redirect, out: &mut Out<'_>) {
    let leaves = |name: &String| {
        let below = name.strip_suffix(host).is_some_and(|rest| rest.ends_with('.'));
        !host.eq_ignore_ascii_case(name) && !below
    };
    let prefixed = host.strip_suffix("$host").is_some_and(|prefix| !prefix.is_empty());
    let left: Vec<&String> = server.names.iter().filter(|name| is_plain(name) && leaves(name)).collect();
    if !prefixed && (host.contains('$') || host.is_empty() || left.is_empty()) {
        return;
    }
    let from = left.first().map_or_else(|| "the host that was asked for".to_owned(), |name| code(name));
    let message = format!(
        "http on {from} leads to {} at once: browsers never learn the HSTS of the first one, and hstspreload.org refuses it. Go to https on the same host first.",
        shown(host)
    );
    out.find(REDIRECT_OTHER_HOST, Some(redirect.at), message, Some(FIX.to_owned()));
}

/// An unconditional redirect of a TLS server to the address that was asked for.
fn to_itself(server: &Server, redirect: &Redirect, out: &mut Out<'_>) {
    let host = redirect.host().unwrap_or_default();
    let same = matches!(host, "$host" | "${host}" | "$http_host")
        || matches!(server.names.as_slice(), [name] if name == host);
    // Another port is another place.
    let standard = server.listens.iter().filter(|listen| listen.tls).all(|listen| listen.port == Some(443));
    if server.serves_tls() && redirect.scheme() == Some("https") && same && standard && redirect.keeps_path()
    {
        let message = format!(
            "This server speaks TLS itself, and sends every request to {}: browsers give up. Keep the redirect in a server of its own that listens on 80.",
            shown(&redirect.target)
        );
        out.find(
            REDIRECT_LOOP,
            Some(redirect.at),
            message,
            Some("if ($scheme = http) { return 301 https://$host$request_uri; }".to_owned()),
        );
    }
}

/// The variable with the decoded path that a text has in it.
fn decoded(text: &str) -> Option<&'static str> {
    ["uri", "document_uri"].into_iter().find(|name| mentions(text, name))
}

fn splitting(redirect: &Redirect, out: &mut Out<'_>) {
    if let Some(name) = decoded(&redirect.target) {
        let message = format!(
            "`${name}` is the decoded path: `%0d%0a` in a request ends the Location field here and begins another one. `$request_uri` is the path as it came."
        );
        out.find(SPLITTING, Some(redirect.at), message, Some(FIX.to_owned()));
    }
}

fn added_fields(tree: &Tree, server: &Server, out: &mut Out<'_>) {
    for id in std::iter::once(server.scope).chain(tree.below(server.scope)) {
        for header in tree.headers(id).list {
            if let Some(name) = decoded(header.value) {
                let message = format!(
                    "`${name}` is the decoded path: `%0d%0a` in a request ends the field {} here and begins another one. `$request_uri` is the path as it came.",
                    code(header.name)
                );
                out.find(SPLITTING, Some(header.at), message, None);
            }
        }
    }
}
