//! Values with variables in them: what they can become, where the given files say it.
//!
//! Known are `$scheme` and `$https` by how the server is reached, `set` in the context itself, and `map`, whose values
//! are looked up where its source is known and taken together where it is not.

use std::collections::BTreeSet;

use super::map::Map;
use super::scope::{Kind, Tree};
use super::site::Transport;

/// `map`s may stand for each other this deep.
const MAX_DEPTH: usize = 4;
/// And a value may become so many texts.
const MAX_VALUES: usize = 16;

/// What a value can become; none where a variable comes from the request, from code or from a file that was not given.
pub type Values = Option<Vec<String>>;

/// A value, cut at its variables.
#[derive(Debug, PartialEq, Eq)]
enum Part<'a> {
    Text(&'a str),
    Variable(&'a str),
}

impl Tree {
    /// Every text that a value can become in a context.
    pub fn texts(&self, id: usize, transport: Transport, value: &str) -> Values {
        self.expand(id, transport, value, 0)
    }

    fn expand(&self, id: usize, transport: Transport, value: &str, depth: usize) -> Values {
        let mut texts = vec![String::new()];
        for part in parts(value) {
            let tails = match part {
                Part::Text(text) => vec![text.to_owned()],
                Part::Variable(name) if depth < MAX_DEPTH => self.variable(id, transport, name, depth)?,
                Part::Variable(_) => return None,
            };
            texts =
                texts.iter().flat_map(|head| tails.iter().map(move |tail| format!("{head}{tail}"))).collect();
            if texts.len() > MAX_VALUES {
                return None;
            }
        }
        texts.sort();
        texts.dedup();
        Some(texts)
    }

    fn variable(&self, id: usize, transport: Transport, name: &str, depth: usize) -> Values {
        let either = |plain: &str, tls: &str| match transport {
            Transport::Plain => Some(vec![plain.to_owned()]),
            Transport::Tls => Some(vec![tls.to_owned()]),
            Transport::Both => Some(vec![plain.to_owned(), tls.to_owned()]),
            Transport::Unknown => None,
        };
        match name {
            "scheme" => either("http", "https"),
            "https" => either("", "on"),
            _ => self
                .map_of(id, name)
                .and_then(|map| self.mapped(id, transport, map, depth))
                .or_else(|| self.set_value(id, transport, name, depth)),
        }
    }

    /// Whether a value has a variable in it, itself or by way of `map`.
    pub fn stands_for(&self, id: usize, value: &str, name: &str) -> bool {
        let http = self.chain(id).find(|(_, scope)| matches!(scope.kind, Kind::Http | Kind::Stream));
        let http = http.map(|(id, _)| id);
        variables(value).any(|found| self.leads_to(http, found, name, 0))
    }

    /// Whether a variable is another one, or becomes it by way of `map`. What was found is kept: many maps, and many
    /// servers, may ask for the same.
    fn leads_to(&self, http: Option<usize>, found: &str, name: &str, depth: usize) -> bool {
        if found.eq_ignore_ascii_case(name) {
            return true;
        }
        let map = http.and_then(|id| self.map_of(id, found)).filter(|_| depth < MAX_DEPTH);
        let Some(map) = map else { return false };
        let key = (http, found.to_owned(), name.to_owned(), depth);
        if let Some(known) = self.leads.borrow().get(&key) {
            return *known;
        }
        let leads = map.variables.iter().any(|next| self.leads_to(http, next, name, depth + 1));
        self.leads.borrow_mut().insert(key, leads);
        leads
    }

    fn map_of(&self, id: usize, name: &str) -> Option<&Map> {
        self.chain(id).find_map(|(_, scope)| scope.maps.get(name))
    }

    fn mapped(&self, id: usize, transport: Transport, map: &Map, depth: usize) -> Values {
        if map.includes {
            return None;
        }
        let sources = self.expand(id, transport, &map.source, depth + 1).filter(|_| map.exact);
        let chosen: BTreeSet<&str> = match &sources {
            Some(sources) => sources.iter().map(|source| map.value_of(source)).collect(),
            None if map.values.len() > MAX_VALUES => return None,
            None => map.values.iter().map(String::as_str).collect(),
        };
        let mut all = Vec::new();
        for value in chosen {
            all.extend(self.expand(id, transport, value, depth + 1)?);
        }
        Some(all)
    }

    /// What the innermost context sets last, where no `if` sets it too.
    fn set_value(&self, id: usize, transport: Transport, name: &str, depth: usize) -> Values {
        if self.set_in_if.contains(name) {
            return None;
        }
        let (holder, value) = self.chain(id).find_map(|(id, scope)| Some((id, scope.sets.get(name)?)))?;
        self.expand(holder, transport, value, depth + 1)
    }
}

/// A variable's name without its sign and braces.
pub fn bare(variable: &str) -> &str {
    let name = variable.strip_prefix('$').unwrap_or(variable);
    name.strip_prefix('{').and_then(|name| name.strip_suffix('}')).unwrap_or(name)
}

/// Whether a text has a variable of this name in it.
pub fn mentions(text: &str, name: &str) -> bool {
    parts(text).contains(&Part::Variable(name))
}

/// The variables in a text.
pub fn variables(text: &str) -> impl Iterator<Item = &str> {
    parts(text).into_iter().filter_map(|part| match part {
        Part::Variable(name) => Some(name),
        Part::Text(_) => None,
    })
}

fn parts(value: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = value;
    while let Some((text, after)) = rest.split_once('$') {
        if !text.is_empty() {
            parts.push(Part::Text(text));
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, tail) = match after.strip_prefix('{').and_then(|braced| braced.split_once('}')) {
            Some(braced) => braced,
            None => after.split_at(after.find(|c| !is_word(c)).unwrap_or(after.len())),
        };
        // A dollar that begins no name is one.
        parts.push(if name.is_empty() { Part::Text("$") } else { Part::Variable(name) });
        rest = tail;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::{Transport, mentions};
    use crate::nginx::config::scope::Tree;
    use crate::nginx::syntax::parse;

    #[test]
    fn variables_become_what_the_files_say() {
        let text = "map $scheme $hsts { https \"max-age=1\"; } map $arg_x $any { a b; default c; }
            map $any $two { c $hsts; b x; } server { set $own 7; }";
        let tree = Tree::new(parse(text, 0).directives, false);
        let server = tree.scopes.len() - 1;
        for (value, transport, texts) in [
            ("plain", Transport::Unknown, Some(vec!["plain"])),
            ("$hsts", Transport::Tls, Some(vec!["max-age=1"])),
            ("$hsts", Transport::Plain, Some(vec![""])),
            ("$hsts", Transport::Both, Some(vec!["", "max-age=1"])),
            ("${any}-$scheme", Transport::Tls, Some(vec!["b-https", "c-https"])),
            ("$two", Transport::Tls, Some(vec!["max-age=1", "x"])),
            ("$own", Transport::Tls, Some(vec!["7"])),
            ("$host", Transport::Tls, None),
            ("a$", Transport::Tls, Some(vec!["a$"])),
        ] {
            let found = tree.texts(server, transport, value);
            assert_eq!(
                found.as_ref().map(|f| f.iter().map(String::as_str).collect::<Vec<_>>()),
                texts,
                "{value}"
            );
        }
        assert!(mentions("https://${host}$uri", "uri") && !mentions("$uri_x", "uri"));
    }
}
