//! `xtask lists`: the list assets in `extension/data`, from what upstream publishes.
//!
//! Without options it builds from the sources that are committed in
//! `crate/xtask/lists`, so that the committed assets can be checked for staleness
//! anywhere and offline. To take a new list, give upstream's own file:
//!
//! ```text
//! cargo run -p xtask -- lists --chromium transport_security_state_static.json \
//!     --chromium-version 157 --chromium-date 2026-12
//! ```

mod preload_source;
mod public_suffix_source;
mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use https_audit_core::knowledge::suffix_set::write;
use https_audit_core::knowledge::{Knowledge, PreloadLists};

use source::List;

/// Options of `xtask lists`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Where the assets go.
    #[arg(long, value_name = "DIR", default_value = "extension/data")]
    out: PathBuf,
    /// Chromium's list: `transport_security_state_static.json`, or CSV of `host,includeSubDomains`. May be gzip.
    #[arg(long, value_name = "FILE", default_value = "crate/xtask/lists/preload-chromium.csv.gz")]
    chromium: PathBuf,
    /// Version of Chromium's list, where the file does not say it.
    #[arg(long, value_name = "VERSION")]
    chromium_version: Option<String>,
    /// Date of Chromium's list (YYYY-MM or YYYY-MM-DD), where the file does not say it.
    #[arg(long, value_name = "DATE")]
    chromium_date: Option<String>,
    /// Firefox's list: nsSTSPreloadList.inc, or CSV of `host,includeSubDomains`. May be gzip.
    #[arg(long, value_name = "FILE", default_value = "crate/xtask/lists/preload-firefox.csv.gz")]
    firefox: PathBuf,
    /// Version of Firefox's list, where the file does not say it.
    #[arg(long, value_name = "VERSION")]
    firefox_version: Option<String>,
    /// Date of Firefox's list, where the file does not say it.
    #[arg(long, value_name = "DATE")]
    firefox_date: Option<String>,
    /// The Public Suffix List: `public_suffix_list.dat`. May be gzip.
    #[arg(long, value_name = "FILE", default_value = "crate/xtask/lists/public_suffix_list.dat.gz")]
    suffixes: PathBuf,
    /// Version of the Public Suffix List, where the file does not say it.
    #[arg(long, value_name = "VERSION")]
    suffixes_version: Option<String>,
    /// Date of the Public Suffix List, where the file does not say it.
    #[arg(long, value_name = "DATE")]
    suffixes_date: Option<String>,
    /// Writes nothing; fails if an asset is not what its source gives.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub(crate) fn run(args: &Args) -> anyhow::Result<()> {
    let chromium = Source {
        name: "chromium",
        file: &args.chromium,
        parse: preload_source::parse,
        version: args.chromium_version.as_deref(),
        date: args.chromium_date.as_deref(),
    };
    let firefox = Source {
        name: "firefox",
        file: &args.firefox,
        parse: preload_source::parse,
        version: args.firefox_version.as_deref(),
        date: args.firefox_date.as_deref(),
    };
    let suffixes = Source {
        name: "public-suffix-list",
        file: &args.suffixes,
        parse: public_suffix_source::parse,
        version: args.suffixes_version.as_deref(),
        date: args.suffixes_date.as_deref(),
    };
    let ((chromium, chromium_name), (firefox, firefox_name)) = (chromium.read()?, firefox.read()?);
    let preload = write(&PreloadLists::merged(&chromium, &firefox), &[&chromium_name, &firefox_name])?;
    let (suffixes, suffixes_name) = suffixes.read()?;
    let suffixes = write(&suffixes, &[&suffixes_name])?;

    // What the product can not open is not an asset.
    Knowledge::new(&preload, &suffixes, https_audit_core::check::catalogue().as_bytes(), b"")?;
    for (file, bytes) in [("preload.bin", preload), ("public-suffixes.bin", suffixes)] {
        println!("{file}: {} bytes", bytes.len());
        finish(&args.out.join(file), &bytes, args.check)?;
    }
    Ok(())
}

/// One list to be read.
struct Source<'a> {
    name: &'static str,
    file: &'a Path,
    parse: fn(&str) -> anyhow::Result<List>,
    version: Option<&'a str>,
    date: Option<&'a str>,
}

impl Source<'_> {
    /// The entries, and the list's name for people; an error names the file.
    fn read(&self) -> anyhow::Result<(BTreeMap<String, u8>, String)> {
        self.convert(&source::read(self.file)?).with_context(|| self.file.display().to_string())
    }

    fn convert(&self, text: &str) -> anyhow::Result<(BTreeMap<String, u8>, String)> {
        let List { entries, stated } = (self.parse)(text)?;
        if let Some(other) = stated.source.filter(|other| other != self.name) {
            bail!("this is the list of {other}, not of {}", self.name);
        }
        let version = self.version.or(stated.version.as_deref()).context("its version must be given")?;
        let date = self.date.or(stated.date.as_deref()).context("its date must be given")?;
        let name = format!("{} {version}, {date}", self.name);
        println!("{name}: {} entries", entries.len());
        Ok((entries, name))
    }
}

fn finish(path: &Path, bytes: &[u8], check: bool) -> anyhow::Result<()> {
    if !check {
        return std::fs::write(path, bytes).with_context(|| path.display().to_string());
    }
    let committed = std::fs::read(path).with_context(|| path.display().to_string())?;
    if committed != bytes {
        bail!("{} is stale: run `cargo run -p xtask -- lists`", path.display());
    }
    Ok(())
}
