//! Content over http: servers that answer instead of leading to https, and port 443 without TLS.

use https_audit_core::check::{Severity, code};

use super::{At, Out, Site, Tree, beginning, named};
use crate::nginx::catalogue::{HTTP_NOT_REDIRECTED, HTTP2_WITHOUT_TLS, LISTEN_WITHOUT_TLS};
use crate::nginx::config::{
    Action, Condition, Kind, Redirect, Rewriting, Server, Transport, is_served, rewriting,
};

const FIX: &str =
    "server {\n    listen 80;\n    listen [::]:80;\n    return 301 https://$host$request_uri;\n}";

pub fn check(site: &Site, out: &mut Out<'_>) {
    for server in &site.servers {
        port_443(server, out);
    }
    for server in site.public().filter(|server| server.serves_plain()) {
        plain(site, server, out);
    }
}

fn port_443(server: &Server, out: &mut Out<'_>) {
    if server.stream {
        return;
    }
    for listen in server.listens.iter().filter(|listen| !listen.tls) {
        if listen.port == Some(443) {
            let message =
                format!("Nothing makes {} TLS: nginx speaks plain http there.", code(&listen.socket));
            out.find(
                LISTEN_WITHOUT_TLS,
                listen.at,
                message,
                Some("listen 443 ssl;\nlisten [::]:443 ssl;".to_owned()),
            );
        }
        if listen.http2 && !listen.local {
            let message = "Browsers speak HTTP/2 over TLS only; here a client has to know beforehand, and http/1.1 no longer works on nginx before 1.25.1.";
            out.find(HTTP2_WITHOUT_TLS, listen.at, message, None);
        }
    }
}

/// What becomes of requests over http.
enum Fate {
    /// Everything is led to https, or refused.
    Led,
    /// A header field of something in front decides.
    Front,
    /// These contexts serve content.
    Served(Vec<usize>),
}

fn leads(redirect: &Redirect) -> bool {
    redirect.scheme() == Some("https")
}

/// What the rewrite module decides for every request of a context; none where handlers or locations go on.
fn decided(tree: &Tree, id: usize, rewriting: &Rewriting) -> Option<Fate> {
    for (condition, action) in &rewriting.conditional {
        match (condition, action) {
            (Condition::Plain, Action::Redirect(redirect)) if leads(redirect) => return Some(Fate::Led),
            (Condition::Front, Action::Redirect(redirect)) if leads(redirect) => return Some(Fate::Front),
            _ => {}
        }
    }
    let for_hosts = rewriting.conditional.iter().any(|(condition, action)| {
        *condition == Condition::Host && matches!(action, Action::Redirect(redirect) if leads(redirect))
    });
    match &rewriting.last {
        // An absolute redirect to http is judged as a redirect.
        Some(Action::Redirect(redirect))
            if redirect.scheme().is_some() || redirect.target.starts_with('$') =>
        {
            Some(Fate::Led)
        }
        Some(Action::Refuse) => Some(Fate::Led),
        Some(_) => Some(Fate::Served(vec![id])),
        None if for_hosts
            && !tree
                .below(id)
                .iter()
                .any(|&inner| tree.scope(inner).is_some_and(|s| s.kind == Kind::Location)) =>
        {
            Some(Fate::Led)
        }
        None => None,
    }
}

fn fate(tree: &Tree, server: usize) -> Fate {
    if let Some(fate) = decided(tree, server, &rewriting(tree, server)) {
        return fate;
    }
    let locations: Vec<usize> = tree
        .below(server)
        .into_iter()
        .filter(|&id| tree.scope(id).is_some_and(|scope| scope.kind == Kind::Location))
        .collect();
    let mut content = Vec::new();
    let mut front = false;
    for &id in &locations {
        match decided(tree, id, &rewriting(tree, id)) {
            Some(Fate::Front) => front = true,
            None if is_served(tree, id) => content.push(id),
            Some(_) | None => {}
        }
    }
    let whole = locations.iter().any(|&id| tree.scope(id).is_some_and(|scope| scope.args == ["/"]));
    let handles = |name: &str| tree.scope(server).is_some_and(|scope| scope.own(name).next().is_some());
    if !whole && (handles("root") || handles("index") || handles("try_files") || locations.is_empty()) {
        content.insert(0, server);
    }
    match content.is_empty() {
        true if front => Fate::Front,
        true => Fate::Led,
        false => Fate::Served(content),
    }
}

fn plain(site: &Site, server: &Server, out: &mut Out<'_>) {
    let tree = &site.tree;
    let listen = server.listens.iter().find(|listen| !listen.tls && !listen.local);
    if listen.is_some_and(|listen| listen.port == Some(443)) {
        return;
    }
    let at: Option<At> = listen.and_then(|listen| listen.at).or_else(|| beginning(tree, server.scope));
    let content = match fate(tree, server.scope) {
        Fate::Led => return,
        Fate::Front => {
            let why = "the server trusts `X-Forwarded-Proto`: what is in front has to set it, and nothing else may reach this port";
            out.unknown("whether http leads to https", why, "ask the site over http", at);
            return;
        }
        Fate::Served(content) => content,
    };
    if tree.is_partial(server.scope) {
        let why = "a file that is included was not given; it may redirect";
        out.unknown("whether http leads to https", why, "give the review that file too", at);
        return;
    }
    let any_tls = site.servers.iter().any(Server::serves_tls);
    if !any_tls && is_behind(tree, server.scope) {
        let why = "no server here speaks TLS, and this one reads what something in front of it says of the client (`X-Forwarded-…`, real IP): that has to speak TLS and to redirect";
        out.unknown("whether http leads to https", why, "ask the site over http", at);
        return;
    }
    let names: Vec<String> = content.iter().map(|&id| named(tree, id)).collect();
    let whole = content
        .iter()
        .any(|&id| id == server.scope || tree.scope(id).is_some_and(|scope| scope.args == ["/"]));
    let same = if server.transport == Transport::Both {
        " The same server speaks TLS, but does not lead there."
    } else {
        ""
    };
    let unless = if any_tls {
        ""
    } else {
        " Unless something in front speaks TLS and redirects: no server here does."
    };
    let message = format!("Over http this is answered with content: {}.{same}{unless}", names.join(", "));
    let severity = if any_tls && whole { Severity::Error } else { Severity::Warning };
    let fix = if server.transport == Transport::Both {
        "if ($scheme = http) { return 301 https://$host$request_uri; }"
    } else {
        FIX
    };
    out.find_as(HTTP_NOT_REDIRECTED, severity, at, message, Some(fix.to_owned()));
}

/// It reads what a proxy in front of it says of the client.
fn is_behind(tree: &Tree, server: usize) -> bool {
    let mut all = tree.chain(server).map(|(id, _)| id).chain(tree.below(server));
    all.any(|id| {
        tree.scope(id).is_some_and(|scope| {
            scope.directives().any(|d| {
                matches!(d.name.as_str(), "set_real_ip_from" | "real_ip_header")
                    || (d.name == "proxy_set_header"
                        && tree.stands_for(id, d.arg(1), "http_x_forwarded_proto"))
            })
        })
    })
}
