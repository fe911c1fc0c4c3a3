//! Functions of Python, of Django and of the libraries that settings are written with.

use std::rc::Rc;

use super::call::Arguments;
use super::value::{Cast, Reader};
use super::{Cause, Datum, Dict, Frame, Interpreter, Kind, List, Loc, Value, operator};

impl Interpreter<'_> {
    /// What a function of a library gives; none where it is not known.
    pub(super) fn library(
        &mut self,
        frame: &mut Frame,
        name: &str,
        arguments: &Arguments,
        at: Loc,
    ) -> Option<Value> {
        let first = arguments.plain.first();
        let thing = || Some(Value::of(Datum::Thing, at));
        match name {
            "os.environ.get" | "os.getenv" | "environ.get" => {
                let variable = arguments.get("key", 0)?.text()?.to_owned();
                let default = arguments.get("default", 1).cloned();
                let default = default.unwrap_or_else(|| Value::of(Datum::None, at));
                Some(self.variable(&variable, Some(default), at))
            }
            "os.environ.setdefault" | "os.environ.pop" => {
                let variable = first?.text()?.to_owned();
                Some(self.variable(&variable, arguments.plain.get(1).cloned(), at))
            }
            "globals" | "locals" | "vars" if arguments.plain.is_empty() => {
                Some(Value::of(Datum::Library(format!("{name}()").into()), at))
            }
            "globals().update" | "locals().update" | "vars().update" => {
                match first.and_then(Value::single) {
                    Some(Datum::Dict(dict)) if dict.open.is_none() => {
                        let dict = Rc::clone(dict);
                        for (key, value) in &dict.pairs {
                            match key.text() {
                                // Its place stays in the dictionary, where it is to be mended.
                                Some(key) => frame.names.set(key, value.clone()),
                                None => frame.names.open(&Cause::code("a name that is computed", at)),
                            }
                        }
                    }
                    _ => frame.names.open(&Cause::code("`globals().update(…)`", at)),
                }
                Some(Value::of(Datum::None, at))
            }
            "globals().get" | "locals().get" | "vars().get" => {
                let name = first?.text()?;
                let otherwise =
                    || arguments.plain.get(1).cloned().unwrap_or_else(|| Value::of(Datum::None, at));
                Some(frame.names.get(name).map_or_else(otherwise, |value| Value::clone(value)))
            }
            "exec" | "execfile" | "setattr" | "eval" => {
                frame.names.open(&Cause::code(&format!("`{name}(…)`"), at));
                None
            }
            // It takes the place of the module, by its name.
            "dynaconf.DjangoDynaconf" | "dynaconf.contrib.DjangoDynaconf" => {
                frame.names.open(&Cause::code("`DjangoDynaconf(…)`", at));
                Some(thing()?)
            }
            // The settings of a project that is one file.
            "django.conf.settings.configure" => {
                for (name, value) in &arguments.named {
                    frame.names.set(name, value.clone());
                }
                if arguments.more || first.is_some() {
                    frame.names.open(&Cause::code("`settings.configure(…)`", at));
                }
                Some(Value::of(Datum::None, at))
            }
            "split_settings.tools.include" => {
                self.include(frame, arguments, at);
                Some(Value::of(Datum::None, at))
            }
            "split_settings.tools.optional" => Some(Value::of(
                Datum::list(Kind::Tuple, vec![Value::of(Datum::text("optional"), at), first?.clone()]),
                at,
            )),
            "bool" => {
                let truth = operator::truth(first?);
                Some(operator::boolean(
                    truth.known.or(first?.cause().map(|_| false).and(None)),
                    truth.depends,
                    at,
                ))
            }
            "str" => Some(operator::each(first?, at, |datum| {
                operator::shown(datum).map(|text| Datum::text(&text))
            })),
            "int" => Some(operator::each(first?, at, int)),
            "float" => Some(operator::each(first?, at, |datum| match datum {
                Datum::Int(_) | Datum::Float(_) => Some(datum.clone()),
                Datum::Str(text) => text.trim().parse().ok().map(Datum::Float),
                _ => None,
            })),
            "list" => Some(sequence(first, Kind::List, at)),
            "tuple" => Some(sequence(first, Kind::Tuple, at)),
            "set" | "frozenset" => Some(sequence(first, Kind::Set, at)),
            "filter" if matches!(first?.single(), Some(Datum::None)) => {
                let list = arguments.plain.get(1)?;
                Some(operator::each(list, at, |datum| match datum {
                    Datum::List(list) => {
                        let kept: Option<Vec<Value>> = list
                            .items
                            .iter()
                            .filter_map(|item| match operator::truth(item).known {
                                Some(true) => Some(Some(item.clone())),
                                Some(false) => None,
                                None => Some(None),
                            })
                            .collect();
                        Some(Datum::List(List::new(Kind::List, kept?, list.open.clone())))
                    }
                    _ => None,
                }))
            }
            "dict" if arguments.plain.is_empty() && !arguments.more => {
                let pairs = arguments.named.iter();
                let pairs = pairs.map(|(key, value)| (Value::of(Datum::text(key), at), value.clone()));
                Some(Value::of(Datum::Dict(Rc::new(Dict::new(pairs.collect(), None))), at))
            }
            "len" => Some(operator::each(first?, at, |datum| match datum {
                Datum::Str(text) => i64::try_from(text.chars().count()).ok().map(Datum::Int),
                Datum::List(list) if list.open.is_none() && list.kind != Kind::Set => {
                    i64::try_from(list.items.len()).ok().map(Datum::Int)
                }
                _ => None,
            })),
            "distutils.util.strtobool" | "setuptools._distutils.util.strtobool" | "strtobool.strtobool" => {
                Some(operator::each(first?, at, |datum| match datum {
                    Datum::Str(text) => strtobool(text).map(|flag| Datum::Int(i64::from(flag))),
                    _ => None,
                }))
            }
            "json.loads" | "ast.literal_eval" | "yaml.safe_load" => {
                Some(operator::each(first?, at, |datum| {
                    let Datum::Str(text) = datum else { return None };
                    match text.trim() {
                        "True" if name == "ast.literal_eval" => Some(Datum::Bool(true)),
                        "False" if name == "ast.literal_eval" => Some(Datum::Bool(false)),
                        "true" if name != "ast.literal_eval" => Some(Datum::Bool(true)),
                        "false" if name != "ast.literal_eval" => Some(Datum::Bool(false)),
                        number => number.parse().ok().map(Datum::Int),
                    }
                }))
            }
            "environ.Env" | "environ.FileAwareEnv" | "environs.Env" => {
                Some(Value::of(Datum::Reader(Rc::new(super::reader::scheme(arguments))), at))
            }
            "environ.Env.read_env" | "dotenv.load_dotenv" | "warnings.filterwarnings" | "print" => {
                Some(Value::of(Datum::None, at))
            }
            "decouple.config" | "decouple.AutoConfig()" | "starlette.config.Config()" => {
                Some(self.config(arguments, at))
            }
            "decouple.AutoConfig" | "decouple.Config" => {
                Some(Value::of(Datum::Library("decouple.AutoConfig()".into()), at))
            }
            "decouple.Csv" => Some(Value::of(Datum::Library("decouple.Csv()".into()), at)),
            name if name.starts_with("configurations.values.") => Some(self.configured(name, arguments, at)),
            "django.utils.translation.gettext_lazy"
            | "django.utils.translation.gettext"
            | "django.utils.translation.ugettext_lazy" => first.cloned(),
            "pathlib.Path"
            | "pathlib.PurePath"
            | "environ.Path"
            | "unipath.Path"
            | "path.Path"
            | "os.path.join"
            | "os.path.dirname"
            | "os.path.abspath"
            | "os.path.realpath"
            | "os.path.normpath"
            | "datetime.timedelta"
            | "object"
            | "django.urls.reverse_lazy" => thing(),
            _ => None,
        }
    }

    /// A variable of the environment; without a default its absence raises.
    pub(super) fn variable(&mut self, name: &str, default: Option<Value>, at: Loc) -> Value {
        let cause = Cause::Environment(name.to_owned());
        match (self.environment.get(name), default) {
            (Some(Some(text)), _) => Value::of(Datum::text(text), at),
            (Some(None), Some(default)) => default,
            (None, Some(default)) => default.depending(&[cause].into()),
            (_, None) => {
                self.raised.insert(cause.clone());
                Value::unknown(cause, at)
            }
        }
    }
}

