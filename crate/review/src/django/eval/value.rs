//! Values as far as they are known without running the code.
//!
//! A [`Value`] is what an expression gives in a process whose environment holds nothing but what was given: one datum,
//! or several where the code may go several ways. What else could decide is named in [`Value::depends`].

use std::collections::BTreeSet;
use std::rc::Rc;

use super::cause::Cause;

/// Possibilities that are told apart; beyond, the value is unknown.
pub const MOST: usize = 8;

/// Where something stands: the number of its file, and the octet in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Loc {
    /// The number of the file.
    pub file: usize,
    /// The octet.
    pub offset: u32,
}

/// What an expression gives.
#[derive(Debug, Clone)]
pub struct Value {
    /// What it may be: one, or several; never none.
    pub options: Vec<Possible>,
    /// What could make it something else.
    pub depends: BTreeSet<Cause>,
}

/// One thing that a value may be, and what made it that.
#[derive(Debug, Clone)]
pub struct Possible {
    /// The thing.
    pub datum: Datum,
    /// Where it is written.
    pub at: Loc,
}

/// A thing.
#[derive(Debug, Clone)]
pub enum Datum {
    /// The name has no value; a setting then has Django's default.
    Unset,
    /// `None`
    None,
    /// `True`, `False`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A broken one.
    Float(f64),
    /// Text.
    Str(Rc<str>),
    /// Octets.
    Bytes(Rc<[u8]>),
    /// A list, a tuple or a set.
    List(List),
    /// A dictionary.
    Dict(Rc<Dict>),
    /// A name in a library: `os.environ.get`.
    Library(Rc<str>),
    /// A module among the given files, by its number.
    Module(usize),
    /// A function of the given files.
    Function(Loc),
    /// A class of the given files.
    Class(Rc<Class>),
    /// The readers of django-environ and decouple.
    Reader(Rc<Reader>),
    /// A method of a datum, not called yet.
    Method(Rc<Value>, Rc<str>),
    /// A thing that is neither empty nor `None`, such as a path.
    Thing,
    /// Not known, with the reason.
    Unknown(Cause),
}

/// A list, a tuple or a set.
#[derive(Debug, Clone)]
pub struct List {
    /// Which of them.
    pub kind: Kind,
    /// Its elements in order.
    pub items: Rc<Vec<Value>>,
    /// Why there may be more elements, or fewer.
    pub open: Option<Cause>,
    /// How much its elements hold.
    pub size: usize,
}

impl List {
    /// With elements in order.
    pub fn new(kind: Kind, items: Vec<Value>, open: Option<Cause>) -> Self {
        let size = items.iter().map(Value::size).fold(1, usize::saturating_add);
        Self { kind, items: Rc::new(items), open, size }
    }
}

impl Dict {
    /// With these pairs.
    pub fn new(pairs: Vec<(Value, Value)>, open: Option<Cause>) -> Self {
        let sizes = pairs.iter().map(|(key, value)| key.size() + value.size());
        let size = sizes.fold(1, usize::saturating_add);
        Self { pairs, open, size }
    }

    /// The value of a key that is a known text; none where it has none, as far as is known.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.pairs.iter().rev().find(|(known, _)| known.text() == Some(key)).map(|(_, value)| value)
    }
}

/// Kinds of sequences.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `[]`
    List,
    /// `()`
    Tuple,
    /// `{1}`; in the order of the code.
    Set,
}

/// A dictionary.
#[derive(Debug, Clone, Default)]
pub struct Dict {
    /// Keys and values, in the order of the code.
    pub pairs: Vec<(Value, Value)>,
    /// Why there may be more keys.
    pub open: Option<Cause>,
    /// How much it holds.
    pub size: usize,
}

/// A class of the given files.
#[derive(Debug, Clone)]
pub struct Class {
    /// Its name.
    pub name: String,
    /// What it derives from.
    pub bases: Vec<Value>,
    /// Its attributes.
    pub attributes: Vec<(String, Value)>,
    /// Where it is.
    pub at: Loc,
    /// How much it holds.
    pub size: usize,
}

/// An object that reads the environment.
#[derive(Debug, Clone)]
pub struct Reader {
    /// What comes before each name.
    pub prefix: String,
    /// Types and defaults by name (django-environ's scheme).
    pub scheme: Vec<(String, Cast, Option<Value>)>,
}

/// What a text of the environment is turned into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// As it is.
    Str,
    /// True for the words that the library takes for it.
    Bool,
    /// A whole number.
    Int,
    /// A broken one.
    Float,
    /// Divided at commas.
    List,
    /// The same as a tuple.
    Tuple,
    /// Something else.
    Other,
}

impl Value {
    /// One known thing.
    pub fn of(datum: Datum, at: Loc) -> Self {
        Self { options: vec![Possible { datum, at }], depends: BTreeSet::new() }
    }

    /// Not known.
    pub fn unknown(cause: Cause, at: Loc) -> Self {
        Self::of(Datum::Unknown(cause), at)
    }

