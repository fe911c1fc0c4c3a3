//! The contexts of a configuration (`http`, `server`, `location`, …), each with what stands in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::inherit::sets_headers;
use super::map::Map;
use super::value::bare;
use crate::nginx::syntax::{Block, Directive, Spot};

/// Which context it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file's own level.
    Main,
    /// `http`.
    Http,
    /// `server` of `http`, `stream` or `mail`.
    Server,
    /// `location`.
    Location,
    /// `if`.
    If,
    /// `limit_except`.
    LimitExcept,
    /// `stream` or `mail`: connections that nginx does not read as HTTP.
    Stream,
}

/// Where a directive stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The file, as an index of the sources.
    pub file: usize,
    /// The place in it.
    pub spot: Spot,
}

impl Directive {
    /// Where it stands.
    pub const fn at(&self) -> At {
        At { file: self.file, spot: self.spot }
    }
}

/// What stands in a context, in order.
#[derive(Debug)]
pub enum Item {
    /// A directive that opens none of the contexts above.
    Directive(Directive),
    /// A context.
    Scope(usize),
}

/// One context.
#[derive(Debug)]
pub struct Scope {
    /// Which one.
    pub kind: Kind,
    /// The one around it.
    pub parent: Option<usize>,
    /// The words behind its name.
    pub args: Vec<String>,
    /// Where it begins; none where the file is read as if it stood in such a block.
    pub at: Option<At>,
    /// What stands in it.
    pub items: Vec<Item>,
    /// Which of the items are directives of a name.
    names: BTreeMap<String, Vec<usize>>,
    /// Its `map`s by the variable that they make; of several the first.
    pub maps: BTreeMap<String, Map>,
    /// What it sets variables to in the end.
    pub sets: BTreeMap<String, String>,
    /// Code in it may set response header fields.
    pub sets_headers: bool,
    /// Something of it was not given: an included file, or what stands behind an error.
    pub partial: bool,
}

impl Scope {
    fn new(kind: Kind, parent: Option<usize>, args: Vec<String>, at: Option<At>) -> Self {
        Self {
            kind,
            parent,
            args,
            at,
            items: Vec::new(),
            names: BTreeMap::new(),
            maps: BTreeMap::new(),
            sets: BTreeMap::new(),
            sets_headers: false,
            partial: false,
        }
    }

    fn push(&mut self, item: Item) {
        if let Item::Directive(directive) = &item {
            self.sets_headers |= sets_headers(directive);
            self.names.entry(directive.name.clone()).or_default().push(self.items.len());
            match directive.name.as_str() {
                "map" if matches!(self.kind, Kind::Http | Kind::Stream) => {
                    let name = bare(directive.arg(1)).to_owned();
                    self.maps.entry(name).or_insert_with(|| Map::new(directive));
                }
                "set" => {
                    self.sets.insert(bare(directive.arg(0)).to_owned(), directive.arg(1).to_owned());
                }
                _ => {}
            }
        }
        self.items.push(item);
    }

    /// Its own directives of a name.
    pub fn own(&self, name: &str) -> impl DoubleEndedIterator<Item = &Directive> + use<'_> {
        let items = self.names.get(name).into_iter().flatten().filter_map(|&index| self.items.get(index));
        items.filter_map(|item| match item {
            Item::Directive(directive) => Some(directive),
            Item::Scope(_) => None,
        })
    }

    /// Its own directives.
    pub fn directives(&self) -> impl Iterator<Item = &Directive> {
        self.items.iter().filter_map(|item| match item {
            Item::Directive(directive) => Some(directive),
            Item::Scope(_) => None,
        })
    }

    /// Its own contexts.
    pub fn scopes(&self) -> impl Iterator<Item = usize> {
        self.items.iter().filter_map(|item| match item {
            Item::Scope(id) => Some(*id),
            Item::Directive(_) => None,
        })
    }
}

/// A context, a variable in it, the one that is looked for, and how deep.
pub type Lead = (Option<usize>, String, String, usize);

/// All contexts of one root; the first one is `Main`.
#[derive(Debug)]
pub struct Tree {
    /// Each with the index of the one around it, which stands before it.
    pub scopes: Vec<Scope>,
    /// Variables that some `if` sets: what they hold depends on the request.
    pub set_in_if: BTreeSet<String>,
    /// Whether a variable, asked for in a context at a depth, leads to another one, as far as that was asked.
    pub leads: RefCell<BTreeMap<Lead, bool>>,
}

/// Files that come with nginx and decide nothing that is reviewed.
const HARMLESS: &[&str] = &[
    "mime.types",
    "fastcgi_params",
    "fastcgi.conf",
    "uwsgi_params",
    "scgi_params",
    "koi-utf",
    "koi-win",
    "win-utf",
];

/// Whether an included file comes with nginx and decides nothing here.
pub fn is_harmless(include: &Directive) -> bool {
    let name = include.arg(0).rsplit('/').next().unwrap_or_default();
    HARMLESS.contains(&name)
}

/// Directives that only a `server` or what is in it has, with `location` itself.
const IN_SERVER: &[&str] = &["location", "listen", "server_name"];
const IN_HTTP: &[&str] = &[
    "server",
    "upstream",
    "map",
    "geo",
    "split_clients",
    "limit_req_zone",
    "log_format",
    "proxy_cache_path",
];
const IN_MAIN: &[&str] =
    &["http", "events", "stream", "mail", "worker_processes", "load_module", "user", "pid", "daemon"];

