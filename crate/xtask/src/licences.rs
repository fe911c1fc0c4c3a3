//! `xtask licences`: every crate in Cargo.lock stands under a licence that we allow, on any platform.

use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

/// What may be linked into what we ship, or build it; MPL-2.0 since we change nothing in such crates.
const ALLOWED: [&str; 11] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    // The same licence under its earlier name.
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

/// Arguments of `xtask licences`.
#[derive(clap::Args)]
pub struct Args {}

/// What `cargo metadata` prints, as far as it matters here.
#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
}

/// Runs the subcommand.
pub fn run(_: &Args) -> Result<()> {
    let output = Command::new("cargo")
        .args(["metadata", "--locked", "--format-version", "1"])
        .output()
        .context("cargo metadata")?;
    ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    let packages = serde_json::from_slice::<Metadata>(&output.stdout)?.packages;
    let refused: Vec<_> = packages.iter().filter_map(refusal).collect();
    if !refused.is_empty() {
        bail!("licences that are not allowed:\n  {}", refused.join("\n  "));
    }
    println!("licences: {} crates", packages.len());
    Ok(())
}

/// Why a crate may not be used, in one line; nothing when it may.
fn refusal(Package { name, version, license }: &Package) -> Option<String> {
    let Some(license) = license else { return Some(format!("{name} {version}: names no licence")) };
    // Lax: older crates write `MIT/Apache-2.0`.
    match Expression::parse_mode(license, ParseMode::LAX) {
        Ok(expression)
            if expression.evaluate(|term| {
                // The exception of LLVM only gives more leave.
                let exception = term.addition.as_ref().map(ToString::to_string);
                exception.is_none_or(|name| name == "LLVM-exception")
                    && term.license.id().is_some_and(|id| ALLOWED.contains(&id.name))
            }) =>
        {
            None
        }
        Ok(_) => Some(format!("{name} {version}: {license}")),
        Err(error) => Some(format!("{name} {version}: {license}: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(license: Option<&str>) -> bool {
        let license = license.map(str::to_owned);
        refusal(&Package { name: "a".to_owned(), version: "1.0.0".to_owned(), license }).is_some()
    }

    #[test]
    fn one_allowed_way_is_enough_and_each_joined_licence_counts() {
        assert!(!refused(Some("MIT")));
        assert!(!refused(Some("MIT/Apache-2.0")));
        assert!(!refused(Some("GPL-3.0-only OR MIT")));
        assert!(refused(Some("GPL-3.0-only")));
        assert!(refused(Some("MIT AND GPL-3.0-only")));
        assert!(refused(Some("no licence at all")));
        assert!(refused(None));
    }
}