    /// The same, which something else could make something else.
    #[must_use]
    pub fn depending(mut self, causes: &BTreeSet<Cause>) -> Self {
        self.depends.extend(causes.iter().cloned());
        self
    }

    /// The one thing that it is; none where it may be several.
    pub fn single(&self) -> Option<&Datum> {
        match self.options.as_slice() {
            [one] => Some(&one.datum),
            _ => None,
        }
    }

    /// Its text, where it is one text.
    pub fn text(&self) -> Option<&str> {
        match self.single() {
            Some(Datum::Str(text)) => Some(text),
            _ => None,
        }
    }

    /// The reason, where it may be anything.
    pub fn cause(&self) -> Option<&Cause> {
        self.options.iter().find_map(|option| match &option.datum {
            Datum::Unknown(cause) => Some(cause),
            _ => None,
        })
    }

    /// What it may be in either of two ways; none twice.
    #[must_use]
    pub fn joined(mut self, other: &Self) -> Self {
        self.depends.extend(other.depends.iter().cloned());
        for option in &other.options {
            if !self.options.iter().any(|known| known.datum.same(&option.datum)) {
                self.options.push(option.clone());
            }
        }
        if self.options.len() > MOST {
            let at = self.options.first().map_or(Loc { file: 0, offset: 0 }, |first| first.at);
            let whole = Self::unknown(Cause::code("more ways than are followed", at), at);
            return whole.depending(&self.depends);
        }
        self
    }

    /// Whether both are the same things, as far as can be told.
    pub fn same(&self, other: &Self) -> bool {
        self.options.len() == other.options.len()
            && self.depends == other.depends
            && self.options.iter().zip(&other.options).all(|(a, b)| a.datum.same(&b.datum))
    }

    /// How much it holds, itself included.
    pub fn size(&self) -> usize {
        self.options.iter().map(|option| option.datum.size()).fold(1, usize::saturating_add)
    }
}

impl Datum {
    /// A text.
    pub fn text(text: &str) -> Self {
        Self::Str(text.into())
    }

    /// A list whose elements are known.
    pub fn list(kind: Kind, items: Vec<Value>) -> Self {
        Self::List(List::new(kind, items, None))
    }

    /// Whether Python takes it for true; none where that is not known.
    pub fn truth(&self) -> Option<bool> {
        Some(match self {
            Self::Unset | Self::None => false,
            Self::Bool(flag) => *flag,
            Self::Int(number) => *number != 0,
            Self::Float(number) => *number != 0.0,
            Self::Str(text) => !text.is_empty(),
            Self::Bytes(octets) => !octets.is_empty(),
            Self::List(list) if !list.items.is_empty() => true,
            Self::List(list) if list.open.is_none() => false,
            Self::Dict(dict) if !dict.pairs.is_empty() => true,
            Self::Dict(dict) if dict.open.is_none() => false,
            Self::List(_) | Self::Dict(_) | Self::Unknown(_) => return None,
            // An object of a library may be empty, a function never is.
            Self::Library(_) => return None,
            Self::Module(_)
            | Self::Function(_)
            | Self::Class(_)
            | Self::Reader(_)
            | Self::Method(..)
            | Self::Thing => true,
        })
    }

    /// Whether both are one thing, as Python's `==` says of known things; unknown things are never one but by their reason.
    pub fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Unset, Self::Unset) | (Self::None, Self::None) => true,
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Int(a), Self::Int(b)) => a == b,
            (Self::Float(a), Self::Float(b)) => a.to_bits() == b.to_bits(),
            (Self::Str(a), Self::Str(b)) | (Self::Library(a), Self::Library(b)) => a == b,
            (Self::Bytes(a), Self::Bytes(b)) => a == b,
            (Self::List(a), Self::List(b)) => {
                a.kind == b.kind
                    && a.open == b.open
                    && (Rc::ptr_eq(&a.items, &b.items)
                        || a.items.len() == b.items.len()
                            && a.items.iter().zip(b.items.iter()).all(|(a, b)| a.same(b)))
            }
            (Self::Dict(a), Self::Dict(b)) => {
                Rc::ptr_eq(a, b)
                    || a.open == b.open
                        && a.pairs.len() == b.pairs.len()
                        && a.pairs.iter().zip(&b.pairs).all(|(a, b)| a.0.same(&b.0) && a.1.same(&b.1))
            }
            (Self::Module(a), Self::Module(b)) => a == b,
            (Self::Function(a), Self::Function(b)) => a == b,
            (Self::Class(a), Self::Class(b)) => a.at == b.at,
            (Self::Unknown(a), Self::Unknown(b)) => a == b,
            _ => false,
        }
    }

    /// How much it holds, itself included.
    pub fn size(&self) -> usize {
        match self {
            Self::Str(text) => 1 + text.len() / 16,
            Self::Bytes(octets) => 1 + octets.len() / 16,
            Self::List(list) => list.size,
            Self::Dict(dict) => dict.size,
            Self::Class(class) => class.size,
            Self::Method(of, _) => of.size().saturating_add(1),
            _ => 1,
        }
    }
}
