//! Checks of settings: a file for each area, a function for each question.
#![expect(clippy::match_bool, reason = "two ways read as such")]
#![expect(clippy::needless_pass_by_value, reason = "a sentence is handed over")]

mod code;
mod cookies;
mod debug;
mod headers;
mod hsts;
mod middleware;
mod origins;
mod proxy;
mod secrets;

use https_audit_core::check::Severity;

pub(super) use code::review as of_code;

use super::defaults::VERSION;
use super::eval::{Cause, Datum};
use super::secret::{is_secret, masked};
use super::setting::{Is, Setting, Settings, Verdict, quoted};
use crate::{Finding, Place, Review, Unknown};

/// What one question is about.
pub(super) struct Rule {
    pub check: &'static str,
    pub severity: Severity,
    pub title: &'static str,
    /// Why it matters; a sentence.
    pub why: &'static str,
    pub references: &'static [&'static str],
    /// Lines for the settings.
    pub fix: &'static str,
}

/// Every rule, by file.
pub(super) const RULES: &[&[&Rule]] = &[
    code::RULES,
    cookies::RULES,
    debug::RULES,
    headers::RULES,
    hsts::RULES,
    middleware::RULES,
    origins::RULES,
    proxy::RULES,
    secrets::RULES,
];

/// A settings module on its way through the checks.
pub(super) struct Context<'a> {
    pub settings: &'a Settings<'a>,
    /// Ids that `SILENCED_SYSTEM_CHECKS` silences.
    silenced: Vec<String>,
    pub review: Review,
}

/// Reviews one settings module.
pub(super) fn review(settings: &Settings<'_>) -> Review {
    let silenced = settings.get("SILENCED_SYSTEM_CHECKS");
    let silenced = match silenced.datum() {
        Some(Datum::List(list)) => {
            list.items.iter().filter_map(|item| item.text().map(str::to_owned)).collect()
        }
        _ => Vec::new(),
    };
    let mut context = Context { settings, silenced, review: Review::default() };
    middleware::check(&mut context);
    hsts::check(&mut context);
    headers::check(&mut context);
    proxy::check(&mut context);
    cookies::check(&mut context);
    origins::check(&mut context);
    secrets::check(&mut context);
    debug::check(&mut context);
    context.opened();
    context.review
}

