//! Findings and unknowns while they are being collected.

use https_audit_core::check::Severity;

use super::config::{At, Files};
use crate::{Finding, Place, Review, Unknown};

/// One check of this part.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// `nginx.subject.condition`.
    pub id: &'static str,
    /// Severity of its findings where nothing else is said.
    pub severity: Severity,
    /// The bad state in a few words.
    pub title: &'static str,
    /// Ids that others give it.
    pub references: &'static [&'static str],
}

/// What is being found.
#[derive(Debug)]
pub struct Out<'a> {
    files: &'a Files<'a>,
    review: Review,
}

impl<'a> Out<'a> {
    /// Nothing found yet.
    pub fn new(files: &'a Files<'a>) -> Self {
        Self { files, review: Review::default() }
    }

    /// A place with its file's name.
    pub fn place(&self, at: At) -> Option<Place> {
        let source = self.files.sources.get(at.file)?;
        Some(Place { file: source.path.clone(), line: at.spot.line, column: at.spot.column })
    }

    /// A place in a few words, for a message about another one.
    pub fn line(&self, at: At, from: At) -> String {
        match self.place(at) {
            Some(place) if at.file != from.file => {
                format!("{} line {}", https_audit_core::check::code(&place.file), place.line)
            }
            _ => format!("line {}", at.spot.line),
        }
    }

    /// A finding. One check says the same thing of a place once, however many servers inherit it.
    pub fn find(
        &mut self,
        check: &'static Check,
        at: Option<At>,
        message: impl Into<String>,
        fix: Option<String>,
    ) {
        self.find_as(check, check.severity, at, message, fix);
    }

    /// The same with another severity.
    pub fn find_as(
        &mut self,
        check: &'static Check,
        severity: Severity,
        at: Option<At>,
        message: impl Into<String>,
        fix: Option<String>,
    ) {
        let finding = Finding {
            check: check.id,
            severity,
            title: check.title.to_owned(),
            message: message.into(),
            place: at.and_then(|at| self.place(at)),
            references: check.references.iter().map(|&id| id.to_owned()).collect(),
            fix,
        };
        self.review.findings.push(finding);
    }

    /// What the files do not decide.
    pub fn unknown(&mut self, what: impl Into<String>, why: impl Into<String>, how: &str, at: Option<At>) {
        let place = at.and_then(|at| self.place(at));
        self.review.unknown.push(Unknown { what: what.into(), why: why.into(), how: how.to_owned(), place });
    }

    /// Everything that was found, by file and line, each thing once.
    pub fn finish(self) -> Review {
        let mut review = self.review;
        review.findings.sort_by(|a, b| (&a.place, a.check, &a.message).cmp(&(&b.place, b.check, &b.message)));
        review.findings.dedup_by(|a, b| a.check == b.check && a.place == b.place);
        review.unknown.sort_by(|a, b| (&a.place, &a.what, &a.why).cmp(&(&b.place, &b.what, &b.why)));
        review.unknown.dedup();
        review
    }
}
