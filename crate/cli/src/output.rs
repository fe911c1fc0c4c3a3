//! Results and failures on their way out.

use std::borrow::Cow;
use std::fs;
use std::io::{self, Write};
use std::process::ExitCode;

use https_audit_core::check::Severity;
use https_audit_core::json;
use https_audit_core::text::steers;
use serde::Serialize;

use crate::options::{Common, FailOn, Format};

/// What a command has to say.
pub struct Done {
    /// The whole output.
    pub text: String,
    /// The worst severity among its findings.
    pub worst: Option<Severity>,
    /// How severe that may not be; `--fail-on` where the command has no option of its own.
    pub fail_on: Option<FailOn>,
}

impl Done {
    /// Output of a command that finds nothing, it only tells.
    pub const fn without_findings(text: String) -> Self {
        Self { text, worst: None, fail_on: None }
    }
}

/// Bad usage or unreadable input: one line on standard error, exit status 2.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure at a place in an input.
    pub fn at(file: &str, line: usize, what: impl std::fmt::Display) -> Self {
        Self(format!("{file}:{line}: {what}"))
    }

    /// A failure in a file, where the message begins with line and column.
    pub fn in_file(file: &str, what: impl std::fmt::Display) -> Self {
        Self(format!("{file}:{what}"))
    }

    /// A failure of a whole input or of the arguments.
    pub fn of(subject: &str, what: impl std::fmt::Display) -> Self {
        Self(format!("{subject}: {what}"))
    }

    /// What clap says, in its first line.
    pub fn usage(error: &clap::Error) -> Self {
        let text = error.to_string();
        // A list of missing arguments follows its headline on lines of its own.
        let mut lines = text.lines().map(str::trim).take_while(|line| !line.is_empty());
        let first = lines.next().unwrap_or("bad usage").trim_start_matches("error: ").to_owned();
        Self(lines.fold(first, |all, line| format!("{all} {line}")))
    }

    /// Prints the line.
    pub fn report(&self) -> ExitCode {
        // Nothing can be done where even this fails.
        let _ = writeln!(io::stderr(), "https-audit: {}", one_line(&self.0));
        ExitCode::from(2)
    }
}

/// Tells on standard error what did not keep the command from going on.
pub fn tell(what: &str) {
    // Nothing can be done where even this fails.
    let _ = writeln!(io::stderr(), "https-audit: {}", one_line(what));
}

/// Appends one line of JSON, in ASCII: a field may hold U+0085, which some programs take for a line end.
pub fn push_json_line(out: &mut String, value: &impl Serialize) {
    // Strings, numbers and flags: this can not fail.
    let json = serde_json::to_string(value).unwrap_or_default();
    out.push_str(&json::escaped(&json, |c| !c.is_ascii() || steers(c)));
    out.push('\n');
}

/// Text for people without what steers a terminal or reorders a line: it may quote a site.
fn harmless(text: &str) -> Cow<'_, str> {
    let harms = |c| c != '\n' && steers(c);
    if text.contains(harms) { text.replace(harms, "\u{fffd}").into() } else { text.into() }
}

/// The same on one line: what was quoted makes no lines of its own.
pub fn one_line(text: &str) -> String {
    harmless(text).replace('\n', " ")
}

/// Appends lines for people.
pub fn push_lines(out: &mut String, lines: &[String]) {
    for line in lines {
        out.push_str(&one_line(line));
        out.push('\n');
    }
}

/// Writes the whole result at once, to `-o FILE` or standard output; the exit status tells whether a
/// finding is as severe as `--fail-on` says.
pub fn write(done: &Done, common: &Common) -> Result<ExitCode, Failure> {
    let text = match common.format {
        Format::Text => harmless(&done.text),
        Format::Json => json::visible(&done.text).into(),
        // Every other format has made all text harmless in its own way.
        _ => (&done.text).into(),
    };
    match &common.output {
        Some(file) => {
            fs::write(file, text.as_bytes())
                .map_err(|error| Failure::of(&file.display().to_string(), error))?;
        }
        None => match io::stdout().lock().write_all(text.as_bytes()) {
            // The reader has seen enough (`| head`).
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            other => other.map_err(|error| Failure::of("standard output", error))?,
        },
    }
    let fail_on = done.fail_on.unwrap_or(common.fail_on());
    let fails = fail_on.severity().is_some_and(|least| done.worst >= Some(least));
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

#[cfg(test)]
mod tests {
    use super::{harmless, steers};

    #[test]
    fn no_field_steers_the_terminal() {
        assert_eq!(harmless("a\u{1b}[2Jb\u{202e}c\n"), "a\u{fffd}[2Jb\u{fffd}c\n");
        for c in ('\0'..=char::MAX).filter(|&c| c != '\n' && steers(c)) {
            assert_eq!(harmless(&c.to_string()), "\u{fffd}");
        }
    }
}
