//! `xtask budgets`: sizes of what ships against their budgets, as sizes and never as
//! timings, so that the answer is the same on any machine.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use brotli::CompressorWriter;

use crate::browser::Browser;
use crate::{package, wasm};

/// Each of the wasm modules as it ships, in bytes.
const WASM_RAW: u64 = 700_000;
/// The same, compressed by brotli at its best.
const WASM_BROTLI: u64 = 240_000;
/// A whole package.
const PACKAGE: u64 = 1_800_000;
/// Both browsers' preload lists together, as they lie in the package.
const PRELOAD_LISTS: u64 = 650_000;

/// Arguments of `xtask budgets`.
#[derive(clap::Args)]
pub struct Args {
    /// Folder of the browsers' folders and packages.
    #[arg(long, default_value = "dist")]
    dist: PathBuf,
}

/// A size and what it may be at most, both in bytes.
struct Row {
    what: String,
    size: u64,
    budget: u64,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let rows = measure(&args.dist)?;
    print!("{}", table(&rows));
    judge(&rows)
}

fn measure(dist: &Path) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    let mut add = |what: String, size, budget| rows.push(Row { what, size, budget });
    for browser in Browser::ALL {
        for name in wasm::NAMES {
            let module = dist.join(format!("{browser}/wasm/{name}_bg.wasm"));
            let bytes = fs::read(&module)
                .with_context(|| format!("{}: `./build.sh build` makes it", module.display()))?;
            add(format!("{browser}: wasm module {name}"), u64::try_from(bytes.len())?, WASM_RAW);
            add(format!("{browser}: wasm module {name}, brotli"), brotli_size(&bytes)?, WASM_BROTLI);
        }
        let zip = package::path(dist, browser);
        let file =
            File::open(&zip).with_context(|| format!("{}: `./build.sh package` makes it", zip.display()))?;
        add(format!("{browser}: package"), file.metadata()?.len(), PACKAGE);
        add(format!("{browser}: preload lists in the package"), preload_lists(file)?, PRELOAD_LISTS);
    }
    Ok(rows)
}

/// Compressed size of the preload lists in a package. A package without them is broken, not small.
fn preload_lists(zip: File) -> Result<u64> {
    let mut archive = zip::ZipArchive::new(zip)?;
    let entry = archive.by_name("data/preload.bin").context("data/preload.bin in the package")?;
    Ok(entry.compressed_size())
}

fn brotli_size(bytes: &[u8]) -> Result<u64> {
    let mut writer = CompressorWriter::new(Vec::new(), 1 << 16, 11, 24);
    writer.write_all(bytes)?;
    writer.flush()?;
    Ok(u64::try_from(writer.into_inner().len())?)
}

fn table(rows: &[Row]) -> String {
    let mut text = format!("{:<40} {:>9} {:>9} {:>5}\n", "what", "bytes", "budget", "used");
    for Row { what, size, budget } in rows {
        let used = size * 100 / budget;
        let over = if size > budget { "  over" } else { "" };
        let _ = writeln!(text, "{what:<40} {size:>9} {budget:>9} {used:>4}%{over}");
    }
    text
}

fn judge(rows: &[Row]) -> Result<()> {
    let over: Vec<_> = rows.iter().filter(|row| row.size > row.budget).map(|row| row.what.as_str()).collect();
    if over.is_empty() { Ok(()) } else { bail!("over budget: {}", over.join(", ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A `dist` with both browsers' modules of `wasm` bytes, and packages that hold lists and `filler` bytes.
    fn dist(wasm: usize, filler: usize) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for browser in Browser::ALL {
            let folder = dir.path().join(browser.to_string());
            let write = |name: String, bytes: Vec<u8>| {
                let path = folder.join(name);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            };
            for name in wasm::NAMES {
                write(format!("wasm/{name}_bg.wasm"), vec![0; wasm]);
            }
            write("data/preload.bin".to_owned(), b"list".to_vec());
            write("filler".to_owned(), noise(filler));
        }
        package::run(&package::Args { dist: dir.path().to_owned() }).unwrap();
        dir
    }

    /// Bytes that do not compress (a linear congruential generator).
    fn noise(len: usize) -> Vec<u8> {
        let mut state: u64 = 1;
        let step = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        std::iter::repeat_with(step).take(len).collect()
    }

    fn over(dist: &tempfile::TempDir) -> String {
        judge(&measure(dist.path()).unwrap()).map_or_else(|error| error.to_string(), |()| String::new())
    }

    #[test]
    fn a_size_up_to_its_limit_passes_and_a_byte_more_fails() {
        let budget = usize::try_from(WASM_RAW).unwrap();
        assert_eq!(over(&dist(budget, 0)), "");
        let modules = Browser::ALL
            .iter()
            .flat_map(|browser| wasm::NAMES.map(|name| format!("{browser}: wasm module {name}")));
        assert_eq!(
            over(&dist(budget + 1, 0)),
            format!("over budget: {}", modules.collect::<Vec<_>>().join(", "))
        );
    }

    #[test]
    fn a_package_over_its_budget_fails() {
        let budget = usize::try_from(PACKAGE).unwrap();
        assert_eq!(over(&dist(1, budget)), "over budget: chromium: package, firefox: package");
    }

    #[test]
    fn each_row_is_judged_by_itself() {
        let row = |size| Row { what: format!("row of {size}"), size, budget: 10 };
        assert!(judge(&[row(10)]).is_ok());
        assert_eq!(judge(&[row(10), row(11)]).unwrap_err().to_string(), "over budget: row of 11");
        assert!(table(&[row(11)]).contains("over"));
    }

    #[test]
    fn what_is_missing_fails_and_does_not_count_as_small() {
        let dist = dist(1, 0);
        let list = dist.path().join("chromium/data/preload.bin");
        fs::remove_file(list).unwrap();
        package::run(&package::Args { dist: dist.path().to_owned() }).unwrap();
        assert!(measure(dist.path()).is_err());
        assert!(measure(tempfile::tempdir().unwrap().path()).is_err());
    }
}
