//! The names of a module, a class or a function, and what becomes of them where the code may go several ways.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::cause::Cause;
use super::value::{Datum, Loc, Possible, Value};

/// Names and their values.
#[derive(Debug, Clone, Default)]
pub struct Names {
    map: BTreeMap<Rc<str>, Rc<Value>>,
    /// Why a name that is not here may be there all the same: a file with names was not given.
    pub missing: Option<Cause>,
    /// What could assign names that are not here.
    pub rest: BTreeSet<Cause>,
}

impl Names {
    /// The value of a name; none where it has none that is known.
    pub fn get(&self, name: &str) -> Option<&Rc<Value>> {
        self.map.get(name)
    }

    /// Assigns.
    pub fn set(&mut self, name: &str, value: Value) {
        self.map.insert(name.into(), Rc::new(value));
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.map.len()
    }

    /// In the order of the alphabet.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.map.iter().map(|(name, value)| (&**name, &**value))
    }

    /// Takes over what a module makes public.
    pub fn import_all(&mut self, other: &Self, public: impl Fn(&str) -> bool) {
        for (name, value) in other.map.iter().filter(|(name, _)| public(name)) {
            self.map.insert(Rc::clone(name), Rc::clone(value));
        }
        if self.missing.is_none() {
            self.missing.clone_from(&other.missing);
        }
        self.rest.extend(other.rest.iter().cloned());
    }

    /// Something that is not followed may assign any name.
    pub fn open(&mut self, cause: &Cause) {
        for value in self.map.values_mut() {
            Rc::make_mut(value).depends.insert(cause.clone());
        }
        self.rest.insert(cause.clone());
    }

    /// Where the code goes this way, but `causes` could make it go the other one: what differs depends on them.
    pub fn mark_differences(&mut self, other: &Self, causes: &BTreeSet<Cause>, at: Loc) {
        for (name, value) in &other.map {
            match self.map.get_mut(name) {
                Some(own) if Rc::ptr_eq(own, value) || own.same(value) => {}
                Some(own) => Rc::make_mut(own).depends.extend(causes.iter().cloned()),
                None => {
                    let unset = Value::of(Datum::Unset, at).depending(causes).depending(&self.rest);
                    self.map.insert(Rc::clone(name), Rc::new(unset));
                }
            }
        }
        for (name, own) in &mut self.map {
            if !other.map.contains_key(name) {
                Rc::make_mut(own).depends.extend(causes.iter().cloned());
            }
        }
        self.rest.extend(other.missing.iter().chain(&other.rest).cloned());
    }

    /// Where the code goes one of two ways.
    #[must_use]
    pub fn joined(mut self, other: &Self, at: Loc) -> Self {
        let unset = |names: &Self| match &names.missing {
            Some(cause) => Value::unknown(cause.clone(), at),
            None => Value::of(Datum::Unset, at).depending(&names.rest),
        };
        for (name, value) in &other.map {
            match self.map.get_mut(name) {
                Some(own) if Rc::ptr_eq(own, value) => {}
                Some(own) => *own = Rc::new(Value::clone(own).joined(value)),
                None => {
                    let joined = unset(&self).joined(value);
                    self.map.insert(Rc::clone(name), Rc::new(joined));
                }
            }
        }
        let absent = unset(other);
        for (name, own) in &mut self.map {
            if !other.map.contains_key(name) {
                *own = Rc::new(Value::clone(own).joined(&absent));
            }
        }
        if self.missing.is_none() {
            self.missing.clone_from(&other.missing);
        }
        self.rest.extend(other.rest.iter().cloned());
        self
    }

    /// What a setting of this name is; `at` where nothing assigns it.
    pub fn setting(&self, name: &str, at: Loc) -> Value {
        match (self.map.get(name), &self.missing) {
            (Some(value), _) => {
                let mut value = Value::clone(value);
                if let Some(cause) = &self.missing {
                    // One of the ways leaves it to the file that was not given.
                    for Possible { datum, .. } in &mut value.options {
                        if matches!(datum, Datum::Unset) {
                            *datum = Datum::Unknown(cause.clone());
                        }
                    }
                }
                value
            }
            (None, Some(cause)) => Value::unknown(cause.clone(), at),
            (None, None) => Value::of(Datum::Unset, at).depending(&self.rest),
        }
    }
}
