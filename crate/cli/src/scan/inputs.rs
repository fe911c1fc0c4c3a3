//! What is to be scanned: arguments become inputs, inputs become units.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use https_audit_core::import::file::{self, Kind, Lines, MAX_FILE};
use https_audit_core::url::Url;
use walkdir::WalkDir;

use crate::apart::Target;
use crate::input::{STDIN, stdin_once};
use crate::output::Failure;
use crate::{audit, live};

/// How names of files end that are taken from directories; behind each may stand `.gz`.
const ENDINGS: &[&str] = &["har", "json", "jsonl", "ndjson", "warc"];
/// Directories inside of each other.
const DEPTH: usize = 100;

/// What was found.
pub struct Found {
    /// In the order of the arguments, and of the names in a directory.
    pub inputs: Vec<Input>,
    /// Files of directories whose names end otherwise.
    pub passed_over: u64,
    /// Octets of all; none where that is not known.
    pub octets: Option<u64>,
}

/// A file, standard input, or what can't be one.
pub struct Input {
    name: String,
    source: Source,
    octets: u64,
}

enum Source {
    File(PathBuf),
    /// Standard input or a pipe, which can be read once.
    Stream(Option<PathBuf>),
    /// A list of addresses, whose sites are asked.
    Addresses(String),
    Broken(String),
}

/// What is audited at once.
pub struct Unit {
    /// The input's name.
    pub input: String,
    /// Its line, in JSON Lines and lists of addresses.
    pub line: Option<usize>,
    /// What there is of it.
    pub content: Content,
    /// Its octets, packed or not.
    pub octets: u64,
}

/// What there is of a unit.
pub enum Content {
    /// A file that the worker opens.
    File(PathBuf),
    /// All of it.
    Octets(Vec<u8>),
    /// An address whose servers are asked.
    Address(Url),
    /// Why there is nothing.
    Broken(String),
}

impl Unit {
    /// By which it is known again; another unit has the same only where an input is named twice, or its name is not UTF-8.
    pub fn key(&self) -> String {
        key(&self.input, self.line)
    }
}

/// The key of a unit: no name of a file holds a NUL.
pub fn key(input: &str, line: Option<usize>) -> String {
    line.map_or_else(|| input.to_owned(), |line| format!("{input}\0{line}"))
}

/// Finds what the arguments and the lists of addresses name. A name that is there is taken as it is, patterns only where nothing has that name.
pub fn find(arguments: &[String], lists: &[String]) -> Result<Found, Failure> {
    stdin_once(arguments.iter().chain(lists))?;
    let mut found = Found { inputs: Vec::new(), passed_over: 0, octets: Some(0) };
    for argument in arguments {
        let path = Path::new(argument);
        if argument == STDIN {
            found.take(argument.clone(), Source::Stream(None), None);
            continue;
        }
        let Err(error) = fs::symlink_metadata(path) else {
            found.named(path);
            continue;
        };
        if !argument.contains(['*', '?', '[']) {
            return Err(Failure::of(argument, error));
        }
        let matching = glob::glob(argument).map_err(|error| Failure::of(argument, error))?;
        let before = found.inputs.len();
        for path in matching {
            match path {
                Ok(path) => found.named(&path),
                Err(error) => found.broken(error.path(), &error.error().to_string()),
            }
        }
        if found.inputs.len() == before {
            return Err(Failure::of(argument, "nothing matches it"));
        }
    }
    if found.inputs.is_empty() && !arguments.is_empty() {
        let what = format!("no file in it ends in .{}, or one of them and .gz", ENDINGS.join(", ."));
        return Err(Failure::of(&arguments.join(", "), what));
    }
    for list in lists {
        let octets = audit::read(list)?;
        let text = String::from_utf8(octets).map_err(|_| Failure::of(list, "it is not UTF-8"))?;
        // How long servers take says no octet.
        found.take(list.clone(), Source::Addresses(text), None);
    }
    Ok(found)
}

impl Found {
    fn take(&mut self, name: String, source: Source, octets: Option<u64>) {
        self.octets = self.octets.zip(octets).map(|(all, more)| all.saturating_add(more));
        self.inputs.push(Input { name, source, octets: octets.unwrap_or_default() });
    }

    fn broken(&mut self, path: &Path, why: &str) {
        self.take(path.display().to_string(), Source::Broken(why.to_owned()), Some(0));
    }

    /// Leaves out what will be written: a file of a directory that an earlier run wrote.
    pub fn without(&mut self, output: &Target<'_>) {
        self.inputs.retain(|input| !matches!(&input.source, Source::File(path) if output.is(path)));
    }

