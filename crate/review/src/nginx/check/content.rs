//! What is told and given away: folders, versions, names asked in the clear.

use https_audit_core::check::code;

use super::{Out, Site};
use crate::nginx::catalogue::{ALIAS_TRAVERSAL, AUTOINDEX, RESOLVER_PUBLIC, SERVER_TOKENS};
use crate::nginx::config::{Kind, Scope};

pub fn check(site: &Site, out: &mut Out<'_>) {
    for scope in &site.tree.scopes {
        for directive in scope.directives() {
            let at = Some(directive.at());
            match directive.name.as_str() {
                "autoindex" if directive.arg(0) == "on" => {
                    let message = "Who asks for a folder gets the list of everything in it.";
                    out.find(AUTOINDEX, at, message, Some("autoindex off;".to_owned()));
                }
                "resolver" => {
                    if let Some(public) = directive.args.iter().find(|arg| is_public(arg)) {
                        let message = format!(
                            "{} is asked unencrypted: whoever is on the way decides where names lead that nginx looks up.",
                            code(public)
                        );
                        out.find(
                            RESOLVER_PUBLIC,
                            at,
                            message,
                            Some("resolver 127.0.0.53;  # a resolver of this computer or network".to_owned()),
                        );
                    }
                }
                "alias" if scope.kind == Kind::Location => alias(scope, directive.arg(0), at, out),
                _ => {}
            }
        }
    }
    server_tokens(site, out);
}

/// `location /static { alias /srv/static/; }`: what follows `/static` is put behind the folder, `../` as well.
fn alias(scope: &Scope, folder: &str, at: Option<super::At>, out: &mut Out<'_>) {
    let path = match scope.args.as_slice() {
        [path] => path,
        [modifier, path] if modifier == "^~" => path,
        _ => return,
    };
    if path.ends_with('/') || path.is_empty() || !folder.ends_with('/') {
        return;
    }
    let shown = code(&format!("{path}../"));
    let message = format!(
        "{shown} asks for the folder above {}: the location has no slash at its end, the alias has.",
        code(folder)
    );
    out.find(
        ALIAS_TRAVERSAL,
        at,
        message,
        Some(format!("location {path}/ {{ … }}")).filter(|fix| !fix.contains(https_audit_core::text::steers)),
    );
}

/// An address that is neither of this computer nor of a private network.
fn is_public(arg: &str) -> bool {
    let host = arg
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|octet| octet.is_ascii_digit()))
        .map_or(arg, |(host, _)| host);
    let private = |address: std::net::Ipv4Addr| {
        address.is_private() || address.is_loopback() || address.is_link_local()
    };
    match (host.parse::<std::net::Ipv4Addr>(), arg.trim_matches(['[', ']']).parse::<std::net::Ipv6Addr>()) {
        (Ok(address), _) => !private(address),
        (_, Ok(address)) => {
            !address.is_loopback() && !address.is_unique_local() && !address.is_unicast_link_local()
        }
        _ => false,
    }
}

/// Told where it is switched on, or at the `http` block that leaves it on.
fn server_tokens(site: &Site, out: &mut Out<'_>) {
    let tree = &site.tree;
    for server in site.public() {
        let fix = Some("server_tokens off;".to_owned());
        match tree.value(server.scope, "server_tokens") {
            Some(directive) if matches!(directive.arg(0), "on" | "build") => {
                out.find(
                    SERVER_TOKENS,
                    Some(directive.at()),
                    "Every response and error page names the exact version.",
                    fix,
                );
            }
            None if tree.has_http(server.scope) && !tree.is_partial(server.scope) => {
                let http = tree.chain(server.scope).find(|(_, scope)| scope.kind == Kind::Http);
                let Some((_, http)) = http else { continue };
                let unless = if http.partial {
                    ", unless a file says otherwise that is included and was not given"
                } else {
                    ""
                };
                let message = format!(
                    "`server_tokens` is on where nothing is said: every response and error page names the exact version{unless}."
                );
                out.find(SERVER_TOKENS, http.at, message, fix);
            }
            _ => {}
        }
    }
}
