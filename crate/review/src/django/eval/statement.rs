//! Statements, in order.

use std::collections::BTreeSet;

use ruff_python_ast::{
    ElifElseClause, ExceptHandler, Expr, MatchCase, Pattern, Singleton, Stmt, StmtIf, StmtMatch, StmtTry,
};

use ruff_text_size::Ranged;

use super::{Callable, Cause, DEEPEST, Datum, Frame, Interpreter, Loc, Names, Value, effect};

/// How a block ends.
pub(super) enum Flow {
    /// The next statement follows.
    Next,
    /// An error or the end of the process.
    Stop,
    /// The end of the function.
    Return(Value),
}

/// Whether a condition holds, and what could change that.
pub(super) struct Truth {
    pub known: Option<bool>,
    pub depends: BTreeSet<Cause>,
}

impl<'a> Interpreter<'a> {
    /// Follows a block.
    pub(super) fn block(&mut self, frame: &mut Frame, statements: &'a [Stmt]) -> Flow {
        if self.depth >= DEEPEST {
            if let Some(first) = statements.first() {
                let at = frame.loc(first);
                frame.names.open(&Cause::code("code nested deeper than is followed", at));
            }
            return Flow::Next;
        }
        self.depth += 4;
        let mut flow = Flow::Next;
        for statement in statements {
            if !self.work(1) {
                let at = frame.loc(statement);
                frame.names.missing = Some(Cause::code("more code than is followed", at));
                break;
            }
            flow = self.statement(frame, statement);
            if !matches!(flow, Flow::Next) {
                break;
            }
        }
        self.depth -= 4;
        flow
    }

