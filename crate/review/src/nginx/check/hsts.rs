//! HSTS: whether each context of a server that speaks TLS sends it.

use https_audit_core::check::{Severity, code};

use super::{At, Out, Site, Tree, beginning, hsts_value, named};
use crate::nginx::catalogue::{
    HSTS_HIDDEN, HSTS_MAY_REPEAT, HSTS_MISSING, HSTS_NOT_ALWAYS, HSTS_NOT_INHERITED, HSTS_OVER_HTTP,
    HSTS_REPEATED, HSTS_SOME,
};
use crate::nginx::config::{Action, Header, Kind, Server, Transport, answers, rewriting};

/// The field.
pub const FIELD: &str = "Strict-Transport-Security";

/// What adds it; where there is nothing to go by.
const LINE: &str = "add_header Strict-Transport-Security \"max-age=31536000\" always;  # begin with 300 and raise it once everything works over https";

pub fn check(site: &Site, out: &mut Out<'_>) {
    for server in site.servers.iter().filter(|server| !server.stream) {
        match server.transport {
            Transport::Plain => over_http(site, server, out),
            _ if server.rejects || server.local => {}
            _ => over_tls(site, server, out),
        }
        hsts_value::check(site, server, out);
    }
}

/// Whether a context sends the field.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Presence {
    Sent,
    Absent,
    /// Not known, for this reason.
    Maybe(&'static str),
}

fn presence(tree: &Tree, id: usize, transport: Transport) -> Presence {
    let headers = tree.headers(id);
    let mut maybe = None;
    for header in headers.named(FIELD) {
        match tree.texts(id, transport, header.value) {
            Some(texts) if texts.iter().all(|text| !text.is_empty()) => return Presence::Sent,
            Some(texts) if texts.iter().all(String::is_empty) => {}
            Some(_) => {
                maybe = Some("a variable decides, and one of its values is empty: then nothing is sent");
            }
            None => maybe = Some("its value is a variable that the given files do not decide"),
        }
    }
    if headers.code {
        maybe = maybe.or(Some("code that runs on the response may set it"));
    }
    if tree.is_partial(id) {
        maybe = maybe.or(Some("a file that is included was not given, or could not be read to its end"));
    }
    maybe.map_or(Presence::Absent, Presence::Maybe)
}

/// The contexts that answer requests of a server.
pub fn contexts(tree: &Tree, server: usize) -> Vec<usize> {
    if rewriting(tree, server).last.is_some() {
        return vec![server];
    }
    let inner: Vec<usize> = tree
        .below(server)
        .into_iter()
        .filter(|&id| tree.scope(id).is_some_and(|scope| answers(scope.kind)))
        .filter(|&id| match tree.scope(id) {
            // Without fields of its own an `if` sends what its location does, and a server's `if` has none.
            Some(scope) if scope.kind == Kind::If => {
                scope.own("add_header").next().is_some()
                    && scope
                        .parent
                        .and_then(|parent| tree.scope(parent))
                        .is_some_and(|p| p.kind == Kind::Location)
            }
            _ => rewriting(tree, id).last != Some(Action::Refuse),
        })
        .collect();
    let everything = |&id: &usize| {
        tree.scope(id).is_some_and(|scope| {
            scope.kind == Kind::Location && scope.args.last().is_some_and(|path| path == "/")
        })
    };
    // What no location takes, the server answers.
    let rest = if tree.below(server).iter().any(everything) { None } else { Some(server) };
    rest.into_iter().chain(inner).collect()
}

fn over_tls(site: &Site, server: &Server, out: &mut Out<'_>) {
    let tree = &site.tree;
    let contexts = contexts(tree, server.scope);
    let mut sent = Vec::new();
    let mut absent = Vec::new();
    let mut maybe = None;
    for &id in &contexts {
        match presence(tree, id, server.transport) {
            Presence::Sent => sent.push(id),
            Presence::Maybe(why) => maybe = maybe.or(Some((id, why))),
            Presence::Absent if not_inherited(tree, id, out) => {}
            Presence::Absent => absent.push(id),
        }
    }
    for &id in &sent {
        on_every_status(tree, id, out);
        twice(tree, id, server.transport, out);
    }
    let Some(&first) = absent.first() else {
        if let Some((id, why)) = maybe {
            let how = "ask the site for it, or give the review what is missing";
            out.unknown(format!("HSTS of {}", named(tree, id)), why, how, beginning(tree, id));
        }
        return;
    };
    if server.transport == Transport::Unknown {
        return;
    }
    if sent.is_empty() && maybe.is_none() {
        missing(site, server, &absent, out);
    } else if !sent.is_empty() {
        some_only(tree, &absent, &sent, first, out);
    }
}