impl Context<'_> {
    pub fn get(&self, name: &str) -> Setting {
        self.settings.get(name)
    }

    /// Asks a rule of a setting, and tells what is wrong or not known.
    pub fn ask(&mut self, rule: &Rule, setting: &Setting, is: impl Fn(&Datum) -> Is) {
        let verdict = setting.judge(is);
        self.tell(rule, setting, &verdict);
    }

    /// Tells that it is so, without more words on the value.
    pub fn at(&mut self, rule: &Rule, setting: &Setting) {
        let place = self.settings.place(setting.at());
        self.found(rule, rule.why.to_owned(), place, &[]);
    }

    /// Tells what a verdict says.
    pub fn tell(&mut self, rule: &Rule, setting: &Setting, verdict: &Verdict) {
        self.tell_with(rule, setting, verdict, &[]);
    }

    /// Tells what a verdict says, with more references.
    pub fn tell_with(&mut self, rule: &Rule, setting: &Setting, verdict: &Verdict, more: &[&str]) {
        match verdict {
            Verdict::Good => {}
            Verdict::Bad(causes) => {
                let state = self.state(setting);
                let unless = match causes.is_empty() {
                    true => String::new(),
                    false => format!(" unless {} says otherwise", self.settings.all_told(causes)),
                };
                let message = format!("{state}{unless}. {}", rule.why);
                let place = self.settings.place(setting.at());
                self.found(rule, message, place, more);
            }
            Verdict::GoodUnless(causes) => {
                // What may assign any setting is told once for all of them.
                let open = self.settings.open();
                let own: std::collections::BTreeSet<Cause> = causes.difference(&open).cloned().collect();
                if !own.is_empty() {
                    let why = format!(
                        "It comes from {}; without it nothing is wrong.",
                        self.settings.all_told(&own)
                    );
                    self.unknown(setting, why);
                }
            }
            Verdict::Unknown(cause) => {
                // A setting that nothing but an open end could have assigned is told with the open end.
                if setting.assigned || !self.settings.open().contains(cause) {
                    let why = format!("It comes from {}.", self.settings.told(cause));
                    self.unknown(setting, why);
                }
            }
            Verdict::Either => {
                let places: Vec<String> = setting
                    .value
                    .options
                    .iter()
                    .filter_map(|option| self.settings.place(option.at))
                    .map(|place| format!("{}:{}", place.file, place.line))
                    .collect();
                let why = format!("The code may go several ways ({}), and they differ.", places.join(", "));
                self.unknown(setting, why);
            }
        }
    }

    /// `` `X` is not set, and Django's default is … ``
    fn state(&self, setting: &Setting) -> String {
        let name = &setting.name;
        let value = shown(self.settings, name, setting.datum());
        if setting.at() == super::defaults::NOWHERE {
            format!(
                "`{name}` is not set in {}, and Django's default ({VERSION}) is {value}",
                quoted(&self.settings.label)
            )
        } else {
            format!("`{name}` is {value}")
        }
    }

    /// Adds a finding. A Django id that the project silences makes it a note without that id.
    pub fn found(&mut self, rule: &Rule, message: String, place: Option<Place>, more: &[&str]) {
        let references = rule.references.iter().chain(more);
        let (silent, kept): (Vec<String>, Vec<String>) =
            references.map(|id| (*id).to_owned()).partition(|id| self.silenced.contains(id));
        let mut severity = rule.severity;
        let mut message = message.trim().to_owned();
        if !silent.is_empty() {
            severity = Severity::Note;
            message =
                format!("{message} The project silences {} (`SILENCED_SYSTEM_CHECKS`).", silent.join(", "));
        }
        if self.settings.development {
            severity = Severity::Note;
            message =
                format!("{message} A note, since the name of the module says that it is for development.");
        }
        self.review.findings.push(Finding {
            check: rule.check,
            severity,
            title: rule.title.to_owned(),
            message,
            place,
            references: kept,
            fix: (!rule.fix.is_empty()).then(|| rule.fix.to_owned()),
        });
    }

    /// Adds what is not known of a setting, once.
    pub fn unknown(&mut self, setting: &Setting, why: String) {
        let place = self.settings.place(setting.at());
        let known =
            self.review.unknown.iter().any(|known| known.what == setting.name && known.place == place);
        if known {
            return;
        }
        let how = format!(
            "`python manage.py shell -c 'from django.conf import settings; print(settings.{})'` where it runs.",
            setting.name
        );
        // A secret is not to be printed, also not by whom we tell how.
        let how = if is_secret(&setting.name) {
            "Look at what the deployment gives it, without printing it.".to_owned()
        } else {
            how
        };
        self.review.unknown.push(Unknown { what: setting.name.clone(), why, how, place });
    }

    /// Files and code that may assign any setting.
    fn opened(&mut self) {
        for cause in self.settings.open() {
            let (why, place) = match &cause {
                Cause::Code(_, at) => (self.settings.told(&cause), self.settings.place(*at)),
                _ => (self.settings.told(&cause), None),
            };
            self.review.unknown.push(Unknown {
                what: "any setting".to_owned(),
                why: format!("It may be assigned by {why} in {}.", quoted(&self.settings.label))
                    .replace(", in", " in"),
                how: "Give that file too, or run `manage.py check --deploy` where the site runs.".to_owned(),
                place,
            });
        }
    }
}

/// A value in a message; never a secret.
fn shown(settings: &Settings<'_>, name: &str, datum: Option<&Datum>) -> String {
    if is_secret(name) {
        return match datum {
            Some(Datum::Str(text)) if text.is_empty() => "empty".to_owned(),
            Some(Datum::Str(text)) => masked(text),
            _ => "set".to_owned(),
        };
    }
    match datum {
        Some(Datum::None) => "`None`".to_owned(),
        Some(Datum::Bool(true)) => "`True`".to_owned(),
        Some(Datum::Bool(false)) => "`False`".to_owned(),
        Some(Datum::Int(number)) if settings.secrets.hide_number(*number) => "a number".to_owned(),
        Some(Datum::Int(number)) => format!("`{number}`"),
        Some(Datum::Str(text)) => settings.shown(text, |text| quoted(&format!("'{text}'"))),
        Some(Datum::List(list)) if list.items.is_empty() && list.open.is_none() => "empty".to_owned(),
        Some(Datum::List(list)) => {
            let texts: Vec<String> = list
                .items
                .iter()
                .take(4)
                .filter_map(|item| item.text().map(|text| settings.shown(text, quoted)))
                .collect();
            match texts.is_empty() {
                true => "a list".to_owned(),
                false => texts.join(", "),
            }
        }
        _ => "not what it should be".to_owned(),
    }
}

/// `X is True`, as Django asks it.
pub(super) fn is_not_true(datum: &Datum) -> Is {
    (!matches!(datum, Datum::Bool(true))).into()
}
