//! What holds in a context: its own directives, or those of the contexts around it.
//!
//! A directive with one value is taken from the innermost context that has it. Of those that can stand many times
//! (`add_header`, `proxy_set_header`, …) the innermost context that has any has them all: that is the trap. From nginx
//! 1.29.3 on `add_header_inherit` says otherwise.

use super::scope::{At, Kind, Scope, Tree};
use crate::nginx::syntax::{Block, Directive};

/// A response header field that nginx adds.
#[derive(Debug, Clone, Copy)]
pub struct Header<'a> {
    /// Its name as written.
    pub name: &'a str,
    /// Its value as written.
    pub value: &'a str,
    /// On every status; without it not on errors.
    pub always: bool,
    /// It takes the place of the application's field of that name.
    pub replaces: bool,
    /// Where.
    pub at: At,
    /// The context it stands in.
    pub scope: usize,
}

/// The fields that nginx adds in a context.
#[derive(Debug, Default)]
pub struct Headers<'a> {
    /// In the order in which they are added.
    pub list: Vec<Header<'a>>,
    /// The context whose own `add_header` keep out those of the contexts around it.
    pub barrier: Option<usize>,
    /// Code runs on the response and may set fields.
    pub code: bool,
}

impl<'a> Headers<'a> {
    /// Those of a name.
    pub fn named<'h>(&'h self, name: &'h str) -> impl Iterator<Item = Header<'a>> + 'h {
        self.list.iter().copied().filter(move |header| header.name.eq_ignore_ascii_case(name))
    }

    /// Whether there is one of a name.
    pub fn has(&self, name: &str) -> bool {
        self.named(name).next().is_some()
    }
}

impl Tree {
    /// The directive that holds, of those with one value.
    pub fn value(&self, id: usize, name: &str) -> Option<&Directive> {
        self.chain(id).find_map(|(_, scope)| last_of(scope, name))
    }

    /// The directives that hold, of those that can stand many times.
    pub fn values(&self, id: usize, name: &str) -> Vec<&Directive> {
        let own = |scope: &'_ Scope| -> bool { last_of(scope, name).is_some() };
        let found = self.chain(id).find(|(_, scope)| own(scope));
        let all = found.map(|(_, scope)| scope.own(name).collect());
        all.unwrap_or_default()
    }

    /// Whether a switch is on, `default` where nothing is said.
    pub fn is_on(&self, id: usize, name: &str, default: bool) -> bool {
        self.value(id, name).map_or(default, |directive| directive.arg(0) == "on")
    }

    /// The fields that nginx adds to the responses of a context.
    pub fn headers(&self, id: usize) -> Headers<'_> {
        let mut headers = Headers::default();
        let mut added: Vec<Header<'_>> = Vec::new();
        let mut more = Vec::new();
        let mut inheritance = "on";
        let chain: Vec<(usize, &Scope)> = self.chain(id).collect();
        for (scope_id, scope) in chain.into_iter().rev() {
            more.extend(more_headers(scope_id, scope));
            headers.code |= scope.sets_headers;
            inheritance =
                last_of(scope, "add_header_inherit").map_or(inheritance, |directive| directive.arg(0));
            let own: Vec<Header<'_>> = own_headers(scope_id, scope).collect();
            if inheritance == "off" || (inheritance != "merge" && !own.is_empty()) {
                added.clear();
                headers.barrier = (!own.is_empty()).then_some(scope_id);
            }
            added.extend(own);
        }
        headers.list = added.into_iter().chain(more).filter(|header| !header.value.is_empty()).collect();
        headers
    }
}

fn last_of<'a>(scope: &'a Scope, name: &str) -> Option<&'a Directive> {
    scope.own(name).next_back()
}

fn own_headers(id: usize, scope: &Scope) -> impl Iterator<Item = Header<'_>> {
    // A server's `if` knows no `add_header`; nginx refuses it there.
    scope.own("add_header").map(move |directive| Header {
        name: directive.arg(0),
        value: directive.arg(1),
        always: directive.arg(2) == "always",
        replaces: false,
        at: directive.at(),
        scope: id,
    })
}

/// `more_set_headers 'Name: value'` of the headers-more module, which the contexts inside always inherit.
fn more_headers(id: usize, scope: &Scope) -> Vec<Header<'_>> {
    let mut found = Vec::new();
    for directive in scope.own("more_set_headers") {
        // With `-s` or `-t` it is for some statuses or types.
        let narrowed = directive.args.iter().any(|arg| arg.starts_with('-'));
        for (name, value) in directive.args.iter().filter_map(|arg| arg.split_once(':')) {
            found.push(Header {
                name,
                value: value.trim(),
                always: !narrowed,
                replaces: true,
                at: directive.at(),
                scope: id,
            });
        }
    }
    found
}

/// Whether code of a directive may set response header fields.
pub fn sets_headers(directive: &Directive) -> bool {
    match &directive.block {
        Some(Block::Lua(code)) => {
            directive.name.starts_with("header_filter") || code.to_ascii_lowercase().contains("ngx.header")
        }
        _ => directive.name.starts_with("header_filter_by") || directive.name == "js_header_filter",
    }
}

/// Whether the context answers by itself: a `location`, an `if` inside of one, or a server.
pub const fn answers(kind: Kind) -> bool {
    matches!(kind, Kind::Server | Kind::Location | Kind::If)
}
