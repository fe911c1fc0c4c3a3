//! Where the lines go: standard output, or a file that a later run can go on with.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, SeekFrom, Write};
use std::path::Path;

use https_audit_core::scan::Record;

use super::inputs::key;
use super::summary::Summary;
use crate::output::Failure;

/// The results, as they are written.
pub struct Results {
    name: String,
    out: Box<dyn Write>,
    /// Keys of the units whose results an earlier run wrote, and of how many: an input may be named more than once.
    pub done: HashMap<String, usize>,
    /// What those say.
    pub earlier: Summary,
    /// The reader has seen enough (`| head`).
    closed: bool,
}

impl Results {
    /// Opens them: anew, or behind what an earlier run wrote.
    pub fn open(file: Option<&Path>, resume: bool) -> Result<Self, Failure> {
        let Some(file) = file else {
            return Ok(Self::to("standard output", Box::new(io::stdout().lock())));
        };
        let name = file.display().to_string();
        let fails = |error: io::Error| Failure::of(&name, error);
        if !resume || !file.exists() {
            return Ok(Self::to(&name, Box::new(File::create(file).map_err(fails)?)));
        }
        let mut opened = OpenOptions::new().read(true).write(true).open(file).map_err(fails)?;
        let earlier = Earlier::read(&name, &opened)?;
        // What was cut off when the earlier run ended is written again.
        opened.set_len(earlier.whole).map_err(fails)?;
        opened.seek(SeekFrom::End(0)).map_err(fails)?;
        Ok(Self { done: earlier.done, earlier: earlier.summary, ..Self::to(&name, Box::new(opened)) })
    }

    fn to(name: &str, out: Box<dyn Write>) -> Self {
        let out = Box::new(BufWriter::new(out));
        Self { name: name.to_owned(), out, done: HashMap::new(), earlier: Summary::default(), closed: false }
    }

    /// Writes the lines of one unit.
    pub fn write(&mut self, lines: &str) -> Result<(), Failure> {
        let written = if self.closed { Ok(()) } else { self.out.write_all(lines.as_bytes()) };
        self.told(written)
    }

    /// Nothing comes any more.
    pub fn finish(&mut self) -> Result<(), Failure> {
        let flushed = if self.closed { Ok(()) } else { self.out.flush() };
        self.told(flushed)
    }

    fn told(&mut self, result: io::Result<()>) -> Result<(), Failure> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            other => other.map_err(|error| Failure::of(&self.name, error)),
        }
    }
}

/// What an earlier run wrote.
#[derive(Default)]
struct Earlier {
    done: HashMap<String, usize>,
    summary: Summary,
    /// Octets up to the end of the last unit that is whole.
    whole: u64,
}

impl Earlier {
    /// Reads the lines unit by unit. A line that is none of ours, before the last, is a file that is no result: it is not
    /// to be written over.
    fn read(name: &str, file: &File) -> Result<Self, Failure> {
        let mut reader = BufReader::new(file);
        let mut earlier = Self::default();
        let mut of_unit = Summary::default();
        let mut lines_of_unit = 0;
        let mut at = 0;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = reader.read_until(b'\n', &mut line).map_err(|error| Failure::of(name, error))?;
            if !line.ends_with(b"\n") {
                break;
            }
            at += read as u64;
            let record: Record<'_> = serde_json::from_slice(&line).map_err(|_| {
                Failure::at(
                    name,
                    number,
                    "this is no line of a scan's results: `--resume` goes on with those only",
                )
            })?;
            lines_of_unit += 1;
            of_unit.record(&record);
            if lines_of_unit >= record.of {
                earlier.summary.add(&std::mem::take(&mut of_unit));
                *earlier.done.entry(key(&record.input, record.line)).or_default() += 1;
                earlier.whole = at;
                lines_of_unit = 0;
            }
        }
        Ok(earlier)
    }
}
