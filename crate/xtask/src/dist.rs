//! `xtask dist`: the loadable extension of each browser, `dist/<browser>/`.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::browser::Browser;
use crate::{docs, icons, manifest, wasm};

/// Arguments of `xtask dist`.
#[derive(clap::Args)]
pub struct Args {
    /// The glue and the module that `xtask wasm` left.
    #[arg(long, default_value = "target/web/wasm")]
    web: PathBuf,
    /// Where the folders of the browsers go.
    #[arg(long, default_value = "dist")]
    out: PathBuf,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    for browser in Browser::ALL {
        let out = args.out.join(browser.to_string());
        assemble(browser, &args.web, &out).with_context(|| out.display().to_string())?;
        println!("dist: {}", out.display());
    }
    Ok(())
}

/// Fills `out` anew, so that a file that is gone from the sources is gone from the extension.
fn assemble(browser: Browser, web: &Path, out: &Path) -> Result<()> {
    match fs::remove_dir_all(out) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => fs::create_dir_all(out)?,
    }
    copy_tree(Path::new("extension"), out, &["platform", "icons"])?;
    icons::draw_all(Path::new("extension/icons"), &out.join("icons"))?;
    let overlay = format!("extension/platform/{browser}.json");
    let merged = manifest::merge(&read("manifest.json")?, &read(&overlay)?, env!("CARGO_PKG_VERSION"))?;
    fs::write(out.join("manifest.json"), merged)?;
    fs::write(out.join("checks.html"), docs::extension_page())?;
    for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(licence, out.join(licence)).context(licence)?;
    }
    let to = out.join("wasm");
    fs::create_dir_all(&to)?;
    for file in wasm::NAMES.iter().flat_map(|name| [format!("{name}.js"), format!("{name}_bg.wasm")]) {
        fs::copy(web.join(&file), to.join(&file))
            .with_context(|| format!("{file}, which `xtask wasm` makes"))?;
    }
    Ok(())
}

/// Copies what lies under `from`, but for the named entries of its top level and hidden files.
fn copy_tree(from: &Path, to: &Path, but: &[&str]) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name();
        if but.iter().any(|skipped| name == OsStr::new(skipped)) || name.as_encoded_bytes().starts_with(b".")
        {
            continue;
        }
        if entry.file_type()?.is_dir() {
            copy_tree(&entry.path(), &to.join(name), &[])?;
        } else {
            fs::copy(entry.path(), to.join(name))?;
        }
    }
    Ok(())
}

fn read(path: &str) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.to_owned())
}
