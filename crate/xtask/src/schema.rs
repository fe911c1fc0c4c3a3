//! `xtask schema`: the JSON schemas of what is written and read, from the types: `docs/schema/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use https_audit_core::schema::schemas;
use https_audit_review::export::schema as of_review;

/// Where they lie.
const FOLDER: &str = "docs/schema";

/// Arguments of `xtask schema`.
#[derive(clap::Args)]
pub struct Args {
    /// Writes nothing; fails when a schema is not what the types say.
    #[arg(long)]
    check: bool,
}

/// Runs the subcommand.
pub fn run(args: &Args) -> Result<()> {
    let mut stale = Vec::new();
    for (name, schema) in schemas().into_iter().chain([of_review()]) {
        let path = Path::new(FOLDER).join(name);
        let text = serde_json::to_string_pretty(&schema)? + "\n";
        if fs::read_to_string(&path).ok().as_ref() == Some(&text) {
            continue;
        }
        if !args.check {
            fs::create_dir_all(FOLDER).context(FOLDER)?;
            fs::write(&path, text).with_context(|| path.display().to_string())?;
        }
        stale.push(name);
    }
    if args.check && !stale.is_empty() {
        bail!("stale: {}; `cargo run -p xtask -- schema` writes them anew", stale.join(", "));
    }
    if args.check {
        println!("{FOLDER}: as the types are");
    }
    Ok(())
}