    /// What a person named: a directory is looked through, anything else is to be read.
    fn named(&mut self, path: &Path) {
        match fs::metadata(path) {
            Err(error) => self.broken(path, &error.to_string()),
            Ok(metadata) if metadata.is_dir() => self.directory(path),
            Ok(metadata) if metadata.is_file() => {
                self.take(path.display().to_string(), Source::File(path.to_owned()), Some(metadata.len()));
            }
            Ok(_) => self.take(path.display().to_string(), Source::Stream(Some(path.to_owned())), None),
        }
    }

    /// The files below a directory. Links to files are followed; those to directories are not, for they may lead in circles.
    fn directory(&mut self, directory: &Path) {
        for entry in WalkDir::new(directory).sort_by_file_name().max_depth(DEPTH) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(directory).to_owned();
                    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                    self.broken(&path, &why);
                    continue;
                }
            };
            let path = entry.path();
            if entry.file_type().is_dir() {
                if entry.depth() == DEPTH {
                    self.broken(path, &format!("it is {DEPTH} directories deep, and not looked through"));
                }
                continue;
            }
            if !is_input(path) {
                self.passed_over += 1;
                continue;
            }
            match fs::metadata(path) {
                Err(error) => self.broken(path, &error.to_string()),
                Ok(metadata) if metadata.is_file() => self.named(path),
                // A pipe would be waited for without end, and a link to a directory may lead in a circle.
                Ok(metadata) => {
                    let what = if metadata.is_dir() {
                        "a link to a directory, which is not followed"
                    } else {
                        "no file"
                    };
                    self.broken(path, what);
                }
            }
        }
    }
}

/// Whether a file of a directory is one that is read, by its name.
fn is_input(path: &Path) -> bool {
    let ends_in =
        |path: &Path, ending: &str| path.extension().is_some_and(|end| end.eq_ignore_ascii_case(ending));
    let packed = ends_in(path, "gz").then(|| path.with_extension(""));
    let path = packed.as_deref().unwrap_or(path);
    ENDINGS.iter().any(|ending| ends_in(path, ending))
}

impl Input {
    /// The units, as they are read.
    pub fn units(&self) -> Box<dyn Iterator<Item = Unit> + '_> {
        let opened = match &self.source {
            Source::Addresses(text) => return Box::new(self.addresses(text)),
            Source::Broken(why) => return self.whole(Content::Broken(why.clone())),
            Source::File(path) | Source::Stream(Some(path)) => File::open(path).and_then(file::open),
            Source::Stream(None) => file::open(io::stdin().lock()),
        };
        let (kind, mut reader) = match opened {
            Ok(opened) => opened,
            Err(error) => return self.whole(Content::Broken(error.to_string())),
        };
        match (&self.source, kind) {
            (_, Kind::Lines) => {
                let mut broken = false;
                let lines =
                    Lines::new(reader).take_while(move |line| !std::mem::replace(&mut broken, line.is_err()));
                Box::new(lines.enumerate().map(|(at, line)| match line {
                    Ok(line) => {
                        let content = line.octets.map_or_else(Content::Broken, Content::Octets);
                        self.unit(Some(line.number), content)
                    }
                    // Behind the last line that was read.
                    Err(error) => self.unit(Some(at + 1), Content::Broken(error.to_string())),
                }))
            }
            (Source::File(path), _) => self.whole(Content::File(path.clone())),
            _ => {
                let mut octets = Vec::new();
                let read = reader.by_ref().take(MAX_FILE + 1).read_to_end(&mut octets);
                self.whole(match read {
                    Err(error) => Content::Broken(error.to_string()),
                    Ok(_) if octets.len() as u64 > MAX_FILE => Content::Broken(format!(
                        "from a pipe no more than {} MB are read: name a file",
                        MAX_FILE >> 20
                    )),
                    Ok(_) => Content::Octets(octets),
                })
            }
        }
    }

    /// The lines that are neither empty nor begin with `#`.
    fn addresses<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Unit> + 'a {
        let lines = text.lines().zip(1..).map(|(line, number)| (line.trim(), number));
        lines.filter(|(line, _)| !line.is_empty() && !line.starts_with('#')).map(|(line, number)| {
            let content = live::address(line).map_or_else(Content::Broken, Content::Address);
            self.unit(Some(number), content)
        })
    }

    fn whole(&self, content: Content) -> Box<dyn Iterator<Item = Unit> + '_> {
        Box::new(std::iter::once(self.unit(None, content)))
    }

    fn unit(&self, line: Option<usize>, content: Content) -> Unit {
        let octets = match (&content, line) {
            (Content::Octets(octets), Some(_)) => octets.len() as u64 + 1,
            (_, Some(_)) => 0,
            (_, None) => self.octets,
        };
        Unit { input: self.name.clone(), line, content, octets }
    }
}