impl Tree {
    /// The contexts of a root. A file without a main level is read as a piece of `http` or of a `server`, by what stands
    /// in it; such a context has no place.
    pub fn new(directives: Vec<Directive>, cut: bool) -> Self {
        let mut tree = Self { scopes: Vec::new(), set_in_if: BTreeSet::new(), leads: RefCell::default() };
        let has = |names: &[&str]| directives.iter().any(|d| names.contains(&d.name.as_str()));
        let kinds: &[Kind] = if has(IN_MAIN) {
            &[Kind::Main]
        } else if has(IN_SERVER) {
            &[Kind::Main, Kind::Http, Kind::Server]
        } else if directives.iter().filter(|d| d.name == "server").any(is_of_stream) {
            &[Kind::Main, Kind::Stream]
        } else if has(IN_HTTP) {
            &[Kind::Main, Kind::Http]
        } else {
            &[Kind::Main, Kind::Http, Kind::Server]
        };
        let mut id = 0;
        for (depth, &kind) in kinds.iter().enumerate() {
            id = tree.scopes.len();
            let parent = depth.checked_sub(1);
            tree.scopes.push(Scope::new(kind, parent, Vec::new(), None));
            if let Some(around) = parent.and_then(|parent| tree.scopes.get_mut(parent)) {
                around.push(Item::Scope(id));
            }
        }
        tree.fill(id, directives, cut);
        tree
    }

    fn fill(&mut self, id: usize, directives: Vec<Directive>, cut: bool) {
        let mut partial = cut;
        let mut items = Vec::new();
        for mut directive in directives {
            partial |= directive.name == "include" && !is_harmless(&directive);
            let Some(kind) = self.kind_of(id, &directive) else {
                items.push(Item::Directive(directive));
                continue;
            };
            let Some(Block::Directives { inside, cut }) = directive.block.take() else { continue };
            let inner = self.scopes.len();
            let at = Some(directive.at());
            let scope = Scope::new(kind, Some(id), directive.args, at);
            self.scopes.push(scope);
            self.fill(inner, inside, cut);
            items.push(Item::Scope(inner));
        }
        let Some(scope) = self.scopes.get_mut(id) else { return };
        scope.partial |= partial;
        for item in items {
            scope.push(item);
        }
        if scope.kind == Kind::If {
            self.set_in_if.extend(scope.own("set").map(|set| bare(set.arg(0)).to_owned()));
        }
    }

    fn kind_of(&self, inside: usize, directive: &Directive) -> Option<Kind> {
        if !matches!(directive.block, Some(Block::Directives { .. })) {
            return None;
        }
        let around = self.scopes.get(inside)?.kind;
        match directive.name.as_str() {
            "http" => Some(Kind::Http),
            "stream" | "mail" => Some(Kind::Stream),
            "server" if matches!(around, Kind::Http | Kind::Stream | Kind::Main) => Some(Kind::Server),
            "location" => Some(Kind::Location),
            "if" => Some(Kind::If),
            "limit_except" => Some(Kind::LimitExcept),
            _ => None,
        }
    }

    /// A context. The tree hands out only ids that it has.
    pub fn scope(&self, id: usize) -> Option<&Scope> {
        self.scopes.get(id)
    }

    /// The context and those around it, from the inside out.
    pub fn chain(&self, id: usize) -> impl Iterator<Item = (usize, &Scope)> {
        let parent = |&(_, scope): &(usize, &Scope)| Some((scope.parent?, self.scopes.get(scope.parent?)?));
        std::iter::successors(self.scopes.get(id).map(|scope| (id, scope)), parent)
    }

    /// Every context inside of one, depth first, in the order of the text.
    pub fn below(&self, id: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let mut left: Vec<usize> = vec![id];
        while let Some(next) = left.pop() {
            if next != id {
                found.push(next);
            }
            let mut inner: Vec<usize> = self.scopes.get(next).into_iter().flat_map(Scope::scopes).collect();
            inner.reverse();
            left.extend(inner);
        }
        found
    }

    /// The ids of the contexts of a kind.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = usize> {
        (0..self.scopes.len()).filter(move |&id| self.scopes.get(id).is_some_and(|scope| scope.kind == kind))
    }

    /// Whether the `http` block around was given.
    pub fn has_http(&self, id: usize) -> bool {
        self.chain(id).any(|(_, scope)| scope.kind == Kind::Http && scope.at.is_some())
    }

    /// Why the `http` block around may say more than was given, as the end of a sentence; none where it was given whole.
    pub fn beyond_http(&self, id: usize) -> Option<&'static str> {
        let http = self.chain(id).find(|(_, scope)| scope.kind == Kind::Http).map(|(_, scope)| scope);
        match http {
            Some(http) if http.at.is_none() => {
                Some("the `http` block around this file does: that was not given")
            }
            Some(http) if http.partial => {
                Some("a file does that the `http` block includes: it was not given")
            }
            _ => None,
        }
    }

    /// Something inside of the server is not known that could say what a context lacks: an included file.
    pub fn is_partial(&self, id: usize) -> bool {
        self.chain(id).take_while(|(_, scope)| scope.kind != Kind::Http).any(|(_, scope)| scope.partial)
    }
}

/// A server that only passes connections on.
fn is_of_stream(server: &Directive) -> bool {
    let has = |name: &str| server.inside().iter().any(|d| d.name == name);
    has("proxy_pass") && !has("location") && !has("server_name")
}
