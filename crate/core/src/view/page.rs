//! What the sections of the audit page and of the exported report share: whose report it is, in which words, and where
//! in the outline it stands.

use maud::{Markup, html};

use super::icon::icon;
use super::language::Language;
use super::text::{breaking, cut, foreign};
use crate::check::Severity;
use crate::report::Report;
use crate::verdict::{Status, VerdictKind};

/// A report on its way to a page.
pub(super) struct Page<'a> {
    pub report: &'a Report,
    pub language: &'a Language,
    /// What its ids begin with, where a page has several reports.
    pub prefix: String,
    /// Level of the headings of its sections: 2, or 3 where a page has several reports.
    pub level: u8,
    /// It has a program: filters, buttons. An exported file has none.
    pub live: bool,
}

impl<'a> Page<'a> {
    pub(super) fn say(&'a self, english: &'a str) -> &'a str {
        self.language.say(english)
    }

    pub(super) fn fill(&self, english: &str, values: &[&str]) -> String {
        self.language.fill(english, values)
    }

    pub(super) fn id(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    /// A heading, `below` levels below those of sections.
    pub(super) fn heading(
        &self,
        below: u8,
        id: Option<&str>,
        class: Option<&str>,
        content: &Markup,
    ) -> Markup {
        let id = id.map(|id| self.id(id));
        match self.level + below {
            ..=2 => html! { h2 id=[id] class=[class] { (content) } },
            3 => html! { h3 id=[id] class=[class] { (content) } },
            4 => html! { h4 id=[id] class=[class] { (content) } },
            _ => html! { h5 id=[id] class=[class] { (content) } },
        }
    }

    /// What names a part by its heading, where no other report has the same.
    pub(super) fn alone(&self, head: &str) -> Option<String> {
        (self.level == 2).then(|| self.id(head))
    }

    /// What names a part among those of other reports, of which some may be on the same site: by the report's number.
    pub(super) fn among(&self, name: &str) -> Option<String> {
        let number = self.prefix.trim_matches(|c: char| !c.is_ascii_digit());
        (self.level > 2).then(|| format!("{name}: {number}, {}", cut(&self.report.site.host, 253)))
    }

    /// A section with its heading; `lead` is the line below it.
    pub(super) fn section(&self, name: &str, title: &str, lead: &Markup, content: &Markup) -> Markup {
        let head = format!("h-{name}");
        html! {
            section.section id=(self.id(name)) aria-label=[self.among(title)] aria-labelledby=[self.alone(&head)] {
                (self.heading(0, Some(&head), None, &html! { (title) }))
                @if !lead.0.is_empty() { p.section__lead { (lead) } }
                (content)
            }
        }
    }

    /// A framed part of a section; `status` stands beside its heading.
    pub(super) fn panel(
        &self,
        name: &str,
        title: &Markup,
        status: Option<Status>,
        content: &Markup,
    ) -> Markup {
        let head = format!("t-{name}");
        html! {
            // One of many, a part of a part is no place to jump to.
            section.panel aria-labelledby=[self.alone(&head)] {
                div.panel__head {
                    (self.heading(1, Some(&head), None, title))
                    @if let Some(status) = status { (self.status(status)) }
                }
                (content)
            }
        }
    }

    /// A table in a box that scrolls; `label` is its caption too.
    pub(super) fn table(&self, label: &str, class: &str, heads: &[&str], body: &Markup) -> Markup {
        html! {
            section.data aria-label=(self.among(label).unwrap_or_else(|| label.to_owned())) tabindex="0" {
                table class=(class) {
                    caption.sr { (label) }
                    thead { tr { @for head in heads { th scope="col" { (head) } } } }
                    (body)
                }
            }
        }
    }

    /// Icon and word of a status.
    pub(super) fn status(&self, status: Status) -> Markup {
        status_as(status, self.status_word(status))
    }

    /// Icon and word of a severity.
    pub(super) fn severity(&self, severity: Severity) -> Markup {
        html! {
            span.status data-severity=(severity.word()) {
                (icon("icon", severity_icon(severity))) (self.severity_word(severity))
            }
        }
    }

    pub(super) fn status_word(&self, status: Status) -> &str {
        match status {
            Status::Pass => self.language.say("Pass"),
            Status::Warn => self.language.say("Warning"),
            Status::Fail => self.language.say("Fail"),
            Status::Unknown => self.language.say("Unknown"),
            Status::NotApplicable => self.language.say("Not applicable"),
        }
    }

    pub(super) fn severity_word(&self, severity: Severity) -> &str {
        match severity {
            Severity::Error => self.language.say("Error"),
            Severity::Warning => self.language.say("Warning"),
            Severity::Note => self.language.say("Note"),
        }
    }

    pub(super) fn verdict_name(&self, kind: VerdictKind) -> &str {
        match kind {
            VerdictKind::Https => self.language.say("HTTPS"),
            VerdictKind::HstsPreload => self.language.say("HSTS preload"),
            VerdictKind::Cookies => self.language.say("Cookies"),
        }
    }

    /// How many findings of each severity, in words; nothing where there is none.
    pub(super) fn counted(&self, of: &[Severity]) -> String {
        let count = |severity| of.iter().filter(|known| **known == severity).count();
        let words = [
            (count(Severity::Error), self.language.count(count(Severity::Error), "{} error", "{} errors")),
            (
                count(Severity::Warning),
                self.language.count(count(Severity::Warning), "{} warning", "{} warnings"),
            ),
            (count(Severity::Note), self.language.count(count(Severity::Note), "{} note", "{} notes")),
        ];
        let words: Vec<String> =
            words.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
        words.join(", ")
    }

    /// When the report was made, in seconds since the epoch.
    pub(super) fn now(&self) -> Option<i64> {
        crate::time::parse_rfc3339(&self.report.generated_at)
    }
}

