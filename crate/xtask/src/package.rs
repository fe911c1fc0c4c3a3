//! `xtask package`: one zip a browser, as the stores take it; the same files give the same bytes.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use crate::browser::Browser;

/// Arguments of `xtask package`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the browsers' folders, where the packages go too.
    #[arg(long, default_value = "dist")]
    pub dist: PathBuf,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    for browser in Browser::ALL {
        let from = args.dist.join(browser.to_string());
        let bytes = pack(&from).with_context(|| from.display().to_string())?;
        let to = path(&args.dist, browser);
        fs::write(&to, &bytes)?;
        println!("package: {} {} bytes", to.display(), bytes.len());
    }
    Ok(())
}

/// Where the package of `browser` lies.
pub fn path(dist: &Path, browser: Browser) -> PathBuf {
    dist.join(format!("https-audit-{browser}.zip"))
}

/// Packs the files under `dir`: sorted by name, without times or owners.
fn pack(dir: &Path) -> Result<Vec<u8>> {
    let mut files = Vec::new();
    list(dir, "", &mut files)?;
    ensure!(!files.is_empty(), "nothing to pack");
    files.sort();
    // 1980-01-01, the zero of the format; level 15 asks the compressor for 15 rounds.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(15))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for name in &files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(&fs::read(dir.join(name))?)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Collects the names of the files under `dir`, parted by `/` and relative to where the listing began.
fn list(dir: &Path, prefix: &str, files: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().context("a file name that is not UTF-8")?;
        let name = format!("{prefix}{name}");
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(dir: &Path, name: &str, text: &str) {
        let path = dir.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn same_files_give_the_same_bytes_in_the_order_of_their_names() {
        let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for (name, text) in [("b/c.js", "c"), ("manifest.json", "{}"), ("a.html", "<p>")] {
            write(one.path(), name, text);
        }
        for (name, text) in [("a.html", "<p>"), ("manifest.json", "{}"), ("b/c.js", "c")] {
            write(two.path(), name, text);
        }
        let packed = pack(one.path()).unwrap();
        assert_eq!(packed, pack(two.path()).unwrap());
        let archive = zip::ZipArchive::new(Cursor::new(packed)).unwrap();
        let names: Vec<_> = archive.file_names().map(Result::unwrap).collect();
        assert_eq!(names, ["a.html", "b/c.js", "manifest.json"]);
        write(two.path(), "a.html", "<q>");
        assert_ne!(pack(one.path()).unwrap(), pack(two.path()).unwrap());
    }

    #[test]
    fn an_empty_folder_is_refused() {
        assert!(pack(tempfile::tempdir().unwrap().path()).is_err());
    }
}
