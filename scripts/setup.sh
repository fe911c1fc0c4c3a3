# shellcheck shell=bash
# shellcheck disable=SC2034 # WASM_COMPILER is read by build.sh
# What build.sh needs on the machine: each need_… finds one thing, or installs it on Debian and Ubuntu, or stops
# with one line that says what to install. Other systems: what is on PATH is used. Sourced by build.sh.

GECKODRIVER_VERSION=0.37.1
DJANGO_VERSION=5.2.19
GUNICORN_VERSION=27.0.1
DJANGO_CSP_VERSION=4.0
# Libraries by which settings read the environment; the review is compared with them.
SETTINGS_LIBRARIES=("django_environ-0.14.0" "python_decouple-3.8" "dj_database_url-3.1.2" "django_split_settings-1.3.2")
PYTEST_VERSION=9.2.0
PYTEST_DJANGO_VERSION=4.14.0
CHECK_JSONSCHEMA_VERSION=0.39.0
MITMPROXY_VERSION=11.0.2
TOOLS=$PWD/target/tools

# Each step with its time since the start, minutes and seconds.
say() { printf '==> %d:%02d %s\n' "$((SECONDS / 60))" "$((SECONDS % 60))" "$*"; }

die() {
  printf 'build.sh: %s\n' "$*" >&2
  exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# first NAME…: the path of the first of these commands that there is.
first() {
  local name
  for name in "$@"; do command -v "$name" 2>/dev/null && return; done
  return 1
}

# at_least MINIMUM VERSION: compares dotted numbers.
at_least() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n 1)" = "$1" ]; }

# --- packages of Debian and Ubuntu -----------------------------------------------------------------------

