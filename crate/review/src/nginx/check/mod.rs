//! The questions, each file a group of them.

mod cipher;
mod content;
mod header;
mod hsts;
mod hsts_value;
mod missing;
mod proxy;
mod redirect;
mod tls;
mod unencrypted;

use super::config::{At, Site, Tree};
use super::out::Out;

/// Asks everything about one root.
pub fn all(site: &Site, out: &mut Out<'_>) {
    missing::check(site, out);
    hsts::check(site, out);
    header::check(site, out);
    unencrypted::check(site, out);
    redirect::check(site, out);
    tls::check(site, out);
    proxy::check(site, out);
    content::check(site, out);
}

/// Where a context begins, or the first thing in it where it has no beginning of its own.
fn beginning(tree: &Tree, id: usize) -> Option<At> {
    let scope = tree.scope(id)?;
    scope.at.or_else(|| scope.directives().map(super::syntax::Directive::at).min())
}

/// A context in a few words, for a message: `location /static/`.
fn named(tree: &Tree, id: usize) -> String {
    let Some(scope) = tree.scope(id) else { return String::new() };
    let word = match scope.kind {
        super::config::Kind::Location => "location",
        super::config::Kind::If => "if",
        super::config::Kind::LimitExcept => "limit_except",
        _ => "server",
    };
    https_audit_core::check::code(
        &std::iter::once(word).chain(scope.args.iter().map(String::as_str)).collect::<Vec<_>>().join(" "),
    )
}
