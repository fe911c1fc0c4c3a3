//! What the assignments of a settings module come to, as far as that is known without running it.
//!
//! ```text
//! statement ─▶ expression ─▶ operator, method, call ─▶ Value ─▶ Names
//!     │                          └ library, reader (environment)
//!     └ import (of the given files)
//! ```
//!
//! The code is followed as a server process would run it whose environment holds what was given and nothing else. Where it
//! goes both ways the values are joined; what cannot be followed is unknown, with its place. Work is bounded, so that no
//! file takes long: what is beyond it is unknown too.
#![expect(clippy::match_bool, reason = "two ways read as such")]
#![expect(clippy::single_match_else, reason = "the known way and the other one")]
#![expect(clippy::match_same_arms, reason = "a table of what is known")]
#![expect(clippy::unused_self, reason = "what is followed may be counted")]
#![expect(clippy::similar_names, reason = "what was handled, by which handler")]
#![expect(clippy::too_many_lines, reason = "a table of functions")]

mod call;
mod cause;
pub mod class;
mod effect;
mod expression;
mod import;
mod library;
mod method;
mod names;
mod operator;
mod reader;
mod repeat;
mod statement;
mod text;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use ruff_python_ast::{ExprLambda, StmtFunctionDef};
use ruff_text_size::Ranged;

pub use cause::Cause;
pub use names::Names;
pub use value::{Class, Datum, Dict, Kind, List, Loc, Possible, Value};

use super::project::Project;

/// Steps of one module and what it imports; a large project takes some thousands.
const WORK: usize = 4_000_000;
/// What one value may hold.
const LARGEST: usize = 20_000;
/// Statements and expressions inside of each other.
const DEEPEST: usize = 1_200;
/// Calls of functions inside of each other.
const CALLS: usize = 8;

/// What is known of the environment: a variable's value, or that it is not set.
pub type Environment = BTreeMap<String, Option<String>>;

/// Follows the code of one settings module.
pub struct Interpreter<'a> {
    project: &'a Project,
    environment: &'a Environment,
    functions: BTreeMap<Loc, Callable<'a>>,
    loaded: BTreeMap<usize, Rc<Names>>,
    loading: Vec<usize>,
    /// What the statements since the last `try` may have stopped at.
    raised: BTreeSet<Cause>,
    work: usize,
    depth: usize,
    calls: usize,
}

/// What can be called.
#[derive(Clone, Copy)]
enum Callable<'a> {
    Function(&'a StmtFunctionDef),
    Lambda(&'a ExprLambda),
}

/// Where names are looked up and assigned.
struct Frame {
    file: usize,
    names: Names,
    /// The names around: a module's, for a class or a function in it.
    outer: Option<Rc<Names>>,
    /// Names that a function says are the module's.
    globals: BTreeSet<String>,
}

impl<'a> Interpreter<'a> {
    /// Follows code of these files.
    pub fn new(project: &'a Project, environment: &'a Environment) -> Self {
        Self {
            project,
            environment,
            functions: BTreeMap::new(),
            loaded: BTreeMap::new(),
            loading: Vec::new(),
            raised: BTreeSet::new(),
            work: WORK,
            depth: 0,
            calls: 0,
        }
    }

    /// The names of a module, with what it imports.
    pub fn load(&mut self, file: usize) -> Rc<Names> {
        if let Some(names) = self.loaded.get(&file) {
            return Rc::clone(names);
        }
        let at = Loc { file, offset: 0 };
        let mut frame = Frame { file, names: Names::default(), outer: None, globals: BTreeSet::new() };
        if self.loading.contains(&file) {
            frame.names.missing = Some(Cause::code("modules that import each other", at));
            return Rc::new(frame.names);
        }
        self.loading.push(file);
        match self.project.module(file) {
            Some(module) => {
                self.block(&mut frame, &module.body);
            }
            None => frame.names.missing = Some(Cause::code("a file that could not be read", at)),
        }
        self.loading.pop();
        let names = Rc::new(frame.names);
        self.loaded.insert(file, Rc::clone(&names));
        names
    }

    /// The files that were followed so far.
    pub fn followed(&self) -> impl Iterator<Item = usize> {
        self.loaded.keys().copied()
    }

    /// The names of all modules that were followed so far.
    pub fn all(&self) -> impl Iterator<Item = &Names> {
        self.loaded.values().map(|names| &**names)
    }

    /// Takes so many steps; false where there are no more.
    fn work(&mut self, steps: usize) -> bool {
        match self.work.checked_sub(steps.saturating_add(1)) {
            Some(left) => {
                self.work = left;
                true
            }
            None => {
                self.work = 0;
                false
            }
        }
    }

    /// A value, unless it holds too much.
    fn bounded(value: Value, at: Loc) -> Value {
        if value.size() > LARGEST {
            return Value::unknown(Cause::code("a value larger than is followed", at), at);
        }
        value
    }
}

impl Frame {
    fn loc(&self, node: &impl Ranged) -> Loc {
        Loc { file: self.file, offset: node.range().start().to_u32() }
    }
}