    fn statement(&mut self, frame: &mut Frame, statement: &'a Stmt) -> Flow {
        let at = frame.loc(statement);
        if self.is_broken(frame, statement) {
            let cause = Cause::code("a line that is no Python", at);
            for (name, _) in effect::assigned(std::slice::from_ref(statement)) {
                self.bind(frame, &name, Value::unknown(cause.clone(), at), at);
            }
            return Flow::Next;
        }
        match statement {
            Stmt::Assign(assign) => {
                let value = self.expression(frame, &assign.value);
                for target in &assign.targets {
                    self.assign(frame, target, value.clone());
                }
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    let value = self.expression(frame, value);
                    self.assign(frame, &assign.target, value);
                }
            }
            Stmt::AugAssign(assign) => {
                let before = self.expression(frame, &assign.target);
                let added = self.expression(frame, &assign.value);
                let value = self.binary(&before, assign.op, &added, at, true);
                self.assign(frame, &assign.target, value);
            }
            Stmt::Expr(expression) => {
                let value = self.expression(frame, &expression.value);
                if effect::ends_process(&expression.value) {
                    return Flow::Stop;
                }
                drop(value);
            }
            Stmt::If(branch) => return self.branch(frame, branch),
            Stmt::Try(attempt) => return self.attempt(frame, attempt),
            Stmt::Match(choice) => return self.choice(frame, choice),
            Stmt::With(with) => {
                for item in &with.items {
                    let value = self.expression(frame, &item.context_expr);
                    if let Some(target) = &item.optional_vars {
                        let known = value.cause().cloned();
                        let cause = known.unwrap_or_else(|| Cause::code("a `with` statement", at));
                        self.assign(frame, target, Value::unknown(cause, at));
                    }
                }
                return self.block(frame, &with.body);
            }
            Stmt::For(each) => return self.each(frame, each, statement, at),
            Stmt::While(_) => self.repeated(frame, statement, at),
            Stmt::FunctionDef(function) => {
                self.functions.insert(at, Callable::Function(function));
                let value = Value::of(Datum::Function(at), at);
                // A decorator makes something else of it.
                let value = match function.decorator_list.is_empty() {
                    true => value,
                    false => Value::unknown(Cause::code("a function with a decorator", at), at),
                };
                self.bind(frame, &function.name.id, value, at);
            }
            Stmt::ClassDef(class) => self.class(frame, class, at),
            Stmt::Return(end) => {
                let value = end.value.as_ref().map(|value| self.expression(frame, value));
                return Flow::Return(value.unwrap_or_else(|| Value::of(Datum::None, at)));
            }
            Stmt::Raise(_) => return Flow::Stop,
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    self.remove(frame, target);
                }
            }
            Stmt::TypeAlias(alias) => {
                self.assign(frame, &alias.name, Value::of(Datum::Thing, at));
            }
            Stmt::Import(import) => self.import(frame, import),
            Stmt::ImportFrom(import) => self.import_from(frame, import),
            Stmt::Global(global) => {
                frame.globals.extend(global.names.iter().map(|name| name.id.to_string()));
            }
            Stmt::Assert(assertion) => {
                self.expression(frame, &assertion.test);
            }
            Stmt::Nonlocal(_)
            | Stmt::Pass(_)
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::IpyEscapeCommand(_) => {}
        }
        Flow::Next
    }

    /// Whether what the parser made of an assignment is a guess.
    fn is_broken(&self, frame: &Frame, statement: &Stmt) -> bool {
        matches!(statement, Stmt::Assign(_) | Stmt::AnnAssign(_) | Stmt::AugAssign(_))
            && self
                .project
                .files()
                .get(frame.file)
                .is_some_and(|file| file.tree.has_fault_in(statement.range()))
    }

    fn branch(&mut self, frame: &mut Frame, branch: &'a StmtIf) -> Flow {
        let truth = self.condition(frame, &branch.test);
        let at = frame.loc(branch);
        self.fork(
            frame,
            truth,
            at,
            |this, frame| this.block(frame, &branch.body),
            |this, frame| this.clauses(frame, &branch.elif_else_clauses),
        )
    }

    fn clauses(&mut self, frame: &mut Frame, clauses: &'a [ElifElseClause]) -> Flow {
        let Some((first, others)) = clauses.split_first() else { return Flow::Next };
        let at = frame.loc(first);
        let Some(test) = &first.test else { return self.block(frame, &first.body) };
        if self.depth >= DEEPEST {
            frame.names.open(&Cause::code("more branches than are followed", at));
            return Flow::Next;
        }
        self.depth += 4;
        let truth = self.condition(frame, test);
        let flow = self.fork(
            frame,
            truth,
            at,
            |this, frame| this.block(frame, &first.body),
            |this, frame| this.clauses(frame, others),
        );
        self.depth -= 4;
        flow
    }

    /// Goes the way that is known, both where it is not; says of what differs what it depends on.
    pub(super) fn fork(
        &mut self,
        frame: &mut Frame,
        truth: Truth,
        at: Loc,
        yes: impl FnOnce(&mut Self, &mut Frame) -> Flow,
        no: impl FnOnce(&mut Self, &mut Frame) -> Flow,
    ) -> Flow {
        let depends = truth.depends;
        match truth.known {
            Some(true) if depends.is_empty() => return yes(self, frame),
            Some(false) if depends.is_empty() => return no(self, frame),
            _ => {}
        }
        if !self.work(frame.names.len() * 4) {
            frame.names.missing = Some(Cause::code("more code than is followed", at));
            return Flow::Next;
        }
        let start = frame.names.clone();
        let first = yes(self, frame);
        let after_first = std::mem::replace(&mut frame.names, start);
        let second = no(self, frame);
        let (taken, other) = match truth.known {
            Some(true) => ((first, after_first), (second, std::mem::take(&mut frame.names))),
            Some(false) => ((second, std::mem::take(&mut frame.names)), (first, after_first)),
            None => {
                let (flow, names) =
                    either((first, after_first), (second, std::mem::take(&mut frame.names)), at);
                frame.names = names;
                return flow;
            }
        };
        // A process that ends at once serves nothing: who runs it has made it go the other way.
        if matches!(taken.0, Flow::Stop) {
            frame.names = other.1;
            return other.0;
        }
        frame.names = taken.1;
        if matches!(other.0, Flow::Stop) {
            return taken.0;
        }
        frame.names.mark_differences(&other.1, &depends, at);
        match (taken.0, other.0) {
            (Flow::Return(value), Flow::Return(beside)) if value.same(&beside) => Flow::Return(value),
            (Flow::Return(value), _) => Flow::Return(value.depending(&depends)),
            (flow, _) => flow,
        }
    }

    /// `try`: where the body stops at something that is not there, a handler follows.
    fn attempt(&mut self, frame: &mut Frame, attempt: &'a StmtTry) -> Flow {
        let at = frame.loc(attempt);
        if !self.work(frame.names.len() * 4) {
            frame.names.missing = Some(Cause::code("more code than is followed", at));
            return Flow::Next;
        }
        let start = frame.names.clone();
        let before = std::mem::take(&mut self.raised);
        let mut flow = self.block(frame, &attempt.body);
        let raised = std::mem::replace(&mut self.raised, before);
        if matches!(flow, Flow::Next) {
            flow = self.block(frame, &attempt.orelse);
        }
        if !raised.is_empty() {
            let handler = attempt.handlers.iter().find_map(|handler| {
                let ExceptHandler::ExceptHandler(handler) = handler;
                effect::catches_absence(handler.type_.as_deref()).then_some(&handler.body)
            });
            match handler {
                Some(handler) => {
                    let after_body = std::mem::replace(&mut frame.names, start);
                    let handled = self.block(frame, handler);
                    if matches!(handled, Flow::Stop) {
                        frame.names = after_body;
                        self.raised.extend(raised);
                    } else {
                        frame.names.mark_differences(&after_body, &raised, at);
                        flow = match handled {
                            Flow::Return(value) => Flow::Return(value.depending(&raised)),
                            other => other,
                        };
                    }
                }
                None => self.raised.extend(raised),
            }
        } else if matches!(flow, Flow::Stop) && !attempt.handlers.is_empty() {
            // It raises in any case; which handler follows is not followed.
            frame.names = start;
            flow = Flow::Next;
            frame.names.open(&Cause::code("a `try` whose body raises", at));
        }
        match self.block(frame, &attempt.finalbody) {
            Flow::Next => flow,
            ended => ended,
        }
    }

    fn choice(&mut self, frame: &mut Frame, choice: &'a StmtMatch) -> Flow {
        let subject = self.expression(frame, &choice.subject);
        self.cases(frame, &subject, &choice.cases)
    }

    fn cases(&mut self, frame: &mut Frame, subject: &Value, cases: &'a [MatchCase]) -> Flow {
        let Some((first, others)) = cases.split_first() else { return Flow::Next };
        let at = frame.loc(first);
        if self.depth >= DEEPEST {
            frame.names.open(&Cause::code("more cases than are followed", at));
            return Flow::Next;
        }
        self.depth += 4;
        let mut truth = self.matches(frame, subject, &first.pattern);
        if let Some(guard) = &first.guard {
            let guard = self.condition(frame, guard);
            truth.depends.extend(guard.depends);
            truth.known = match (truth.known, guard.known) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        let flow = self.fork(
            frame,
            truth,
            at,
            |this, frame| this.block(frame, &first.body),
            |this, frame| this.cases(frame, subject, others),
        );
        self.depth -= 4;
        flow
    }

    /// Whether a value has the form of a pattern; binds what the pattern names.
    fn matches(&mut self, frame: &mut Frame, subject: &Value, pattern: &'a Pattern) -> Truth {
        let at = frame.loc(pattern);
        let mut depends = subject.depends.clone();
        let known = match pattern {
            Pattern::MatchValue(value) => {
                let value = self.expression(frame, &value.value);
                depends.extend(value.depends.iter().cloned());
                self.equal(subject, &value)
            }
            Pattern::MatchSingleton(singleton) => {
                let datum = match singleton.value {
                    Singleton::None => Datum::None,
                    Singleton::True => Datum::Bool(true),
                    Singleton::False => Datum::Bool(false),
                };
                self.equal(subject, &Value::of(datum, at))
            }
            Pattern::MatchOr(either) => {
                let mut known = Some(false);
                for pattern in &either.patterns {
                    let truth = self.matches(frame, subject, pattern);
                    known = match (known, truth.known) {
                        (Some(true), _) | (_, Some(true)) => Some(true),
                        (Some(false), Some(false)) => Some(false),
                        _ => None,
                    };
                }
                known
            }
            Pattern::MatchAs(named) => {
                let inner = named.pattern.as_ref().map(|pattern| self.matches(frame, subject, pattern));
                if let Some(name) = &named.name {
                    self.bind(frame, &name.id, subject.clone(), at);
                }
                inner.map_or(Some(true), |truth| truth.known)
            }
            _ => {
                let cause = Cause::code("a pattern that is not followed", at);
                for name in effect::captured(pattern) {
                    self.bind(frame, &name, Value::unknown(cause.clone(), at), at);
                }
                depends.insert(cause);
                None
            }
        };
        Truth { known, depends }
    }

    /// Whether a condition holds. `DEBUG` that only the environment knows is taken to be off, as it is where a site is
    /// served; what follows from that depends on it.
    pub(super) fn condition(&mut self, frame: &mut Frame, test: &'a Expr) -> Truth {
        let value = self.expression(frame, test);
        let mut truth = super::operator::truth(&value);
        if truth.known.is_none()
            && let Some(off) = effect::is_debug_off(test)
            && let Some(cause) = value.cause()
        {
            truth.depends.insert(cause.clone());
            truth.known = Some(off);
        }
        truth
    }
}

/// What follows after one of two ways of which none is known to be taken.
fn either(first: (Flow, Names), second: (Flow, Names), at: Loc) -> (Flow, Names) {
    match (first, second) {
        ((Flow::Stop, _), other) | (other, (Flow::Stop, _)) => other,
        ((Flow::Return(a), names), (Flow::Return(b), others)) => {
            (Flow::Return(a.joined(&b)), names.joined(&others, at))
        }
        ((Flow::Return(_), names), (Flow::Next, others))
        | ((Flow::Next, names), (Flow::Return(_), others)) => {
            let unknown = Value::unknown(Cause::code("a function that may end early", at), at);
            (Flow::Return(unknown), names.joined(&others, at))
        }
        ((Flow::Next, names), (Flow::Next, others)) => (Flow::Next, names.joined(&others, at)),
    }
}