/// The field stands around a context and is dropped by its own `add_header`.
fn not_inherited(tree: &Tree, id: usize, out: &mut Out<'_>) -> bool {
    let headers = tree.headers(id);
    let Some(barrier) = headers.barrier.and_then(|barrier| tree.scope(barrier)) else { return false };
    let Some(around) = barrier.parent.map(|parent| tree.headers(parent)) else { return false };
    let (Some(lost), Some(own)) = (around.named(FIELD).next(), barrier.own("add_header").next()) else {
        return false;
    };
    let message = format!(
        "{} has `add_header` of its own, so nginx sends none of those around it here, and the HSTS field of {} is lost.",
        named(tree, headers.barrier.unwrap_or(id)),
        out.line(lost.at, own.at()),
    );
    out.find(HSTS_NOT_INHERITED, Some(own.at()), message, Some(super::header::line(&lost)));
    true
}

fn on_every_status(tree: &Tree, id: usize, out: &mut Out<'_>) {
    for header in tree.headers(id).named(FIELD).filter(|header| !header.always) {
        let message = "Without `always` nginx adds the field to successes and redirects only: a browser that first meets a 404 or a 502 learns nothing.";
        out.find(HSTS_NOT_ALWAYS, Some(header.at), message, Some(super::header::line(&header)));
    }
}

fn twice(tree: &Tree, id: usize, transport: Transport, out: &mut Out<'_>) {
    let headers = tree.headers(id);
    let is_sent = |header: &Header<'_>| {
        tree.texts(id, transport, header.value).is_some_and(|texts| texts.iter().all(|text| !text.is_empty()))
    };
    let sent: Vec<Header<'_>> = headers.named(FIELD).filter(is_sent).collect();
    if let [first, .., last] = sent.as_slice()
        && !last.replaces
    {
        let message = format!(
            "{} adds it already. Browsers take the first one, hstspreload.org refuses both.",
            out.line(first.at, last.at)
        );
        out.find(HSTS_REPEATED, Some(last.at), message, None);
    }
    let (Some(first), Some(pass)) = (sent.first(), tree.passes(id)) else { return };
    if !first.replaces && hidden_at(tree, id).is_none() {
        let message = format!(
            "What {} leads to may send one too (Django does with `SECURE_HSTS_SECONDS`): then the response has two, browsers take the application's, and hstspreload.org refuses both. That is not seen from here.",
            out.line(pass.at(), first.at)
        );
        let prefix = pass.name.trim_end_matches("_pass");
        let fix = format!("{prefix}_hide_header Strict-Transport-Security;");
        out.find(HSTS_MAY_REPEAT, Some(first.at), message, Some(fix));
    }
}

/// Where the application's field is taken out.
fn hidden_at(tree: &Tree, id: usize) -> Option<At> {
    let pass = tree.passes(id)?;
    let name = format!("{}_hide_header", pass.name.trim_end_matches("_pass"));
    let hides =
        tree.values(id, &name).into_iter().find(|directive| directive.arg(0).eq_ignore_ascii_case(FIELD));
    hides.map(crate::nginx::syntax::Directive::at)
}

fn missing(site: &Site, server: &Server, absent: &[usize], out: &mut Out<'_>) {
    let tree = &site.tree;
    if let Some(at) = absent.iter().find_map(|&id| hidden_at(tree, id)) {
        let message = "The application's HSTS field is taken out here, and this server adds none.";
        out.find(HSTS_HIDDEN, Some(at), message, Some(LINE.to_owned()));
        return;
    }
    let passed = absent.iter().all(|&id| tree.passes(id).is_some());
    let redirects = rewriting(tree, server.scope).last.is_some();
    let mut message = "A browser that is sent to this host by an http address goes there unencrypted, and whoever is on the way can answer.".to_owned();
    if passed {
        message.push_str(" Unless the application behind sends the field itself: nginx adds none.");
    }
    let beyond = tree.beyond_http(server.scope);
    if let Some(beyond) = beyond {
        message = format!("{message} Unless {beyond}.");
    }
    let severity = if passed || redirects || beyond.is_some() { Severity::Warning } else { Severity::Error };
    out.find_as(HSTS_MISSING, severity, beginning(tree, server.scope), message, Some(LINE.to_owned()));
}

fn some_only(tree: &Tree, absent: &[usize], sent: &[usize], first: usize, out: &mut Out<'_>) {
    let names: Vec<String> = absent.iter().map(|&id| named(tree, id)).collect();
    let passed = absent.iter().all(|&id| tree.passes(id).is_some());
    let unless = if passed { ", unless the application behind sends it" } else { "" };
    let message = format!("Other contexts of this server add it; not so: {}{unless}.", names.join(", "));
    let field = sent.first().and_then(|&id| tree.headers(id).named(FIELD).next());
    let fix = field.map_or_else(|| LINE.to_owned(), |field| super::header::line(&field));
    out.find(HSTS_SOME, beginning(tree, first), message, Some(fix));
}

fn over_http(site: &Site, server: &Server, out: &mut Out<'_>) {
    let tree = &site.tree;
    if server.local {
        return;
    }
    for id in contexts(tree, server.scope) {
        if presence(tree, id, server.transport) != Presence::Sent {
            continue;
        }
        for header in tree.headers(id).named(FIELD) {
            let message = format!(
                "A server that speaks http only sends it ({}). It does no harm, and no good either.",
                code(&server.names.join(" "))
            );
            out.find(HSTS_OVER_HTTP, Some(header.at), message, None);
        }
    }
}
