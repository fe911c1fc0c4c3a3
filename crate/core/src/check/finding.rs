//! What a check found, and where.

use serde::{Deserialize, Serialize};

use super::Severity;
use crate::text::steers;

/// Characters of a site's text that a message quotes at most.
const QUOTE_LIMIT: usize = 120;

/// One finding of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Replaces the check's default severity.
    pub severity: Option<Severity>,
    /// Replaces the check's title, with the site's own words in it.
    pub title: Option<String>,
    /// Why it matters here, in one or two sentences; code between back-ticks.
    pub message: String,
    /// Where it is.
    pub location: Location,
    /// What tells it apart from the check's other findings at the same place.
    pub subject: Option<String>,
    /// How many there are, where it stands for many.
    pub times: Option<usize>,
    /// Cases of the check's fix that are this finding's, the more exact one last.
    pub cases: Vec<&'static str>,
    /// What stands in the fix for `{name}`.
    pub values: Vec<(&'static str, String)>,
    /// Codes of another checker that name this very finding (hstspreload.org's).
    pub codes: Vec<&'static str>,
}

impl Finding {
    /// A finding with a message; `message` may hold text of the site only through
    /// [`code`].
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            severity: None,
            title: None,
            message: message.into(),
            location: Location::default(),
            subject: None,
            times: None,
            cases: Vec::new(),
            values: Vec::new(),
            codes: Vec::new(),
        }
    }

    /// With another severity than the check's.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// With a title that names the thing.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// With what tells it apart from others at the same place: the same in every visit.
    #[must_use]
    pub fn subject(mut self, subject: impl Into<String>) -> Self {
        self.subject = Some(subject.into());
        self
    }

    /// At a place.
    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// With the fix of a case that the check declares; what a later one says replaces what an earlier one does.
    #[must_use]
    pub fn case(mut self, case: &'static str) -> Self {
        self.cases.push(case);
        self
    }

    /// With what stands in the fix for `{name}`; it is pasted as it is, so it must be harmless in any line of
    /// configuration.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: &str) -> Self {
        self.values.push((name, value.to_owned()));
        self
    }

    /// With another checker's codes.
    #[must_use]
    pub fn codes(mut self, codes: &[&'static str]) -> Self {
        self.codes = codes.to_vec();
        self
    }
}

/// Where a finding is. All parts are optional.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Location {
    /// The URL of the exchange.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The response header field, in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The cookie's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
    /// The raw value that was judged, secrets masked, cut to a readable length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The offending part of `value`: first character and the one after the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<(usize, usize)>,
}

impl Location {
    /// At a URL.
    #[expect(clippy::needless_pass_by_value, reason = "takes a Url and a reference to one alike")]
    pub fn url(url: impl ToString) -> Self {
        Self { url: Some(url.to_string()), ..Self::default() }
    }

    /// In a header field.
    #[must_use]
    pub fn field(mut self, name: &str) -> Self {
        self.field = Some(name.to_owned());
        self
    }

    /// Of a cookie.
    #[must_use]
    pub fn cookie(mut self, name: &str) -> Self {
        self.cookie = Some(visible(name, QUOTE_LIMIT));
        self
    }

    /// With a value that is text already.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.value = Some(text.chars().take(QUOTE_LIMIT * 4).collect());
        self
    }

    /// With the characters of the value that offend: the first one and the one after the last.
    #[must_use]
    pub fn marked(mut self, mark: Option<(usize, usize)>) -> Self {
        let shown = self.value.as_deref().unwrap_or_default().chars().count();
        self.mark = mark.map(|(start, end)| (start.min(shown), end.min(shown)));
        self
    }

    /// With the raw value, and the octets of it that offend.
    #[must_use]
    pub fn value(mut self, octets: &[u8], mark: Option<(usize, usize)>) -> Self {
        // Octets are shown one character each, so the mark needs no translation.
        let text: String = octets.iter().take(QUOTE_LIMIT * 4).map(|&o| char::from(o)).collect();
        let shown = text.chars().count();
        self.mark = mark.map(|(start, end)| (start.min(shown), end.min(shown)));
        self.value = Some(text);
        self
    }
}

/// A site's text as code inside a message: control and bidirectional characters are
/// spelt out, back-ticks replaced, long text cut.
pub fn code(text: &str) -> String {
    format!("`{}`", visible(text, QUOTE_LIMIT))
}

/// The same without the back-ticks.
fn visible(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == limit {
            out.push('…');
            break;
        }
        match c {
            '`' => out.push('\''),
            c if steers(c) => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{code, steers};

    #[test]
    fn text_of_a_site_cannot_leave_its_quotes() {
        assert_eq!(code("a`b\u{202E}c\n"), "`a'b\\u{202e}c\\u{a}`");
        for c in ('\0'..=char::MAX).filter(|&c| steers(c)) {
            let shown = code(&c.to_string());
            assert!(!shown.contains(steers) && shown.starts_with("`\\u{"), "{shown:?}");
        }
        assert_eq!(code(&"x".repeat(500)).chars().count(), 123);
    }
}
