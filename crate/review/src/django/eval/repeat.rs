//! Loops: one over a known list is followed, of others it is unknown what they assign.

use ruff_python_ast::visitor::{Visitor, walk_stmt};
use ruff_python_ast::{Stmt, StmtFor};

use super::statement::Flow;
use super::{Cause, Datum, Frame, Interpreter, Kind, Loc, Value, effect};

/// Turns of a loop that are followed.
const TURNS: usize = 64;

impl<'a> Interpreter<'a> {
    /// `for name in ('SESSION', 'CSRF'):`
    pub(super) fn each(
        &mut self,
        frame: &mut Frame,
        each: &'a StmtFor,
        statement: &'a Stmt,
        at: Loc,
    ) -> Flow {
        let over = self.expression(frame, &each.iter);
        let items = match over.single() {
            Some(Datum::List(list))
                if list.open.is_none()
                    && list.kind != Kind::Set
                    && list.items.len() <= TURNS
                    && over.depends.is_empty()
                    && !each.is_async
                    && !leaves_early(&each.body) =>
            {
                std::rc::Rc::clone(&list.items)
            }
            _ => {
                self.repeated(frame, statement, at);
                return Flow::Next;
            }
        };
        for item in items.iter() {
            self.assign(frame, &each.target, item.clone());
            let flow = self.block(frame, &each.body);
            if !matches!(flow, Flow::Next) {
                return flow;
            }
        }
        self.block(frame, &each.orelse)
    }

    /// A loop that is not followed: what it assigns is unknown, and a list that it adds to has unknown elements.
    pub(super) fn repeated(&mut self, frame: &mut Frame, statement: &'a Stmt, at: Loc) {
        let cause = Cause::code("a loop", at);
        for (name, adds) in effect::assigned(std::slice::from_ref(statement)) {
            let value = match frame.names.get(&name) {
                Some(before) if adds => self.opened(before, &cause, at),
                _ => Value::unknown(cause.clone(), at),
            };
            self.bind(frame, &name, value, at);
        }
        if effect::touches_namespace(std::slice::from_ref(statement)) {
            frame.names.open(&cause);
        }
    }
}

/// Whether a body has `break` or `continue`, or a loop in it has.
fn leaves_early(body: &[Stmt]) -> bool {
    let mut found = Early(false);
    for statement in body {
        found.visit_stmt(statement);
    }
    found.0
}

struct Early(bool);

impl<'a> Visitor<'a> for Early {
    fn visit_stmt(&mut self, statement: &'a Stmt) {
        self.0 |= matches!(statement, Stmt::Break(_) | Stmt::Continue(_));
        walk_stmt(self, statement);
    }
}
