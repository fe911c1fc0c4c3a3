//! Other security fields: lost by inheritance, not sent on errors, added inside of `if`.

use https_audit_core::check::code;
use https_audit_core::text::steers;

use super::{Out, Site, Tree, named};
use crate::nginx::catalogue::{HEADER_IN_IF, HEADER_NOT_ALWAYS, HEADER_NOT_INHERITED};
use crate::nginx::config::{Header, Kind};

/// The fields whose loss matters, besides HSTS.
const FIELDS: &[&str] = &[
    "content-security-policy",
    "cross-origin-embedder-policy",
    "cross-origin-opener-policy",
    "cross-origin-resource-policy",
    "permissions-policy",
    "referrer-policy",
    "x-content-type-options",
    "x-frame-options",
];

/// The line that adds a field as another one does, on every status; `$` stays, it is a variable there as well. A value that
/// would steer a terminal is left to the reader.
pub fn line(header: &Header<'_>) -> String {
    let harmless = !header.value.contains(steers);
    let value = if harmless { header.value } else { "…" };
    let quoted = value.replace('\\', "\\\\").replace('"', "\\\"");
    format!("add_header {} \"{quoted}\" always;", header.name)
}

fn is_security(header: &Header<'_>) -> bool {
    FIELDS.iter().any(|name| header.name.eq_ignore_ascii_case(name))
}

pub fn check(site: &Site, out: &mut Out<'_>) {
    let tree = &site.tree;
    for server in site.servers.iter().filter(|server| !server.stream) {
        for id in std::iter::once(server.scope).chain(tree.below(server.scope)) {
            not_inherited(tree, id, out);
            not_always(tree, id, out);
        }
    }
    for id in tree.of_kind(Kind::If) {
        let Some(scope) = tree.scope(id) else { continue };
        if let Some(own) = scope.own("add_header").next() {
            let message = format!(
                "{} is a context of its own: while it holds, none of the `add_header` around it are sent.",
                named(tree, id)
            );
            out.find(HEADER_IN_IF, Some(own.at()), message, Some("# outside of server { }: map the condition to a value\nmap $uri $field { default \"\"; }\n# inside of it, next to the other fields\nadd_header Name $field always;".to_owned()));
        }
    }
}

fn not_inherited(tree: &Tree, id: usize, out: &mut Out<'_>) {
    let headers = tree.headers(id);
    let Some(barrier_id) = headers.barrier.filter(|&barrier| barrier == id) else { return };
    let Some(barrier) = tree.scope(barrier_id) else { return };
    let Some(around) = barrier.parent.map(|parent| tree.headers(parent)) else { return };
    let Some(own) = barrier.own("add_header").next() else { return };
    let lost: Vec<Header<'_>> =
        around.list.iter().copied().filter(|h| is_security(h) && !headers.has(h.name)).collect();
    let Some(first) = lost.first() else { return };
    let names: Vec<String> = lost.iter().map(|header| code(header.name)).collect();
    if tree.is_partial(id) {
        let why = format!(
            "the `add_header` here drop {} around them, unless a file that is included and was not given adds them again",
            names.join(", ")
        );
        out.unknown(
            format!("the fields of {}", named(tree, id)),
            why,
            "give the review that file too",
            Some(own.at()),
        );
        return;
    }
    let message = format!(
        "{} has `add_header` of its own, so nginx sends none of those around it here: {} of {} and on {} lost.",
        named(tree, id),
        names.join(", "),
        out.line(first.at, own.at()),
        if lost.len() == 1 { "is" } else { "are" }
    );
    let fix = lost.iter().map(|header| line(header)).collect::<Vec<_>>().join("\n");
    out.find(HEADER_NOT_INHERITED, Some(own.at()), message, Some(fix));
}

/// Told once for each context, at the first of its fields.
fn not_always(tree: &Tree, id: usize, out: &mut Out<'_>) {
    let headers = tree.headers(id);
    let plain: Vec<Header<'_>> =
        headers.list.iter().copied().filter(|h| is_security(h) && !h.always).collect();
    let Some(first) = plain.first() else { return };
    let here: Vec<&Header<'_>> = plain.iter().filter(|header| header.scope == first.scope).collect();
    let names: Vec<String> = here.iter().map(|header| code(header.name)).collect();
    let fix = here.iter().map(|header| line(header)).collect::<Vec<_>>().join("\n");
    let message = format!(
        "Without `always` nginx adds {} to successes and redirects only: error pages go without.",
        names.join(", ")
    );
    out.find(HEADER_NOT_ALWAYS, Some(first.at), message, Some(fix));
}
