//! Expressions, and what is assigned to.

use std::rc::Rc;

use ruff_python_ast::{BoolOp, Comprehension, Expr, InterpolatedStringElement, Number, UnaryOp};

use super::statement::Truth;
use super::value::MOST;
use super::{Callable, Cause, DEEPEST, Datum, Dict, Frame, Interpreter, Kind, List, Loc, Value, operator};

impl<'a> Interpreter<'a> {
    /// The value of an expression.
    pub(super) fn expression(&mut self, frame: &mut Frame, expression: &'a Expr) -> Value {
        let at = frame.loc(expression);
        if self.depth >= DEEPEST || !self.work(1) {
            return Value::unknown(Cause::code("more code than is followed", at), at);
        }
        self.depth += 1;
        let value = self.evaluate(frame, expression, at);
        self.depth -= 1;
        Self::bounded(value, at)
    }

    fn evaluate(&mut self, frame: &mut Frame, expression: &'a Expr, at: Loc) -> Value {
        let of = |datum| Value::of(datum, at);
        let code = |what: &str| Value::unknown(Cause::code(what, at), at);
        match expression {
            Expr::StringLiteral(literal) => of(Datum::text(literal.value.to_str())),
            Expr::BytesLiteral(literal) => {
                of(Datum::Bytes(literal.value.bytes().collect::<Vec<u8>>().into()))
            }
            Expr::NumberLiteral(literal) => of(match &literal.value {
                Number::Int(int) => match int.as_i64() {
                    Some(int) => Datum::Int(int),
                    None => Datum::Unknown(Cause::code("a number too large to be followed", at)),
                },
                Number::Float(float) => Datum::Float(*float),
                Number::Complex { .. } => Datum::Thing,
            }),
            Expr::BooleanLiteral(literal) => of(Datum::Bool(literal.value)),
            Expr::NoneLiteral(_) => of(Datum::None),
            Expr::EllipsisLiteral(_) | Expr::TString(_) => of(Datum::Thing),
            Expr::FString(literal) => self.joined_text(frame, literal.value.elements(), at),
            Expr::Name(name) => self.name(frame, &name.id, at),
            Expr::List(list) => self.sequence(frame, Kind::List, &list.elts, at),
            Expr::Tuple(tuple) => self.sequence(frame, Kind::Tuple, &tuple.elts, at),
            Expr::Set(set) => self.sequence(frame, Kind::Set, &set.elts, at),
            Expr::Dict(dict) => {
                let (mut pairs, mut open) = (Vec::new(), None);
                for item in &dict.items {
                    let value = self.expression(frame, &item.value);
                    match &item.key {
                        Some(key) => pairs.push((self.expression(frame, key), value)),
                        // `**other`
                        None => match value.single() {
                            Some(Datum::Dict(other)) => {
                                self.work(other.pairs.len());
                                pairs.extend(other.pairs.iter().cloned());
                                open = open.or_else(|| other.open.clone());
                            }
                            _ => open = Some(operator::reason(&value, "an unpacked dictionary", at)),
                        },
                    }
                }
                of(Datum::Dict(Rc::new(Dict::new(pairs, open))))
            }
            Expr::Attribute(part) => {
                let value = self.expression(frame, &part.value);
                self.attribute(&value, &part.attr.id, at)
            }
            Expr::Subscript(part) => {
                let value = self.expression(frame, &part.value);
                self.subscript(frame, &value, &part.slice, at)
            }
            Expr::Call(call) => self.call(frame, call, at),
            Expr::BinOp(binary) => {
                let left = self.expression(frame, &binary.left);
                let right = self.expression(frame, &binary.right);
                self.binary(&left, binary.op, &right, at, false)
            }
            Expr::UnaryOp(unary) => {
                if unary.op == UnaryOp::Not {
                    let truth = self.condition(frame, &unary.operand);
                    return operator::boolean(truth.known.map(|known| !known), truth.depends, at);
                }
                let value = self.expression(frame, &unary.operand);
                operator::unary(&value, unary.op, at)
            }
            Expr::BoolOp(several) => self.and_or(frame, several.op, &several.values, at),
            Expr::Compare(compare) => self.compare(frame, compare, at),
            Expr::If(choice) => {
                let truth = self.condition(frame, &choice.test);
                let yes = self.expression(frame, &choice.body);
                let no = self.expression(frame, &choice.orelse);
                choose(&truth, yes, &no)
            }
            Expr::Named(named) => {
                let value = self.expression(frame, &named.value);
                self.assign(frame, &named.target, value.clone());
                value
            }
            Expr::Lambda(lambda) => {
                self.functions.insert(at, Callable::Lambda(lambda));
                of(Datum::Function(at))
            }
            Expr::ListComp(comp) => self.comprehension(frame, Kind::List, &comp.elt, &comp.generators, at),
            Expr::SetComp(comp) => self.comprehension(frame, Kind::Set, &comp.elt, &comp.generators, at),
            Expr::Generator(comp) => self.comprehension(frame, Kind::Tuple, &comp.elt, &comp.generators, at),
            Expr::DictComp(_) => code("a dictionary that is computed"),
            Expr::Starred(starred) => self.expression(frame, &starred.value),
            Expr::Await(_) | Expr::Yield(_) | Expr::YieldFrom(_) => code("an asynchronous value"),
            Expr::Slice(_) | Expr::IpyEscapeCommand(_) => code("an expression that is not followed"),
        }
    }

