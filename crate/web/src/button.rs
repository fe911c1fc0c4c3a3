//! The toolbar button: number, icon and words for one page.

use https_audit_core::report::Glance;
use https_audit_core::verdict::Status;
use https_audit_core::view;

use crate::browser::action::Button;
use crate::language::spoken;
use crate::options::Badge;

/// While a page loads: nothing is said of it yet, and nothing any more of the one before.
pub fn looking() -> Button {
    Button {
        badge: String::new(),
        colour: colour(Status::Unknown),
        icon: icon(Status::Unknown),
        title: "HTTPS Audit".to_owned(),
    }
}

/// The button of an audited page.
pub fn of(glance: Glance, badge: Badge) -> Button {
    let Glance { statuses, count } = glance;
    let status = Status::overall(&statuses);
    Button {
        badge: match (badge, count) {
            (Badge::Symbol, _) => sign(status).to_owned(),
            (Badge::None, _) | (Badge::Number, 0) => String::new(),
            (Badge::Number, 1..=99) => count.to_string(),
            (Badge::Number, _) => "99+".to_owned(),
        },
        colour: colour(status),
        icon: icon(status),
        title: spoken(|language| view::statuses(&statuses, language)),
    }
}

impl Button {
    /// Says too that the tab is recorded; in the badge where that says nothing else.
    pub fn recorded(self) -> Self {
        Self {
            badge: if self.badge.is_empty() { "REC".to_owned() } else { self.badge },
            title: spoken(|language| language.fill("{}; this tab is recorded", &[&self.title])),
            ..self
        }
    }
}

/// A sign that says the status without its colour.
const fn sign(status: Status) -> &'static str {
    match status {
        Status::Pass => "✓",
        Status::Warn => "!",
        Status::Fail => "✕",
        Status::Unknown => "?",
        Status::NotApplicable => "",
    }
}

const fn icon(status: Status) -> &'static str {
    match status {
        Status::Pass => "pass",
        Status::Warn => "warn",
        Status::Fail => "fail",
        Status::Unknown => "unknown",
        Status::NotApplicable => "off",
    }
}

/// Behind the white number: the icons' own colours, 4.5:1 on white.
const fn colour(status: Status) -> &'static str {
    match status {
        Status::Pass => "#1a7f4b",
        Status::Warn => "#8a5a00",
        Status::Fail => "#b3261e",
        Status::Unknown | Status::NotApplicable => "#5f6670",
    }
}
