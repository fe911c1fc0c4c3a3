//! What a context answers with: the rewrite module's `return`, `rewrite` and `if`, in the order in which nginx runs them,
//! and the handlers behind it.

use super::scope::{At, Item, Kind, Scope, Tree};
use crate::nginx::syntax::Directive;

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// Where to, as written.
    pub target: String,
    /// With which status.
    pub status: u16,
    /// Where it stands.
    pub at: At,
}

impl Redirect {
    /// Its scheme; none where it is relative.
    pub fn scheme(&self) -> Option<&str> {
        self.target.split_once("://").map(|(scheme, _)| scheme)
    }

    /// Its host as written, with variables and without the port; none where it is relative.
    pub fn host(&self) -> Option<&str> {
        let (_, rest) = self.target.split_once("://")?;
        // `$host$request_uri`: the path begins with the second variable.
        let path =
            ["$request_uri", "$uri", "$document_uri", "$is_args", "$1", "$2", "${request_uri}", "${uri}"];
        let end = path.iter().filter_map(|begin| rest.find(begin)).chain(rest.find(['/', '?', ':'])).min();
        rest.get(..end.unwrap_or(rest.len()))
    }

    /// Its path, with the address that was asked for in it.
    pub fn keeps_path(&self) -> bool {
        let host = self.host().map_or(0, str::len);
        let path = self.target.split_once("://").and_then(|(_, rest)| rest.get(host..)).unwrap_or_default();
        matches!(path, "$request_uri" | "${request_uri}" | "$uri" | "$1" | "/$1" | "$uri$is_args$args")
    }
}

/// What the rewrite module does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Sends elsewhere.
    Redirect(Redirect),
    /// Answers with an error, or not at all.
    Refuse,
    /// Answers with a text of the configuration.
    Text(At),
}

/// When an `if` holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// The request came as http.
    Plain,
    /// Something in front says that the request came as http (`X-Forwarded-Proto`).
    Front,
    /// For some hosts.
    Host,
    /// Anything else.
    Other,
}

/// What the rewrite module does with a request, in order.
#[derive(Debug, Default)]
pub struct Rewriting {
    /// Under a condition.
    pub conditional: Vec<(Condition, Action)>,
    /// In the end, whatever the request is.
    pub last: Option<Action>,
}

impl Rewriting {
    /// Every redirect.
    pub fn redirects(&self) -> impl Iterator<Item = &Redirect> {
        let all = self.conditional.iter().map(|(_, action)| action).chain(&self.last);
        all.filter_map(|action| match action {
            Action::Redirect(redirect) => Some(redirect),
            _ => None,
        })
    }
}

/// What the rewrite module does in a context.
pub fn rewriting(tree: &Tree, id: usize) -> Rewriting {
    let mut out = Rewriting::default();
    let Some(scope) = tree.scope(id) else { return out };
    for item in &scope.items {
        match item {
            Item::Directive(directive) => match action(directive) {
                Some((action, true)) => {
                    out.last = Some(action);
                    break;
                }
                Some((action, false)) => out.conditional.push((Condition::Other, action)),
                None => {}
            },
            Item::Scope(inner) => {
                let Some(inner) = tree.scope(*inner).filter(|scope| scope.kind == Kind::If) else { continue };
                let condition = condition(&inner.args);
                out.conditional
                    .extend(inner.directives().filter_map(action).map(|(action, _)| (condition, action)));
            }
        }
    }
    out
}

/// What a directive does, and whether for every request.
fn action(directive: &Directive) -> Option<(Action, bool)> {
    match directive.name.as_str() {
        "return" => Some((returned(directive), true)),
        "rewrite" => rewritten(directive),
        _ => None,
    }
}

fn returned(directive: &Directive) -> Action {
    let (code, text) = match directive.arg(0).parse::<u16>() {
        Ok(code) => (code, directive.arg(1)),
        Err(_) => (302, directive.arg(0)),
    };
    match code {
        301 | 302 | 303 | 307 | 308 => {
            Action::Redirect(Redirect { target: text.to_owned(), status: code, at: directive.at() })
        }
        200..=299 => Action::Text(directive.at()),
        _ => Action::Refuse,
    }
}

fn rewritten(directive: &Directive) -> Option<(Action, bool)> {
    let (pattern, target, flag) = (directive.arg(0), directive.arg(1), directive.arg(2));
    let absolute = ["http://", "https://", "$scheme"].iter().any(|begin| target.starts_with(begin));
    let status = match flag {
        "permanent" => 301,
        "redirect" => 302,
        _ if absolute => 302,
        _ => return None,
    };
    let every = matches!(
        pattern,
        "^" | ".*"
            | "(.*)"
            | "^.*$"
            | "^.*"
            | "^(.*)"
            | "^(.*)$"
            | "^/(.*)"
            | "^/(.*)$"
            | "^/"
            | "/"
            | "^(.*)?$"
            | "^/.*$"
    );
    Some((Action::Redirect(Redirect { target: target.to_owned(), status, at: directive.at() }), every))
}