is_ubuntu() { [ -r /etc/os-release ] && grep -qx 'ID=ubuntu' /etc/os-release; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

can_apt() {
  have apt-get && { [ "$(id -u)" = 0 ] || { have sudo && sudo -n true 2>/dev/null; }; }
}

APT_UPDATED=
apt_update() {
  [ -z "$APT_UPDATED" ] || return 0
  say "apt-get update"
  # A source that does not answer must not stop us while the others do.
  as_root apt-get update -qq >/dev/null || say "apt-get update: not every source answered"
  APT_UPDATED=1
}

# apt_offers PACKAGE [MINIMUM]: whether it can be installed, in that version or a later one.
apt_offers() {
  local version
  apt_update
  version=$(apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *\([0-9]*:\)\{0,1\}//p')
  [ -n "$version" ] && [ "$version" != '(none)' ] && at_least "${2:-0}" "$version"
}

# apt_install PACKAGE…: false where that is not possible. It never removes a package to make room.
apt_install() {
  can_apt || return 1
  apt_update
  say "apt-get install $*"
  DEBIAN_FRONTEND=noninteractive as_root apt-get install -y -qq --no-install-recommends --no-remove "$@" \
    >/dev/null
}

# --- compilers -------------------------------------------------------------------------------------------

need_cc() {
  have cc || apt_install gcc libc6-dev || die "no C compiler: install gcc or clang, so that there is a command cc"
}

rust_version() { sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml; }

# Whether the compiler that cargo takes here runs and is new enough.
rust_works() {
  local version
  version=$(rustc --version 2>/dev/null | cut -d' ' -f2) && cargo --version >/dev/null 2>&1 &&
    at_least "$(rust_version)" "$version"
}

install_rustup() {
  can_apt && apt_offers rustup && apt_install rustup && return
  have curl || apt_install curl ca-certificates || return 1
  say "installing rustup into ${CARGO_HOME:-$HOME/.cargo} with its own installer"
  # What https://sh.rustup.rs gives, from the host that the compilers come from too.
  curl --proto '=https' --tlsv1.2 -sSf https://static.rust-lang.org/rustup/rustup-init.sh |
    sh -s -- -y -q --default-toolchain none --no-modify-path
}

# Debian's compiler for the web is a recent one also in old releases; it needs nothing but Debian.
install_debian_web() {
  can_apt && apt_offers rustc-web "$(rust_version)" &&
    apt_install rustc-web cargo-web rust-web-src rust-web-llvm lld-22
}

need_rust() {
  local version
  version=$(rust_version)
  PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  rust_works && return
  have rustup || install_rustup || install_debian_web || die "no Rust: install rustup (https://rustup.rs)"
  rust_works && return
  if have rustup; then
    say "rustup toolchain install $version"
    rustup toolchain install "$version" --profile minimal --component rustfmt --component clippy || true
    rust_works && return
    # Offline, but an installed stable compiler may do as well.
    export RUSTUP_TOOLCHAIN=stable
    rust_works && say "Rust $version can not be installed: using $(rustc --version)" && return
  fi
  die "no Rust $version: run 'rustup toolchain install $version', or install a later one"
}

need_rust_components() {
  have cargo-clippy && cargo clippy --version >/dev/null 2>&1 && cargo fmt --version >/dev/null 2>&1 && return
  have rustup && rustup component add rustfmt clippy && return
  die "no rustfmt or clippy: run 'rustup component add rustfmt clippy'"
}

# The standard library is compiled for the web with the module, so its source is needed.
has_rust_source() { [ -d "$("${1:-rustc}" --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library" ]; }

has_debian_web() { [ -x /usr/bin/rust-lld ] && has_rust_source /usr/bin/rustc; }

# Sets WASM_COMPILER to `rustup` or, where rustup can not download the source, to `debian`.
need_wasm_compiler() {
  WASM_COMPILER=rustup
  if have rustup; then
    has_rust_source && return
    say "rustup component add rust-src"
    rustup component add rust-src && has_rust_source && return
  fi
  WASM_COMPILER=debian
  say "rustup can not add rust-src: using Debian's rustc-web"
  has_debian_web && return
  install_debian_web && has_debian_web && return
  die "no source of Rust's standard library for WebAssembly: run 'rustup component add rust-src'"
}

# --- Node and what runs on it ----------------------------------------------------------------------------

node_works() { have npm && at_least 20.19 "$(node --version 2>/dev/null | tr -d v)"; }

need_node() {
  PATH=$TOOLS/node/node_modules/node/bin:$PATH
  node_works && return
  can_apt && apt_install nodejs npm && node_works && return
  # Older releases have an older Node, but its npm can fetch a newer one.
  have npm && say "npm install node@22 into target/tools" &&
    npm install --silent --no-fund --no-audit --prefix "$TOOLS/node" node@22 && node_works && return
  die "no Node 20.19 or later with npm: install it (https://nodejs.org)"
}

need_npm_packages() {
  need_node
  [ tests/node_modules/.package-lock.json -nt tests/package-lock.json ] && return
  say "npm ci in tests/"
  (cd tests && npm ci --ignore-scripts --no-fund --no-audit --loglevel=error) || die "npm ci in tests/ failed: is the npm registry within reach?"
}

# --- browsers and their drivers --------------------------------------------------------------------------

# need_browser VARIABLE NAME PACKAGE COMMAND…: sets VARIABLE to the path of the browser, unless it is set.
need_browser() {
  local variable=$1 name=$2 package=$3 path
  shift 3
  if [ -z "${!variable:-}" ]; then
    if ! path=$(first "$@"); then
      is_ubuntu && die "no $name: on Ubuntu it is a snap, so run 'sudo snap install ${name,,}'"
      apt_install "$package" || die "no $name: install it, or set $variable to its path"
      path=$(first "$@")
    fi
    printf -v "$variable" %s "$path"
  fi
  export "${variable?}"
}

need_chromium() {
  need_browser CHROMIUM Chromium chromium chromium chromium-browser google-chrome-stable google-chrome
  need_certutil
  # The load tests ask it for the memory of the extension's process.
  have ps || apt_install procps || die "no ps: install procps"
}

need_firefox() {
  need_browser FIREFOX Firefox firefox-esr firefox-esr firefox
  need_certutil
  need_geckodriver
}

# With it a fresh profile trusts the certificate authority of the demo site.
need_certutil() {
  have certutil || apt_install libnss3-tools || die "no certutil: install the tools of NSS (libnss3-tools, nss-tools)"
}

need_geckodriver() {
  PATH=$TOOLS/bin:$PATH
  if ! have geckodriver; then
    say "cargo install geckodriver $GECKODRIVER_VERSION into target/tools (some minutes, once)"
    # Not optimised: it only passes messages on, and is built in half the time.
    cargo install geckodriver --quiet --debug --locked --version "$GECKODRIVER_VERSION" --root "$TOOLS" ||
      die "no geckodriver: run 'cargo install geckodriver'"
  fi
  GECKODRIVER=$(first geckodriver)
  export GECKODRIVER
}

need_shellcheck() {
  have shellcheck || apt_install shellcheck || die "no shellcheck: install it"
}

# --- Django behind nginx ---------------------------------------------------------------------------------

need_openssl() { have openssl || apt_install openssl || die "no openssl: install it"; }

need_nginx() {
  PATH=$PATH:/usr/sbin
  have nginx || apt_install nginx-light || apt_install nginx || die "no nginx: install it, or set NGINX to its path"
}

python_works() { have python3 && python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))'; }

need_python() {
  python_works && return
  apt_install python3 || true
  python_works || die "no Python 3.10 or later: install it, so that there is a command python3"
}

# has_packages FOLDER NAME-VERSION…: whether target/tools/FOLDER holds these versions, as pip names them.
has_packages() {
  local package
  for package in "${@:2}"; do [ -d "$TOOLS/$1/$package.dist-info" ] || return 1; done
}

# need_packages FOLDER NAME-VERSION…: packages of PyPI in a folder of their own, which nothing else on the machine sees.
need_packages() {
  local folder=$1
  local -a wanted
  shift
  need_python
  has_packages "$folder" "$@" && return
  python3 -m pip --version >/dev/null 2>&1 || apt_install python3-pip || die "no pip: install python3-pip"
  say "pip install into target/tools/$folder: $*"
  rm -rf "${TOOLS:?}/$folder"
  # A hyphen stands before the version alone.
  wanted=("${@/-/==}")
  python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore --target "$TOOLS/$folder" "${wanted[@]}" || true
  has_packages "$folder" "$@" || die "not installed: $*: is PyPI within reach?"
}

need_django() {
  need_openssl
  need_nginx
  need_packages django "django-$DJANGO_VERSION" "gunicorn-$GUNICORN_VERSION" "django_csp-$DJANGO_CSP_VERSION" \
    "pytest-$PYTEST_VERSION" "pytest_django-$PYTEST_DJANGO_VERSION" "${SETTINGS_LIBRARIES[@]}"
}

# --- CI recipes, proxies, manual pages -------------------------------------------------------------------

need_jq() { have jq || apt_install jq || die "no jq: install it"; }

need_curl() { have curl || apt_install curl || die "no curl: install it"; }

need_mandoc() { have mandoc || apt_install mandoc || die "no mandoc: install it"; }

# The schemas of the files of GitHub and GitLab, and a proxy that saves what it sees as HAR.
need_pipelines() {
  need_curl
  need_packages schemas "check_jsonschema-$CHECK_JSONSCHEMA_VERSION"
  need_packages mitmproxy "mitmproxy-$MITMPROXY_VERSION"
}
