//! Texts that the code writes under the names of secrets, also where it is not followed.

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_keyword, walk_stmt};
use ruff_python_ast::{Expr, Keyword, Stmt};

use super::{Secrets, holds_secret, is_secret};

/// Adds them to the secrets.
pub(super) fn collect(secrets: &mut Secrets, body: &[Stmt]) {
    Written { secrets }.visit_body(body);
}

/// Looks for texts under names of secrets.
struct Written<'s> {
    secrets: &'s mut Secrets,
}

impl Written<'_> {
    fn target(&mut self, target: &Expr, value: &Expr) {
        let name = match target {
            Expr::Name(name) => name.id.as_str(),
            Expr::Attribute(attribute) => attribute.attr.as_str(),
            Expr::Subscript(part) => match &*part.slice {
                Expr::StringLiteral(key) => key.value.to_str(),
                _ => return,
            },
            _ => return,
        };
        self.under(name, value);
    }

    fn under(&mut self, name: &str, value: &Expr) {
        if holds_secret(name) {
            Texts { secrets: self.secrets }.visit_expr(value);
        }
    }
}

impl<'a> Visitor<'a> for Written<'_> {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Assign(assign) => {
                assign.targets.iter().for_each(|target| self.target(target, &assign.value));
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.target(&assign.target, value);
                }
            }
            Stmt::AugAssign(assign) => self.target(&assign.target, &assign.value),
            _ => {}
        }
        walk_stmt(self, statement);
    }

    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::Named(named) => self.target(&named.target, &named.value),
            Expr::Dict(dict) => {
                for item in dict {
                    if let Some(Expr::StringLiteral(key)) = &item.key {
                        self.under(key.value.to_str(), &item.value);
                    }
                }
            }
            _ => {}
        }
        walk_expr(self, expression);
    }

    fn visit_keyword(&mut self, keyword: &'a Keyword) {
        if let Some(name) = &keyword.arg {
            self.under(name.as_str(), &keyword.value);
        }
        walk_keyword(self, keyword);
    }
}

/// Takes every text of an expression but the names that it asks for: `env("SECRET_KEY", default="…")`.
struct Texts<'s> {
    secrets: &'s mut Secrets,
}

impl<'a> Visitor<'a> for Texts<'_> {
    fn visit_expr(&mut self, expression: &'a Expr) {
        match expression {
            Expr::StringLiteral(text) => self.secrets.text(text.value.to_str()),
            Expr::BytesLiteral(octets) => {
                let octets: Vec<u8> = octets.value.bytes().collect();
                self.secrets.text(&String::from_utf8_lossy(&octets));
            }
            Expr::Subscript(part) => self.visit_expr(&part.value),
            Expr::Call(call) => {
                self.visit_expr(&call.func);
                let first_is_name = call.arguments.args.first().is_some_and(is_name);
                let rest = call.arguments.args.iter().skip(usize::from(first_is_name));
                rest.for_each(|argument| self.visit_expr(argument));
                call.arguments.keywords.iter().for_each(|keyword| self.visit_expr(&keyword.value));
            }
            _ => walk_expr(self, expression),
        }
    }
}

/// Whether it is the name of a variable of the environment or the like.
fn is_name(argument: &Expr) -> bool {
    let Expr::StringLiteral(text) = argument else { return false };
    let text = text.value.to_str();
    let is_word = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    is_word && (is_secret(text) || !text.contains(|c: char| c.is_ascii_lowercase()))
}
