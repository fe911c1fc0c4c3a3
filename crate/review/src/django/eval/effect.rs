//! What code does, seen from its syntax alone.

use std::collections::BTreeMap;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Pattern, Stmt, UnaryOp};

/// Methods that add to a list or a dictionary.
pub(super) const ADDING: &[&str] = &["append", "extend", "insert", "add", "update", "setdefault"];
/// Methods that take away or put in another order.
pub(super) const CHANGING: &[&str] = &["remove", "pop", "clear", "sort", "reverse", "discard", "popitem"];

/// The names that statements assign or change, each with whether they only add to it.
pub(super) fn assigned(statements: &[Stmt]) -> BTreeMap<String, bool> {
    let mut found = Assigned::default();
    for statement in statements {
        found.visit_stmt(statement);
    }
    found.names
}

/// Whether statements reach for all names at once: `globals()`, `exec`, a star import.
pub(super) fn touches_namespace(statements: &[Stmt]) -> bool {
    let mut found = Namespace(false);
    for statement in statements {
        found.visit_stmt(statement);
    }
    found.0
}

#[derive(Default)]
struct Assigned {
    names: BTreeMap<String, bool>,
}

impl Assigned {
    fn target(&mut self, target: &Expr, adds: bool) {
        match target {
            Expr::Name(name) => {
                let only_adds = self.names.entry(name.id.to_string()).or_insert(adds);
                *only_adds &= adds;
            }
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.target(target, false)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.target(target, false)),
            Expr::Starred(starred) => self.target(&starred.value, false),
            // What is changed is the value of the name in front.
            Expr::Subscript(part) => self.target(&part.value, adds),
            Expr::Attribute(part) => self.target(&part.value, adds),
            _ => {}
        }
    }
}

impl<'a> Visitor<'a> for Assigned {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(assign) => assign.targets.iter().for_each(|target| self.target(target, false)),
            Stmt::AnnAssign(assign) => self.target(&assign.target, false),
            Stmt::AugAssign(assign) => self.target(&assign.target, true),
            Stmt::For(each) => self.target(&each.target, false),
            Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.target(target, false)),
            Stmt::With(with) => {
                with.items.iter().filter_map(|item| item.optional_vars.as_deref()).for_each(|target| {
                    self.target(target, false);
                });
            }
            Stmt::Import(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    let first = name.split('.').next().unwrap_or_default();
                    self.names.insert(first.to_owned(), false);
                }
            }
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    self.names.insert(name.to_string(), false);
                }
            }
            // Their bodies have names of their own.
            Stmt::FunctionDef(function) => {
                self.names.insert(function.name.to_string(), false);
                return;
            }
            Stmt::ClassDef(class) => {
                self.names.insert(class.name.to_string(), false);
                return;
            }
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Named(named) => self.target(&named.target, false),
            Expr::Call(call) => {
                if let Expr::Attribute(method) = &*call.func {
                    let name = method.attr.as_str();
                    if ADDING.contains(&name) {
                        self.target(&method.value, true);
                    } else if CHANGING.contains(&name) {
                        self.target(&method.value, false);
                    }
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }
}

struct Namespace(bool);

impl<'a> Visitor<'a> for Namespace {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::ImportFrom(import) = statement {
            self.0 |= import.names.iter().any(|alias| alias.name.as_str() == "*");
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Name(name) = expression {
            self.0 |= matches!(name.id.as_str(), "globals" | "locals" | "vars" | "exec" | "setattr");
        }
        walk_expr(self, expression);
    }
}

/// `sys.exit(…)` and the like.
pub(super) fn ends_process(expression: &Expr) -> bool {
    let Expr::Call(call) = expression else { return false };
    match &*call.func {
        Expr::Name(name) => matches!(name.id.as_str(), "exit" | "quit"),
        Expr::Attribute(method) => {
            matches!(method.attr.as_str(), "exit" | "_exit" | "abort")
                && matches!(&*method.value, Expr::Name(name) if matches!(name.id.as_str(), "sys" | "os"))
        }
        _ => false,
    }
}

/// Whether a handler takes what is raised where a module, a variable or a file is not there.
pub(super) fn catches_absence(caught: Option<&Expr>) -> bool {
    const ABSENCE: &[&str] = &[
        "ImportError",
        "ModuleNotFoundError",
        "KeyError",
        "LookupError",
        "Exception",
        "BaseException",
        "ImproperlyConfigured",
        "UndefinedValueError",
        "EnvError",
        "OSError",
        "IOError",
        "FileNotFoundError",
        "EnvironmentError",
    ];
    match caught {
        None => true,
        Some(Expr::Name(name)) => ABSENCE.contains(&name.id.as_str()),
        Some(Expr::Attribute(name)) => ABSENCE.contains(&name.attr.as_str()),
        Some(Expr::Tuple(several)) => several.elts.iter().any(|one| catches_absence(Some(one))),
        Some(_) => false,
    }
}

/// For `DEBUG` and its negations: what it gives where `DEBUG` is off.
pub(super) fn is_debug_off(test: &Expr) -> Option<bool> {
    let (mut test, mut off) = (test, false);
    loop {
        match test {
            Expr::Name(name) if name.id.as_str() == "DEBUG" => return Some(off),
            Expr::UnaryOp(not) if not.op == UnaryOp::Not => {
                test = &not.operand;
                off = !off;
            }
            _ => return None,
        }
    }
}

/// The names that a pattern binds.
pub(super) fn captured(pattern: &Pattern) -> Vec<String> {
    let mut found = Captured(Vec::new());
    found.visit_pattern(pattern);
    found.0
}

struct Captured(Vec<String>);

impl<'a> Visitor<'a> for Captured {
    fn visit_pattern(&mut self, pattern: &'a Pattern) {
        let name = match pattern {
            Pattern::MatchAs(named) => named.name.as_ref(),
            Pattern::MatchStar(star) => star.name.as_ref(),
            Pattern::MatchMapping(mapping) => mapping.rest.as_ref(),
            _ => None,
        };
        self.0.extend(name.map(ToString::to_string));
        ruff_python_ast::visitor::walk_pattern(self, pattern);
    }
}
