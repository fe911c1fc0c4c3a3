//! Parts of values, and methods that change them.

use std::rc::Rc;

use ruff_python_ast::Expr;

use super::{Cause, Datum, Dict, Frame, Interpreter, Kind, List, Loc, Value, operator};

/// Attributes and methods of a path that give a path again.
const OF_PATHS: &[&str] = &[
    "parent",
    "parents",
    "resolve",
    "absolute",
    "joinpath",
    "child",
    "ancestor",
    "with_name",
    "with_suffix",
    "name",
    "as_posix",
    "expanduser",
    "path",
    "root",
];

impl<'a> Interpreter<'a> {
    /// `value.name`
    pub(super) fn attribute(&mut self, value: &Value, name: &str, at: Loc) -> Value {
        let Some(datum) = value.single() else {
            return Value::unknown(operator::reason(value, "an attribute", at), at);
        };
        let result = match datum {
            Datum::Library(library) if library.len() < 200 => {
                let path = format!("{library}.{name}");
                match &*path {
                    // A process that serves has no arguments of manage.py's.
                    "sys.argv" => {
                        Value::of(Datum::list(Kind::List, vec![Value::of(Datum::text(""), at)]), at)
                    }
                    "typing.TYPE_CHECKING" => Value::of(Datum::Bool(false), at),
                    _ => match super::import::global_default(&path) {
                        Some(datum) => Value::of(datum, at),
                        None => Value::of(Datum::Library(path.into()), at),
                    },
                }
            }
            Datum::Module(file) => {
                let names = self.load(*file);
                match (names.get(name), &names.missing) {
                    (Some(value), _) => Value::clone(value),
                    (None, Some(cause)) => Value::unknown(cause.clone(), at),
                    (None, None) => Value::unknown(Cause::code("a name that its module has not", at), at),
                }
            }
            Datum::Class(class) => super::class::attribute(class, name)
                .unwrap_or_else(|| Value::unknown(Cause::code("an attribute", at), at)),
            Datum::Unknown(cause) => Value::unknown(cause.clone(), at),
            Datum::Thing if OF_PATHS.contains(&name) => Value::of(Datum::Thing, at),
            Datum::Unset | Datum::None | Datum::Bool(_) | Datum::Function(_) => {
                Value::unknown(Cause::code("an attribute", at), at)
            }
            _ => Value::of(Datum::Method(Rc::new(value.clone()), name.into()), at),
        };
        result.depending(&value.depends)
    }

