//! Workflow commands, which GitHub Actions reads from what a step prints and shows beside the files of a change.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>; escapes as in `toolkit/packages/core/src/command.ts`.

use std::fmt::Write;

use https_audit_core::check::Severity;

use super::Annotation;
use crate::input::STDIN;

/// Annotations of a kind that GitHub shows of one step.
const SHOWN: usize = 10;

/// A command a line, the most severe first, then what a baseline accepts, and how many of what there are.
pub fn commands(annotations: &[Annotation]) -> String {
    // Of each kind GitHub shows the first ten.
    let mut sorted: Vec<&Annotation> = annotations.iter().collect();
    sorted.sort_by_key(|one| (one.accepted, std::cmp::Reverse(one.severity)));
    let mut out = String::new();
    for one in &sorted {
        let mut properties = Vec::new();
        if one.path != STDIN {
            properties.push(format!("file={},line={}", property(&one.path), one.line));
            properties.extend(one.column.map(|column| format!("col={column}")));
        }
        properties.push(format!("title={}", property(&one.title)));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "::{} {}::{}", kind(one), properties.join(","), data(&one.message));
    }
    out.push_str(&summary(&sorted));
    out
}

/// The command of a finding; what is accepted is told only.
const fn kind(one: &Annotation) -> &'static str {
    match one.severity {
        _ if one.accepted => "notice",
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

/// Numbers only: it is no command, so nothing of a site may be in it.
fn summary(all: &[&Annotation]) -> String {
    let open = |severity| all.iter().filter(|one| !one.accepted && one.severity == severity).count();
    let accepted = all.iter().filter(|one| one.accepted).count();
    let mut line = format!(
        "https-audit: errors {}, warnings {}, notes {}, accepted {accepted}",
        open(Severity::Error),
        open(Severity::Warning),
        open(Severity::Note)
    );
    let of_kind = |wanted| all.iter().filter(|one| kind(one) == wanted).count();
    if ["error", "warning", "notice"].into_iter().any(|wanted| of_kind(wanted) > SHOWN) {
        let _ = write!(line, "; of each kind GitHub shows the first {SHOWN} of a step as annotations");
    }
    line.push('\n');
    line
}

/// A message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use https_audit_core::check::Severity;

    use super::commands;
    use crate::annotations::Annotation;

    fn one(severity: Severity, title: &str, message: &str, path: &str) -> Annotation {
        Annotation {
            severity,
            title: title.to_owned(),
            message: message.to_owned(),
            path: path.to_owned(),
            line: 3,
            column: Some(7),
            check: "https.page.plain".to_owned(),
            fingerprint: "0123".to_owned(),
            accepted: false,
        }
    }

    const DATA: [(&str, &str); 3] = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")];
    const PROPERTY: [(&str, &str); 5] =
        [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")];

    /// A command as the runner reads it (actions/runner, `ActionCommand.TryParseV2`): its name, properties, message.
    fn parsed(line: &str) -> Option<(String, BTreeMap<String, String>, String)> {
        let unescaped = |text: &str, pairs: &[(&str, &str)]| {
            pairs.iter().fold(text.to_owned(), |text, (code, is)| text.replace(code, is))
        };
        let (info, message) = line.trim_start().strip_prefix("::")?.split_once("::")?;
        let (name, properties) = info.split_once(' ').unwrap_or((info, ""));
        let properties = properties.split(',').filter_map(|pair| pair.split_once('='));
        Some((
            name.to_owned(),
            properties.map(|(key, value)| (key.to_owned(), unescaped(value, &PROPERTY))).collect(),
            unescaped(message, &DATA),
        ))
    }

    #[test]
    fn whatever_a_finding_says_is_one_command_and_comes_back_as_it_was() {
        for hostile in [
            "\n::error::owned",
            "\r\n::set-output name=a::b",
            "%0A::error::owned",
            "%250A, file=/etc/passwd,line=1::x",
            "a,title=b:c",
            "::stop-commands::x",
            "100 % ##[error]x",
        ] {
            let text = commands(&[one(Severity::Error, hostile, hostile, hostile)]);
            let lines: Vec<&str> = text.split(['\n', '\r']).collect();
            assert_eq!(lines.len(), 3, "{text}");
            let (name, properties, message) = parsed(lines[0]).expect("a command");
            assert_eq!((&*name, &*message), ("error", hostile));
            let expected = [("file", hostile), ("line", "3"), ("col", "7"), ("title", hostile)];
            assert_eq!(properties, expected.map(|(key, value)| (key.to_owned(), value.to_owned())).into());
            assert_eq!(parsed(lines[1]), None, "the summary is no command");
        }
    }

    #[test]
    fn the_most_severe_come_first_and_what_is_accepted_last() {
        let mut accepted = one(Severity::Error, "accepted", "", "a");
        accepted.accepted = true;
        let all = [
            accepted,
            one(Severity::Note, "note", "", "-"),
            one(Severity::Error, "error", "", "a"),
            one(Severity::Warning, "warning", "", "a"),
        ];
        assert_eq!(
            commands(&all),
            "::error file=a,line=3,col=7,title=error::\n\
             ::warning file=a,line=3,col=7,title=warning::\n\
             ::notice title=note::\n\
             ::notice file=a,line=3,col=7,title=accepted::\n\
             https-audit: errors 1, warnings 1, notes 1, accepted 1\n"
        );
        let many = vec![one(Severity::Warning, "w", "", "a"); 11];
        let text = commands(&many);
        assert_eq!(text.lines().count(), 12);
        assert!(text.ends_with("warnings 11, notes 0, accepted 0; of each kind GitHub shows the first 10 of a step as annotations\n"));
    }
}
