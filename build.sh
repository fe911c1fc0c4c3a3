#!/usr/bin/env bash
# The one entry: builds, runs, tests, checks and packs HTTPS Audit. `./build.sh` alone says how.
# Each sub-command first sets up what it needs (scripts/setup.sh).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export CARGO_TARGET_DIR=$PWD/target
# shellcheck source=scripts/setup.sh
source scripts/setup.sh

usage() {
  cat <<'TEXT'
./build.sh setup     install what all the others need
./build.sh build     dist/chromium, dist/firefox (loadable extensions) and target/release/https-audit
./build.sh run       build, then open the demo site with the extension: [--browser chromium|firefox] [--url URL] [--headless]
./build.sh test      all tests, with both browsers really driven
./build.sh check     format, lints, generated files, sizes against their budgets
./build.sh bench     page load, popup, audit, filters and the command against peers, in turn: [--pairs N] [--only page-load|at-once|popup|audit|filter|command]
./build.sh package   dist/https-audit-chromium.zip and dist/https-audit-firefox.zip
TEXT
}

# --- setup -----------------------------------------------------------------------------------------------

need_compilers() {
  need_cc
  need_rust
  need_wasm_compiler
  need_npm_packages
}

cmd_setup() {
  need_compilers
  need_rust_components
  need_shellcheck
  need_mandoc
  need_chromium
  need_firefox
  need_django
  need_pipelines
  say "set up: $(rustc --version); node $(node --version); $CHROMIUM; $FIREFOX; $GECKODRIVER; wasm by: $WASM_COMPILER"
}

# --- build -----------------------------------------------------------------------------------------------

xtask() {
  cargo build --quiet --locked -p xtask
  target/debug/xtask "$@"
}

# cargo_wasm COMMAND PACKAGE ARGUMENT…: runs cargo for the web, standard library included: compiled with the module it is 30 KB
# smaller, and 20 KB more where a panic, which nothing here should ever meet, ends the module without words.
# Both want what stable compilers only do when told that they build themselves (RUSTC_BOOTSTRAP).
cargo_wasm() {
  local -x RUSTC_BOOTSTRAP=1 RUSTFLAGS
  # The same module on every machine, without its paths.
  RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=registry --remap-path-prefix=$PWD=."
  RUSTFLAGS+=" -Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none"
  # Optimised for size nothing is inlined but what then is smaller; this much more is worth a tenth of time.
  RUSTFLAGS+=" -Cllvm-args=-inline-threshold=8"
  local args=("$1" --locked -p "$2" --target wasm32-unknown-unknown
    "-Zbuild-std=std,panic_abort" -Zbuild-std-features=optimize_for_size "${@:3}")
  # Folders of their own: other flags in one would rebuild everything at each turn.
  if [ "$WASM_COMPILER" = rustup ]; then
    CARGO_TARGET_DIR=$PWD/target/web-rustup cargo "${args[@]}"
  else
    # By full path, since rustup's proxies come first on PATH.
    RUSTC=/usr/bin/rustc CARGO_TARGET_DIR=$PWD/target/web-debian \
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=/usr/bin/rust-lld \
      /usr/bin/cargo "${args[@]}"
  fi
}

# compile_wasm NAME PACKAGE ARGUMENT…: makes a module of the package, target/web/wasm/NAME_bg.wasm, and its glue.
compile_wasm() {
  say "compiling the wasm module: $1"
  cargo_wasm build "$2" --profile wasm "${@:3}"
  mkdir -p target/web
  # With its time, by which `xtask wasm` sees whether it is new.
  cp -p "target/web-$WASM_COMPILER/wasm32-unknown-unknown/wasm/${2//-/_}.wasm" "target/web/$1.wasm"
  xtask wasm "target/web/$1.wasm"
}

cmd_build() {
  need_compilers
  say "building the command"
  cargo build --release --locked -p https-audit -p https-audit-demo
  local module
  for module in background popup auditor audit; do
    compile_wasm "$module" https-audit-web --no-default-features --features "$module"
  done
  say "assembling the extensions"
  xtask dist
}

cmd_package() {
  cmd_build
  xtask package
}

# --- run and test ----------------------------------------------------------------------------------------