    /// `value[slice]`
    pub(super) fn subscript(&mut self, frame: &mut Frame, value: &Value, slice: &'a Expr, at: Loc) -> Value {
        if let Expr::Slice(parts) = slice {
            let mut bound = |part: &'a Option<Box<Expr>>| {
                part.as_ref().map(|part| self.expression(frame, part)).map(|bound| match bound.single() {
                    Some(Datum::Int(number)) => Some(*number),
                    _ => None,
                })
            };
            let (lower, upper, step) = (bound(&parts.lower), bound(&parts.upper), parts.step.is_some());
            return operator::each(value, at, |datum| match (lower, upper, step) {
                (Some(None), _, _) | (_, Some(None), _) | (_, _, true) => None,
                (lower, upper, _) => sliced(datum, lower.flatten(), upper.flatten()),
            });
        }
        let key = self.expression(frame, slice);
        let result = match value.single() {
            Some(Datum::Library(library)) if &**library == "os.environ" => match key.text() {
                Some(name) => self.variable(name, None, at),
                None => Value::unknown(Cause::code("a variable of a computed name", at), at),
            },
            Some(Datum::Library(library)) if super::expression::is_namespace(library) => {
                match key.text().and_then(|name| frame.names.get(name)) {
                    Some(value) => Value::clone(value),
                    None => Value::unknown(Cause::code("a name that is computed", at), at),
                }
            }
            Some(datum) => item(datum, &key).unwrap_or_else(|| {
                let cause = operator::reason(value, "an element", at);
                let cause = key.cause().cloned().unwrap_or(cause);
                Value::unknown(cause, at)
            }),
            None => Value::unknown(operator::reason(value, "an element", at), at),
        };
        result.depending(&value.depends).depending(&key.depends)
    }

    /// What a list or a dictionary is after `holder[key] = value`.
    pub(super) fn with_item(&mut self, holder: &Value, key: &Value, value: Value, at: Loc) -> Value {
        let changed = match (holder.single(), key.single()) {
            (Some(Datum::Dict(dict)), Some(key_datum)) => {
                self.work(dict.pairs.len());
                let mut pairs = dict.pairs.clone();
                match key_datum {
                    Datum::Unknown(cause) => {
                        return Value::of(Datum::Dict(Rc::new(Dict::new(pairs, Some(cause.clone())))), at)
                            .depending(&holder.depends);
                    }
                    known => pairs.retain(|(before, _)| !before.single().is_some_and(|b| b.same(known))),
                }
                pairs.push((key.clone(), value));
                Datum::Dict(Rc::new(Dict::new(pairs, dict.open.clone())))
            }
            (Some(Datum::List(list)), Some(Datum::Int(index))) => {
                let mut items = Vec::clone(&list.items);
                self.work(items.len());
                match position(*index, items.len()).and_then(|at| items.get_mut(at)) {
                    Some(item) if list.open.is_none() => {
                        *item = value;
                        Datum::List(List::new(list.kind, items, None))
                    }
                    _ => Datum::Unknown(operator::reason(holder, "an element that is replaced", at)),
                }
            }
            _ => Datum::Unknown(operator::reason(holder, "a value that is changed in parts", at)),
        };
        Self::bounded(Value::of(changed, at).depending(&holder.depends), at)
    }

    /// What is left after `del holder[key]`.
    pub(super) fn without_item(&mut self, holder: &Value, key: &Value, at: Loc) -> Value {
        if let (Some(Datum::Dict(dict)), Some(known)) = (holder.single(), key.single())
            && !matches!(known, Datum::Unknown(_))
        {
            self.work(dict.pairs.len());
            let mut pairs = dict.pairs.clone();
            pairs.retain(|(before, _)| !before.single().is_some_and(|before| before.same(known)));
            return Value::of(Datum::Dict(Rc::new(Dict::new(pairs, dict.open.clone()))), at)
                .depending(&holder.depends);
        }
        if let (Some(Datum::List(list)), Some(Datum::Int(index))) = (holder.single(), key.single())
            && list.open.is_none()
            && let Some(gone) = position(*index, list.items.len()).filter(|gone| *gone < list.items.len())
        {
            self.work(list.items.len());
            let mut items = Vec::clone(&list.items);
            items.remove(gone);
            return Value::of(Datum::List(List::new(list.kind, items, None)), at).depending(&holder.depends);
        }
        Value::unknown(operator::reason(holder, "a value that is changed in parts", at), at)
    }

    /// A list or a dictionary that something unknown is added to.
    pub(super) fn opened(&mut self, value: &Value, cause: &Cause, at: Loc) -> Value {
        let mut value = value.clone();
        self.work(value.size().min(super::LARGEST) / 16);
        for option in &mut value.options {
            option.datum = match &option.datum {
                Datum::List(list) => Datum::List(List { open: Some(cause.clone()), ..list.clone() }),
                Datum::Dict(dict) => Datum::Dict(Rc::new(Dict::new(dict.pairs.clone(), Some(cause.clone())))),
                _ => Datum::Unknown(cause.clone()),
            };
            option.at = at;
        }
        value
    }

    /// What a list or a dictionary is after one of its methods was called; none where the method changes nothing.
    pub(super) fn changed(
        &mut self,
        value: &Value,
        method: &str,
        arguments: &[Value],
        at: Loc,
    ) -> Option<Value> {
        let cause = || Cause::code("a value that is changed", at);
        let mut result: Option<Value> = None;
        for option in &value.options {
            self.work(option.datum.size().min(super::LARGEST));
            let datum = match &option.datum {
                Datum::List(list) => list_after(list, method, arguments, &cause())?,
                Datum::Dict(dict) => dict_after(dict, method, arguments, &cause())?,
                Datum::Unknown(known) if is_change(method) => Datum::Unknown(known.clone()),
                _ => return None,
            };
            let one = Value::of(datum, at);
            result = Some(match result {
                Some(before) => before.joined(&one),
                None => one,
            });
        }
        let mut result = result?.depending(&value.depends);
        for argument in arguments {
            result.depends.extend(argument.depends.iter().cloned());
        }
        Some(Self::bounded(result, at))
    }
}

fn is_change(method: &str) -> bool {
    super::effect::ADDING.contains(&method) || super::effect::CHANGING.contains(&method)
}