/// The words that `distutils.util.strtobool` knows.
pub(super) fn strtobool(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "y" | "yes" | "t" | "true" | "on" | "1" => Some(true),
        "n" | "no" | "f" | "false" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// `int(…)`
pub(super) fn int(datum: &Datum) -> Option<Datum> {
    match datum {
        Datum::Int(_) => Some(datum.clone()),
        Datum::Bool(flag) => Some(Datum::Int(i64::from(*flag))),
        Datum::Str(text) => text.trim().replace('_', "").parse().ok().map(Datum::Int),
        _ => None,
    }
}

/// `list(…)` and its like; a text is not taken apart.
fn sequence(of: Option<&Value>, kind: Kind, at: Loc) -> Value {
    match of {
        None => Value::of(Datum::list(kind, Vec::new()), at),
        Some(value) => operator::each(value, at, |datum| match datum {
            Datum::List(list) => Some(Datum::List(List { kind, ..list.clone() })),
            _ => None,
        }),
    }
}

/// The reader of a library, without scheme.
pub(super) const fn plain_reader() -> Reader {
    Reader { prefix: String::new(), scheme: Vec::new() }
}

/// What a type in Python's code casts to.
pub(super) fn cast_of(value: &Value) -> Cast {
    match value.single() {
        Some(Datum::Library(name)) => match &**name {
            "str" => Cast::Str,
            "bool" | "distutils.util.strtobool" => Cast::Bool,
            "int" => Cast::Int,
            "float" => Cast::Float,
            "list" | "decouple.Csv()" => Cast::List,
            "tuple" => Cast::Tuple,
            _ => Cast::Other,
        },
        _ => Cast::Other,
    }
}