    fn name(&mut self, frame: &Frame, name: &str, at: Loc) -> Value {
        for names in [Some(&frame.names), frame.outer.as_deref()].into_iter().flatten() {
            if let Some(value) = names.get(name) {
                if matches!(value.single(), Some(Datum::Unset)) {
                    return Value::unknown(Cause::code("a name without a value", at), at)
                        .depending(&value.depends);
                }
                self.work(value.options.len());
                return Value::clone(value);
            }
        }
        match name {
            "__name__" | "__package__" | "__doc__" | "__path__" | "__spec__" => {
                return Value::of(Datum::Thing, at);
            }
            "__file__" => return Value::of(Datum::Thing, at),
            "__debug__" => return Value::of(Datum::Bool(true), at),
            _ => {}
        }
        let missing = [Some(&frame.names), frame.outer.as_deref()];
        if let Some(cause) = missing.into_iter().flatten().find_map(|names| names.missing.as_ref()) {
            return Value::unknown(cause.clone(), at);
        }
        // A name of Python's own; the call knows which it follows.
        Value::of(Datum::Library(name.into()), at).depending(&frame.names.rest)
    }

    fn sequence(&mut self, frame: &mut Frame, kind: Kind, elements: &'a [Expr], at: Loc) -> Value {
        let (mut items, mut open) = (Vec::new(), None);
        for element in elements {
            let value = self.expression(frame, element);
            if !element.is_starred_expr() {
                items.push(value);
                continue;
            }
            match value.single() {
                Some(Datum::List(list)) => {
                    self.work(list.items.len());
                    items.extend(list.items.iter().map(|item| item.clone().depending(&value.depends)));
                    open = open.or_else(|| list.open.clone());
                }
                _ => open = Some(operator::reason(&value, "unpacked elements", at)),
            }
        }
        Value::of(Datum::List(List::new(kind, items, open)), at)
    }

