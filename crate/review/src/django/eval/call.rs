//! Calls: of methods, of functions of the given files, of libraries.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::{Expr, ExprCall, Parameters};

use super::statement::Flow;
use super::{CALLS, Callable, Cause, Datum, Frame, Interpreter, Kind, Loc, Names, Value, operator, text};

/// What a call is given.
pub(super) struct Arguments {
    /// By place.
    pub plain: Vec<Value>,
    /// By name.
    pub named: Vec<(String, Value)>,
    /// There are others, which are unpacked.
    pub more: bool,
}

impl Arguments {
    /// The argument of this name, or at this place.
    pub fn get(&self, name: &str, place: usize) -> Option<&Value> {
        self.named(name).or_else(|| self.plain.get(place))
    }

    /// The argument of this name.
    pub fn named(&self, name: &str) -> Option<&Value> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn all(&self) -> impl Iterator<Item = &Value> {
        self.plain.iter().chain(self.named.iter().map(|(_, value)| value))
    }
}

impl<'a> Interpreter<'a> {
    /// The value of a call.
    pub(super) fn call(&mut self, frame: &mut Frame, call: &'a ExprCall, at: Loc) -> Value {
        let function = self.expression(frame, &call.func);
        let mut arguments = Arguments { plain: Vec::new(), named: Vec::new(), more: false };
        for argument in &call.arguments.args {
            arguments.more |= argument.is_starred_expr();
            let value = self.expression(frame, argument);
            arguments.plain.push(value);
        }
        for keyword in &call.arguments.keywords {
            let value = self.expression(frame, &keyword.value);
            match &keyword.arg {
                Some(name) => arguments.named.push((name.to_string(), value)),
                None => arguments.more = true,
            }
        }
        // What gets all names may assign any of them.
        if arguments.all().any(is_all_names) {
            frame.names.open(&Cause::code(&format!("`{}(…)`", described(&call.func)), at));
        }
        let Some(datum) = function.single().cloned() else {
            return Value::unknown(operator::reason(&function, "a call", at), at);
        };
        let value = match &datum {
            Datum::Method(of, name) => self.method(frame, &call.func, of, name, &arguments, at),
            Datum::Function(place) => self.function(frame, *place, &arguments, at),
            Datum::Reader(reader) => self.read(reader, None, &arguments, at),
            Datum::Library(name) => {
                self.library(frame, name, &arguments, at).unwrap_or_else(|| not_run(&call.func, at))
            }
            Datum::Unknown(cause) => Value::unknown(cause.clone(), at),
            _ => not_run(&call.func, at),
        };
        value.depending(&function.depends)
    }

    fn method(
        &mut self,
        frame: &mut Frame,
        function: &'a Expr,
        of: &Rc<Value>,
        name: &str,
        arguments: &Arguments,
        at: Loc,
    ) -> Value {
        if let Some(Datum::Reader(reader)) = of.single() {
            return self.read(reader, Some(name), arguments, at);
        }
        if !arguments.more
            && let Some(changed) = self.changed(of, name, &arguments.plain, at)
        {
            if let Expr::Attribute(part) = function {
                self.assign(frame, &part.value, changed);
            }
            return Value::unknown(Cause::code("what a change gives", at), at);
        }
        let mut depends = of.depends.clone();
        let result = match of.single() {
            Some(Datum::Str(text)) if !arguments.more && arguments.named.is_empty() => {
                self.work(text.len() / 16);
                for argument in arguments.all() {
                    depends.extend(argument.depends.iter().cloned());
                }
                text::method(text, name, &arguments.plain, at).map(|datum| Value::of(datum, at))
            }
            Some(Datum::Dict(dict)) if name == "get" => arguments.plain.first().and_then(|key| {
                depends.extend(key.depends.iter().cloned());
                let found = dict.get(key.text()?);
                let otherwise = arguments.plain.get(1).cloned();
                match (found, &dict.open) {
                    (Some(value), _) => Some(value.clone()),
                    (None, None) => Some(otherwise.unwrap_or_else(|| Value::of(Datum::None, at))),
                    (None, Some(cause)) => Some(Value::unknown(cause.clone(), at)),
                }
            }),
            Some(Datum::List(list)) if name == "copy" => Some(Value::of(Datum::List(list.clone()), at)),
            Some(Datum::Dict(dict)) if name == "copy" => Some(Value::of(Datum::Dict(Rc::clone(dict)), at)),
            Some(Datum::Thing) => None,
            _ => None,
        };
        let unknown = || {
            let cause = arguments.all().find_map(Value::cause).cloned();
            Value::unknown(
                cause.unwrap_or_else(|| Cause::code(&format!("`{}(…)`", described(function)), at)),
                at,
            )
        };
        result.unwrap_or_else(unknown).depending(&depends)
    }

