//! A settings module as Django would see it: each setting's value, or Django's default.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::defaults::{self, NOWHERE};
use super::eval::{Cause, Class, Datum, Interpreter, Loc, Names, Value, class};
use super::project::Project;
use super::secret::{Secrets, masked};
use crate::Place;

/// A settings module.
pub struct Settings<'a> {
    project: &'a Project,
    /// The number of its file.
    pub file: usize,
    names: Origin,
    /// What messages call it: its path, and the class of django-configurations.
    pub label: String,
    /// Its name says that it is for those who write the code, and nothing says that it is deployed.
    pub development: bool,
    /// Values that are not to be told.
    pub secrets: Rc<Secrets>,
}

enum Origin {
    Module(Rc<Names>),
    Class(Vec<Rc<Class>>),
}

/// A setting and what it may be.
pub struct Setting {
    /// Its name.
    pub name: String,
    /// What it may be, defaults put in.
    pub value: Value,
    /// Something assigns it.
    pub assigned: bool,
}

/// What a rule says of one datum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Is {
    /// Nothing is wrong.
    Good,
    /// It is what the rule looks for.
    Bad,
    /// It cannot be told.
    Unknown,
}

impl From<bool> for Is {
    fn from(bad: bool) -> Self {
        if bad { Self::Bad } else { Self::Good }
    }
}

/// What a rule says of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Good, whatever else decides.
    Good,
    /// Good as far as the files say; something else could make it otherwise.
    GoodUnless(BTreeSet<Cause>),
    /// Bad in any case, or unless something else makes it otherwise.
    Bad(BTreeSet<Cause>),
    /// Not known, with the reason.
    Unknown(Cause),
    /// One of several ways is bad.
    Either,
}

impl<'a> Settings<'a> {
    /// The settings modules of a file: itself, or the classes of django-configurations in it.
    pub fn of(project: &'a Project, file: usize, interpreter: &mut Interpreter<'_>) -> Vec<Self> {
        let names = interpreter.load(file);
        // What it imports is loaded too by now, and what other modules loaded may be a secret as well.
        let mut secrets = project.secrets().clone();
        interpreter.all().for_each(|names| secrets.named(names));
        let secrets = Rc::new(secrets);
        let deployed = project.deployed() == Some(file);
        let development = !deployed && project.is_development(file);
        let path = project.path(file).to_owned();
        let classes: Vec<Rc<Class>> = names
            .iter()
            .filter_map(|(_, value)| match value.single() {
                Some(Datum::Class(class)) => Some(Rc::clone(class)),
                _ => None,
            })
            .filter(|of| class::is_configuration(&class::line(of)))
            .collect();
        let is_base = |of: &Class| {
            classes.iter().any(|other| class::line(other).iter().skip(1).any(|base| base.at == of.at))
        };
        let leaves: Vec<&Rc<Class>> = classes.iter().filter(|of| !is_base(of)).collect();
        if leaves.is_empty() {
            let names = Origin::Module(names);
            return vec![Self { project, file, names, label: path, development, secrets }];
        }
        let of_class = |of: &Rc<Class>| Self {
            project,
            file,
            label: format!("{path} ({})", of.name),
            development: Project::is_development_name(&of.name),
            names: Origin::Class(class::line(of)),
            secrets: Rc::clone(&secrets),
        };
        leaves.into_iter().map(of_class).collect()
    }

    /// The setting of this name.
    pub fn get(&self, name: &str) -> Setting {
        let at = Loc { file: self.file, offset: 0 };
        let mut value = match &self.names {
            Origin::Module(names) => names.setting(name, at),
            Origin::Class(line) => {
                let own =
                    line.iter().find_map(|class| class.attributes.iter().find(|(known, _)| known == name));
                match (own, class::missing(line)) {
                    (Some((_, value)), _) => value.clone(),
                    (None, Some(cause)) => Value::unknown(cause, at),
                    (None, None) => Value::of(Datum::Unset, at),
                }
            }
        };
        let assigned =
            value.options.iter().any(|option| !matches!(option.datum, Datum::Unset | Datum::Unknown(_)))
                || value.options.iter().any(|o| matches!(o.datum, Datum::Unknown(_)) && o.at != at);
        for option in &mut value.options {
            match &option.datum {
                Datum::Unset => {
                    option.datum = defaults::of(name).unwrap_or(Datum::Unset);
                    option.at = NOWHERE;
                }
                // A name in a library that is not known: `enum.X`, `mylib.HOSTS`.
                Datum::Library(_) => {
                    option.datum = Datum::Unknown(Cause::code("a value of a library", option.at));
                }
                Datum::Method(..) => {
                    option.datum = Datum::Unknown(Cause::code("a method", option.at));
                }
                _ => {}
            }
        }
        Setting { name: name.to_owned(), value, assigned }
    }

    /// The names that are assigned, in order.
    pub fn names(&self) -> Vec<String> {
        match &self.names {
            Origin::Module(names) => names.iter().map(|(name, _)| name.to_owned()).collect(),
            Origin::Class(line) => {
                let all = line.iter().flat_map(|class| class.attributes.iter().map(|(name, _)| name.clone()));
                all.collect::<BTreeSet<String>>().into_iter().collect()
            }
        }
    }

