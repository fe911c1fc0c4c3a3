//! The words of a page for what the core itself only names in English.

use super::Language;
use crate::verdict::{Status, VerdictKind};

/// A verdict's name.
pub(super) fn verdict(kind: VerdictKind, language: &Language) -> &str {
    match kind {
        VerdictKind::Https => language.say("HTTPS"),
        VerdictKind::HstsPreload => language.say("HSTS preload"),
        VerdictKind::Cookies => language.say("Cookies"),
    }
}

/// A status.
pub(super) fn status(status: Status, language: &Language) -> &str {
    match status {
        Status::Pass => language.say("Pass"),
        Status::Warn => language.say("Warning"),
        Status::Fail => language.say("Fail"),
        Status::Unknown => language.say("Unknown"),
        Status::NotApplicable => language.say("Not applicable"),
    }
}

/// The three verdicts with their statuses, a line each: for the toolbar button.
pub fn statuses(statuses: &[Status; 3], language: &Language) -> String {
    let mut lines = "HTTPS Audit".to_owned();
    for (kind, of_kind) in VerdictKind::ALL.iter().zip(statuses) {
        let line = language.fill("{}: {}", &[verdict(*kind, language), status(*of_kind, language)]);
        lines.extend(["\n", &line]);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{Language, Status, VerdictKind, status, statuses, verdict};

    #[test]
    fn english_words_are_those_of_a_report() {
        let english = Language::default();
        for kind in VerdictKind::ALL {
            assert_eq!(verdict(kind, &english), kind.name());
        }
        for one in [Status::Pass, Status::Warn, Status::Fail, Status::Unknown, Status::NotApplicable] {
            assert_eq!(status(one, &english), one.word());
        }
        let lines = statuses(&[Status::Pass, Status::Warn, Status::Unknown], &english);
        assert_eq!(lines, "HTTPS Audit\nHTTPS: Pass\nHSTS preload: Warning\nCookies: Unknown");
    }
}
