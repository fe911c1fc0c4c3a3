//! `xtask wasm`: a compiled module → its JavaScript glue and a module optimised for size.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

/// The modules that ship, by the feature of `https-audit-web` that each is compiled with: the file stem of its glue and of the
/// module itself, `NAME.js` and `NAME_bg.wasm`.
pub const NAMES: [&str; 4] = ["background", "popup", "auditor", "audit"];

/// What rustc turns on for `wasm32-unknown-unknown`: all of it older than the browsers in our manifests.
/// The optimiser must be told, since wasm-bindgen drops the section that names them.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// For size. Between two rounds control flow is taken apart and put together anew, which is worth another
/// hundredth. Nothing valid lies below 1024: the linker puts the stack at the bottom, and it grows down.
/// A function that is called once stays one where it is larger than so many instructions: what was inlined is
/// a hundredth smaller, and compresses worse by a twentieth, since alike functions look less alike in others.
const PASSES: [&str; 7] = [
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=120",
    "-Oz",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
];

/// Arguments of `xtask wasm`.
#[derive(clap::Args)]
pub struct Args {
    /// The module as rustc leaves it; what is made of it is named after its file stem.
    module: PathBuf,
    /// Where the glue, its types (for `tests/tsconfig.json`) and the optimised module go.
    #[arg(long, default_value = "target/web/wasm")]
    out: PathBuf,
    /// The optimiser, a script for Node.
    #[arg(long, default_value = "tests/node_modules/binaryen/bin/wasm-opt")]
    wasm_opt: PathBuf,
    /// Keep the names of functions, to see what the module spends its size on (`twiggy top`).
    #[arg(long)]
    names: bool,
}

/// Runs the subcommand; does nothing when the result is newer than the module and than this tool.
pub fn run(args: &Args) -> Result<()> {
    let name = args.module.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let module = args.out.join(format!("{name}_bg.wasm"));
    if is_newer(&module, &[&args.module, &env::current_exe()?]) {
        println!("wasm: {} is up to date", module.display());
        return Ok(());
    }
    bind(args, name)?;
    let bound = fs::metadata(&module)?.len();
    optimise(args, &module).inspect_err(|_| {
        // A module that was not optimised must not pass for a finished one in the next run.
        let _ = fs::remove_file(&module);
    })?;
    println!("wasm: {} {bound} → {} bytes", module.display(), fs::metadata(&module)?.len());
    Ok(())
}

fn bind(args: &Args, name: &str) -> Result<()> {
    let module = &args.module;
    ensure!(module.is_file(), "{} is not there; `./build.sh build` compiles it", module.display());
    Bindgen::new()
        .input_path(module)
        .out_name(name)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .remove_name_section(!args.names)
        .remove_producers_section(true)
        .generate(&args.out)
        .with_context(|| format!("wasm-bindgen on {}", module.display()))
}

fn optimise(args: &Args, module: &Path) -> Result<()> {
    let wasm_opt = &args.wasm_opt;
    ensure!(wasm_opt.is_file(), "{} is not there; `npm ci` in tests/ installs it", wasm_opt.display());
    let raw = module.with_extension("raw.wasm");
    fs::rename(module, &raw)?;
    let status = Command::new("node")
        .arg(wasm_opt)
        .args(FEATURES)
        .args(PASSES)
        .args(["--strip-producers", if args.names { "--debuginfo" } else { "--strip-debug" }])
        .arg(&raw)
        .arg("-o")
        .arg(module)
        .status()
        .context("node, which runs wasm-opt")?;
    ensure!(status.success(), "wasm-opt on {}: {status}", raw.display());
    fs::remove_file(&raw)?;
    Ok(())
}

/// Whether `file` exists and was written after each of `inputs`.
fn is_newer(file: &Path, inputs: &[&Path]) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|meta| meta.modified()).ok();
    written(file).is_some_and(|at| inputs.iter().all(|input| written(input).is_some_and(|then| then < at)))
}
