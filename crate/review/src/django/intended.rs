//! What settings mean a response to be, for putting it beside one that was seen.

use std::collections::BTreeSet;

use super::defaults::NOWHERE;
use super::eval::{Datum, Environment, Interpreter, Loc};
use super::project::Project;
use super::setting::{Setting, Settings};
use super::{STACK, on_a_stack};
use crate::{Place, Source};

/// What one settings module means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intended {
    /// Its path, with the class where one of django-configurations is meant.
    pub module: String,
    /// Each setting that responses show.
    pub settings: Vec<Meant>,
}

/// A setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Its name.
    pub name: &'static str,
    /// What it is; where that is not known, why, as part of a sentence.
    pub value: Result<Plain, String>,
    /// What could make it something else, as part of a sentence.
    pub unless: Option<String>,
    /// The middleware by which it works, where that is not among `MIDDLEWARE`.
    pub idle: Option<&'static str>,
    /// Where it is assigned; none for a default of Django's.
    pub place: Option<Place>,
}

/// A value that a response can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    /// `None`
    None,
    /// `True`, `False`
    Flag(bool),
    /// A whole number.
    Number(i64),
    /// Text.
    Text(String),
    /// Texts.
    Texts(Vec<String>),
}

/// Which of the modules is meant is not to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ambiguous {
    /// The settings modules that there are.
    pub modules: Vec<String>,
}

const SECURITY: &str = "django.middleware.security.SecurityMiddleware";
const FRAMING: &str = "django.middleware.clickjacking.XFrameOptionsMiddleware";

/// Why a value is not handed over, as part of a sentence.
const HIDDEN: &str = "its value is, or looks like, a secret, and is not told";

/// The settings that responses show, with the middleware by which they work.
const SHOWN: &[(&str, Option<&str>)] = &[
    ("CSRF_COOKIE_DOMAIN", None),
    ("CSRF_COOKIE_HTTPONLY", None),
    ("CSRF_COOKIE_NAME", None),
    ("CSRF_COOKIE_SAMESITE", None),
    ("CSRF_COOKIE_SECURE", None),
    ("CSRF_USE_SESSIONS", None),
    ("DEBUG", None),
    ("SECURE_CONTENT_TYPE_NOSNIFF", Some(SECURITY)),
    ("SECURE_CROSS_ORIGIN_OPENER_POLICY", Some(SECURITY)),
    ("SECURE_HSTS_INCLUDE_SUBDOMAINS", Some(SECURITY)),
    ("SECURE_HSTS_PRELOAD", Some(SECURITY)),
    ("SECURE_HSTS_SECONDS", Some(SECURITY)),
    ("SECURE_REFERRER_POLICY", Some(SECURITY)),
    ("SECURE_SSL_REDIRECT", Some(SECURITY)),
    ("SESSION_COOKIE_DOMAIN", None),
    ("SESSION_COOKIE_HTTPONLY", None),
    ("SESSION_COOKIE_NAME", None),
    ("SESSION_COOKIE_SAMESITE", None),
    ("SESSION_COOKIE_SECURE", None),
    ("X_FRAME_OPTIONS", Some(FRAMING)),
];

/// What the settings module among the sources means: the one that `wsgi.py` names, else the only one, else the only one that
/// is not for development. Nothing is known of the environment.
///
/// Fails where the operating system gives no thread to do it in.
pub fn intended(sources: &[Source]) -> std::io::Result<Result<Intended, Ambiguous>> {
    on_a_stack(STACK, || of_one(sources))
}

fn of_one(sources: &[Source]) -> Result<Intended, Ambiguous> {
    let project = Project::new(sources);
    let environment = Environment::new();
    let mut interpreter = Interpreter::new(&project, &environment);
    let mut all: Vec<Settings<'_>> = Vec::new();
    for file in project.leaves() {
        all.extend(Settings::of(&project, file, &mut interpreter));
    }
    let deployed = project.deployed();
    let labels = all.iter().map(|settings| settings.label.clone()).collect();
    let only = |wanted: &dyn Fn(&Settings<'_>) -> bool| {
        let mut fitting = all.iter().filter(|settings| wanted(settings));
        fitting.next().filter(|_| fitting.next().is_none())
    };
    only(&|settings| deployed == Some(settings.file))
        .or_else(|| only(&|_| true))
        .or_else(|| only(&|settings| !settings.development))
        .map(of_settings)
        .ok_or(Ambiguous { modules: labels })
}

fn of_settings(settings: &Settings<'_>) -> Intended {
    let middleware = settings.get("MIDDLEWARE");
    let meant = SHOWN.iter().map(|(name, by)| {
        let mut meant = of_setting(settings, name);
        if let Some(by) = *by {
            match middleware.holds(by) {
                Some(true) => {}
                Some(false) => meant.idle = Some(by),
                None => meant.value = Err(format!("it is not known whether `{by}` is in `MIDDLEWARE`")),
            }
        }
        meant
    });
    Intended { module: settings.label.clone(), settings: meant.collect() }
}

fn of_setting(settings: &Settings<'_>, name: &'static str) -> Meant {
    let setting = settings.get(name);
    let at = setting.at();
    let place = (at != NOWHERE).then(|| settings.place(at)).flatten();
    let unless = (!setting.value.depends.is_empty()).then(|| settings.all_told(&setting.value.depends));
    Meant { name, value: plain(settings, &setting, at), unless, idle: None, place }
}

fn plain(settings: &Settings<'_>, setting: &Setting, at: Loc) -> Result<Plain, String> {
    let Some(datum) = setting.datum() else {
        return Err(match setting.value.cause() {
            Some(cause) => format!("it comes from {}", settings.told(cause)),
            None => "the code may go several ways".to_owned(),
        });
    };
    let texts = |items: &[super::eval::Value]| {
        items.iter().map(|item| item.text().map(str::to_owned)).collect::<Option<Vec<_>>>()
    };
    let secrets = &settings.secrets;
    match datum {
        Datum::Int(number) if secrets.hide_number(*number) => Err(HIDDEN.to_owned()),
        Datum::Str(text) if secrets.hide(text) => Err(HIDDEN.to_owned()),
        Datum::List(list)
            if list.items.iter().filter_map(|item| item.text()).any(|text| secrets.hide(text)) =>
        {
            Err(HIDDEN.to_owned())
        }
        Datum::Unset | Datum::None => Ok(Plain::None),
        Datum::Bool(flag) => Ok(Plain::Flag(*flag)),
        Datum::Int(number) => Ok(Plain::Number(*number)),
        Datum::Str(text) => Ok(Plain::Text(text.to_string())),
        Datum::List(list) if list.open.is_none() => {
            let causes: BTreeSet<_> = list.items.iter().filter_map(|item| item.cause()).cloned().collect();
            let told = || {
                if causes.is_empty() {
                    "it holds what is no text".to_owned()
                } else {
                    format!("it comes from {}", settings.all_told(&causes))
                }
            };
            texts(&list.items).map(Plain::Texts).ok_or_else(told)
        }
        _ => Err(match settings.place(at) {
            Some(place) => format!("what stands at {}:{} is not followed", place.file, place.line),
            None => "its value is not followed".to_owned(),
        }),
    }
}
