//! Classes of the given files: their attributes, with what they inherit.

use std::collections::BTreeSet;
use std::rc::Rc;

use ruff_python_ast::StmtClassDef;

use super::reader::OF_SETTING;
use super::{Cause, Class, Datum, Frame, Interpreter, Loc, Names, Value};

/// Bases that are looked through.
const BASES: usize = 64;

impl<'a> Interpreter<'a> {
    pub(super) fn class(&mut self, frame: &mut Frame, class: &'a StmtClassDef, at: Loc) {
        let mut bases = Vec::new();
        for base in class.arguments.iter().flat_map(|arguments| &arguments.args) {
            bases.push(self.expression(frame, base));
        }
        self.work(frame.names.len());
        let outer = match &frame.outer {
            Some(outer) => Rc::clone(outer),
            None => Rc::new(frame.names.clone()),
        };
        let mut inner =
            Frame { file: frame.file, names: Names::default(), outer: Some(outer), globals: BTreeSet::new() };
        self.block(&mut inner, &class.body);
        let attributes: Vec<(String, Value)> =
            inner.names.iter().map(|(name, value)| (name.to_owned(), with_setting(value, name))).collect();
        let held = attributes.iter().map(|(_, value)| value.size()).chain(bases.iter().map(Value::size));
        let size = held.fold(1, usize::saturating_add);
        let value = if class.decorator_list.is_empty() && size <= super::LARGEST {
            let name = class.name.to_string();
            Value::of(Datum::Class(Rc::new(Class { name, bases, attributes, at, size })), at)
        } else {
            Value::unknown(Cause::code("a class that is not followed", at), at)
        };
        self.bind(frame, &class.name.id, value, at);
    }
}

/// django-configurations names a variable after the setting.
fn with_setting(value: &Value, name: &str) -> Value {
    let own = Cause::Environment(format!("DJANGO_{name}"));
    let placeholder = Cause::Environment(OF_SETTING.to_owned());
    let mut value = value.clone();
    if value.depends.remove(&placeholder) {
        value.depends.insert(own.clone());
    }
    for option in &mut value.options {
        match &option.datum {
            Datum::Unknown(cause) if *cause == placeholder => option.datum = Datum::Unknown(own.clone()),
            // A property is a function that runs.
            Datum::Function(at) => {
                option.datum = Datum::Unknown(Cause::code("a property", *at));
            }
            _ => {}
        }
    }
    value
}

/// An attribute, the class's own or an inherited one.
pub(super) fn attribute(class: &Class, name: &str) -> Option<Value> {
    let own =
        |class: &Class| class.attributes.iter().find(|(known, _)| known == name).map(|(_, v)| v.clone());
    own(class).or_else(|| line(class).iter().skip(1).find_map(|base| own(base)))
}

/// A class and what it derives from, the nearest first: in the order of the code, which is Python's where no base is
/// inherited twice.
pub fn line(class: &Class) -> Vec<Rc<Class>> {
    let mut found: Vec<Rc<Class>> = vec![Rc::new(class.clone())];
    let mut open: Vec<Rc<Class>> = bases(class);
    open.reverse();
    while let Some(next) = open.pop() {
        if found.len() >= BASES {
            break;
        }
        // What is inherited twice stands behind everything that derives from it.
        found.retain(|known| known.at != next.at);
        let mut more = bases(&next);
        found.push(next);
        more.reverse();
        open.extend(more);
    }
    found
}

fn bases(class: &Class) -> Vec<Rc<Class>> {
    let given = class.bases.iter().filter_map(|base| match base.single() {
        Some(Datum::Class(base)) => Some(Rc::clone(base)),
        _ => None,
    });
    given.collect()
}

/// Why a class may have attributes that are not here.
pub fn missing(line: &[Rc<Class>]) -> Option<Cause> {
    line.iter().flat_map(|class| &class.bases).find_map(|base| match base.single() {
        Some(Datum::Unknown(cause)) => Some(cause.clone()),
        _ => None,
    })
}

/// Whether django-configurations makes settings of a class.
pub fn is_configuration(line: &[Rc<Class>]) -> bool {
    line.iter().flat_map(|class| &class.bases).any(
        |base| matches!(base.single(), Some(Datum::Library(name)) if &**name == "configurations.Configuration"),
    )
}
