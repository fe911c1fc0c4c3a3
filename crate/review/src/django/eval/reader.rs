//! What reads the environment for settings: django-environ, environs, python-decouple, django-configurations.

use super::call::Arguments;
use super::library::{cast_of, int, plain_reader, strtobool};
use super::value::{Cast, Reader};
use super::{Cause, Datum, Interpreter, Kind, Loc, Value, operator};

/// The name that stands for the setting's own until the setting is known (django-configurations).
pub(super) const OF_SETTING: &str = "DJANGO_*";

/// `environ.Env(DEBUG=(bool, False), NAME=str)`
pub(super) fn scheme(arguments: &Arguments) -> Reader {
    let mut reader = plain_reader();
    for (name, value) in &arguments.named {
        let entry = match value.single() {
            Some(Datum::List(pair)) => match pair.items.as_slice() {
                [cast, default] => (name.clone(), cast_of(cast), Some(default.clone())),
                _ => (name.clone(), Cast::Other, None),
            },
            _ => (name.clone(), cast_of(value), None),
        };
        reader.scheme.push(entry);
    }
    reader
}

impl Interpreter<'_> {
    /// `env('X')`, `env.bool('X', default=False)`
    pub(super) fn read(
        &mut self,
        reader: &Reader,
        method: Option<&str>,
        arguments: &Arguments,
        at: Loc,
    ) -> Value {
        if matches!(method, Some("read_env" | "read_envfile" | "seal" | "dump")) {
            return Value::of(Datum::None, at);
        }
        let Some(name) = arguments.get("var", 0).and_then(Value::text) else {
            return Value::unknown(Cause::code("a variable of a computed name", at), at);
        };
        let name = format!("{}{name}", reader.prefix);
        let in_scheme = reader.scheme.iter().find(|(known, ..)| *known == name);
        let cast = match method {
            None | Some("get_value") => match (arguments.named("cast"), in_scheme) {
                (Some(cast), _) => cast_of(cast),
                (None, Some((_, cast, _))) => *cast,
                (None, None) => Cast::Str,
            },
            Some("str") => Cast::Str,
            Some("bool") => Cast::Bool,
            Some("int") => Cast::Int,
            Some("float") => Cast::Float,
            Some("list") => Cast::List,
            Some("tuple") => Cast::Tuple,
            Some(_) => Cast::Other,
        };
        let place = if matches!(method, None | Some("get_value")) { 2 } else { 1 };
        let default = arguments.get("default", place).cloned();
        let default = default.or_else(|| in_scheme.and_then(|(.., default)| default.clone()));
        match self.environment.get(&name) {
            Some(Some(text)) => {
                let text = Value::of(Datum::text(text), at);
                operator::each(&text, at, |datum| cast_by(datum, cast, at, environ_bool))
            }
            // A default is given as it is written, not cast.
            _ => match (default, cast) {
                // What it stands for (a database, a cache) is read out of the text.
                (Some(_), Cast::Other) => Value::unknown(Cause::Environment(name), at),
                (default, _) => self.variable(&name, default, at),
            },
        }
    }

    /// `config('X', default=…, cast=bool)` of python-decouple, which casts the default too.
    pub(super) fn config(&mut self, arguments: &Arguments, at: Loc) -> Value {
        let Some(name) = arguments.get("option", 0).and_then(Value::text).map(str::to_owned) else {
            return Value::unknown(Cause::code("a variable of a computed name", at), at);
        };
        let value = self.variable(&name, arguments.get("default", 1).cloned(), at);
        let Some(cast) = arguments.get("cast", 2) else { return value };
        if let Some(Datum::Function(place)) = cast.single() {
            return self.apply(*place, value.clone(), at).depending(&value.depends);
        }
        let cast = cast_of(cast);
        operator::each(&value, at, |datum| cast_by(datum, cast, at, strtobool))
    }

    /// `values.BooleanValue(True)` of django-configurations.
    pub(super) fn configured(&mut self, name: &str, arguments: &Arguments, at: Loc) -> Value {
        let variable = match arguments.named("environ_name").and_then(Value::text) {
            Some(name) => {
                let prefix = arguments.named("environ_prefix");
                match prefix.map_or(Some("DJANGO"), |prefix| prefix.text()) {
                    Some(prefix) => format!("{prefix}_{name}"),
                    None => name.to_owned(),
                }
            }
            None => OF_SETTING.to_owned(),
        };
        let reads = !matches!(arguments.named("environ").and_then(Value::single), Some(Datum::Bool(false)));
        let cause = Cause::Environment(variable);
        let value = match (name.rsplit('.').next(), arguments.get("default", 0)) {
            (Some("SecretValue"), _) => return Value::unknown(cause, at),
            (_, Some(default)) => default.clone(),
            (_, None) => Value::of(Datum::None, at),
        };
        if reads { value.depending(&[cause].into()) } else { value }
    }
}

/// The words that django-environ takes for true; everything else is false.
#[expect(clippy::unnecessary_wraps, reason = "the other library knows words that are neither")]
fn environ_bool(text: &str) -> Option<bool> {
    Some(matches!(text.to_lowercase().as_str(), "true" | "on" | "ok" | "y" | "yes" | "1"))
}

/// A text as what it stands for.
fn cast_by(datum: &Datum, cast: Cast, at: Loc, truth: fn(&str) -> Option<bool>) -> Option<Datum> {
    let list = |kind, text: &str| {
        let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
        Datum::list(kind, parts.map(|part| Value::of(Datum::text(part), at)).collect())
    };
    match (cast, datum) {
        (Cast::Bool, Datum::Str(text)) if text.is_empty() => Some(Datum::Bool(false)),
        (Cast::Bool, Datum::Str(text)) => truth(text).map(Datum::Bool),
        (Cast::Bool, other) => other.truth().map(Datum::Bool),
        (Cast::Str, Datum::Str(_)) => Some(datum.clone()),
        (Cast::Int, datum) => int(datum),
        (Cast::Float, Datum::Int(_) | Datum::Float(_)) => Some(datum.clone()),
        (Cast::Float, Datum::Str(text)) => text.parse().ok().map(Datum::Float),
        (Cast::List, Datum::Str(text)) => Some(list(Kind::List, text)),
        (Cast::Tuple, Datum::Str(text)) => Some(list(Kind::Tuple, text)),
        _ => None,
    }
}
