//! `https-audit review`

mod none;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use clap::Args;
use https_audit_core::export::Format::Markdown;
use https_audit_review::export::{FORMATS, Report, export, to_text};
use https_audit_review::{Source, Unknown, django, nginx};

use crate::annotations::{github, gitlab, of_review, summary};
use crate::apart::Target;
use crate::options::{Common, Format};
use crate::output::{Done, Failure, tell};
use none::{no_settings, nothing};

/// Octets of one file that are read; settings have some thousands.
const FILE: u64 = 8 << 20;
/// Octets of all files of the directories that are read.
const ALL: usize = 128 << 20;
/// Entries of directories that are looked at.
const ENTRIES: usize = 200_000;
/// Directories inside of each other.
const DEPTH: usize = 40;

/// Directories that hold no code of the project.
const SKIPPED: &[&str] = &[
    ".git",
    ".hg",
    ".svn",
    "node_modules",
    "venv",
    ".venv",
    "env",
    ".env",
    "site-packages",
    ".tox",
    ".nox",
    "__pycache__",
];

/// What tells configuration of nginx from that of others, whose files end in `.conf` too.
const NGINX_WORDS: &[&str] = &[
    "server {",
    "server{",
    "http {",
    "location ",
    "proxy_pass ",
    "add_header ",
    "ssl_certificate ",
    "ssl_protocols ",
];

/// Arguments of `review`.
#[derive(Args)]
pub struct ReviewArguments {
    /// Django settings and nginx configuration: files, or directories in which they are looked for.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<String>,
}

/// The whole output, and the worst that was found.
pub fn run(arguments: &ReviewArguments, common: &Common) -> Result<Done, Failure> {
    let format = common.format.export();
    let own = matches!(common.format, Format::Text | Format::Github | Format::Gitlab);
    if !own && !format.is_some_and(|format| FORMATS.contains(&format)) {
        let words: Vec<&str> = FORMATS.iter().map(|format| format.word()).collect();
        let what = format!("a review has text, {}, github, gitlab", words.join(", "));
        return Err(Failure::of("--format", what));
    }
    let mut found = Found::default();
    for path in &arguments.paths {
        found.path(path)?;
    }
    found.spared_by(common)?;
    let reviewed = django::review(&found.sources).map_err(|error| Failure::of("review", error))?;
    if reviewed.modules.is_empty() && found.configuration.is_empty() {
        return Err(nothing(&arguments.paths, &found.named));
    }
    let (mut review, mut modules) = (reviewed.review, reviewed.modules);
    let is_other = |path: &&String| reviewed.others.contains(path);
    review.unknown.extend(found.named.iter().filter(is_other).map(|path| no_settings(path)));
    if !found.configuration.is_empty() {
        let of_nginx = nginx::review(&found.configuration);
        review.findings.extend(of_nginx.findings);
        review.unknown.extend(of_nginx.unknown);
        modules.extend(found.configuration.into_iter().map(|source| source.path));
    }
    review.unknown.extend(found.unread);
    let worst = review.findings.iter().map(|finding| finding.severity).max();
    let report = Report { modules: &modules, review: &review };
    let text = written(report, common.format)?;
    Ok(Done { text, worst, fail_on: None })
}

/// The review in a format that it has; in all others as text.
fn written(report: Report<'_>, format: Format) -> Result<String, Failure> {
    let exported = |format| export(format, report).transpose().map_err(|error| Failure::of("review", error));
    match format {
        Format::Github => {
            summary::append(exported(Markdown)?.as_slice())?;
            Ok(github::commands(&of_review(report.review)))
        }
        Format::Gitlab => {
            gitlab::code_quality(&of_review(report.review)).map_err(|error| Failure::of("review", error))
        }
        other => {
            let text = other.export().map(exported).transpose()?.flatten();
            Ok(text.unwrap_or_else(|| to_text(report)))
        }
    }
}

/// The Python of files and directories, for who wants settings alone.
pub fn python_of(paths: &[String], common: &Common) -> Result<Vec<Source>, Failure> {
    let mut found = Found::default();
    for path in paths {
        found.path(path)?;
    }
    found.spared_by(common)?;
    Ok(found.sources)
}

/// What was read on the way.
#[derive(Default)]
struct Found {
    /// Python.
    sources: Vec<Source>,
    /// Python that was named, and not found in a directory.
    named: Vec<String>,
    /// nginx.
    configuration: Vec<Source>,
    unread: Vec<Unknown>,
    octets: usize,
    entries: usize,
}

impl Found {
    /// Refuses where `-o` would write over what was read in a directory.
    fn spared_by(&self, common: &Common) -> Result<(), Failure> {
        let read = self.sources.iter().chain(&self.configuration).map(|source| source.path.as_str());
        Target::output(common).map_or(Ok(()), |output| output.is_none_of(read))
    }

    /// A file or a directory that was named. What was named has to be readable.
    fn path(&mut self, path: &str) -> Result<(), Failure> {
        let metadata = fs::metadata(path).map_err(|error| Failure::of(path, error))?;
        if metadata.is_dir() {
            fs::read_dir(path).map_err(|error| Failure::of(path, error))?;
            self.directory(Path::new(path), 0);
            return Ok(());
        }
        if !metadata.is_file() {
            return Err(Failure::of(path, "neither a file nor a directory"));
        }
        let text = text_of(Path::new(path)).map_err(|error| Failure::of(path, error))?;
        if !is_nginx(Path::new(path), &text) && !self.named.iter().any(|known| known == path) {
            self.named.push(path.to_owned());
        }
        self.add(path.to_owned(), text);
        Ok(())
    }