fn condition(args: &[String]) -> Condition {
    let joined = args.join(" ");
    let inside = joined.trim().trim_start_matches('(').trim_end_matches(')').trim();
    let mut words = inside.split_whitespace();
    let (variable, operator) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let value = words.collect::<Vec<_>>().join(" ").to_ascii_lowercase();
    let equal = matches!(operator, "=" | "~" | "~*");
    let value = value.trim_matches(['^', '$']);
    match variable.to_ascii_lowercase().as_str() {
        "$scheme" if (equal && value == "http") || (operator.starts_with('!') && value == "https") => {
            Condition::Plain
        }
        "$https" if (equal && value.is_empty()) || (operator == "!=" && value == "on") => Condition::Plain,
        "$ssl_protocol" if equal && value.is_empty() => Condition::Plain,
        "$server_port" if (equal && value == "80") || (operator == "!=" && value == "443") => {
            Condition::Plain
        }
        "$http_x_forwarded_proto"
        | "$http_x_forwarded_protocol"
        | "$http_x_forwarded_scheme"
        | "$http_cloudfront_forwarded_proto"
            if (equal && value == "http") || (operator.starts_with('!') && value == "https") =>
        {
            Condition::Front
        }
        "$http_x_forwarded_ssl" | "$http_front_end_https" if operator.starts_with('!') || equal => {
            Condition::Front
        }
        "$host" | "$http_host" if equal => Condition::Host,
        _ => Condition::Other,
    }
}

/// Handlers that pass a request on.
const PASSES: &[&str] =
    &["proxy_pass", "uwsgi_pass", "fastcgi_pass", "grpc_pass", "scgi_pass", "memcached_pass"];

impl Tree {
    /// The directive by which a context, or what stands in it under a condition, passes requests on.
    pub fn passes(&self, id: usize) -> Option<&Directive> {
        let own = |scope: &'_ Scope| scope.directives().any(|d| PASSES.contains(&d.name.as_str()));
        let with = std::iter::once(id).chain(self.below(id)).filter(|&inner| {
            inner == id
                || self
                    .scope(inner)
                    .is_some_and(|s| matches!(s.kind, Kind::If | Kind::LimitExcept) && s.parent == Some(id))
        });
        let found = with.filter_map(|inner| self.scope(inner)).find(|scope| own(scope))?;
        found.directives().find(|d| PASSES.contains(&d.name.as_str()))
    }
}

/// Whether a location serves content to who asks from outside: not a redirect, a refusal or a fixed text, not internal,
/// and none that is meant for plain http (the challenges of a certificate authority).
pub fn is_served(tree: &Tree, id: usize) -> bool {
    let Some(scope) = tree.scope(id) else { return false };
    let path = scope.args.last().map_or("", String::as_str);
    let has = |name: &str| scope.own(name).next().is_some();
    let exempt =
        path.contains("well-known") || path.starts_with('@') || has("internal") || has("stub_status");
    let denied = scope.own("deny").any(|d| d.arg(0) == "all");
    if exempt || denied {
        return false;
    }
    rewriting(tree, id).last.is_none()
}

#[cfg(test)]
mod tests {
    use super::{Condition, Redirect, condition};
    use crate::nginx::config::At;
    use crate::nginx::syntax::Spot;

    #[test]
    fn conditions_and_targets_are_told_apart() {
        for (text, expected) in [
            ("($scheme = http)", Condition::Plain),
            ("( $scheme != https )", Condition::Plain),
            ("($https = )", Condition::Plain),
            ("($server_port = 80)", Condition::Plain),
            ("($http_x_forwarded_proto != https)", Condition::Front),
            ("($host ~ ^www)", Condition::Host),
            ("($scheme = https)", Condition::Other),
            ("(!-f $request_filename)", Condition::Other),
        ] {
            let args: Vec<String> = text.split(' ').map(str::to_owned).collect();
            assert_eq!(condition(&args), expected, "{text}");
        }
        let at = At { file: 0, spot: Spot { line: 1, column: 1 } };
        for (target, scheme, host) in [
            ("https://$host$request_uri", Some("https"), Some("$host")),
            ("https://www.example.com:8443/x", Some("https"), Some("www.example.com")),
            ("$scheme://example.com$request_uri", Some("$scheme"), Some("example.com")),
            ("https://www.$host$request_uri", Some("https"), Some("www.$host")),
            ("/login", None, None),
        ] {
            let redirect = Redirect { target: target.to_owned(), status: 301, at };
            assert_eq!((redirect.scheme(), redirect.host()), (scheme, host), "{target}");
        }
    }
}