    /// A function of the given files is followed, as far as it is short and does not call itself.
    fn function(&mut self, frame: &Frame, place: Loc, arguments: &Arguments, at: Loc) -> Value {
        let cause = || Cause::code("a function", at);
        let Some(callable) = self.functions.get(&place).copied() else { return Value::unknown(cause(), at) };
        if self.calls >= CALLS || arguments.more || !self.work(frame.names.len() + 1) {
            return Value::unknown(cause(), at);
        }
        let names = if place.file == frame.file {
            frame.outer.clone().unwrap_or_else(|| Rc::new(frame.names.clone()))
        } else {
            self.load(place.file)
        };
        let mut inner =
            Frame { file: place.file, names: Names::default(), outer: Some(names), globals: BTreeSet::new() };
        self.calls += 1;
        let value = match callable {
            Callable::Function(function) if function.is_async => Value::unknown(cause(), at),
            Callable::Function(function) => {
                match self.bind_all(&mut inner, Some(&function.parameters), arguments, at) {
                    false => Value::unknown(cause(), at),
                    true => match self.block(&mut inner, &function.body) {
                        Flow::Return(value) => value,
                        Flow::Next => Value::of(Datum::None, at),
                        Flow::Stop => Value::unknown(Cause::code("a function that raises", at), at),
                    },
                }
            }
            Callable::Lambda(lambda) => {
                match self.bind_all(&mut inner, lambda.parameters.as_deref(), arguments, at) {
                    true => self.expression(&mut inner, &lambda.body),
                    false => Value::unknown(cause(), at),
                }
            }
        };
        self.calls -= 1;
        value
    }

    /// Calls a function with one argument, as `cast=` does.
    pub(super) fn apply(&mut self, place: Loc, argument: Value, at: Loc) -> Value {
        let frame =
            Frame { file: usize::MAX, names: Names::default(), outer: None, globals: BTreeSet::new() };
        let arguments = Arguments { plain: vec![argument], named: Vec::new(), more: false };
        // What it knows of its module is what the module ends with; one that is being read is not known.
        if self.loading.contains(&place.file) {
            let Some(Callable::Lambda(lambda)) = self.functions.get(&place).copied() else {
                return Value::unknown(Cause::code("a function", at), at);
            };
            let outer = Some(Rc::new(Names::default()));
            let mut inner =
                Frame { file: place.file, names: Names::default(), outer, globals: BTreeSet::new() };
            return match self.bind_all(&mut inner, lambda.parameters.as_deref(), &arguments, at) {
                true => self.expression(&mut inner, &lambda.body),
                false => Value::unknown(Cause::code("a function", at), at),
            };
        }
        self.function(&frame, place, &arguments, at)
    }

    /// Gives the parameters their arguments; false where they do not fit.
    fn bind_all(
        &mut self,
        inner: &mut Frame,
        parameters: Option<&'a Parameters>,
        arguments: &Arguments,
        at: Loc,
    ) -> bool {
        let Some(parameters) = parameters else { return true };
        let cause = Cause::code("a function's arguments", at);
        let by_place = parameters.posonlyargs.len() + parameters.args.len();
        if let Some(rest) = &parameters.vararg {
            let more = arguments.plain.iter().skip(by_place).cloned().collect();
            inner.names.set(&rest.name.id, Value::of(Datum::list(Kind::Tuple, more), at));
        }
        if let Some(rest) = &parameters.kwarg {
            inner.names.set(&rest.name.id, Value::unknown(cause, at));
        }
        let all = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        for (n, parameter) in all.enumerate() {
            let name = parameter.parameter.name.id.as_str();
            let given = arguments.named(name).or_else(|| arguments.plain.get(n).filter(|_| n < by_place));
            let value = match (given, &parameter.default) {
                (Some(value), _) => value.clone(),
                (None, Some(default)) => self.expression(inner, default),
                (None, None) => return false,
            };
            inner.names.set(name, value);
        }
        true
    }
}

fn is_all_names(value: &Value) -> bool {
    matches!(value.single(), Some(Datum::Library(name)) if super::expression::is_namespace(name))
}

fn not_run(function: &Expr, at: Loc) -> Value {
    Value::unknown(Cause::Code(format!("`{}(…)`", described(function)), at), at)
}

/// A call's name, as the code has it: names and dots alone.
fn described(function: &Expr) -> String {
    let mut parts = Vec::new();
    let mut of = function;
    loop {
        match of {
            Expr::Name(name) => {
                parts.push(name.id.to_string());
                break;
            }
            Expr::Attribute(part) => {
                parts.push(part.attr.to_string());
                of = &part.value;
            }
            _ => {
                parts.push("…".to_owned());
                break;
            }
        }
        if parts.len() > 6 {
            break;
        }
    }
    parts.reverse();
    https_audit_core::text::cut(&parts.join("."), 60)
}