# The value of --browser among the arguments; Chromium without it.
chosen_browser() {
  local browser=chromium
  while [ $# -gt 0 ]; do
    case $1 in
      --browser) browser=${2:-} ;;
      --browser=*) browser=${1#*=} ;;
    esac
    shift
  done
  echo "$browser"
}

cmd_run() {
  local browser
  browser=$(chosen_browser "$@")
  # Before the build, so that what is missing is said at once.
  need_cc
  need_rust
  case $browser in
    chromium | firefox) "need_$browser" ;;
    *) die "--browser takes chromium or firefox, not '$browser'" ;;
  esac
  cmd_build
  node tests/e2e/run-demo.mjs "$@"
}

cmd_test() {
  cmd_build
  say "cargo test"
  cargo test --workspace --locked
  say "other tools on the same responses"
  node --test tests/oracle/*.test.mjs
  need_chromium
  need_firefox
  need_django
  need_pipelines
  say "tests in $("$CHROMIUM" --version 2>/dev/null) and $("$FIREFOX" --version 2>/dev/null)"
  # Two at a time, since a browser mostly waits; the one that floods a browser with requests has the machine to itself.
  local file files=()
  for file in tests/e2e/*.test.mjs; do
    [ "$file" = tests/e2e/load.test.mjs ] || files+=("$file")
  done
  node --test --test-concurrency=2 "${files[@]}"
  say "a flood of requests"
  node --test tests/e2e/load.test.mjs
}

# Ratios, for docs/benchmarks.md; no test, for they are only as true as the machine is quiet.
cmd_bench() {
  cmd_build
  need_chromium
  need_python
  need_jq
  say "building the core as it is measured"
  cargo build --release --locked -p https-audit-bench
  compile_wasm bench https-audit-bench
  node tests/bench/bench.mjs "$@"
}

# --- check -----------------------------------------------------------------------------------------------

# What fails fastest comes first.
cmd_check() {
  need_shellcheck
  say "shellcheck" && shellcheck build.sh scripts/*.sh docs/recipes/*.sh .ci/run
  need_compilers
  need_rust_components
  say "cargo fmt" && cargo fmt --all --check
  check_clippy
  say "cargo doc" && RUSTDOCFLAGS='-D warnings' cargo doc --quiet --workspace --no-deps --locked
  say "the checks: sorted, each with docs, spec, fix and references"
  cargo test --quiet --locked -p https-audit-core --test checks
  say "licences" && xtask licences
  say "generated files"
  # A line each: of commands joined by && a failure ends the script only where it is the last one's.
  xtask lists --check
  xtask catalogue --check
  xtask docs --check
  xtask manual --check
  xtask schema --check
  xtask words --check
  node tests/e2e/situations/doc.mjs --check
  need_mandoc
  say "manual pages" && mandoc -T lint -W error docs/man/*.1
  say "completions" && bash -n docs/completions/https-audit.bash
  cmd_package
  say "tsc on the scripts of the extension" && node tests/node_modules/typescript/bin/tsc -p tests/tsconfig.json
  say "web-ext lint" && node tests/node_modules/web-ext/bin/web-ext.js lint --warnings-as-errors -s dist/firefox
  say "budgets" && xtask budgets
  report_long_files
}

check_clippy() {
  say "clippy"
  cargo clippy --workspace --all-targets --locked -- -D warnings
  if [ "$WASM_COMPILER" = rustup ]; then
    # The standard library is compiled with it, and is not ours to lint.
    cargo_wasm clippy https-audit-web -- -D warnings
  else
    say "clippy saw https-audit-web as compiled for this machine only: Debian's compiler for the web has no clippy"
  fi
}

# A file has one purpose and 300 lines at most as a rule; longer ones are named, not refused.
report_long_files() {
  local long
  long=$(find build.sh scripts crate extension tests -name node_modules -prune -o -type f \
    \( -name '*.rs' -o -name '*.js' -o -name '*.mjs' -o -name '*.css' -o -name '*.html' -o -name '*.sh' \) \
    -exec wc -l {} + | awk '$1 > 300 && $2 != "total" { print "  " $2 " " $1 }')
  [ -z "$long" ] || say "longer than 300 lines:"$'\n'"$long"
}

main() {
  case ${1:-} in
    setup | build | run | test | check | bench | package) "cmd_$1" "${@:2}" ;;
    *)
      usage
      [ $# = 0 ] || die "no sub-command $1"
      ;;
  esac
}

main "$@"
