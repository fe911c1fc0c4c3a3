//! What a command writes is none of what it reads: an input would be gone, and with it the evidence.

use std::fs;
use std::path::{Path, PathBuf};

use crate::input::STDIN;
use crate::options::{Command, Common};
use crate::output::Failure;

/// A file that will be written, by the option that names it.
pub struct Target<'a> {
    option: &'static str,
    path: &'a Path,
    /// Which file is there already.
    file: Option<Identity>,
}

impl<'a> Target<'a> {
    /// What `-o` names.
    pub fn output(common: &'a Common) -> Option<Self> {
        common.output.as_deref().map(|path| Self::new("-o", path))
    }

    fn new(option: &'static str, path: &'a Path) -> Self {
        Self { option, path, file: identity(path) }
    }

    /// Whether it is this file, by whatever name.
    pub fn is(&self, path: &Path) -> bool {
        self.file.is_some() && self.file == identity(path)
    }

    /// Refuses an input that is this file.
    pub fn is_none_of<'i>(&self, inputs: impl IntoIterator<Item = &'i str>) -> Result<(), Failure> {
        let stdin = Path::new("/dev/stdin");
        let path = |input: &'i str| if input == STDIN { stdin } else { Path::new(input) };
        match inputs.into_iter().find(|input| self.is(path(input))) {
            Some(input) => Err(Failure::of(
                input,
                format_args!("it is an input, and `{}` would write over it", self.option),
            )),
            None => Ok(()),
        }
    }
}

/// Refuses what would write over an input that was named, or over another thing that is written.
pub fn check(command: &Command, common: &Common) -> Result<(), Failure> {
    let evidence = match command {
        Command::Live(arguments) => arguments.evidence_files(),
        _ => Vec::new(),
    };
    let mut targets: Vec<Target<'_>> = Target::output(common).into_iter().collect();
    targets.extend(evidence.iter().map(|path| Target::new("--evidence", path)));
    if let Command::Scan(arguments) = command {
        targets.extend(arguments.summary.as_deref().map(|path| Target::new("--summary", path)));
    }
    let inputs = inputs(command);
    for (at, target) in targets.iter().enumerate() {
        target.is_none_of(inputs.iter().copied())?;
        let place = place(target.path);
        let earlier = targets.iter().take(at);
        if let Some(other) =
            earlier.into_iter().find(|other| place.is_some() && self::place(other.path) == place)
        {
            let what = format!("`{}` and `{}` would both write it", other.option, target.option);
            return Err(Failure::of(&target.path.display().to_string(), what));
        }
    }
    Ok(())
}

/// What a command was told to read.
fn inputs(command: &Command) -> Vec<&str> {
    let groups: Vec<&[String]> = match command {
        Command::Audit(a) => vec![&a.inputs, &a.against.baseline, &a.settings],
        Command::Scan(a) => vec![&a.inputs, &a.urls, &a.baseline, a.asking.cacert.as_slice()],
        Command::Live(a) => vec![&a.against.baseline, a.asking.cacert.as_slice()],
        Command::Compare(a) => {
            vec![std::slice::from_ref(&a.old), std::slice::from_ref(&a.new), a.baseline.as_slice()]
        }
        Command::Review(a) => vec![&a.paths],
        // Of these `-` alone is a file.
        Command::Hsts(a) => return stdin_of(&a.fields),
        Command::Cookie(a) => return stdin_of(&a.fields),
        Command::Preload(a) => return stdin_of(&a.domains),
        Command::Checks(_) | Command::Completions(_) | Command::Man(_) => Vec::new(),
    };
    groups.into_iter().flatten().map(String::as_str).collect()
}

fn stdin_of(values: &[String]) -> Vec<&str> {
    values.iter().map(String::as_str).filter(|value| *value == STDIN).collect()
}

/// By what a file is known under each of its names, links of both kinds among them. Only files: a device or a pipe can be
/// read and written at once, and opening one to look at it would take what it gives.
#[cfg(unix)]
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(path: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
type Identity = PathBuf;

#[cfg(not(unix))]
fn identity(path: &Path) -> Option<Identity> {
    fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
    fs::canonicalize(path).ok()
}

/// Where a file lies or will lie; none for what is there and is no file.
fn place(path: &Path) -> Option<PathBuf> {
    if let Ok(metadata) = fs::metadata(path) {
        return metadata.is_file().then(|| fs::canonicalize(path).ok())?;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Some(fs::canonicalize(folder).ok()?.join(path.file_name()?))
}