    /// What is below a directory, in the order of the names. Links are not followed. What can not be read is told, and
    /// the rest is read all the same.
    fn directory(&mut self, path: &Path, depth: usize) {
        if depth > DEPTH {
            return self.unread(path, &format!("it is more than {DEPTH} directories deep"));
        }
        let entries = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut entries = match entries {
            Ok(entries) => entries,
            Err(error) => return self.unread(path, &error.to_string()),
        };
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            self.entries += 1;
            if self.entries > ENTRIES {
                return self.unread(path, &format!("there are more than {ENTRIES} files"));
            }
            let name = entry.file_name();
            let below = entry.path();
            match entry.file_type() {
                Err(error) => self.unread(&below, &error.to_string()),
                Ok(kind) if kind.is_dir() => {
                    let is_environment = below.join("pyvenv.cfg").exists();
                    if !is_environment && !SKIPPED.iter().any(|skipped| name == *skipped) {
                        self.directory(&below, depth + 1);
                    }
                }
                Ok(kind) if kind.is_file() && (is_python(&below) || may_be_nginx(&below)) => {
                    self.file(&below);
                }
                Ok(_) => {}
            }
        }
    }

    fn file(&mut self, path: &Path) {
        match text_of(path) {
            Ok(text) if self.octets + text.len() > ALL => {
                self.unread(path, &format!("the files before it hold {} MB already", ALL >> 20));
            }
            Ok(text) if !is_python(path) && !NGINX_WORDS.iter().any(|word| text.contains(word)) => {}
            Ok(text) => self.add(path.display().to_string(), text),
            Err(error) => self.unread(path, &error.to_string()),
        }
    }

    fn add(&mut self, path: String, text: String) {
        let sources =
            if is_nginx(Path::new(&path), &text) { &mut self.configuration } else { &mut self.sources };
        if sources.iter().all(|known| known.path != path) {
            self.octets += text.len();
            sources.push(Source { path, text });
        }
    }

    /// Tells at once and in the review what was not read.
    fn unread(&mut self, path: &Path, why: &str) {
        let path = path.display().to_string();
        tell(&format!("{path}: not read: {why}"));
        self.unread.push(Unknown {
            what: format!("the file {}", https_audit_core::check::code(&path)),
            why: format!("It was not read: {}.", https_audit_core::check::code(why)),
            how: "Make it readable, or name the settings file itself.".to_owned(),
            place: None,
        });
    }
}

fn is_python(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == "py")
}

/// `nginx.conf` and the like, and what Debian keeps without an ending.
fn may_be_nginx(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    match path.extension() {
        Some(end) => end == "conf",
        None => folder.is_some_and(|folder| folder == "sites-enabled" || folder == "sites-available"),
    }
}

/// What a file is that is read: by its name, or where that says nothing by its lines.
fn is_nginx(path: &Path, text: &str) -> bool {
    !is_python(path) && (may_be_nginx(path) || has_directives(text))
}

/// Whether most lines end as those of nginx do, and hardly any of Python does: `listen 443 ssl;`, `server {`, `}`.
fn has_directives(text: &str) -> bool {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    let fits = |line: &&&str| {
        let mut words = line.split_whitespace();
        // `X = {` is Python's, `location = / {` is nginx's; `'x': {` is Python's too.
        let assigns = words.next() != Some("location") && words.next() == Some("=");
        let opens = line.ends_with('{') && !line.starts_with(['\'', '"']);
        **line == "}" || (line.ends_with(';') || opens) && !assigns
    };
    lines.iter().filter(fits).count() * 2 > lines.len()
}

/// A file as text: UTF-8, or Latin-1 where its first lines say so or it is nothing else.
fn text_of(path: &Path) -> io::Result<String> {
    let mut octets = Vec::new();
    File::open(path)?.take(FILE + 1).read_to_end(&mut octets)?;
    if octets.len() as u64 > FILE {
        return Err(io::Error::other(format!("it is larger than {} MB", FILE >> 20)));
    }
    // Names and keywords are ASCII in every encoding that Python takes; what else stands there decides nothing.
    Ok(String::from_utf8(octets)
        .unwrap_or_else(|error| error.into_bytes().iter().map(|octet| char::from(*octet)).collect()))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::is_nginx;

    #[test]
    fn a_file_without_a_telling_name_is_what_its_lines_are() {
        let of = |path: &str, text: &str| is_nginx(Path::new(path), text);
        let nginx = "# proxy\nserver {\n    listen 443 ssl; # all\n    ssl_ciphers\n        HIGH;\n}\n";
        let python =
            "import os\nDATABASES = {\n    'default': {\n        'NAME': 'x',\n    },\n}\nDEBUG = 1;\n";
        assert!(of("deploy/proxy", nginx) && of("nginx.conf.j2", nginx) && of("site.conf", python));
        assert!(!of("settings.py", nginx) && !of("settings.txt", python) && !of("settings", ""));
    }
}
