//! Imports: modules of the given files are followed, libraries are known by name, everything else is a file that was not
//! given.

use ruff_python_ast::{StmtImport, StmtImportFrom};

use super::call::Arguments;
use super::{Cause, Datum, Frame, Interpreter, Loc, Value};
use crate::django::defaults;

/// Modules whose star import brings no setting.
const WITHOUT_SETTINGS: &[&str] = &[
    "os",
    "sys",
    "re",
    "json",
    "pathlib",
    "datetime",
    "typing",
    "logging",
    "environ",
    "environs",
    "decouple",
    "dotenv",
    "configurations",
    "split_settings",
    "collections",
    "functools",
    "itertools",
    "warnings",
    "random",
    "string",
    "socket",
    "platform",
    "time",
    "copy",
    "tempfile",
    "urllib",
    "distutils",
    "ast",
    "secrets",
    "hashlib",
    "base64",
    "django",
    "email",
    "subprocess",
    "multiprocessing",
    "importlib",
    "contextlib",
    "enum",
    "dataclasses",
    "math",
    "glob",
    "shutil",
    "getpass",
    "uuid",
    "ssl",
    "types",
    "inspect",
    "textwrap",
    "errno",
    "__future__",
    "builtins",
    "abc",
    "io",
    "locale",
    "mimetypes",
    "signal",
    "traceback",
    "configparser",
    "tomllib",
];

impl Interpreter<'_> {
    pub(super) fn import(&mut self, frame: &mut Frame, import: &StmtImport) {
        for alias in &import.names {
            let at = frame.loc(alias);
            let name = alias.name.as_str();
            match &alias.asname {
                Some(as_) => {
                    let value = self.module_value(frame.file, 0, name, at);
                    self.bind(frame, &as_.id, value, at);
                }
                None => {
                    self.module_value(frame.file, 0, name, at);
                    let first = name.split('.').next().unwrap_or(name);
                    let value = self.module_value(frame.file, 0, first, at);
                    self.bind(frame, first, value, at);
                }
            }
        }
    }

    /// A module as a value; one that is not there raises.
    fn module_value(&mut self, from: usize, level: u32, name: &str, at: Loc) -> Value {
        if let Some(file) = self.project.resolve(from, level, name) {
            return Value::of(Datum::Module(file), at);
        }
        if !is_always_there(name) || level > 0 {
            self.raised.insert(Cause::File(dotted(level, name)));
        }
        if level > 0 {
            return Value::unknown(Cause::File(dotted(level, name)), at);
        }
        Value::of(Datum::Library(name.into()), at)
    }

    pub(super) fn import_from(&mut self, frame: &mut Frame, import: &StmtImportFrom) {
        let at = frame.loc(import);
        let name = import.module.as_ref().map_or("", |name| name.id.as_str());
        let given = self.project.resolve(frame.file, import.level, name);
        for alias in &import.names {
            let wanted = alias.name.id.as_str();
            if wanted == "*" {
                self.import_all(frame, given, import.level, name, at);
                continue;
            }
            let as_ = alias.asname.as_ref().map_or(wanted, |name| name.id.as_str());
            let inner = if name.is_empty() { wanted.to_owned() } else { format!("{name}.{wanted}") };
            let value = match given {
                Some(file) => {
                    let names = self.load(file);
                    match (names.get(wanted), &names.missing) {
                        (Some(value), _) => Value::clone(value),
                        (None, Some(cause)) => Value::unknown(cause.clone(), at),
                        (None, None) => self.module_value(frame.file, import.level, &inner, at),
                    }
                }
                None if import.level > 0 => self.module_value(frame.file, import.level, &inner, at),
                None => {
                    if let Some(file) = self.project.resolve(frame.file, 0, &inner) {
                        Value::of(Datum::Module(file), at)
                    } else {
                        if !is_always_there(name) {
                            self.raised.insert(Cause::File(dotted(0, name)));
                        }
                        let module = Value::of(Datum::Library(name.into()), at);
                        self.attribute(&module, wanted, at)
                    }
                }
            };
            self.bind(frame, as_, value, at);
        }
    }

    fn import_all(&mut self, frame: &mut Frame, given: Option<usize>, level: u32, name: &str, at: Loc) {
        if let Some(file) = given {
            let names = self.load(file);
            self.work(names.len());
            let listed = match names.get("__all__").and_then(|value| value.single()) {
                Some(Datum::List(list)) if list.open.is_none() => {
                    let texts = list.items.iter().map(|item| item.text().map(str::to_owned));
                    texts.collect::<Option<Vec<String>>>()
                }
                _ => None,
            };
            frame.names.import_all(&names, |name| match &listed {
                Some(listed) => listed.iter().any(|known| known == name),
                None => !name.starts_with('_'),
            });
            return;
        }
        if level == 0 && is_always_there(name) {
            if name == "django.conf.global_settings" {
                for (setting, datum) in defaults::all() {
                    frame.names.set(setting, Value::of(datum, at));
                }
            }
            return;
        }
        let cause = Cause::File(dotted(level, name));
        self.raised.insert(cause.clone());
        frame.names.open(&cause);
        frame.names.missing = Some(cause);
    }

    /// `include('base.py', optional('local.py'))` of django-split-settings: files that run in this module's place.
    pub(super) fn include(&mut self, frame: &mut Frame, arguments: &Arguments, at: Loc) {
        for argument in &arguments.plain {
            let (pattern, optional) = match argument.single() {
                Some(Datum::Str(pattern)) => (Some(pattern.to_string()), false),
                Some(Datum::List(pair)) => (pair.items.get(1).and_then(Value::text).map(str::to_owned), true),
                _ => (None, false),
            };
            let Some(pattern) = pattern else {
                let cause = super::operator::reason(argument, "a file of a computed name", at);
                frame.names.open(&cause);
                frame.names.missing = Some(cause);
                continue;
            };
            let found = self.project.beside(frame.file, &pattern);
            if found.is_empty() {
                let cause = Cause::File(pattern);
                frame.names.open(&cause);
                if !optional {
                    frame.names.missing = Some(cause);
                }
            }
            for file in found {
                if self.loading.contains(&file) {
                    continue;
                }
                let Some(module) = self.project.module(file) else { continue };
                self.loading.push(file);
                let of = std::mem::replace(&mut frame.file, file);
                self.block(frame, &module.body);
                frame.file = of;
                self.loading.pop();
            }
        }
    }
}

/// A name with its leading dots.
fn dotted(level: u32, name: &str) -> String {
    let dots = usize::try_from(level).unwrap_or_default().min(20);
    ".".repeat(dots) + name
}

/// What no project lacks: Python's own modules, Django, and what settings are read with.
fn is_always_there(name: &str) -> bool {
    let first = name.split('.').next().unwrap_or(name);
    WITHOUT_SETTINGS.contains(&first)
}

/// `django.conf.global_settings.X`
pub(super) fn global_default(path: &str) -> Option<Datum> {
    defaults::of(path.strip_prefix("django.conf.global_settings.")?)
}
