//! What tells that a file is settings without assigning one by its name: `settings.configure(…)`, `from shop.settings import *`.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{Expr, Stmt};

/// Whether the statements have any of it.
pub fn of(body: &[Stmt]) -> bool {
    let mut hints = Hints(false);
    for statement in body {
        hints.visit_stmt(statement);
    }
    hints.0
}

struct Hints(bool);

impl<'a> Visitor<'a> for Hints {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        if let Stmt::ImportFrom(import) = statement
            && import.names.iter().any(|alias| alias.name.as_str() == "*")
        {
            self.0 |= import.module.as_ref().is_some_and(|name| name.split('.').any(is_settings));
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        if let Expr::Call(call) = expression
            && let Expr::Attribute(method) = &*call.func
            && method.attr.as_str() == "configure"
        {
            self.0 |= match &*method.value {
                Expr::Name(name) => is_settings(name.id.as_str()),
                Expr::Attribute(owner) => is_settings(owner.attr.as_str()),
                _ => false,
            };
        }
        walk_expr(self, expression);
    }
}

fn is_settings(word: &str) -> bool {
    word.ends_with("settings")
}