fn list_after(list: &List, method: &str, arguments: &[Value], cause: &Cause) -> Option<Datum> {
    if !is_change(method) {
        return None;
    }
    let mut items = Vec::clone(&list.items);
    let mut open = list.open.clone();
    match (method, arguments) {
        ("append" | "add", [one]) => items.push(one.clone()),
        ("extend" | "update", [more]) => match more.single() {
            Some(Datum::List(more)) => {
                items.extend(more.items.iter().cloned());
                open = open.or_else(|| more.open.clone());
            }
            _ => open = Some(more.cause().unwrap_or(cause).clone()),
        },
        ("insert", [index, one]) => match index.single() {
            Some(Datum::Int(index)) => {
                let len = i64::try_from(items.len()).ok()?;
                let index = if *index < 0 { (len + index).max(0) } else { (*index).min(len) };
                items.insert(usize::try_from(index).ok()?, one.clone());
            }
            // It is in it, who knows where.
            _ => {
                items.push(one.clone());
                open = Some(cause.clone());
            }
        },
        ("remove" | "discard", [one]) => {
            let known = one.single().filter(|known| !matches!(known, Datum::Unknown(_)))?;
            let found = items.iter().position(|item| item.single().is_some_and(|item| item.same(known)));
            if let Some(found) = found {
                items.remove(found);
            }
        }
        ("pop", []) if open.is_none() => drop(items.pop()),
        ("clear", []) => return Some(Datum::list(list.kind, Vec::new())),
        ("reverse", []) if open.is_none() => items.reverse(),
        _ => return Some(Datum::Unknown(cause.clone())),
    }
    Some(Datum::List(List::new(list.kind, items, open)))
}

fn dict_after(dict: &Dict, method: &str, arguments: &[Value], cause: &Cause) -> Option<Datum> {
    if !is_change(method) {
        return None;
    }
    let mut pairs = dict.pairs.clone();
    let mut open = dict.open.clone();
    match (method, arguments) {
        ("update", [more]) => match more.single() {
            Some(Datum::Dict(more)) => {
                pairs.extend(more.pairs.iter().cloned());
                open = open.or_else(|| more.open.clone());
            }
            _ => open = Some(more.cause().unwrap_or(cause).clone()),
        },
        ("setdefault", [key, value]) => {
            if key.text().is_some_and(|key| dict.get(key).is_none()) {
                pairs.push((key.clone(), value.clone()));
            }
        }
        ("pop", [key, ..]) if key.text().is_some() => {
            pairs.retain(|(before, _)| before.text() != key.text());
        }
        ("clear", []) => return Some(Datum::Dict(Rc::new(Dict::new(Vec::new(), None)))),
        _ => open = Some(cause.clone()),
    }
    Some(Datum::Dict(Rc::new(Dict::new(pairs, open))))
}

/// An element, by its place or its key.
fn item(datum: &Datum, key: &Value) -> Option<Value> {
    match (datum, key.single()?) {
        (Datum::List(list), Datum::Int(index)) if list.open.is_none() => {
            list.items.get(position(*index, list.items.len())?).cloned()
        }
        (Datum::Dict(dict), key) => {
            let found =
                dict.pairs.iter().rev().find(|(known, _)| known.single().is_some_and(|k| k.same(key)));
            found.map(|(_, value)| value.clone())
        }
        (Datum::Thing, Datum::Int(_)) => Some(Value::of(Datum::Thing, key_place(key))),
        _ => None,
    }
}

fn key_place(key: &Value) -> Loc {
    key.options.first().map_or(Loc { file: 0, offset: 0 }, |option| option.at)
}

fn position(index: i64, len: usize) -> Option<usize> {
    match usize::try_from(index) {
        Ok(index) => Some(index),
        Err(_) => len.checked_sub(usize::try_from(index.unsigned_abs()).ok()?),
    }
}

/// `a[lower:upper]`
fn sliced(datum: &Datum, lower: Option<i64>, upper: Option<i64>) -> Option<Datum> {
    let len = match datum {
        Datum::List(list) if list.open.is_none() => list.items.len(),
        Datum::Str(text) => text.chars().count(),
        _ => return None,
    };
    let bound = |index: Option<i64>, else_: usize| match index {
        None => Some(else_),
        Some(index) if index < 0 => Some(position(index, len).unwrap_or_default()),
        Some(index) => usize::try_from(index).ok().map(|index| index.min(len)),
    };
    let (start, end) = (bound(lower, 0)?, bound(upper, len)?);
    let count = end.saturating_sub(start);
    Some(match datum {
        Datum::List(list) => {
            Datum::list(list.kind, list.items.iter().skip(start).take(count).cloned().collect())
        }
        Datum::Str(text) => Datum::text(&text.chars().skip(start).take(count).collect::<String>()),
        _ => return None,
    })
}
