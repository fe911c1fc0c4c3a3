//! Findings that somebody looked at and accepted: a TOML file, its entries applied to reports.
//!
//! ```toml
//! [[accept]]
//! check = "cookie.samesite.missing"   # this, `fingerprint`, or both
//! url = "https://shop.example/*"      # optional; `*` is any text
//! cookie = "ab_bucket"                # optional, as is `field`
//! why = "Third-party widget, ticket 4711"
//! until = 2027-03-31                  # optional: the last day on which it holds, in UTC
//! ```
//!
//! What is accepted is told and fails nothing. Verdicts and grade stay as they are: so does the site.

mod read;

use std::fmt::Write;

use serde::{Deserialize, Serialize};

use crate::report::{Accepted, Report, ReportFinding};

pub use read::Unreadable;

/// What a file accepts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    entries: Vec<Entry>,
}

/// One entry. Every part that it has must fit a finding.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Entry {
    /// Id of the check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub check: Option<String>,
    /// The finding's fingerprint.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The finding's address, whole or without its query; without a scheme any will do; `*` is any text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The cookie's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
    /// The header field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Why it is accepted.
    pub why: String,
    /// The last day on which it holds (`2027-03-31`, in UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What a baseline did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Told {
    /// Findings that are accepted.
    pub accepted: usize,
    /// Entries that are over. They accept nothing.
    pub expired: Vec<Entry>,
    /// Entries that hold and fit no finding.
    pub unused: Vec<Entry>,
}

impl Baseline {
    /// Reads a file. `ids` are those of the checks that there are: the registry's, or where that is not, those that a
    /// report has outcomes of.
    pub fn read(text: &str, ids: &[&str]) -> Result<Self, Unreadable> {
        read::entries(text, ids).map(|entries| Self { entries })
    }

    /// This one and another: what either accepts.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.entries.extend(more.entries);
        self
    }

    /// Marks what it accepts in these reports, and nothing else in them: a mark that a report came with is gone. `now`
    /// is in seconds since the epoch. What it says is part of each report too, there with its own number of findings.
    pub fn apply(&self, reports: &mut [Report], now: i64) -> Told {
        let now = crate::time::rfc3339(now);
        let today = now.split('T').next().unwrap_or_default();
        let (expired, current): (Vec<&Entry>, Vec<&Entry>) =
            self.entries.iter().partition(|entry| entry.until.as_deref().is_some_and(|until| until < today));
        let mut used = vec![false; current.len()];
        let mut accepted = Vec::new();
        for report in reports.iter_mut() {
            let mut of_report = 0;
            for finding in &mut report.findings {
                finding.accepted = None;
                for (entry, used) in current.iter().zip(&mut used) {
                    if entry.fits(finding, &report.site.url) {
                        *used = true;
                        finding.accepted.get_or_insert_with(|| entry.accepted());
                    }
                }
                of_report += usize::from(finding.accepted.is_some());
            }
            accepted.push(of_report);
        }
        let unused = current.iter().zip(used).filter(|(_, used)| !used).map(|(entry, _)| (*entry).clone());
        let told = Told {
            accepted: accepted.iter().sum(),
            expired: expired.into_iter().cloned().collect(),
            unused: unused.collect(),
        };
        for (report, accepted) in reports.iter_mut().zip(accepted) {
            report.baseline = Some(Told { accepted, ..told.clone() });
        }
        told
    }
}

impl Entry {
    fn fits(&self, finding: &ReportFinding, page: &str) -> bool {
        let place = &finding.location;
        let is = |wanted: &Option<String>, found: Option<&str>| {
            wanted.as_deref().is_none_or(|wanted| found.is_some_and(|found| found == wanted))
        };
        let field = place.field.as_ref().map(|field| field.to_ascii_lowercase());
        let wanted_field = self.field.as_ref().map(|field| field.to_ascii_lowercase());
        is(&self.check, Some(&finding.check))
            && is(&self.fingerprint, Some(&finding.fingerprint))
            && is(&self.cookie, place.cookie.as_deref())
            && is(&wanted_field, field.as_deref())
            && self.url.as_deref().is_none_or(|url| fits(url, place.url.as_deref().unwrap_or(page)))
    }

    fn accepted(&self) -> Accepted {
        Accepted { why: self.why.clone(), until: self.until.clone() }
    }

    /// In a line.
    pub fn words(&self) -> String {
        let parts =
            [&self.check, &self.fingerprint, &self.url, &self.cookie, &self.field].into_iter().flatten();
        let mut words = parts.map(String::as_str).collect::<Vec<_>>().join(" ");
        let _ = match &self.until {
            Some(until) => write!(words, ", until {until}: {}", self.why),
            None => write!(words, ": {}", self.why),
        };
        words
    }
}

impl Told {
    /// In lines.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![match self.accepted {
            1 => "Baseline: 1 finding is accepted".to_owned(),
            n => format!("Baseline: {n} findings are accepted"),
        }];
        lines.extend(self.expired.iter().map(|entry| format!("  over, accepts nothing: {}", entry.words())));
        lines.extend(self.unused.iter().map(|entry| format!("  fits no finding: {}", entry.words())));
        lines
    }
}

/// Whether a pattern is all of an address, or all of it before its query; without a scheme, of any scheme.
fn fits(pattern: &str, url: &str) -> bool {
    let url = if pattern.contains("://") { url } else { url.split_once("://").map_or(url, |(_, rest)| rest) };
    let path = url.split(['?', '#']).next().unwrap_or_default();
    is_all_of(pattern, url) || is_all_of(pattern, path)
}

/// Whether a text is what a pattern says, in which `*` is any text. The parts between are taken where they come first:
/// a later place would leave less for those behind.
fn is_all_of(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(first) else { return false };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for part in middle.split('*') {
        let Some((_, behind)) = text.split_once(part) else { return false };
        text = behind;
    }
    text.ends_with(last)
}

/// An entry that accepts a finding where it is: TOML, whatever the finding and the words hold. An `until` that is no
/// day is written as text, so that it is refused instead of holding for good.
pub fn entry(finding: &ReportFinding, why: &str, until: Option<&str>) -> String {
    let place = &finding.location;
    let url = place.url.as_deref().map(|url| url.split(['?', '#']).next().unwrap_or_default());
    // Without these, or with another checker's codes, the rest fits others of the check too.
    let alike = place.field.is_none() && place.cookie.is_none();
    // A star in an address would be any text.
    let starred = url.is_some_and(|url| url.contains('*'));
    let exact = alike || starred || finding.references.get("hstspreload").is_some();
    let parts = [
        ("check", Some(&*finding.check)),
        ("fingerprint", exact.then_some(finding.fingerprint.as_str())),
        ("url", url),
        ("cookie", place.cookie.as_deref()),
        ("field", place.field.as_deref()),
        ("why", Some(why)),
    ];
    let mut out = "[[accept]]\n".to_owned();
    for (key, value) in parts {
        if let Some(value) = value {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
    if let Some(until) = until {
        let until = if read::is_day(until) { until.to_owned() } else { quoted(until) };
        let _ = writeln!(out, "until = {until}");
    }
    out
}

/// A basic string (TOML 1.0, "String"). What steers a terminal or hides is escaped too.
fn quoted(text: &str) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if crate::text::steers(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests;