/// The icon of a status with another word.
pub(super) fn status_as(status: Status, word: &str) -> Markup {
    html! { span.status data-status=(status.key()) { (icon("icon", &format!("i-{}", status.key()))) (word) } }
}

pub(super) const fn severity_icon(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "i-fail",
        Severity::Warning => "i-warn",
        Severity::Note => "i-note",
    }
}

/// The status that findings of these severities come to, where they are of something that was seen.
pub(super) fn status_of(severities: impl Iterator<Item = Severity>) -> Status {
    match severities.max() {
        Some(Severity::Error) => Status::Fail,
        Some(Severity::Warning) => Status::Warn,
        Some(Severity::Note) | None => Status::Pass,
    }
}

/// A time of a report (RFC 3339): the day and the minute, as far as it is one.
pub(super) fn moment(time: &str) -> Markup {
    let (day, rest) = time.split_once('T').unwrap_or((time, ""));
    let minute = cut(&rest.chars().take(5).collect::<String>(), 5);
    html! { time datetime=(cut(time, 40)) { (cut(day, 12)) @if !minute.is_empty() { " " (minute) } } }
}

/// The same as a time of the day.
pub(super) fn clock(time: &str) -> Markup {
    let rest = time.split_once('T').map_or(time, |(_, rest)| rest);
    html! { time datetime=(cut(time, 40)) { (cut(&rest.chars().take(8).collect::<String>(), 8)) } }
}

/// The same as a day.
pub(super) fn day(time: &str) -> Markup {
    let day = time.split_once('T').map_or(time, |(day, _)| day);
    html! { time datetime=(cut(time, 40)) { (cut(day, 12)) } }
}

/// Codes of another tool, which may break at their dots.
pub(super) fn codes<'s>(codes: impl Iterator<Item = &'s str>) -> Markup {
    html! { @for code in codes { span.code-id { (breaking(code, 120)) } } }
}

/// Lines that can be copied, as far as there is a program to do it.
pub(super) fn block(page: &Page<'_>, file: Option<&str>, lines: &str, label: &str) -> Markup {
    html! {
        div.code.code--copy[page.live] {
            @if let Some(file) = file { span.code__file { (file) } }
            pre { code { (lines) } }
            @if page.live {
                button."button code__copy" type="button" data-copy=(lines) aria-label=(label) { (page.say("Copy")) }
            }
        }
    }
}

/// Something that was not observed: what, why, and how to find out.
pub(super) fn unseen(what: &str, why: &str, how: &str) -> Markup {
    html! {
        li data-unknown {
            (icon("icon", "i-unknown"))
            div {
                b { (super::text::sentence(what)) } br;
                span.muted { (super::text::sentence(why)) } br;
                (super::text::sentence(how))
            }
        }
    }
}

/// A label and a value of the site.
pub(super) fn fact(label: &str, value: &str) -> Markup {
    html! { dt { (label) } dd { (foreign(value, 300)) } }
}