    /// `f'…'`: known where its parts are.
    fn joined_text<'b>(
        &mut self,
        frame: &mut Frame,
        parts: impl Iterator<Item = &'b InterpolatedStringElement>,
        at: Loc,
    ) -> Value
    where
        'a: 'b,
        'b: 'a,
    {
        let mut text = String::new();
        let mut whole = Value::of(Datum::None, at);
        let mut unknown = None;
        for part in parts {
            match part {
                InterpolatedStringElement::Literal(literal) => text.push_str(&literal.value),
                InterpolatedStringElement::Interpolation(inner) => {
                    let value = self.expression(frame, &inner.expression);
                    whole.depends.extend(value.depends.iter().cloned());
                    let plain = inner.format_spec.is_none()
                        && inner.conversion.is_none()
                        && inner.debug_text.is_none();
                    match value.single().filter(|_| plain).and_then(operator::shown) {
                        Some(shown) => text.push_str(&shown),
                        None => {
                            unknown.get_or_insert_with(|| operator::reason(&value, "a computed text", at));
                        }
                    }
                }
            }
        }
        self.work(text.len() / 64);
        let datum = unknown.map_or_else(|| Datum::text(&text), Datum::Unknown);
        Value::of(datum, at).depending(&whole.depends)
    }

    fn and_or(&mut self, frame: &mut Frame, op: BoolOp, values: &'a [Expr], at: Loc) -> Value {
        let mut result: Option<Value> = None;
        for expression in values {
            let Some(before) = result.take() else {
                result = Some(self.expression(frame, expression));
                continue;
            };
            let truth = operator::truth(&before);
            // What stops `or` is a true value, what stops `and` is a false one.
            let stops = truth.known.map(|known| known == (op == BoolOp::Or));
            if stops == Some(true) && before.depends.is_empty() {
                return before;
            }
            let next = self.expression(frame, expression);
            result = Some(match stops {
                Some(true) => before,
                Some(false) => next.depending(&before.depends),
                None => undecided(op, &before, &next, at),
            });
        }
        result.unwrap_or_else(|| Value::of(Datum::None, at))
    }

    /// `[f(x) for x in known if …]` is followed, anything longer is not.
    fn comprehension(
        &mut self,
        frame: &mut Frame,
        kind: Kind,
        element: &'a Expr,
        generators: &'a [Comprehension],
        at: Loc,
    ) -> Value {
        let unknown = || Cause::code("a list that is computed", at);
        let [generator] = generators else { return Value::unknown(unknown(), at) };
        let over = self.expression(frame, &generator.iter);
        let Some(Datum::List(list)) = over.single().filter(|_| !generator.is_async) else {
            return Value::unknown(operator::reason(&over, "a list that is computed", at), at);
        };
        let (mut items, mut open) = (Vec::new(), list.open.clone());
        let saved = frame.names.clone();
        self.work(saved.len());
        for item in list.items.iter() {
            self.assign(frame, &generator.target, item.clone());
            let mut keep = Some(true);
            let mut depends = over.depends.clone();
            for test in &generator.ifs {
                let truth = self.condition(frame, test);
                depends.extend(truth.depends);
                keep = keep.filter(|keep| *keep).map_or(keep, |_| truth.known);
            }
            match keep {
                Some(true) => items.push(self.expression(frame, element)),
                Some(false) => {}
                None => open = Some(unknown()),
            }
        }
        frame.names = saved;
        Value::of(Datum::List(List::new(kind, items, open)), at).depending(&over.depends)
    }

    /// Assigns to a name, to parts of what a name holds, or to several of them.
    pub(super) fn assign(&mut self, frame: &mut Frame, target: &'a Expr, value: Value) {
        let at = frame.loc(target);
        match target {
            Expr::Name(name) => self.bind(frame, &name.id, value, at),
            Expr::Tuple(tuple) => self.unpack(frame, &tuple.elts, &value, at),
            Expr::List(list) => self.unpack(frame, &list.elts, &value, at),
            Expr::Starred(starred) => self.assign(frame, &starred.value, value),
            Expr::Subscript(part) => {
                let holder = self.expression(frame, &part.value);
                let key = self.expression(frame, &part.slice);
                if matches!(holder.single(), Some(Datum::Library(name)) if is_namespace(name)) {
                    match key.text().map(str::to_owned) {
                        Some(name) => self.bind(frame, &name, value, at),
                        None => frame.names.open(&Cause::code("a name that is computed", at)),
                    }
                    return;
                }
                let changed = self.with_item(&holder, &key, value, at);
                self.assign(frame, &part.value, changed);
            }
            // An attribute of a setting's value says nothing of the setting that is asked for.
            _ => {}
        }
    }

    fn unpack(&mut self, frame: &mut Frame, targets: &'a [Expr], value: &Value, at: Loc) {
        let items = match value.single() {
            Some(Datum::List(list)) if list.open.is_none() && list.kind != Kind::Set => {
                shared_out(&list.items, targets, at)
            }
            _ => None,
        };
        let cause = operator::reason(value, "values that are unpacked", at);
        for (n, target) in targets.iter().enumerate() {
            let item = items.as_ref().and_then(|items| items.get(n)).cloned();
            let item = item.unwrap_or_else(|| Value::unknown(cause.clone(), at));
            self.assign(frame, target, item.depending(&value.depends));
        }
    }

    /// Gives a name a value, whose place from now on is that of the assignment.
    pub(super) fn bind(&mut self, frame: &mut Frame, name: &str, mut value: Value, at: Loc) {
        if frame.globals.contains(name) {
            // A function that changes its module is not followed that far.
            return;
        }
        self.work(value.options.len().min(MOST));
        for option in &mut value.options {
            option.at = at;
        }
        frame.names.set(name, value);
    }

    /// `del`
    pub(super) fn remove(&mut self, frame: &mut Frame, target: &'a Expr) {
        let at = frame.loc(target);
        match target {
            Expr::Name(name) => self.bind(frame, &name.id, Value::of(Datum::Unset, at), at),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.remove(frame, target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.remove(frame, target)),
            Expr::Subscript(part) => {
                let holder = self.expression(frame, &part.value);
                let key = self.expression(frame, &part.slice);
                let changed = self.without_item(&holder, &key, at);
                self.assign(frame, &part.value, changed);
            }
            _ => {}
        }
    }
}

/// Whether a name of Python's gives all names at once.
pub(super) fn is_namespace(name: &str) -> bool {
    matches!(name, "globals()" | "locals()" | "vars()")
}

/// The elements by target, where they fit: `a, *b = …` has one that takes what is left.
fn shared_out(items: &[Value], targets: &[Expr], at: Loc) -> Option<Vec<Value>> {
    let Some(star) = targets.iter().position(Expr::is_starred_expr) else {
        return (items.len() == targets.len()).then(|| items.to_vec());
    };
    let behind = targets.len() - star - 1;
    let left = items.get(star..items.len().checked_sub(behind)?)?;
    let rest = Value::of(Datum::list(Kind::List, left.to_vec()), at);
    Some([items.get(..star)?, &[rest], items.get(star + left.len()..)?].concat())
}

/// `yes if test else no`
fn choose(truth: &Truth, yes: Value, no: &Value) -> Value {
    let value = match truth.known {
        Some(true) if truth.depends.is_empty() || yes.same(no) => return yes,
        Some(false) if truth.depends.is_empty() || yes.same(no) => return no.clone(),
        Some(true) => yes,
        Some(false) => no.clone(),
        None => yes.joined(no),
    };
    value.depending(&truth.depends)
}

/// `before or next`, where it is not known whether `before` is true: either of both.
fn undecided(op: BoolOp, before: &Value, next: &Value, at: Loc) -> Value {
    let mut kept = before.clone();
    kept.options.retain(|option| option.datum.truth() != Some(op == BoolOp::And));
    if kept.options.is_empty() {
        return Value::unknown(Cause::code("`and` and `or` of unknown values", at), at);
    }
    kept.joined(next)
}
