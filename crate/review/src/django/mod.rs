//! Django settings: what they come to, and what is wrong with that.

mod check;
mod defaults;
mod eval;
mod hints;
mod intended;
mod markers;
mod project;
mod secret;
mod setting;

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::Check;
use crate::{Finding, Place, Review, Source, Unknown};
use eval::{Environment, Interpreter};
pub use intended::{Ambiguous, Intended, Meant, Plain, intended};
use project::Project;
use setting::Settings;

/// Octets of stack for the tree and its evaluation, whose depth is bounded.
const STACK: usize = 256 << 20;

/// A secret that its name alone tells.
const GUESSED: &str = "settings.secret.hard-coded";

/// What is asked of settings, for the catalogue.
pub(crate) fn checks() -> impl Iterator<Item = Check> {
    check::RULES.iter().copied().flatten().map(|rule| Check {
        id: rule.check,
        severity: rule.severity,
        title: rule.title,
        why: rule.why,
        references: rule.references,
        fix: rule.fix,
    })
}

/// What was reviewed, and what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// The settings modules: paths, with the class where one of django-configurations is meant.
    pub modules: Vec<String>,
    /// The sources of which no settings module is made: neither settings themselves nor taken over by any. Without `manage.py` and the like.
    pub others: Vec<String>,
    /// What was found in them.
    pub review: Review,
}

/// Reviews every settings module among the sources; other files may be among them. Nothing is known of the environment.
///
/// Fails where the operating system gives no thread to do it in.
pub fn review(sources: &[Source]) -> std::io::Result<Reviewed> {
    on_a_stack(STACK, || of_all(sources))
}

/// Does it in a thread with so many octets of stack.
fn on_a_stack<T: Send>(octets: usize, work: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(octets).spawn_scoped(scope, work)?;
        thread.join().map_err(|_| std::io::Error::other("the review ended early"))
    })
}

fn of_all(sources: &[Source]) -> Reviewed {
    let project = Project::new(sources);
    let environment = Environment::new();
    let mut whole = Reviewed::default();
    let mut told = Told::default();
    let mut read = BTreeSet::new();
    for file in project.leaves() {
        // Each begins anew, so that one module's work is not taken from the next.
        let mut interpreter = Interpreter::new(&project, &environment);
        for settings in Settings::of(&project, file, &mut interpreter) {
            whole.modules.push(settings.label.clone());
            told.add(&mut whole.review, check::review(&settings));
        }
        read.extend(interpreter.followed());
    }
    for file in &read {
        if let Some(found) = project.files().get(*file) {
            let development = project.deployed() != Some(*file) && project.is_development(*file);
            let of_code = Review { findings: check::of_code(found, development), unknown: Vec::new() };
            told.add(&mut whole.review, of_code);
        }
    }
    let others =
        project.files().iter().enumerate().filter(|(file, of)| !read.contains(file) && !of.is_entry());
    whole.others = others.map(|(_, file)| file.path.clone()).collect();
    let faults = read.iter().filter_map(|file| project.files().get(*file)).flat_map(|file| &file.tree.faults);
    whole.review.unknown.extend(faults.map(|fault| Unknown {
        what: "syntax".to_owned(),
        why: https_audit_core::check::code(&fault.what),
        how: "Mend the file; what could be read of it was reviewed.".to_owned(),
        place: Some(fault.place.clone()),
    }));
    whole.drop_doubles();
    whole.review.findings.sort_by(|a, b| (&a.place, a.check).cmp(&(&b.place, b.check)));
    whole
}

impl Reviewed {
    /// A secret whose form says what it is is not told a second time for the name that it has.
    fn drop_doubles(&mut self) {
        // One is placed at the name, the other at the text.
        let line = |finding: &Finding| finding.place.as_ref().map(|place| (place.file.clone(), place.line));
        let is_exact = |check: &str| {
            check != GUESSED
                && ["settings.secret.", "settings.secret-key.hard", "settings.secret-key.default"]
                    .iter()
                    .any(|beginning| check.starts_with(beginning))
        };
        let exact: BTreeSet<_> =
            self.review.findings.iter().filter(|finding| is_exact(finding.check)).map(line).collect();
        self.review.findings.retain(|finding| finding.check != GUESSED || !exact.contains(&line(finding)));
    }
}

/// Where what was told stands among its like, by place and name.
#[derive(Default)]
struct Told {
    findings: BTreeMap<(Option<Place>, &'static str), Vec<usize>>,
    unknown: BTreeMap<(Option<Place>, String), Vec<usize>>,
}

impl Told {
    /// What two modules share is told once.
    fn add(&mut self, whole: &mut Review, Review { findings, unknown }: Review) {
        for finding in findings {
            let like = self.findings.entry((finding.place.clone(), finding.check)).or_default();
            once(&mut whole.findings, like, finding);
        }
        for unknown in unknown {
            let like = self.unknown.entry((unknown.place.clone(), unknown.what.clone())).or_default();
            once(&mut whole.unknown, like, unknown);
        }
    }
}

/// Adds a thing that is none of those that are like it.
fn once<T: PartialEq>(all: &mut Vec<T>, like: &mut Vec<usize>, one: T) {
    if like.iter().all(|at| all.get(*at) != Some(&one)) {
        like.push(all.len());
        all.push(one);
    }
}