    /// The cause that any setting may have: a file that was not given, code that may assign anything.
    pub fn open(&self) -> BTreeSet<Cause> {
        match &self.names {
            Origin::Module(names) => names.rest.iter().chain(&names.missing).cloned().collect(),
            Origin::Class(line) => class::missing(line).into_iter().collect(),
        }
    }

    /// Where something is; the beginning of the module for a default of Django's.
    pub fn place(&self, at: Loc) -> Option<Place> {
        let files = self.project.files();
        let of_default = || Some(files.get(self.file)?.tree.place(0.into()));
        files.get(at.file).map_or_else(of_default, |file| Some(file.tree.place(at.offset.into())))
    }

    /// A value as `write` writes it, a secret by its length: the one way in which values become text for people.
    pub fn shown(&self, text: &str, write: impl FnOnce(&str) -> String) -> String {
        if self.secrets.hide(text) { masked(text) } else { write(text) }
    }

    /// A name that the code asks for, of a variable or a file, as code.
    fn name_as_code(&self, name: &str) -> String {
        if self.secrets.hide_name(name) { masked(name) } else { quoted(name) }
    }

    /// Why something is not known, as part of a sentence.
    pub fn told(&self, cause: &Cause) -> String {
        match cause {
            Cause::Environment(name) => format!("the environment variable {}", self.name_as_code(name)),
            Cause::File(name) => format!("{}, which was not given,", self.name_as_code(name)),
            Cause::Code(what, at) => match self.place(*at) {
                Some(place) => format!("{what} at {}:{}", place.file, place.line),
                None => what.clone(),
            },
        }
    }

    /// Several causes, as part of a sentence.
    pub fn all_told(&self, causes: &BTreeSet<Cause>) -> String {
        let told: Vec<String> = causes.iter().take(3).map(|cause| self.told(cause)).collect();
        let more = causes.len().saturating_sub(told.len());
        let all = told.join(" or ");
        if more > 0 { format!("{all} or one of {more} other things") } else { all }
    }
}

/// A name as code, unless it holds back-ticks or the like.
pub fn quoted(name: &str) -> String {
    https_audit_core::check::code(name)
}

impl Setting {
    /// What a rule says of it.
    pub fn judge(&self, rule: impl Fn(&Datum) -> Is) -> Verdict {
        let told: Vec<Is> = self
            .value
            .options
            .iter()
            .map(|option| match &option.datum {
                Datum::Unknown(_) => Is::Unknown,
                known => rule(known),
            })
            .collect();
        if told.iter().all(|one| *one == Is::Bad) {
            return Verdict::Bad(self.causes());
        }
        if told.iter().all(|one| *one == Is::Good) {
            let causes = self.causes();
            return if causes.is_empty() { Verdict::Good } else { Verdict::GoodUnless(causes) };
        }
        if told.contains(&Is::Unknown) {
            let at = self.at();
            let cause = self.value.cause().or_else(|| self.inner_cause());
            return Verdict::Unknown(
                cause.cloned().unwrap_or_else(|| Cause::code("a value that is computed", at)),
            );
        }
        Verdict::Either
    }

    /// What else decides: of itself, and of what it holds.
    fn causes(&self) -> BTreeSet<Cause> {
        let mut causes = self.value.depends.clone();
        for option in &self.value.options {
            if let Datum::List(list) = &option.datum {
                causes.extend(list.items.iter().flat_map(|item| item.depends.iter().cloned()));
                causes.extend(list.open.iter().cloned());
            }
        }
        causes
    }

    fn inner_cause(&self) -> Option<&Cause> {
        self.value.options.iter().find_map(|option| match &option.datum {
            Datum::List(list) => list.open.as_ref().or_else(|| list.items.iter().find_map(Value::cause)),
            Datum::Dict(dict) => dict.open.as_ref(),
            _ => None,
        })
    }

    /// Where its first value is.
    pub fn at(&self) -> Loc {
        self.value.options.first().map_or(NOWHERE, |option| option.at)
    }

    /// The one datum that it is.
    pub fn datum(&self) -> Option<&Datum> {
        self.value.single().filter(|datum| !matches!(datum, Datum::Unknown(_)))
    }

    /// Whether its list holds a text; none where that is not known.
    pub fn holds(&self, text: &str) -> Option<bool> {
        let mut answers = self.value.options.iter().map(|option| match &option.datum {
            Datum::List(list) => {
                if list.items.iter().any(|item| item.text() == Some(text)) {
                    Some(true)
                } else if list.open.is_some() || list.items.iter().any(|item| item.single().is_none()) {
                    None
                } else {
                    let unknown = list.items.iter().any(|item| item.cause().is_some());
                    if unknown { None } else { Some(false) }
                }
            }
            Datum::None => Some(false),
            _ => None,
        });
        let first = answers.next().flatten()?;
        answers.all(|answer| answer == Some(first)).then_some(first)
    }
}

impl Verdict {
    /// Whether it is good.
    pub const fn is_good(&self) -> bool {
        matches!(self, Self::Good | Self::GoodUnless(_))
    }
}
