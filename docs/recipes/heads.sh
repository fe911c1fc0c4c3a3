#!/usr/bin/env bash
# heads.sh URL [REPORT]: asks with curl, and audits the heads of what came. Needs curl, and `https-audit` on PATH.
# With the file REPORT, which is an earlier report, only what is new since then fails; `REPORT.new` is the report of today.
set -euo pipefail
url=$1
report=${2-}

# -D - -o /dev/null: the heads of a GET, all redirects included, and no body. `pipefail` above: where curl fails, because
# a certificate is refused for one, the pipeline fails too.
ask() { curl --silent --show-error --location --max-time 30 --dump-header - --output /dev/null "$url"; }

if [ -z "$report" ]; then
  ask | https-audit audit - --url "$url"
else
  heads=$(ask)
  printf '%s\n\n' "$heads" | https-audit audit - --url "$url" --format json --fail-on never --output "$report.new"
  printf '%s\n\n' "$heads" | https-audit audit - --url "$url" --baseline "$report" --fail-on-new
fi
